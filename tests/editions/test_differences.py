"""What is inherited, adapted, local or hidden, and the words that differ."""

import re
import time
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.differences import (
    Op,
    State,
    adapted_paths,
    changed_words,
    diff_html,
    plain_text,
    states,
    summary,
    word_diff,
)
from editions.merge import MISSING, ORDER, merge_page

from .streams import ATOMIC, changed, json_values, leaves, places, streams, triples

law = settings(max_examples=100, deadline=None)


def text(key, value, kind="paragraph"):
    return {"type": kind, "value": value, "id": key}


A, B, C = text("a", "A"), text("b", "B"), text("c", "C")
STEP = text("s", {"title": "T", "roles": [text("x", "1", "item"), text("y", "2", "item")]}, "step")


def state_of(base, page, **options):
    return states({"body": base}, {"body": page}, streams={"body"}, atomic=ATOMIC, **options)


def paths_of(base, page, **options):
    return adapted_paths({"body": base}, {"body": page}, streams={"body"}, atomic=ATOMIC, **options)


# States


def test_every_state_at_its_place():
    found = state_of([A, B, C, STEP], [text("a", "L"), text("l", "L"), C, STEP])
    assert [(each.path[-1], each.state.value) for each in found] == [
        ("a", "adapted"),
        ("b", "hidden"),
        ("l", "local"),
        ("c", "inherited"),
        ("s", "inherited"),
    ]
    assert found[1].page is MISSING
    assert found[1].base == B
    assert found[2].base is MISSING
    assert [each.type for each in found] == ["paragraph"] * 4 + ["step"]
    assert [each.label for each in found] == ["L", "B", "L", "C", "T"]
    assert not any(each.moved or each.kept for each in found)


@pytest.mark.parametrize(
    ("roles", "path", "state"),
    [
        ([text("x", "L", "item"), text("y", "2", "item")], ("x",), State.ADAPTED),
        ([text("x", "1", "item")], ("y",), State.HIDDEN),
        ([*STEP["value"]["roles"], text("z", "L", "item")], ("z",), State.LOCAL),
        (STEP["value"]["roles"][::-1], (ORDER,), State.ADAPTED),
        ("no list", (), State.ADAPTED),
    ],
)
def test_what_differs_beneath_makes_a_block_adapted(roles, path, state):
    page = [{**STEP, "value": {"title": "T", "roles": roles}}]
    assert [each.state for each in state_of([STEP], page)] == [State.ADAPTED]
    assert paths_of([STEP], page) == {("body", "s", "roles", *path): state}


def test_kept_paths_make_adapted_what_reads_the_same():
    [a, s] = state_of([A, STEP], [A, STEP], kept={("body", "a"), ("body", "s", "roles", "y")})
    assert (a.state, a.kept) == (s.state, s.kept) == (State.ADAPTED, True)
    assert paths_of([A, STEP], [A, STEP], kept={("body", "a"), ("body", "s", "roles", "y")}) == {
        ("body", "a"): State.ADAPTED,
        ("body", "s", "roles", "y"): State.ADAPTED,
    }
    assert len(paths_of([STEP], [STEP], kept={("body", "s")})) == 3
    gone = state_of([A], [A], kept={("body", "gone")})
    assert [each.state for each in gone] == [State.INHERITED]
    [differs] = state_of([A], [text("a", "L")], kept={("body", "a")})
    assert not differs.kept


def test_moved_marks_as_few_blocks_as_can_be():
    base = [text(key, key) for key in "abcde"]
    page = [text(key, key) for key in "eabcd"]
    found = state_of(base, page)
    assert [each.path[-1] for each in found if each.moved] == ["e"]
    assert {each.state for each in found} == {State.INHERITED}
    assert paths_of(base, page) == {("body", ORDER): State.ADAPTED}
    assert summary(found).moved == 1
    assert not summary(found).is_untouched


def test_fields():
    base = {"title": "T", "summary": "<p>S</p>", "tags": ["a", "b"], "old": 1}
    page = {"title": "L", "summary": '<p data-block-key="k">S</p>', "tags": ["b", "a"], "new": None}
    found = states(base, page, streams={"body"}, tags={"tags"})
    assert [(each.path, each.state.value, each.type) for each in found] == [
        (("title",), "adapted", "title"),
        (("new",), "adapted", "new"),
        (("old",), "adapted", "old"),
    ]
    assert adapted_paths(base, page, streams={"body"}, tags={"tags"}).keys() == {
        ("title",),
        ("new",),
        ("old",),
    }
    kept = states(base, base, streams=(), tags={"tags"}, kept={("tags", "a"), ("title",)})
    assert [(each.path, each.kept) for each in kept] == [(("title",), True), (("tags",), True)]
    assert [each.path for each in states(base, page, streams=(), kept=())][:2] == [("title",), ("tags",)]


def test_summary():
    found = state_of([A, B, C], [text("a", "L"), C, text("l", "L")])
    counts = summary(found)
    assert (counts.inherited, counts.adapted, counts.local, counts.hidden) == (1, 1, 1, 1)
    assert summary([]).is_untouched
    assert summary(state_of([A], [A])).is_untouched


@law
@given(triples())
def test_states_agree_with_the_merge(three):
    base, _, page = three
    found = {each.path[1:]: each for each in state_of(base, page)}
    b, p = ({block["id"]: block for block in side} for side in (base, page))
    assert {key for (key,) in found} == b.keys() | p.keys()
    paths = paths_of(base, page)
    for (key,), each in found.items():
        assert (each.state is State.LOCAL) == (key not in b)
        assert (each.state is State.HIDDEN) == (key not in p)
        beneath = [path for path in paths if path[1] == key]
        assert (each.state is State.INHERITED) == (not beneath)
    for path, state in paths.items():
        where = path[1:]
        if state is State.LOCAL:
            assert where in places(page)
            assert where not in places(base)
        elif state is State.HIDDEN:
            assert where in places(base)
            assert where not in places(page)
    order = [each.path[1] for each in found.values() if each.state is not State.HIDDEN]
    assert order == [block["id"] for block in page]


@law
@given(st.data())
def test_what_is_told_to_be_adapted_is_what_a_release_would_ask_about(data):
    base = data.draw(streams())
    page = data.draw(changed(base, remove=False))
    adapted = {path[1:] for path, state in paths_of(base, page).items() if state is State.ADAPTED}
    fields = ({"body": base}, {"body": _rewritten(base)}, {"body": page})
    asked = merge_page(*fields, streams={"body"}, atomic=ATOMIC).conflicts
    both = leaves(base).keys() & leaves(page).keys()
    assert {each.path[1:] for each in asked} == {path for path in adapted if path in both}


def _rewritten(value):
    """Every leaf changed nationally."""
    if isinstance(value, list) and all(isinstance(each, dict) and "id" in each for each in value):
        return [{**block, "value": _rewritten(block["value"])} for block in value]
    if isinstance(value, dict):
        return {name: _rewritten(each) for name, each in value.items()}
    return f"national {value!r}"


shapes = json_values | st.lists(json_values, max_size=3) | streams(free_types=True)
fields = st.dictionaries(st.sampled_from(["a", "b", "c"]), shapes)


@law
@given(fields, fields)
def test_total(base, page):
    options = {"streams": {"a", "b"}, "tags": {"c"}, "kept": {("a", "b"), ("c",)}, "atomic": {"x"}}
    summary(states(base, page, **options))
    adapted_paths(base, page, **options)
    for each in states(base, page, **options):
        assert isinstance(each.label, str)
    assert summary(states(page, page, streams={"a", "b"}, tags={"c"})).is_untouched
    assert adapted_paths(page, page, streams={"a", "b"}, tags={"c"}) == {}


# Texts


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (MISSING, ""),
        (True, "true"),
        (3, "3"),
        ("AT&T  <3 <b", "AT&T  <3 <b"),
        ("<p>AT&amp;T <b>rules</b>.</p><p>Next\nline</p>", "AT&T rules.\nNext line"),
        ("<ul><li>One</li><li>Two<br/>halves</li></ul>", "One\nTwo\nhalves"),
        ('<p>See</p><embed embedtype="image" id="1" alt="A map"/>', "See\n[A map]"),
        ({"title": "T", "text": "<p>X</p>", "on": True, "none": None}, "T\nX"),
        (STEP, "T\n1\n2"),
        ([["Year", "Ban"], ["2020", "<b>yes</b>"]], "Year | Ban\n2020 | yes"),
        (
            {
                "columns": [{"type": "text", "heading": "Year"}],
                "rows": [{"values": ["2020"]}],
                "caption": "C",
            },
            "C\nYear\n2020",
        ),
        ({"data": [["a", None], ["b", "c"]], "first_row_is_table_header": True}, "a\nb | c"),
    ],
)
def test_plain_text(value, expected):
    assert plain_text(value) == expected


def test_word_diff():
    assert word_diff("<p>Meet the sheriff.</p>", "<p>Meet <b>our</b> sheriff on Tuesdays.</p>") == [
        (Op.EQUAL, "Meet "),
        (Op.DELETE, "the"),
        (Op.INSERT, "our"),
        (Op.EQUAL, " sheriff"),
        (Op.INSERT, " on Tuesdays"),
        (Op.EQUAL, "."),
    ]
    assert word_diff("one two", "three four") == [(Op.DELETE, "one two"), (Op.INSERT, "three four")]
    assert word_diff("", "") == []
    assert word_diff("<p>x</p>", "<p><i>x</i></p>") == [(Op.EQUAL, "x")]
    assert word_diff("保安官", "新保安官") == [(Op.INSERT, "新"), (Op.EQUAL, "保安官")]
    assert word_diff("ज़िला", "ज़िले") == [(Op.DELETE, "ज़िला"), (Op.INSERT, "ज़िले")]


def test_diff_html():
    assert diff_html("a & <b", "a & <c\nd") == "a &amp; <del>&lt;b</del><ins>&lt;c<br>d</ins>"
    assert diff_html('<img src=x onerror="alert(1)" alt="<script>">', "") == "<del>[&lt;script&gt;]</del>"


def test_changed_words():
    assert changed_words("Meet the sheriff.", "Meet our sheriff on Tuesdays.") == "the → our; + on Tuesdays"
    assert changed_words("Ask the board", "Ask board") == "− the"
    assert changed_words("same", "same") == ""
    assert changed_words("Ask the", "Ask") == "− the"
    long = changed_words("", "word " * 100, limit=20)
    assert len(long) <= 20
    assert long.endswith("…")


def test_texts_with_little_in_common_are_told_as_replaced_whole():
    old = "Write to the sheriff in a week, and say who you are."
    new = "National found better words for this in the spring of the year."
    assert word_diff(old, new) == [(Op.DELETE, old), (Op.INSERT, new)]
    longer = f"{old} {new}"
    assert word_diff(old, longer) == [(Op.EQUAL, old), (Op.INSERT, f" {new}")]


words = st.lists(st.sampled_from(["a", "b", "the", " ", "\n", ".", "<", "&", "“", "ñ"]), max_size=40)


@law
@given(words.map("".join), words.map("".join))
def test_a_diff_holds_both_texts(old, new):
    diff = word_diff(old, new)
    assert "".join(part for op, part in diff if op is not Op.INSERT) == plain_text(old)
    assert "".join(part for op, part in diff if op is not Op.DELETE) == plain_text(new)
    assert all(part for _, part in diff)
    assert all(one != other for (one, _), (other, _) in pairwise(diff))
    assert set(re.findall("<[^>]*>", diff_html(old, new))) <= {"<ins>", "</ins>", "<del>", "</del>", "<br>"}
    shown = re.sub("<del>.*?</del>", "", diff_html(old, new)).replace("<br>", "\n")
    assert unescape(re.sub("</?ins>", "", shown)) == plain_text(new)


@law
@given(shapes, shapes)
def test_any_two_values_can_be_told_apart(old, new):
    word_diff(old, new)
    diff_html(old, new)
    assert len(changed_words(old, new)) <= 80


@pytest.mark.parametrize("edit", ["few", "every tenth", "all", "shuffled", "one word repeated"])
def test_a_long_text_takes_no_minutes(edit):
    old = [f"word{index % 700}" for index in range(50_000)]
    new = {
        "few": [*old[:9_000], "new", *old[9_100:]],
        "every tenth": [f"new{i}" if i % 10 == 0 else word for i, word in enumerate(old)],
        "all": [f"other{index % 900}" for index in range(50_000)],
        "shuffled": old[25_000:] + old[:25_000:-1],
        "one word repeated": ["a", "b"] * 25_000,
    }[edit]
    before = time.process_time()
    diff = word_diff(" ".join(old), " ".join(new))
    assert time.process_time() - before < 10
    assert "".join(part for op, part in diff if op is not Op.DELETE) == " ".join(new)


def test_a_long_text_with_many_changes_is_still_compared_between_passages_that_stand_once():
    old = [f"word{index * index % 1_999}" for index in range(9_000)]
    new = [f"new{i}" if i % 15 == 7 else word for i, word in enumerate(old)]
    diff = word_diff(" ".join(old[:1_900]), " ".join(new[:1_900]))
    assert sum(op is Op.INSERT for op, _ in diff) == 127
    far = word_diff(" ".join(f"{word}-{i % 97}" for i, word in enumerate(old)), " ".join(new))
    assert "".join(part for op, part in far if op is not Op.DELETE) == " ".join(new)
    numbered = [f"{word} {i}" for i, word in enumerate(old)]
    edited = [f"new{i}" if i % 15 == 7 else word for i, word in enumerate(numbered)]
    assert sum(op is Op.INSERT for op, _ in word_diff(" ".join(numbered), " ".join(edited))) == 600
