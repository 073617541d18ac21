"""Adopting, sending, merging: what the laws promise, seen on real pages."""

import pytest
from wagtail.models import Page, PageLogEntry

from editions.actions.errors import EditionError
from editions.actions.send import Send
from editions.models import Conflict, Edition, Update
from tests.editions.network import Network, paragraph, raw, texts
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    network = Network()
    network.adopt()
    return network


def outcomes(release) -> dict[str, int]:
    counts: dict[str, int] = {}
    for update in release.updates.all():
        counts[update.outcome] = counts.get(update.outcome, 0) + 1
    return counts


def test_adopting_makes_a_sound_tree_of_equal_pages(network):
    site = network.sites[0]
    for page in [network.toolkit, *network.chapters]:
        local = network.local(site, page)
        assert local.get_content() == page.get_content()
        assert local.live and not local.has_unpublished_changes
        assert local.slug == page.slug
        assert local.locale == page.locale
    chapter = network.local(site, network.chapters[0])
    assert chapter.url_path == "/affiliates/place-0/toolkit/chapter-1/"
    assert chapter.get_parent().specific == network.local(site, network.toolkit)
    assert Page.find_problems() == ([], [], [], [], [])
    assert chapter.translation_key != network.chapters[0].translation_key


def test_adopting_twice_is_refused_and_writes_nothing(network):
    pages = Page.objects.count()
    with pytest.raises(EditionError, match="adopted already"):
        network.adopt(network.sites[0])
    assert Page.objects.count() == pages


def test_an_adopted_page_is_found_by_search(network):
    found = {page.pk for page in SimplePage.objects.search("Chapter")}
    assert network.local(network.sites[0], network.chapters[0]).pk in found
    assert network.local(network.sites[1], network.chapters[1]).pk in found


def test_untouched_editions_become_exactly_the_version(network):
    chapter = network.change(network.chapters[0], title="Renamed", body={"b": "Two, corrected."}, intro="New")
    release = network.send(chapter)
    assert outcomes(release) == {"applied": 2}
    for site in network.sites:
        local = network.local(site, chapter)
        assert local.get_content() == chapter.get_content()
        assert local.draft_title == "Renamed"
        assert not local.revisions.exists()
        edition = network.edition(site, chapter)
        assert edition.base == edition.sent and edition.base.number == 2
        assert not edition.is_behind
    assert {page.pk for page in SimplePage.objects.search("corrected")} >= {
        network.local(site, chapter).pk for site in network.sites
    }
    assert PageLogEntry.objects.filter(action="editions.update").count() == 2


def test_a_change_elsewhere_merges_by_itself_with_a_revision(network):
    first, second = network.sites
    network.edit(first, network.chapters[0], body={"c": "Our three."})
    chapter = network.change(network.chapters[0], body={"a": "One, corrected."})
    release = network.send(chapter)
    assert outcomes(release) == {"merged": 1, "applied": 1}
    local = network.local(first, chapter)
    assert texts(local) == ["One, corrected.", "Two.", "Our three."]
    assert texts(local.get_latest_revision_as_object()) == texts(local)
    assert local.live_revision_id == local.latest_revision_id
    assert texts(network.local(second, chapter)) == ["One, corrected.", "Two.", "Three."]


def test_a_real_conflict_asks_and_the_local_text_stands(network):
    site = network.sites[0]
    network.edit(site, network.chapters[0], body={"b": "Our two."})
    chapter = network.change(network.chapters[0], body={"b": "National two.", "a": "One, corrected."})
    release = network.send(chapter)
    assert outcomes(release) == {"conflict": 1, "applied": 1}
    assert texts(network.local(site, chapter)) == ["One, corrected.", "Our two.", "Three."]
    conflict = Conflict.objects.open().get()
    assert conflict.place == ("body", "b")
    assert conflict.base["value"] == "<p>Two.</p>"
    assert conflict.national["value"] == "<p>National two.</p>"
    assert conflict.local["value"] == "<p>Our two.</p>"
    assert list(Edition.objects.of(site).in_conflict()) == [network.edition(site, chapter)]


def test_newer_national_text_replaces_the_older_in_an_open_conflict(network):
    site = network.sites[0]
    network.edit(site, network.chapters[0], body={"b": "Our two."})
    network.send(network.change(network.chapters[0], body={"b": "National two."}))
    network.send(network.change(network.chapters[0], body={"b": "National two, again."}))
    conflict = Conflict.objects.get()
    assert conflict.base["value"] == "<p>Two.</p>"
    assert conflict.national["value"] == "<p>National two, again.</p>"
    network.send(network.change(network.chapters[0], body={"b": "Two."}))
    assert not Conflict.objects.open().exists()
    assert texts(network.local(site, network.chapters[0]))[1] == "Our two."


def test_hidden_added_and_moved_blocks_stay_so(network):
    site = network.sites[0]
    network.edit(
        site,
        network.chapters[0],
        body=[paragraph("c", "Three."), paragraph("l", "Our own."), paragraph("a", "One.")],
    )
    chapter = network.change(
        network.chapters[0],
        body=[
            paragraph("a", "One, corrected."),
            paragraph("b", "Two, corrected."),
            paragraph("n", "New."),
            paragraph("c", "Three."),
        ],
    )
    release = network.send(chapter)
    assert texts(network.local(site, chapter)) == ["Three.", "Our own.", "One, corrected.", "New."]
    update = release.updates.get(site=site)
    assert update.outcome == "merged"
    assert [notice["path"] for notice in update.receipt["notices"]] == [["body", "b"]]


def test_sending_the_same_again_changes_nothing(network):
    chapter = network.change(network.chapters[0], body={"a": "One, corrected."})
    network.send(chapter)
    before = list(SimplePage.objects.order_by("pk").values())
    release = network.send(chapter)
    assert outcomes(release) == {"skipped": 2}
    assert list(SimplePage.objects.order_by("pk").values()) == before


def test_a_new_chapter_is_added_at_its_place(network):
    site = network.sites[0]
    toolkit = network.local(site, network.toolkit)
    own = network.add(toolkit, "Our own chapter", [])
    new = network.add(network.toolkit, "Chapter midway", [])
    new.move(network.chapters[0], pos="right")
    release = network.send(SimplePage.objects.get(pk=new.pk))
    assert outcomes(release) == {"added": 2}
    titles = [page.title for page in network.local(site, network.toolkit).get_children()]
    assert titles == ["Chapter 1", "Chapter midway", "Chapter 2", "Our own chapter"]
    assert Page.find_problems() == ([], [], [], [], [])
    assert own.pk in {page.pk for page in network.local(site, network.toolkit).get_children()}
    assert {page.title for page in SimplePage.objects.search("midway")} == {"Chapter midway"}


def test_many_new_chapters_at_one_place_make_room(network):
    site = network.sites[0]
    for number in range(8):
        new = network.add(network.toolkit, f"Insert {number}", [])
        new.move(network.chapters[0], pos="right")
        network.send(SimplePage.objects.get(pk=new.pk))
    titles = [page.title for page in network.local(site, network.toolkit).get_children()]
    assert titles == ["Chapter 1", *[f"Insert {number}" for number in reversed(range(8))], "Chapter 2"]
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_slug_that_a_local_chapter_has_gets_a_suffix(network):
    site = network.sites[0]
    network.add(network.local(site, network.toolkit), "Rights", [])
    network.send(network.add(network.toolkit, "Rights", []))
    slugs = [page.slug for page in network.local(site, network.toolkit).get_children()]
    assert slugs.count("rights") == 1 and "rights-2" in slugs


def test_sending_to_one_who_never_adopted_says_so():
    network = Network()
    network.adopt(network.sites[0])
    release = network.send(network.change(network.chapters[0], body={"a": "New."}))
    assert outcomes(release) == {"applied": 1, "skipped": 1}
    assert "not adopted" in release.updates.get(outcome="skipped").message


def test_a_deleted_page_is_hidden_and_does_not_come_back(network):
    site = network.sites[0]
    network.local(site, network.chapters[0]).delete()
    release = network.send(network.change(network.chapters[0], body={"a": "New."}))
    assert release.updates.get(site=site).outcome == "hidden"
    assert network.edition(site, network.chapters[0]).is_hidden


def test_held_and_asking_editions_wait(network):
    first, second = network.sites
    Edition.objects.filter(site=first).update(on_hold=True)
    network.edition(second, network.chapters[0]).adoption.__class__.objects.filter(site=second).update(
        ask_first=True
    )
    release = network.send(network.change(network.chapters[0], body={"a": "New."}))
    assert outcomes(release) == {"held": 1, "waiting": 1}
    for site in network.sites:
        assert texts(network.local(site, network.chapters[0]))[0] == "One."
        assert network.edition(site, network.chapters[0]).is_behind
    assert list(Edition.objects.of(first).held()) and not Edition.objects.of(first).waiting().exists()
    assert Edition.objects.of(second).waiting().get().source_id == network.chapters[0].pk


def test_the_plan_says_what_the_release_does(network):
    first = network.sites[0]
    network.edit(first, network.chapters[0], body={"b": "Our two."})
    chapter = network.change(network.chapters[0], body={"b": "National two."})
    (plan,) = Send([chapter], network.sites).plan()
    assert plan.counts() == {"conflict": 1, "applied": 1}
    assert not Update.objects.exists()
    release = network.send(chapter)
    assert {step.row.site_id: step.outcome.value for step in plan.steps.values()} == {
        update.site_id: update.outcome for update in release.updates.all()
    }


def test_tags_merge_as_a_set(network):
    site = network.sites[0]
    network.edit(site, network.chapters[0], tags=["local"])
    network.send(network.change(network.chapters[0], tags=["jail", "sheriff"]))
    assert sorted(network.local(site, network.chapters[0]).tags.names()) == ["jail", "local", "sheriff"]
    assert sorted(network.local(network.sites[1], network.chapters[0]).tags.names()) == ["jail", "sheriff"]


def test_a_local_text_that_national_comes_to_is_kept(network):
    site = network.sites[0]
    network.edit(site, network.chapters[0], body={"b": "The same."})
    network.send(network.change(network.chapters[0], body={"b": "The same."}))
    assert network.local(site, network.chapters[0]).kept == [["body", "b"]]
    network.send(network.change(network.chapters[0], body={"b": "Changed later."}))
    assert texts(network.local(site, network.chapters[0]))[1] == "The same."
    assert Conflict.objects.open().count() == 1


def test_nobody_without_the_permission_sends(network, django_user_model):
    from editions.actions.errors import NotAllowed

    user = django_user_model.objects.create_user("editor", password="x")
    with pytest.raises(NotAllowed):
        Send([network.chapters[0]], network.sites, user=user).execute()


def test_raw_is_the_stored_stream(network):
    assert raw(network.chapters[0])[0] == paragraph("a", "One.")
