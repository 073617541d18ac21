"""Nobody changes what belongs to another affiliate, by any door. Each door is tried through its real URL.

`probe` compares every row of the other affiliate and of national before and after; a door that is refused
answers no and changes nothing. What the same person may do with their own is tried beside it, so that a door
is not merely shut.
"""

import json

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.test.utils.form_data import rich_text
from wagtail_localize.models import LocaleSynchronization, TranslationSource
from wagtail_localize.operations import translate_object

from campaign_library.models import GlossaryTerm
from editions.models import Edition, Version
from tests.campaign_library.shared import confirm
from toolkit_pages.models import HomePage

from .conftest import is_refused, rows

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

# Snippets ----------------------------------------------------------------------------------------

TERM = "wagtailsnippets_campaign_library_glossaryterm"
TERM_CHOOSER = "wagtailsnippetchoosers_campaign_library_glossaryterm"


def term_data(**data):
    return {
        "term": "New words",
        "plain": "Plain",
        "kind": "general",
        "long": rich_text("<p>x</p>"),
        "formerly": "",
        **data,
    }


@pytest.mark.parametrize("whose", ["of_b", "national"])
@pytest.mark.parametrize(
    "view",
    ["edit", "delete", "copy", "usage", "history", "history_results", "unpublish", "preview_on_edit"],
)
def test_a_snippet_of_another_or_of_national(network, probe, whose, view):
    term = getattr(network, whose).term
    probe(reverse(f"{TERM}:{view}", args=[term.pk]), {**term_data(), "action-publish": "1"})


@pytest.mark.parametrize("view", ["revisions_view", "revisions_revert", "revisions_unschedule"])
def test_a_revision_of_anothers_snippet(network, probe, view):
    revision = network.of_b.term.save_revision()
    probe(reverse(f"{TERM}:{view}", args=[network.of_b.term.pk, revision.pk]), term_data())


def test_comparing_revisions_of_anothers_snippet(network, probe):
    revision = network.of_b.term.save_revision()
    address = reverse(f"{TERM}:revisions_compare", args=[network.of_b.term.pk, revision.pk, "latest"])
    probe(address, methods=("get",))


def test_the_list_of_snippets_names_ones_own_only(network, as_editor):
    for view in ("list", "list_results"):
        text = as_editor.get(reverse(f"{TERM}:{view}")).content.decode()
        assert "Alpha term" in text
        assert "Bravo term" not in text
        assert "National term" not in text


def test_deleting_snippets_of_others_in_bulk(network, probe):
    address = reverse("wagtail_bulk_action", args=["campaign_library", "glossaryterm", "delete"])
    for ids in (f"?id={network.of_b.term.pk}", f"?id={network.national.term.pk}", "?id=all"):
        probe(address + ids)


def test_the_chooser_offers_own_and_national_snippets(network, as_editor, probe):
    text = as_editor.get(reverse(f"{TERM_CHOOSER}:choose_results")).content.decode()
    assert "Alpha term" in text
    assert "National term" in text
    assert "Bravo term" not in text
    assert (
        as_editor.get(reverse(f"{TERM_CHOOSER}:chosen", args=[network.national.term.pk])).status_code == 200
    )
    probe(reverse(f"{TERM_CHOOSER}:chosen", args=[network.of_b.term.pk]), methods=("get",))
    several = as_editor.get(reverse(f"{TERM_CHOOSER}:chosen_multiple"), {"id": [network.of_b.term.pk]})
    assert "Bravo" not in several.content.decode()


@pytest.mark.parametrize("whose", ["of_b", "national"])
def test_saying_that_one_is_editing_anothers_snippet(network, probe, as_editor, whose):
    def ping(things):
        session = EditingSession.objects.create(
            user=network.editor, content_object=things.term, last_seen_at=timezone.now()
        )
        args = ["campaign_library", "glossaryterm", things.term.pk, session.pk]
        return reverse("wagtailadmin_editing_sessions:ping", args=args)

    probe(ping(getattr(network, whose)), methods=("post",))
    assert as_editor.post(ping(network.of_a)).status_code == 200


def test_own_snippets_are_made_changed_and_deleted(network, as_editor):
    as_editor.post(reverse(f"{TERM}:add"), {**term_data(), "action-publish": "1"})
    made = GlossaryTerm.objects.get(term="New words")
    assert made.owner == network.a
    as_editor.post(
        reverse(f"{TERM}:edit", args=[made.pk]), {**term_data(term="Other words"), "action-publish": "1"}
    )
    assert GlossaryTerm.objects.get(pk=made.pk).term == "Other words"
    as_editor.post(reverse(f"{TERM}:delete", args=[made.pk]))
    assert not GlossaryTerm.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize("owner", ["", "b"])
def test_nobody_gives_a_snippet_to_national_or_to_another(network, as_editor, owner):
    posted = {"": "", "b": network.b.pk}[owner]
    data = {**term_data(), "owner": posted, "action-publish": "1"}
    as_editor.post(reverse(f"{TERM}:add"), data)
    assert GlossaryTerm.objects.get(term="New words").owner == network.a
    as_editor.post(reverse(f"{TERM}:edit", args=[network.of_a.term.pk]), data)
    assert GlossaryTerm.objects.get(pk=network.of_a.term.pk).owner == network.a


def test_somebody_in_two_affiliates_chooses_between_theirs(network, as_editor):
    network.editor.groups.add(network.b.group("editor"))
    third = GlossaryTerm.objects.count()
    as_editor.post(reverse(f"{TERM}:add"), {**term_data(), "owner": network.b.pk, "action-publish": "1"})
    assert GlossaryTerm.objects.get(term="New words").owner == network.b
    response = as_editor.post(reverse(f"{TERM}:add"), {**term_data(), "owner": "", "action-publish": "1"})
    assert "owner" in response.context["form"].errors
    assert GlossaryTerm.objects.count() == third + 1


def test_national_staff_changes_any_snippet(network, as_staff):
    for things in (network.of_a, network.national):
        data = {**term_data(term=f"Changed {things.name}"), "owner": "", "action-publish": "1"}
        if things.term.owner_id:
            data["owner"] = things.term.owner_id
        confirm(as_staff, as_staff.post(reverse(f"{TERM}:edit", args=[things.term.pk]), data))
        assert GlossaryTerm.objects.get(pk=things.term.pk).term == f"Changed {things.name}"


# wagtail-localize --------------------------------------------------------------------------------


@pytest.fixture
def spanish(network):
    return network.locales["es"]


@pytest.fixture
def translated(network, spanish):
    """A translation of each one's own term, with its string segment."""
    found = {}
    for whose in ("of_a", "of_b", "national"):
        term = getattr(network, whose).term
        translate_object(term, [spanish])
        source = TranslationSource.objects.get_for_instance(term)
        found[whose] = source.translations.get()
    return found


@pytest.mark.parametrize("whose", ["of_b", "national"])
@pytest.mark.parametrize("thing", ["home", "toolkit", "chapter"])
def test_submitting_anothers_page_for_translation(network, probe, spanish, whose, thing):
    page = getattr(getattr(network, whose), thing)
    probe(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [spanish.pk]})


@pytest.mark.parametrize("whose", ["of_b", "national"])
def test_submitting_anothers_snippet_for_translation(network, probe, spanish, whose):
    args = ["campaign_library", "glossaryterm", getattr(network, whose).term.pk]
    probe(reverse("wagtail_localize:submit_snippet_translation", args=args), {"locales": [spanish.pk]})


@pytest.mark.parametrize("whose", ["of_b", "national"])
def test_updating_anothers_translations(network, probe, translated, whose):
    source = translated[whose].source
    probe(reverse("wagtail_localize:update_translations", args=[source.pk]), {"publish_translations": "on"})


@pytest.mark.parametrize("whose", ["of_b", "national"])
def test_working_in_anothers_translation(network, probe, translated, whose):
    translation = translated[whose]
    string = translation.source.stringsegment_set.first()
    data = json.dumps({"value": "Mine"})
    for name, args in (
        ("edit_string_translation", [translation.pk, string.pk]),
        ("upload_pofile", [translation.pk]),
        ("download_pofile", [translation.pk]),
        ("machine_translate", [translation.pk]),
        ("preview_translation", [translation.pk]),
        ("stop_translation", [translation.pk]),
    ):
        address = reverse(f"wagtail_localize:{name}", args=args)
        probe(address, {"value": "Mine", "data": data})
    segment = translation.source.overridablesegment_set.first()
    probe(reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk if segment else 1]))


def test_own_pages_and_snippets_are_translated(network, as_editor, spanish):
    as_editor.post(
        reverse("wagtail_localize:submit_page_translation", args=[network.of_a.toolkit.pk]),
        {"locales": [spanish.pk]},
    )
    assert network.of_a.toolkit.get_translation(spanish).is_descendant_of(network.a.folder)
    args = ["campaign_library", "glossaryterm", network.of_a.term.pk]
    as_editor.post(
        reverse("wagtail_localize:submit_snippet_translation", args=args), {"locales": [spanish.pk]}
    )
    assert network.of_a.term.get_translation(spanish).owner == network.a


def follow(page, site):
    """Makes `page` an edition of a national page, as far as these doors ask."""
    version = Version.objects.create(
        content_type=page.content_type,
        source_id=1,
        source_key=page.translation_key,
        locale=page.locale,
        number=1,
        content={},
    )
    return Edition.objects.create(
        page=page, site=site, locale=page.locale, source_id=1, source_key=page.translation_key,
        base=version, sent=version,
    )  # fmt: skip


def test_pages_that_follow_national_are_not_translated_here(network, probe, spanish):
    follow(network.of_a.chapter, network.a.site)
    translate_object(network.of_a.toolkit, [spanish])
    probe(
        reverse("wagtail_localize:submit_page_translation", args=[network.of_a.chapter.pk]),
        {"locales": [spanish.pk]},
    )
    # Nor as part of what is above them.
    probe(
        reverse("wagtail_localize:submit_page_translation", args=[network.of_a.toolkit.pk]),
        {"locales": [spanish.pk], "include_subtree": "on"},
        methods=("post",),
    )


def test_a_language_that_the_site_does_not_offer(network, probe, spanish):
    network.a.languages = ["en"]
    network.a.save()
    probe(
        reverse("wagtail_localize:submit_page_translation", args=[network.of_a.toolkit.pk]),
        {"locales": [spanish.pk]},
        methods=("post",),
    )


def test_a_national_snippet_is_not_translated_along(network, probe, spanish):
    page = network.of_a.chapter
    page.body = [{"type": "glossary_term", "value": network.national.term.pk, "id": "g"}]
    page.save()
    translate_object(network.of_a.toolkit, [spanish])
    probe(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [spanish.pk]})


@pytest.mark.parametrize("person", ["as_editor", "as_staff"])
def test_nobody_turns_a_translation_into_an_alias(network, request, spanish, person):
    client = request.getfixturevalue(person)
    page = network.of_a.toolkit if person == "as_editor" else network.national.toolkit
    if person == "as_staff":
        network.national.home.get_parent().add_child(
            instance=HomePage(
                title="Nacional",
                slug="es",
                locale=spanish,
                translation_key=network.national.home.translation_key,
            )
        )
    translate_object(page, [spanish])
    target = page.get_translation(spanish)
    before = rows()
    response = client.post(reverse("wagtail_localize:convert_to_alias", args=[target.pk]))
    assert is_refused(response)
    assert rows() == before


def test_synchronising_a_language(network, probe, client, spanish):
    data = {
        "language_code": "es",
        "component-wagtail_localize_localesynchronization-enabled": "on",
        "component-wagtail_localize_localesynchronization-sync_from": network.locales["en"].pk,
    }
    address = reverse("wagtaillocales:edit", args=[spanish.pk])
    probe(address, data)
    probe(reverse("wagtaillocales:add"), data)
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "x"))
    response = client.post(address, data)
    assert is_refused(response)
    assert not LocaleSynchronization.objects.exists()


@pytest.mark.parametrize("name", ["translations_report", "translations_report_results"])
def test_the_report_of_all_translations(network, probe, name):
    probe(reverse(f"wagtail_localize:{name}"), methods=("get",))


def test_the_list_of_all_snippets_for_translators(network, probe):
    probe(
        reverse("wagtail_localize:snippets_api_listing", args=["campaign_library", "glossaryterm"]),
        methods=("get",),
    )
    args = ["campaign_library", "glossaryterm", network.of_b.term.pk]
    probe(reverse("wagtail_localize:snippets_api_detail", args=args), methods=("get",))
