"""Text without marks: copied from a screen or converted from PDF, with edges of lines, heads of pages, typed numbers."""

from pathlib import Path

import pytest

from toolkit_pages.importing.parsing import parse
from toolkit_pages.importing.reading import read_text
from toolkit_pages.importing.sources import read
from toolkit_pages.importing.wrapping import layout

from .laws import assert_counted, assert_safe

SAMPLE = Path(__file__).resolve().parents[3] / "docs" / "samples" / "damaged-handbook.txt"


@pytest.fixture(scope="module")
def handbook():
    source = read(SAMPLE.read_bytes(), SAMPLE.name)
    toolkit = parse(source, "The Harborview Renters' Handbook")
    assert_counted(source, toolkit)
    assert_safe(toolkit)
    return toolkit


def test_the_handbook_reads_as_a_careful_person_would(handbook):
    chapters = {chapter.title: chapter.body for chapter in handbook.chapters}
    assert list(chapters) == [
        "WHY WE WROTE THIS",
        "WORDS TO KNOW",
        "STEPS TO AN ASSOCIATION",
        "WHAT TO ASK FOR",
        "LETTERS",
    ]
    assert handbook.edition_label == "Revised Spring 2021"
    assert "not legal advice" in handbook.disclaimer
    assert [term.term for term in handbook.terms] == ["Just cause", "Rent board", "Relocation"]
    why = chapters["WHY WE WROTE THIS"]
    assert [block["type"] for block in why] == ["paragraph", "footnotes"]
    assert "a third[^1]" in why[0]["value"] and "petitions than ever" in why[0]["value"]
    steps = chapters["STEPS TO AN ASSOCIATION"]
    assert [block["value"]["text"][:6] for block in steps if block["type"] == "heading"] == [
        "STEP 1",
        "STEP 2",
        "STEP 4",
    ]
    assert "<li>Write down:<ul><li>what is broken</li><li>since when</li></ul></li>" in str(steps)
    asked = chapters["WHAT TO ASK FOR"][0]["value"]["steps"]
    below = [step["value"]["title"] or step["value"]["text"] for step in asked[0]["value"]["steps"]]
    assert [step["value"]["title"] for step in asked] == ["Repairs", "Respect"]
    assert "Every fault within a month" in below[0] and len(below) == 2
    assert [block["value"]["text"] for block in chapters["LETTERS"] if block["type"] == "heading"] == [
        "TO THE OWNER",
        "TO THE COUNCIL",
    ]


def test_the_handbook_raises_the_doubts_that_it_should(handbook):
    found = {(doubt.kind, doubt.chapter) for doubt in handbook.doubts}
    assert {
        ("running-head", ""),
        ("place-name", "WHY WE WROTE THIS"),
        ("ageing-words", "WHY WE WROTE THIS"),
        ("dangling-reference", "WORDS TO KNOW"),
        ("page-reference", "STEPS TO AN ASSOCIATION"),
        ("lost-link", "STEPS TO AN ASSOCIATION"),
        ("list-skips", "STEPS TO AN ASSOCIATION"),
        ("day-without-year", "LETTERS"),
    } <= found
    assert {piece.reason for piece in handbook.left_out} >= {
        "running-head",
        "contents",
        "bullet",
        "notes-title",
    }


def test_lines_end_where_they_were_meant_to():
    wrapped = (
        "A line that goes on to the edge of its page and is broken there, for it is\nlong.\nA new one.\n"
    )
    assert layout(wrapped).ends == {2}
    assert layout("# Marked\none\ntwo\n").ends == frozenset()


def test_what_an_editor_keeps_before_the_text_is_no_chapter():
    text = read_text(
        b'---\ntitle: "A kit"\nauthor: Ann\n---\n\nA kit\n=====\n\nFirst\n-----\n\nSome words to read.\n'
    )
    toolkit = parse(text)
    assert_counted(text, toolkit)
    assert toolkit.title == "A kit"
    assert [chapter.title for chapter in toolkit.walk()] == ["First"]
    assert [doubt.kind for doubt in toolkit.doubts] == ["preamble"]


PAGE = """<html><body><div class="cookie-notice">We use cookies</div><ul class="menu"><li><a href="/">Home</a></li></ul>
<h1>A kit</h1><h2>One</h2><p><u>At the window</u></p><p>Say the name and the number, and wait until they answer.</p>
<blockquote><p>&ldquo;They had soup.&rdquo;</p><p>&mdash; Terrell J., held 19 days</p></blockquote>
<div class="share-menu"><h2>Two</h2><p>A section that is only called so stays.</p></div>
<div id="footer">All rights kept</div><p>Disclaimer: We are no lawyers.</p></body></html>"""


def test_a_page_that_does_not_say_where_its_text_is():
    source = read(PAGE.encode(), "page.html")
    toolkit = parse(source)
    assert_counted(source, toolkit)
    left = [piece.text for piece in toolkit.left_out if piece.reason == "navigation"]
    assert left == ["We use cookies", "Home", "All rights kept"]
    blocks = [block for chapter in toolkit.walk() for block in chapter.body]
    quote = next(block["value"] for block in blocks if block["type"] == "quote")
    assert (quote["speaker"], quote["role"]) == ("Terrell J.", "held 19 days")
    assert "At the window" in [block["value"]["text"] for block in blocks if block["type"] == "heading"]
    assert "no lawyers" in toolkit.disclaimer and "only called so" in str(blocks)
