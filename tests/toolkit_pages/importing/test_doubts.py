"""Each kind of damage is found, in every format that can hold it, and in its place; clean text raises no doubt."""

from collections import Counter
from pathlib import Path

import pytest

from toolkit_pages.importing.explaining import DOUBTS, SUGGESTIONS
from toolkit_pages.importing.parsing import parse
from toolkit_pages.importing.sources import read

from .laws import assert_counted, assert_safe
from .samples import CLEAN, DAMAGED, as_docx, as_html, as_text

SHARED = Path(__file__).resolve().parents[4] / "shared" / "toolkits"
FORMS = {
    "markdown": (DAMAGED.encode(), "guide.md"),
    "html": (as_html(DAMAGED), "guide.html"),
    "docx": (as_docx(DAMAGED), "guide.docx"),
    "text": (as_text(DAMAGED), "guide.txt"),
}
# Kind: some words of the doubt, and the formats that can hold this damage.
ALL = {"markdown", "html", "docx", "text"}
MARKED = {"markdown", "html", "docx"}
PLANTED = {
    "placeholder": ("on their page", {"markdown", "html", "docx"}),
    "lost-link": ("click here", ALL),
    "link-to-come": ("[insert link]", ALL),
    "image-without-text": ("", MARKED - {"docx"}),
    "picture-without-text": ("PNG", {"docx"}),
    "image": ("A drawing of the first plot", MARKED - {"docx"}),
    "dangling-reference": ("Section IV(B)", ALL),
    "page-reference": ("page 12", ALL),
    "place-name": ("Millbrook City Council", ALL),
    "day-without-year": ("March 3", ALL),
    "ageing-words": ("next month", ALL),
    "undated-number": ("1,400", ALL),
    # HTML counts by itself.
    "list-skips": ("4. Ask for water", {"markdown", "docx", "text"}),
    "list-restarts": ("1. Bring the petition", ALL),
    "swallowed-heading": ("Letters that worked", MARKED),
    "torn": ("sharp in the cold", ALL),
    "running-head": ("Riverbank Garden Guide", ALL),
    "contents-without-heading": ("Rules for the well", ALL),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_planted_doubt_is_found(form):
    source = read(*FORMS[form])
    toolkit = parse(source)
    assert_counted(source, toolkit)
    assert_safe(toolkit)
    found = {kind: [doubt for doubt in toolkit.doubts if doubt.kind == kind] for kind in DOUBTS}
    for kind, (words, forms) in PLANTED.items():
        if form in forms:
            assert any(words in doubt.text for doubt in found[kind]), (kind, found[kind], toolkit.doubts)
    surplus = Counter(doubt.kind for doubt in toolkit.doubts if doubt.kind not in PLANTED)
    assert sum(surplus.values()) <= (3 if form == "text" else 1), toolkit.doubts


def test_a_doubt_says_where_it_stands():
    toolkit = parse(read(*FORMS["markdown"]))
    doubt = next(doubt for doubt in toolkit.doubts if doubt.kind == "dangling-reference")
    assert doubt.chapter == "Getting permission"
    chapter = next(chapter for chapter in toolkit.walk() if chapter.title == doubt.chapter)
    block = next(block for block in chapter.body if block["id"] == doubt.block)
    assert "Section IV(B)" in block["value"]
    assert "Section IV(B)" in DAMAGED.split("\n")[doubt.line - 1]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (CLEAN.encode(), "clean.md"),
        (as_html(CLEAN), "clean.html"),
        (as_docx(CLEAN), "clean.docx"),
    ],
    ids=["markdown", "html", "docx"],
)
def test_clean_text_raises_no_doubt(data, name):
    source = read(data, name)
    toolkit = parse(source)
    assert toolkit.doubts == ()
    assert_counted(source, toolkit)
    assert [chapter.title for chapter in toolkit.chapters] == [
        "Why we sing",
        "Before the first evening",
        "The evening itself",
        "Words we use",
    ]
    assert [term.term for term in toolkit.terms] == ["Round", "Drone", "Descant"]


def test_every_doubt_has_a_suggestion():
    assert DOUBTS.keys() == SUGGESTIONS.keys()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("See Appendix C for the forms.", "dangling-reference"),
        ("As Part 3 shows, the vote is late.", "dangling-reference"),
        ("Siehe Figure 2 below.", "dangling-reference"),
        ("Más de 3,000 familias viven aquí.", "undated-number"),
        ("La próxima semana habrá una reunión.", "ageing-words"),
        ("The rally is on Sunday, June 9.", "day-without-year"),
        ("The [COUNTY] shall write to the Board, and Mercer County shall answer.", "place-name"),
        ("Write to ______ and to the City of Brookfield.", "place-name"),
        ("Sign the petition here.", "lost-link"),
        ("Para firmar, haga clic aquí.", "lost-link"),
        ("The form (link to come) is short.", "link-to-come"),
    ],
)
def test_damage_in_one_line(text, kind):
    found = parse(f"# Kit\n\n## One\n\nSee [a page](https://example.org/).\n\n{text}\n").doubts
    assert kind in {doubt.kind for doubt in found}, found


@pytest.mark.parametrize(
    "text",
    [
        "Section 287(g) of the Immigration and Nationality Act allows it.",
        "It follows 8 U.S.C. Section 1373 and Section 44 of the Penal Code.",
        "See [Appendix C](https://example.org/c).",
        "We are here. The children are here to stay, and we stay here.",
        "Click here: [the form](https://example.org/form).",
        "If the person is currently in custody, ask why.",
        "The next month after the vote is quiet; each year a report is due on June 9 every year.",
        "In 2016 there were 3,000 families, or 40 percent.",
        "You may 3 times ask the same question.",
        "Mercer County answered in 2014, and so did the City of Brookfield [sic].",
        "Play the part I gave you.",
        "Our goal is 5,000 signatures.",
    ],
)
def test_what_is_no_damage(text):
    assert parse(f"# Kit\n\n## One\n\nSee [a page](https://example.org/).\n\n{text}\n").doubts == ()


def test_references_that_lead_somewhere():
    text = (
        "# Kit\n\n## Section I. Duties\n\nAs Section II(B) says, and Figure 1 shows.\n\n"
        "## Section II. Reports\n\n### A. Yearly\n\nOne.\n\n### B. Monthly\n\nTwo, see Section I.\n\nFigure 1. A map\n"
    )
    assert [doubt for doubt in parse(text).doubts if doubt.kind == "dangling-reference"] == []


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the source toolkits are not beside this repository")
def test_the_real_toolkits_raise_few_false_alarms():
    """Counted by eye: the doubts about words that stand in the text as they should."""
    for path in sorted(SHARED.glob("*.txt")):
        kinds = Counter(doubt.kind for doubt in parse(read(path.read_bytes(), path.name)).doubts)
        guessed = ("ageing-words", "day-without-year", "undated-number", "place-name", "dangling-reference")
        assert sum(kinds[kind] for kind in guessed) <= 9, (path.name, kinds)
        assert kinds["list-restarts"] + kinds["repeated-line"] + kinds["page-reference"] <= 1
