"""An untouched page that is published unchanged leaves nothing adapted, for every type of block."""

import pytest

from editions.canonical import canonical_content, canonical_stream
from editions.content import get_content
from editions.streams import same
from tests import editor, factories
from toolkit_pages.blocks import CHAPTER_BLOCKS
from toolkit_pages.models import ChapterPage, ToolkitPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def national():
    return factories.organisation("National", default=True)


@pytest.fixture
def body(national):
    studies = factories.case_list(national.home)
    places = [factories.case_study(studies, f"Place {number}") for number in range(2)]
    happening = factories.event(factories.events_page(national.home))
    return [
        *factories.every_block(
            factories.call_to_action(), factories.glossary_term(), factories.image(), places, happening
        ),
        *factories.document_blocks(),
    ]


def test_the_sample_holds_every_type_of_block(body):
    assert {child["type"] for child in body} == {kind.name for kind in CHAPTER_BLOCKS}


def test_publishing_a_chapter_unchanged_changes_nothing(admin_client, national, body):
    page = factories.chapter(
        factories.toolkit(national.home), "Meet them", body, summary="First line.\nSecond line."
    )
    before = canonical_content(ChapterPage, get_content(page))
    editor.publish(admin_client, page, editor.unchanged(admin_client, page))
    after = get_content(ChapterPage.objects.get(pk=page.pk))
    differing = [name for name in before if not same(before[name], after[name])]
    assert differing == []


def test_publishing_it_twice_still_changes_nothing(admin_client, national, body):
    page = factories.chapter(factories.toolkit(national.home), "Meet them", body)
    for _time in range(2):
        editor.publish(admin_client, page, editor.unchanged(admin_client, page))
    after = get_content(ChapterPage.objects.get(pk=page.pk))
    assert same(canonical_content(ChapterPage, after), after)
    assert same(canonical_stream(ChapterPage.body.field.stream_block, body), after["body"])


def test_publishing_a_toolkit_unchanged_changes_nothing(admin_client, national, body):
    page = factories.toolkit(
        national.home, "Toolkit", body=body, disclaimer="<p>Not <strong>legal</strong> advice.</p>"
    )
    page.tags.add("meetings", "county")
    page.save()
    before = canonical_content(ToolkitPage, get_content(page))
    editor.publish(admin_client, page, editor.unchanged(admin_client, page))
    after = get_content(ToolkitPage.objects.get(pk=page.pk))
    assert [name for name in before if not same(before[name], after[name])] == []


def test_empty_rich_texts_stay_empty(admin_client, national):
    page = factories.toolkit(national.home, "Bare")
    editor.publish(admin_client, page, editor.unchanged(admin_client, page))
    assert ToolkitPage.objects.get(pk=page.pk).disclaimer == ""


def test_who_checked_it_stays_where_an_affiliates_form_does_not_show_it(admin_client, national):
    local = factories.organisation("Santa Clara", "santa-clara.localhost")
    page = factories.chapter(factories.toolkit(local.home), checked_by="National legal team")
    data = editor.unchanged(admin_client, page)
    assert "checked_by" not in data
    editor.publish(admin_client, page, data)
    assert ChapterPage.objects.get(pk=page.pk).checked_by == "National legal team"


def test_national_forms_ask_who_checked_it(admin_client, national):
    page = factories.chapter(factories.toolkit(national.home), checked_by="Legal team")
    assert editor.unchanged(admin_client, page)["checked_by"] == "Legal team"
