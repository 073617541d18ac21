"""What affiliates decide: settle conflicts and take that back, follow again, show again, hold, accept."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupPagePermission, Page, PageLogEntry

from editions.actions.bring_back import BringBack
from editions.actions.errors import EditionError, NotAllowed
from editions.actions.follow import FollowAgain
from editions.actions.send import Send
from editions.actions.settle import Decision, Reopen, SettleConflicts
from editions.actions.updates import AcceptUpdates, Hold, LiftHold
from editions.models import Conflict, Edition
from tests.editions.network import Network, paragraph, texts

pytestmark = pytest.mark.django_db

KEEP, TAKE, EDIT = Conflict.Decision.KEEP, Conflict.Decision.TAKE, Conflict.Decision.EDIT


@pytest.fixture
def network():
    network = Network(sites=2)
    network.adopt()
    return network


@pytest.fixture
def site(network):
    return network.sites[0]


@pytest.fixture
def conflict(network, site):
    network.edit(site, network.chapters[0], body={"b": "Our two."})
    network.send(network.change(network.chapters[0], body={"b": "National two."}))
    return Conflict.objects.get()


@pytest.fixture
def outsider(network, django_user_model, django_db_blocker):
    """Somebody who may edit and publish the pages of the second site only."""
    from django.contrib.auth.models import Group, Permission

    group = Group.objects.create(name="Place 1")
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=network.sites[1].root_page,
            permission=Permission.objects.get(content_type__app_label="wagtailcore", codename=codename),
        )
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = django_user_model.objects.create_user("outsider", password="x")
    user.groups.add(group)
    return user


def local(network, site):
    return network.local(site, network.chapters[0])


def settle(conflict, decision, value=None, **kwargs):
    choice = Decision(decision) if value is None else Decision(decision, value)
    return SettleConflicts(conflict.edition.page, {conflict.pk: choice}, **kwargs).execute()


def test_keeping_ours_closes_the_conflict_and_changes_nothing(network, site, conflict):
    settle(conflict, KEEP)
    assert not Conflict.objects.open().exists()
    assert texts(local(network, site))[1] == "Our two."
    assert PageLogEntry.objects.filter(action="editions.settle").count() == 1


def test_taking_nationals_follows_again_from_then_on(network, site, conflict):
    settle(conflict, TAKE)
    assert texts(local(network, site))[1] == "National two."
    release = network.send(network.change(network.chapters[0], body={"b": "National two, later."}))
    assert release.updates.get(site=site).outcome == "applied"
    assert texts(local(network, site))[1] == "National two, later."


def test_writing_it_together(network, site, conflict):
    settle(conflict, EDIT, "<p>Both.</p>")
    assert texts(local(network, site))[1] == "Both."
    assert local(network, site).get_content()["body"][1]["id"] == "b"
    release = network.send(network.change(network.chapters[0], body={"a": "One, corrected."}))
    assert release.updates.get(site=site).outcome == "merged"


def test_every_decision_can_be_taken_back(network, site, conflict):
    for decision, value in [(KEEP, None), (TAKE, None), (EDIT, "<p>Both.</p>")]:
        settle(conflict, decision, value)
        conflict.refresh_from_db()
        Reopen(conflict).execute()
        conflict.refresh_from_db()
        assert conflict.settled_at is None
        assert texts(local(network, site))[1] == "Our two."


def test_settling_as_a_draft_leaves_the_readers_page_alone(network, site, conflict):
    settle(conflict, TAKE, publish=False)
    assert texts(local(network, site))[1] == "Our two."
    assert texts(local(network, site).get_latest_revision_as_object())[1] == "National two."


def test_settling_publishes_no_unfinished_draft(network, site, conflict):
    page = local(network, site)
    page.title = "Unfinished"
    page.save_revision()
    settle(conflict, TAKE)
    page = local(network, site)
    assert page.title == "Chapter 1"
    assert texts(page)[1] == "National two."
    draft = page.get_latest_revision_as_object()
    assert draft.title == "Unfinished"
    assert texts(draft)[1] == "National two."


def test_a_conflict_is_settled_once(network, site, conflict):
    settle(conflict, KEEP)
    with pytest.raises(EditionError, match="in the meantime"):
        settle(conflict, TAKE)


def test_a_removed_block_goes_or_stays_ours(network, site):
    network.edit(site, network.chapters[0], body={"b": "Our two."})
    network.send(network.change(network.chapters[0], body=[paragraph("a", "One."), paragraph("c", "Three.")]))
    conflict = Conflict.objects.get()
    assert conflict.kind == "removed-nationally-changed-locally"
    settle(conflict, TAKE)
    assert texts(local(network, site)) == ["One.", "Three."]
    conflict.refresh_from_db()
    Reopen(conflict).execute()
    assert texts(local(network, site)) == ["One.", "Our two.", "Three."]


def test_publishing_nationals_words_oneself_settles_it(network, site, conflict):
    network.edit(site, network.chapters[0], body={"b": "National two."})
    conflict.refresh_from_db()
    assert conflict.decision == Conflict.Decision.MOOT


def test_following_again_gives_a_block_back(network, site):
    network.edit(site, network.chapters[0], body={"b": "Our two."})
    FollowAgain(local(network, site), ("body", "b")).execute()
    assert texts(local(network, site))[1] == "Two."
    assert local(network, site).revisions.count() == 2
    release = network.send(network.change(network.chapters[0], body={"b": "Later."}))
    assert release.updates.get(site=site).outcome == "applied"


def test_following_again_clears_what_was_kept(network, site):
    network.edit(site, network.chapters[0], body={"b": "The same."})
    network.send(network.change(network.chapters[0], body={"b": "The same."}))
    FollowAgain(local(network, site), ("body", "b")).execute()
    assert local(network, site).kept == []


def test_a_hidden_block_is_shown_again_at_its_place(network, site):
    network.edit(site, network.chapters[0], body=[paragraph("a", "One."), paragraph("c", "Three.")])
    FollowAgain(local(network, site), ("body", "b")).execute()
    assert texts(local(network, site)) == ["One.", "Two.", "Three."]
    assert PageLogEntry.objects.filter(action="editions.show").exists()


def test_following_again_where_national_has_nothing_says_so(network, site):
    network.edit(site, network.chapters[0], body=[paragraph("l", "Ours."), paragraph("a", "One.")])
    with pytest.raises(EditionError, match="your own"):
        FollowAgain(local(network, site), ("body", "l")).execute()


def test_a_whole_page_can_follow_again(network, site):
    network.edit(site, network.chapters[0], title="Ours", body={"b": "Our two."}, tags=["ours"])
    FollowAgain(local(network, site), ()).execute()
    assert local(network, site).get_content() == network.chapters[0].get_content()


def test_a_hold_keeps_updates_out_until_it_is_lifted(network, site):
    edition = network.edition(site, network.chapters[0])
    Hold(edition).execute()
    network.send(network.change(network.chapters[0], body={"a": "One, corrected."}))
    network.send(network.change(network.chapters[0], body={"c": "Three, corrected."}))
    assert texts(local(network, site)) == ["One.", "Two.", "Three."]
    LiftHold(network.edition(site, network.chapters[0])).execute()
    assert texts(local(network, site)) == ["One, corrected.", "Two.", "Three, corrected."]
    assert not network.edition(site, network.chapters[0]).is_behind


def test_a_hold_with_a_date_ends_by_itself(network, site):
    edition = network.edition(site, network.chapters[0])
    Hold(edition, until=timezone.localdate() + timedelta(days=1)).execute()
    network.send(network.change(network.chapters[0], body={"a": "One, corrected."}))
    Edition.objects.filter(pk=edition.pk).update(hold_until=timezone.localdate())
    call_command("lift_holds")
    assert texts(local(network, site))[0] == "One, corrected."


def test_a_hold_in_the_past_is_refused(network, site):
    with pytest.raises(EditionError, match="future"):
        Hold(network.edition(site, network.chapters[0]), until=timezone.localdate()).execute()


def test_a_whole_toolkit_can_be_held(network, site):
    adoption = network.edition(site, network.chapters[0]).adoption
    Hold(adoption).execute()
    release = network.send(*[network.change(chapter, body={"a": "New."}) for chapter in network.chapters])
    assert set(release.updates.filter(site=site).values_list("outcome", flat=True)) == {"held"}
    adoption.refresh_from_db()
    LiftHold(adoption).execute()
    assert not Edition.objects.of(site).behind().exists()


def test_a_held_toolkit_takes_no_new_chapter_until_the_hold_is_lifted(network, site):
    Hold(network.edition(site, network.chapters[0]).adoption).execute()
    new = network.add(network.toolkit, "New", [paragraph("x", "First.")])
    (plan,) = Send([new], network.sites).plan()
    assert plan.counts() == {"held": 1, "added": 1}
    release = network.send(new)
    assert dict(release.updates.values_list("site_id", "outcome")) == {
        site.pk: "held",
        network.sites[1].pk: "added",
    }
    network.send(network.change(new, body={"x": "Second."}))
    assert not Edition.objects.of(site).filter(source_id=new.pk).exists()
    LiftHold(network.edition(site, network.chapters[0]).adoption).execute()
    assert texts(network.local(site, new)) == ["Second."]
    assert release.updates.get(site=site).outcome == "added"
    assert Page.find_problems() == ([], [], [], [], [])


def test_accepting_merges_to_the_newest_version(network, site):
    network.edit(site, network.chapters[0], body={"b": "Our two."})
    edition = network.edition(site, network.chapters[0])
    edition.adoption.ask_first = True
    edition.adoption.save()
    network.send(network.change(network.chapters[0], body={"a": "One, corrected."}))
    network.send(network.change(network.chapters[0], body={"b": "National two."}))
    edition = network.edition(site, network.chapters[0])
    AcceptUpdates([edition]).execute()
    assert texts(local(network, site)) == ["One, corrected.", "Our two.", "Three."]
    assert Conflict.objects.open().count() == 1
    update = edition.updates.first()
    assert update.outcome == "conflict"
    assert not Edition.objects.of(site).waiting().exists()


def test_many_untouched_pages_are_accepted_at_once(network, site):
    Edition.objects.of(site).first().adoption.__class__.objects.update(ask_first=True)
    network.send(*[network.change(chapter, body={"a": "New."}) for chapter in network.chapters])
    AcceptUpdates(Edition.objects.of(site).waiting()).execute()
    assert [texts(network.local(site, chapter))[0] for chapter in network.chapters] == ["New.", "New."]


@pytest.mark.parametrize(
    "act",
    [
        lambda edition, user: FollowAgain(edition.page, ("body", "b"), user=user).execute(),
        lambda edition, user: Hold(edition, user=user).execute(),
        lambda edition, user: LiftHold(edition, user=user).execute(),
        lambda edition, user: AcceptUpdates([edition], user=user).execute(),
        lambda edition, user: SettleConflicts(
            edition.page, {edition.conflicts.get().pk: Decision(TAKE)}, user=user
        ).execute(),
        lambda edition, user: Hold(edition.adoption, user=user).execute(),
    ],
    ids=["follow", "hold", "lift", "accept", "settle", "hold-toolkit"],
)
def test_another_affiliate_may_do_none_of_it(network, site, conflict, outsider, act):
    edition = network.edition(site, network.chapters[0])
    before = (texts(local(network, site)), edition.on_hold)
    with pytest.raises(NotAllowed):
        act(edition, outsider)
    edition.refresh_from_db()
    assert (texts(local(network, site)), edition.on_hold) == before
    assert Conflict.objects.open().count() == 1


def test_another_affiliate_may_not_take_a_decision_back(network, site, conflict, outsider):
    settle(conflict, KEEP)
    conflict.refresh_from_db()
    with pytest.raises(NotAllowed):
        Reopen(conflict, user=outsider).execute()
    assert not Conflict.objects.open().exists()


def test_another_affiliate_may_not_adopt_for_this_one(outsider, django_user_model):
    from editions.actions.adopt import Adopt
    from editions.models import Adoption

    network = Network(sites=1)
    with pytest.raises(NotAllowed):
        Adopt(network.toolkit, network.sites[0], user=outsider).execute()
    assert not Adoption.objects.exists()


def test_a_draft_that_still_says_otherwise_keeps_the_question_open(network, site):
    page = local(network, site)
    page.body = [paragraph("a", "Our draft."), *page.get_content()["body"][1:]]
    page.save_revision()
    network.send(network.change(network.chapters[0], body={"a": "National one."}))
    draft = local(network, site).get_latest_revision_as_object()
    draft.save_revision()
    assert Conflict.objects.open().count() == 1
    FollowAgain(local(network, site), ("body", "c")).execute()
    assert Conflict.objects.open().count() == 1
    local(network, site).get_latest_revision().publish()
    assert texts(local(network, site))[0] == "Our draft."
    assert Conflict.objects.open().count() == 1


def test_a_hidden_page_is_brought_back_in_the_newest_version(network, site, outsider):
    key = local(network, site).translation_key
    local(network, site).delete()
    network.send(network.change(network.chapters[0], body={"a": "One, corrected."}))
    edition = network.edition(site, network.chapters[0])
    with pytest.raises(NotAllowed):
        BringBack(edition, user=outsider).execute()
    BringBack(edition).execute()
    assert texts(local(network, site))[0] == "One, corrected."
    titles = [page.title for page in network.local(site, network.toolkit).get_children()]
    assert titles == ["Chapter 1", "Chapter 2"]
    assert not network.edition(site, network.chapters[0]).is_behind
    assert key
    with pytest.raises(EditionError, match="on your site"):
        BringBack(edition).execute()


def test_a_renamed_address_follows_unless_it_was_changed_here(network, site, client):
    other = network.sites[1]
    network.edit(other, network.chapters[0], slug="ours")
    chapter = network.change(network.chapters[0], slug="first")
    network.send(chapter)
    assert local(network, site).slug == "first"
    assert local(network, site).url_path == "/affiliates/place-0/toolkit/first/"
    assert network.local(other, chapter).slug == "ours"
    redirect = Redirect.objects.get(site=site)
    assert redirect.old_path == "/toolkit/chapter-1"
    assert redirect.redirect_page_id == local(network, site).pk
