"""Publishing what national shares is sending it: the plan, who may, what copies do, the receipt, and taking it back."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision
from wagtail_localize.models import Translation, TranslationSource

from campaign_library.actions import MergeNational
from campaign_library.actions.send import SendSnippet
from campaign_library.actions.undo import UndoSnippet
from campaign_library.adapted import has_national_changed
from campaign_library.models import GlossaryTerm
from campaign_library.needs import copies_that_need
from editions.actions.errors import EditionError, NotAllowed
from editions.actions.undo import UndoRelease
from editions.models import Release, SiteSettings, Update, Version
from editions.network.models import NationalRole
from tests import factories
from tests.campaign_library.shared import adapted, draft, fresh, send, shown_at
from tests.editions.test_costs import statements
from tests.network.factories import AffiliateFactory, StaffFactory, UserFactory
from toolkit_pages.importing.library import Terms
from toolkit_pages.importing.results import Term

pytestmark = pytest.mark.django_db
TERMS = "wagtailsnippets_campaign_library_glossaryterm"


def outcomes(release):
    return {update.site.hostname: update.outcome for update in release.updates.select_related("site")}


def test_one_sending_changes_all_sites_and_the_copies_follow(client, national, cook, kane, term):
    lake, bear = (
        AffiliateFactory(name=name, slug=name, hostname=f"{name}.test") for name in ("lake", "bear")
    )
    for home in (national.home, kane.site.root_page.specific):
        shown_at(home, term)
    clean = adapted(term, cook, formerly="Our older name")
    asked = adapted(term, lake, plain="Lake's words.")
    SiteSettings.objects.create(site=bear.site, ask_first=True)
    waiting = adapted(term, bear, long="<p>Bear's.</p>")
    release = send(term, plain="New words.", long="<p>Longer.</p>")
    assert outcomes(release) == {
        "cook.test": "merged", "lake.test": "conflict", "bear.test": "waiting", "kane.test": "applied",
    }  # fmt: skip
    assert "On 1 page." in release.updates.get(site=kane.site).message
    assert (fresh(term).plain, release.state) == ("New words.", Release.State.DONE)
    assert "New words." in client.get("/kit/one/", headers={"host": "kane.test"}).content.decode()
    clean, asked, waiting = fresh(clean), fresh(asked), fresh(waiting)
    assert (clean.plain, clean.long, clean.formerly, clean.live) == (
        "New words.", "<p>Longer.</p>", "Our older name", True,
    )  # fmt: skip
    # What merges cleanly arrives; the one leaf that both changed asks, and shows the local words.
    assert (asked.plain, asked.long) == ("Lake's words.", "<p>Longer.</p>")
    assert (waiting.plain, waiting.long) == ("National words.", "<p>Bear's.</p>")
    assert [has_national_changed(copy) for copy in (clean, asked, waiting)] == [False, True, True]
    needs = copies_that_need(None, [each.site for each in (cook, lake, bear, kane)])
    assert [each.mark for each in needs] == ["update waiting", "conflict"]
    assert ModelLogEntry.objects.filter(action="editions.send", object_id=str(term.pk)).count() == 1
    MergeNational(asked, take={"plain"}).execute()
    assert fresh(asked).plain == "New words." and not copies_that_need(None, [lake.site])
    # The same words again: nothing is sent.
    assert send(term) is None
    assert Version.objects.of_snippet(term).count() == 2


def test_a_draft_of_a_copy_stays_one_and_gets_the_words_too(cook, term):
    copy = adapted(term, cook, formerly="Our older name")
    copy.plain = "Half a sent"
    copy.save_revision()
    assert outcomes(send(term, plain="New words.", long="<p>Longer.</p>")) == {"cook.test": "conflict"}
    copy = fresh(copy)
    written = copy.get_latest_revision_as_object()
    # Readers get what merges with the words that they see, the draft what merges with it.
    assert (copy.plain, copy.long, copy.has_unpublished_changes) == ("New words.", "<p>Longer.</p>", True)
    assert (written.plain, written.long) == ("Half a sent", "<p>Longer.</p>")
    written.save_revision().publish()
    assert fresh(copy).plain == "Half a sent"
    assert has_national_changed(fresh(copy))


def test_a_sending_is_taken_back_and_copies_merge_back(cook, kane, term):
    merged = adapted(term, cook, formerly="Our older name")
    asked = adapted(term, kane, plain="Kane's words.")
    first = send(term, plain="New words.")
    draft(term, plain="Half a sent")
    with pytest.raises(EditionError):
        UndoRelease(first).check()
    undoing = UndoSnippet(first, note="Too early.").execute()
    assert (fresh(term).plain, fresh(merged).plain, fresh(asked).plain) == (
        "National words.", "National words.", "Kane's words.",
    )  # fmt: skip
    assert fresh(term).get_latest_revision_as_object().plain == "Half a sent"
    assert (undoing.undoes, undoing.note) == (first, "Too early.")
    # In step with national again: nothing asks any more.
    assert not has_national_changed(fresh(asked)) and not copies_that_need(None, [cook.site, kane.site])
    for release in (first, undoing):
        with pytest.raises(EditionError):
            UndoSnippet(release).execute()
    # Version 3 of it follows; what is new with a release has nothing before it.
    assert send(term, plain="Third words.").items.get().version.number == 3
    new = factories.glossary_term(term="New", live=False)
    shown_at(kane.site.root_page.specific, new)
    with pytest.raises(EditionError, match="withdraw"):
        UndoSnippet(send(new)).execute()


def test_a_scheduled_one_is_sent_at_its_time_by_wagtails_command(cook, term):
    copy = adapted(term, cook, formerly="Our older name")
    manager = StaffFactory(national=NationalRole.MANAGER)
    later = timezone.now() + datetime.timedelta(hours=1)
    revision = draft(term, plain="Later words.", go_live_at=later)
    assert SendSnippet(revision, user=manager).execute() is None
    # It stays on line meanwhile although its words were never a revision.
    assert (fresh(term).live, fresh(term).plain) == (True, "National words.")
    assert fresh(term).get_latest_revision_as_object().plain == "Later words."
    past = timezone.now() - datetime.timedelta(minutes=1)
    revision.refresh_from_db()
    revision.content["go_live_at"] = past.isoformat()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=revision.content)
    call_command("publish_scheduled")
    assert (fresh(term).plain, fresh(copy).plain) == ("Later words.", "Later words.")
    assert outcomes(Release.objects.get()) == {"cook.test": "merged"}


def test_who_may_not_send_publishes_through_no_door(client, cook, term):
    legal = StaffFactory(national=NationalRole.LEGAL)
    revision = draft(term, plain="Not yet.")
    doors = [
        lambda: SendSnippet(revision, user=legal).execute(),
        lambda: revision.publish(user=legal),
        lambda: revision.publish(user=legal, skip_permission_checks=True),
    ]
    for door in doors:
        with pytest.raises(NotAllowed):
            door()
    client.force_login(legal)
    url = reverse(f"{TERMS}:edit", args=[term.pk])
    assert "action-publish" not in client.get(url).content.decode()
    data = {
        "term": "Detainer",
        "plain": "By hand.",
        "kind": "general",
        "action-publish": "1",
        "tags": "",
        "long": "null",
    }
    said = client.post(url, data, follow=True).content.decode()
    assert "saved as a draft, not published" in said
    assert fresh(term).plain == "National words."
    assert fresh(term).get_latest_revision_as_object().plain == "By hand."
    client.post(reverse(f"{TERMS}:add"), {**data, "term": "New"})
    assert (
        client.post(reverse(f"{TERMS}:copy", args=[term.pk]), {**data, "term": "Copied"}).status_code == 405
    )
    client.post(reverse(f"{TERMS}:revisions_revert", args=[term.pk, revision.pk]), data)
    assert not GlossaryTerm.objects.get(term="New").live
    assert fresh(term).plain == "National words."
    release = send(term, plain="New words.")
    for path in (
        reverse("library:publish", args=["glossaryterm", term.pk]),
        reverse("library:undo", args=[release.pk]),
    ):
        for user in (legal, UserFactory(of=cook)):
            client.force_login(user)
            assert client.get(path).status_code == 302
            assert client.post(path, {"revision": fresh(term).latest_revision_id}).status_code == 302
    assert fresh(term).plain == "New words." and Release.objects.count() == 1


def test_a_manager_sees_the_plan_then_publishes_and_takes_it_back(client, national, cook, kane, term):
    shown_at(kane.site.root_page.specific, term)
    adapted(term, cook, plain="Cook's words.")
    client.force_login(StaffFactory(national=NationalRole.MANAGER))
    url = reverse(f"{TERMS}:edit", args=[term.pk])
    assert "Publish on all sites" in client.get(url).content.decode()
    data = {"term": "Detainer", "plain": "New words.", "kind": "general", "tags": "", "long": "null"}
    plan = client.post(url, {**data, "action-publish": "1"})
    assert plan["Location"] == reverse("library:publish", args=["glossaryterm", term.pk])
    html = client.get(plan["Location"]).content.decode()
    assert fresh(term).plain == "National words."
    for words in ("1 page of affiliates shows it", "1 copy: asked", "Kane", "In plain words", "<ins"):
        assert words in html, words
    assert "Look at the plan again" in client.post(plan["Location"], {"revision": "0"}).content.decode()
    sent = client.post(
        plan["Location"], {"revision": fresh(term).latest_revision_id, "note": "The law changed."}
    )
    release = Release.objects.get()
    assert sent["Location"] == reverse("editions:release", args=[release.pk])
    receipt = client.get(sent["Location"]).content.decode()
    for words in (
        "The law changed.",
        "1 shared snippet sent",
        "in conflict",
        "On 1 page.",
        reverse("library:undo", args=[release.pk]),
    ):
        assert words in receipt, words
    assert "shared snippet" in client.get(reverse("editions:releases")).content.decode()
    undo = reverse("library:undo", args=[release.pk])
    assert "Take “Detainer” back?" in client.get(undo).content.decode()
    client.post(undo, {"note": ""})
    assert fresh(term).plain == "National words."
    assert client.get(undo).status_code == 302


def test_a_translation_is_published_by_the_same_plan(client, cook, term):
    spanish = factories.locale("es")
    source, _made = TranslationSource.update_or_create_from_instance(term)
    translation = Translation.objects.create(source=source, target_locale=spanish)
    translation.save_target(publish=False)
    theirs = GlossaryTerm.objects.get(locale=spanish)
    theirs.plain = "Palabras."
    theirs.save_revision().publish()
    edit = reverse(f"{TERMS}:edit", args=[theirs.pk])
    update = reverse("wagtail_localize:update_translations", args=[source.pk])
    for role, target in (
        (NationalRole.LEGAL, edit),
        (NationalRole.MANAGER, reverse("library:publish", args=["glossaryterm", theirs.pk])),
    ):
        client.force_login(StaffFactory(national=role))
        assert client.post(edit, {"action": "publish"})["Location"] == target
        client.post(update, {"publish_translations": "on"})
        assert (fresh(theirs).live, fresh(theirs).plain) == (True, "Palabras.")
    assert fresh(theirs).get_latest_revision_as_object().plain == "National words."


def test_sites_without_a_copy_cost_nothing_more(national):
    def cost(number):
        term = factories.glossary_term(term=f"Word {number}")
        for i in range(number):
            affiliate = AffiliateFactory(
                name=f"{number}-{i}", slug=f"a{number}-{i}", hostname=f"a{number}-{i}.test"
            )
            shown_at(affiliate.site.root_page.specific, term)
        revision = draft(term, plain="New.")
        return statements(SendSnippet(revision).execute)

    cost(1)
    assert cost(2) == cost(6)
    assert Update.objects.filter(outcome="applied").count() > 6


def test_imported_terms_are_drafts_where_the_importer_may_not_send(national):
    for role, live in ((NationalRole.LEGAL, False), (NationalRole.MANAGER, True)):
        term = Term(f"Word of {role}", "A word.", "", 1)
        Terms([term], factories.locale(), None, lambda *said: None, StaffFactory(national=role))
        assert GlossaryTerm.objects.get(term=term.term).live is live
