"""Footnotes: numbered by their order on the page, and whole after everything that happens to a text."""

import re

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from modelsearch.conf import get_app_config
from wagtail.models import get_page_models

from editions.content import get_content
from editions.merge import merge
from tests import editor, factories
from tests.block_samples import items
from toolkit_pages.footnotes import MARK, marks_without_notes, number_marks, without_marks
from toolkit_pages.forms import NotedPageForm
from toolkit_pages.models import ChapterPage


def notes(**texts):
    return factories.block(
        "footnotes",
        {"notes": items(*({"key": key, "text": f"<p>{text}</p>"} for key, text in texts.items()))},
        id="notes",
    )


# Numbering ------------------------------------------------------------------------------------------


def test_numbers_follow_the_first_marks():
    html, cited = number_marks(
        "<p>One [^b], two[^a], <i>again [^B]</i>.</p>", frozenset({"a", "b", "c"}), "Note"
    )
    assert [(each.key, each.number, each.places) for each in cited] == [
        ("b", 1, ["mark-b", "mark-b-2"]),
        ("a", 2, ["mark-a"]),
    ]
    assert re.findall(r'href="#note-(\w)"', html) == ["b", "a", "b"]
    assert "One<sup" in html, "the number stands close to its word"


def test_a_mark_without_a_note_goes_and_attributes_have_none():
    html, cited = number_marks(
        '<section aria-label="Title [^a]"><p>Text [^gone].</p></section>', frozenset({"a"}), "Note"
    )
    assert html == '<section aria-label="Title"><p>Text.</p></section>'
    assert cited == []


@given(st.lists(st.one_of(st.text(alphabet="ab<>/p []^\"'", max_size=20), st.sampled_from(["[^a]", "[^b]"]))))
def test_every_mark_is_a_link_and_nothing_else_changes(pieces):
    html = "".join(pieces)
    numbered, cited = number_marks(html, frozenset({"a", "b"}), "Note")
    assert MARK.search(re.sub(r"<[^>]*>", "", numbered)) is None or MARK.search(html)
    bare = re.sub(r'<sup class="mark-of-note">.*?</sup>', "", numbered)
    assert bare == without_marks(html)
    assert [each.number for each in cited] == list(range(1, len(cited) + 1))


def test_marks_without_notes_are_found_in_any_text_of_the_body():
    body = [
        factories.paragraph("<p>Known [^a], unknown [^b]</p>"),
        factories.block("steps", {"title": "Title [^c]", "steps": items({"title": "", "text": "[^b]"})}),
        notes(a="A."),
    ]
    assert marks_without_notes(body) == ["b", "c"]


# On a page ------------------------------------------------------------------------------------------

BODY = [
    factories.block("heading", {"text": "Costs [^minutes]", "level": "2"}, id="heading"),
    factories.block("heading", {"text": "Trust", "level": "2"}, id="second"),
    factories.paragraph("<p>Half of them [^census] and more [^minutes].</p>", id="text"),
    notes(census="Census, 2015.", minutes="Minutes.", spare="Nobody cites this."),
]


@pytest.fixture
def chapter(db):
    national = factories.organisation("National", "testserver", default=True)
    return factories.chapter(factories.toolkit(national.home), "Costs", BODY)


def test_readers_see_numbers_and_find_their_way_back(client, chapter):
    html = client.get(chapter.url).content.decode()
    assert re.findall(r"</span>(\d)</a></sup>", html) == ["1", "2", "1"]
    listed = html[html.index('role="doc-endnotes"') :]
    assert re.findall(r'<li id="(note-\w+)"', listed) == ["note-minutes", "note-census"]
    assert re.findall(r'href="#(mark-[\w-]+)"', listed) == ["mark-minutes", "mark-minutes-2", "mark-census"]
    assert "Nobody cites this." in listed, "its words are printed all the same"
    assert "[^" not in html


def test_a_page_without_footnotes_has_no_list(client, chapter):
    other = factories.chapter(chapter.get_parent().specific, "Plain", [factories.paragraph("<p>x[1]</p>")])
    html = client.get(other.url).content.decode()
    assert "doc-endnotes" not in html
    assert "x[1]" in html


def test_marks_go_through_the_editor_unchanged(admin_client, chapter):
    editor.publish(admin_client, chapter, editor.unchanged(admin_client, chapter))
    body = get_content(ChapterPage.objects.get(pk=chapter.pk))["body"]
    assert "Half of them [^census] and more [^minutes]." in body[2]["value"]


def test_a_mark_without_a_note_is_refused_by_name(admin_client, chapter):
    data = editor.unchanged(admin_client, chapter)
    data = {name: value.replace("[^census]", "[^cesnus]") for name, value in data.items()}
    response = admin_client.post(
        reverse("wagtailadmin_pages:edit", args=[chapter.pk]), {**data, "action-publish": "1"}
    )
    assert "There is no footnote “cesnus”" in str(response.context["form"].errors["body"])


def test_every_page_type_with_a_body_has_the_form_that_refuses_it():
    models = [
        each
        for each in get_page_models()
        if each._meta.app_label == "toolkit_pages"
        and any(field.name == "body" for field in each._meta.fields)
    ]
    assert len(models) > 10
    assert [each for each in models if not issubclass(each.base_form_class, NotedPageForm)] == []


def test_a_home_page_refuses_it_too(admin_client, chapter):
    home = chapter.get_parent().get_parent().specific
    home.body = [factories.paragraph("<p>Half of them [^cesnus].</p>")]
    home.save()
    response = admin_client.post(
        reverse("wagtailadmin_pages:edit", args=[home.pk]), editor.unchanged(admin_client, home)
    )
    assert "There is no footnote “cesnus”" in str(response.context["form"].errors["body"])


def test_search_knows_no_marks(chapter):
    chapter.save()
    entry = get_app_config().get_model("IndexEntry").objects.get(object_id=str(chapter.pk))
    words = entry.body_text if connection.vendor == "postgresql" else entry.body
    assert "Half of them and more." in words
    assert "[^" not in words


def test_a_key_with_spaces_is_refused_at_the_note(admin_client, chapter):
    data = editor.unchanged(admin_client, chapter)
    name = next(name for name, value in data.items() if value == "census" and name.endswith("-key"))
    response = admin_client.post(
        reverse("wagtailadmin_pages:edit", args=[chapter.pk]), {**data, name: "Two words"}
    )
    assert response.status_code == 200
    assert "Use small letters" in response.content.decode()


def test_a_sentence_and_its_note_are_mended_by_two_people():
    national = [*BODY[:3], notes(census="Census, 2016.", minutes="Minutes.")]
    base = [*BODY[:3], notes(census="Census, 2015.", minutes="Minutes.")]
    for ours, theirs in zip(base[3]["value"]["notes"], national[3]["value"]["notes"], strict=True):
        theirs["id"] = ours["id"]
    local = [*base[:2], {**base[2], "value": "<p>Most of them [^census].</p>"}, base[3]]
    result = merge(base, national, local)
    assert not result.conflicts
    assert "Most of them [^census]" in result.blocks[2]["value"]
    assert "2016" in result.blocks[3]["value"]["notes"][0]["value"]["text"]
