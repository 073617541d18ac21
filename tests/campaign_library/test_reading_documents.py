"""Raw streams read as documents: numbers, anchors, blanks, differences; whatever stands in them, reading never fails."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign_library.documents.blanks import Unfit, fill, read_blanks, tokens
from campaign_library.documents.comparing import Standing, compare
from campaign_library.documents.demands import read_demands
from campaign_library.documents.doubts import doubts
from campaign_library.documents.letters import read_passages
from campaign_library.documents.numbering import letter, roman
from campaign_library.documents.ordinance import dangling, read_ordinance
from editions.blocks import stream_block_types
from tests.campaign_library import documents
from tests.factories import item

WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["[[a]]", "{{ a }}", "<p>[[b]]</p>", "a", "section", "demand", "item"]),
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                "type value id name heading text items provisions demands legal_notes terms alternatives forms label".split()
            ),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_reading_never_fails(raw):
    ordinance = read_ordinance(raw)
    dangling(ordinance)
    compare(ordinance, ordinance)
    read_demands(raw)
    read_passages(raw)
    fill(read_blanks(raw), {"a": "b"})


@settings(max_examples=100)
@given(st.integers(min_value=1, max_value=2000))
def test_letters_count_without_a_gap(number):
    value = 0
    for each in letter(number):
        value = value * 26 + ord(each) - ord("a") + 1
    assert value == number


def test_roman_numbers():
    assert [roman(number) for number in (1, 4, 5, 9, 14, 29)] == ["i", "iv", "v", "ix", "xiv", "xxix"]


def test_one_provision_has_no_number_of_its_own():
    one, two = read_ordinance(
        [documents.section("A", "<p>1</p>"), documents.section("B", "<p>1</p>", "<p>2</p>")]
    ).sections
    assert [part.number for part in one.parts] == [""]
    assert [part.number for part in two.parts] == ["2.1", "2.2"]


def test_a_section_that_moves_keeps_its_anchors_and_gets_a_new_number():
    raw = documents.county()
    before = {each.id: each for each in read_ordinance(raw).sections}
    after = {each.id: each for each in read_ordinance(raw[::-1]).sections}
    for id, section in before.items():
        assert after[id].anchor == section.anchor
        assert [part.anchor for part in after[id].parts] == [part.anchor for part in section.parts]
    assert after["severability"].number == "1"


def test_no_two_anchors_are_alike():
    sections = read_ordinance(documents.county()).sections
    anchors = [each.anchor for each in sections]
    anchors += [part.anchor for each in sections for part in each.parts]
    anchors += [one.anchor for each in sections for part in each.parts for one in part.items]
    assert len(anchors) == len(set(anchors))


def test_references_lead_to_sections_provisions_and_items():
    targets = read_ordinance(documents.county()).targets
    assert {name: target.number for name, target in targets.items()} == {
        "savings": "1.3",
        "benefits": "1.1(b)",
        "records": "2",
        "oversight": "4",
    }


@pytest.mark.parametrize(
    ("blank", "value", "problem"),
    [
        (documents.blank("number", "n", smallest=14, largest=90), "90", None),
        (documents.blank("number", "n", smallest=14, largest=90), "ninety", Unfit.NOT_A_NUMBER),
        (documents.blank("number", "n", smallest=14, largest=90), "13", Unfit.TOO_SMALL),
        (documents.blank("number", "n", smallest=14, largest=90), "91", Unfit.TOO_LARGE),
        (documents.blank("date", "n"), "2027-01-31", None),
        (documents.blank("date", "n"), "31 January", Unfit.NOT_A_DAY),
        (documents.blank("choice", "n", options=[item("judge"), item("court")]), "court", None),
        (
            documents.blank("choice", "n", options=[item("judge"), item("court")]),
            "sheriff",
            Unfit.NOT_AN_OPTION,
        ),
        (documents.blank("body", "n"), "anything", None),
    ],
)
def test_a_value_fits_its_blank_or_the_blank_stays(blank, value, problem):
    filled = fill(read_blanks([blank]), {"n": value})["n"]
    assert (filled.value, filled.problem) == ("" if problem else value, problem)


def test_forms_are_names_of_their_own():
    raw = documents.blank(
        "body", "body", forms=[item({"name": "of", "pattern": "de …"}), item({"name": "bare", "pattern": ""})]
    )
    found = tokens(read_blanks([raw]))
    assert {name: token.word("la junta") for name, token in found.items()} == {
        "body": "la junta",
        "body_of": "de la junta",
        "body_bare": "la junta",
    }


def test_sections_are_the_same_one_by_id_name_or_heading():
    parent = read_ordinance(
        [
            documents.section("One", "<p>Text.</p>", id="same-id"),
            documents.section("Two", "<p>Text.</p>", name="two", id="b"),
            documents.section("Three", "<p>Text {{ body }}.</p>", id="c"),
            documents.section("Four", "<p>Text.</p>", id="d"),
        ]
    )
    variant = read_ordinance(
        [
            documents.section("Uno", "<p>Text.</p>", id="same-id"),
            documents.section("Zwei", "<p>Other.</p>", name="two", id="x"),
            documents.section("THREE", "<p>Text {{ office }}.</p>", id="y"),
            documents.section("Five", "<p>Text.</p>", id="z"),
        ]
    )
    found = compare(variant, parent)
    assert [each.standing for each in found] == [
        Standing.CHANGED, Standing.CHANGED, Standing.CHANGED, Standing.ADDED, Standing.LEFT_OUT,
    ]  # fmt: skip
    # A blank is one word: no comparison tears its braces apart.
    assert "<del>{{body}}</del><ins>{{office}}</ins>" in found[2].html
    assert all(each.standing is Standing.SAME for each in compare(parent, parent))


def test_what_looks_like_a_hidden_blank_is_doubted():
    raw = [
        documents.section(
            "Transmission",
            "<p>The County of Los Angeles tells each officer of the County. Cook County does so too.</p>",
            "<p>Section VI(A) and Section 2.1 hold; so do 8 U.S.C. 1373 and Section 4 of the charter.</p>",
        ),
        documents.section(
            "Record", "<p>The California Public Records Act applies in the county and the County.</p>"
        ),
        documents.section(
            "Severability", "<p>This Ordinance stands. Every County officer keeps [[records]].</p>"
        ),
    ]
    found = [
        (each.doubt.value, each.words, each.section) for each in doubts(read_ordinance(raw), ["California"])
    ]
    assert found == [
        ("place", "County of Los Angeles", "1"),
        ("place", "Cook County", "1"),
        ("typed-reference", "Section VI(A)", "1"),
        ("typed-reference", "Section 2.1", "1"),
        ("state", "California", "2"),
        ("two-words", "the County / the county", ""),
    ]
    assert doubts(read_ordinance(documents.county())) == []


def test_the_page_of_documents_says_what_the_registries_say():
    page = (Path(__file__).parents[2] / "docs/reference/documents.md").read_text("utf-8")
    shown: dict[str, str] = {}
    for name, fields in re.findall(r"^\| `(\w+)` \| (.+) \|$", page, re.MULTILINE):
        shown[name] = shown.get(name, "") + fields
    for registry in ("ordinance", "blank", "demand", "ask", "text"):
        for kind in stream_block_types(registry):
            assert kind.name in shown, f"{kind.name} of {registry} is not on the page"
            missing = [
                name
                for name in kind.factory().child_blocks
                if f"`{name}`" not in shown[kind.name] and "as `text`" not in shown[kind.name]
            ]
            assert missing == [], f"{kind.name} of {registry}: {missing}"
