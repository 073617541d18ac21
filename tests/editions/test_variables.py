"""`{{ name }}`: reading, checking, filling in, comparing."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.variables import Problem, Trouble, find, names, problems, same_variables, substitute

KNOWN = frozenset({"hotline", "jurisdiction", "legislature", "state"})
law = settings(max_examples=200, deadline=None)

any_text = st.lists(
    st.sampled_from(
        ["{{", "}}", "{", "}", " ", "hotline", "x1", "<b>", "</b>", "&nbsp;", "\xa0", "é", '"', "&"]
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    "written",
    [
        "{{ hotline }}",
        "{{hotline}}",
        "{{\u00a0hotline\u2009}}",
        "{{\n hotline\t}}",
        "{{&nbsp;hotline&#160;}}",
        "{{\u200bhotline}}",
    ],
)
def test_spaces_say_nothing(written):
    assert names(f"Call {written}.") == ["hotline"]
    assert problems(written, KNOWN) == []
    assert substitute(written, {"hotline": "555"}, {}) == "555"


def test_names_stand_once_and_in_order():
    assert names("{{ b }} {{ a }} {{b}} { c } {d}} {{ 1x }} {{ x-y }} {{ _z }} {{ }}") == ["b", "a"]
    assert names("{{ condado_2 }} {{ distrito_ñandú }} {{{ x }}}") == ["condado_2", "distrito_ñandú", "x"]


def test_find_in_any_raw_value():
    value = [
        {"type": "p", "value": "<p>{{ state }}</p>", "id": "{{ hotline }}"},
        {"type": "s", "value": {"a": [["{{ x }}"]], "b": None, "c": 1, "d": ("{{ y }}",)}, "id": "s"},
    ]
    assert find(value) == {"state", "hotline", "x", "y"}
    assert find(None) == find(3) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ hotlin }}", [Problem("hotlin", Trouble.UNKNOWN, "hotline")]),
        ("{{ zzz }}", [Problem("zzz", Trouble.UNKNOWN)]),
        ("{{ hotline", [Problem("hotline", Trouble.UNFINISHED, "hotline")]),
        ("<p>{{ hotline of ours</p>", [Problem("hotline of ours", Trouble.UNFINISHED, "hotline")]),
        ("{{ state {{ hotline }}", [Problem("state", Trouble.UNFINISHED, "state")]),
        ("{{ hotline }", [Problem("hotline }", Trouble.UNFINISHED, "hotline")]),
        ("{{ <b>hotline</b> }}", [Problem("hotline", Trouble.SPLIT_BY_TAGS, "hotline")]),
        ("{{ hot<i>line</i> }}", [Problem("hotline", Trouble.SPLIT_BY_TAGS, "hotline")]),
        ("{{ <b>hotlin</b> }}", [Problem("hotlin", Trouble.SPLIT_BY_TAGS, "hotline")]),
        ("{{ law enforcement }}", [Problem("law enforcement", Trouble.NOT_A_NAME)]),
        ("{{ hot line }}", [Problem("hot line", Trouble.NOT_A_NAME, "hotline")]),
        ("{{}}", [Problem("", Trouble.NOT_A_NAME)]),
        ("{{", [Problem("", Trouble.UNFINISHED)]),
        ("<b>{{ hotline }}</b> { state } }}", []),
    ],
)
def test_problems(text, expected):
    assert problems(text, KNOWN) == expected


def test_one_pass_and_escaped():
    values = {"a": "{{ b }}", "b": "<script>\"&'", "blank": "  "}
    assert unescape(substitute("{{ a }}", values, {})) == "{{ b }}"
    assert "{{" not in substitute("{{ a }}", values, {})
    assert substitute("{{ b }}", values, {}) == "&lt;script&gt;&quot;&amp;&#x27;"
    assert substitute("[{{ blank }}]", values, {"blank": "your county"}) == "[your county]"
    assert substitute("[{{ nobody }}]", values, {"other": "x"}) == "[]"
    assert substitute("{{ not closed, { x }", values, {}) == "{{ not closed, { x }"
    assert substitute("{{ x }}", {"x": r"\1 \g<0>"}, {}) == r"\1 \g&lt;0&gt;"
    assert substitute("{{ x }}", {"x": "<b>"}, {"x": "d"}) == "&lt;b&gt;"
    assert substitute("{{ x }}", {}, {"x": "<b>"}) == "&lt;b&gt;"


def test_same_variables():
    source = "<p>Call {{ hotline }} in {{ state }}, {{ state }}.</p>"
    assert same_variables(source, "<p>En {{ state }} llame al {{ hotline }}.</p>") == []
    for empty in ("", None, ["", " "]):
        assert same_variables(source, empty) == []
    assert same_variables(source, "<p>En {{ state }}.</p>") == [
        Problem("hotline", Trouble.DROPPED, "hotline")
    ]
    assert same_variables(source, "{{ estate }} {{ hotline }}") == [
        Problem("estate", Trouble.UNKNOWN, "state")
    ]
    assert same_variables("{{ state }}", "{{ state }} {{ hotline }}") == [Problem("hotline", Trouble.ADDED)]
    assert same_variables("{{ state }}", "{{ state }} {{ hotline }}", KNOWN) == []
    assert same_variables(source, "{{ <b>hotline</b> }} {{ state }}") == [
        Problem("hotline", Trouble.SPLIT_BY_TAGS)
    ]
    assert same_variables("{{ state }}", "{{ state") == [Problem("state", Trouble.UNFINISHED)]
    assert same_variables("{{ state }}", "no") == [Problem("state", Trouble.DROPPED, "state")]
    stream = [{"type": "p", "value": "{{ state }} {{ hotline }}", "id": "a"}]
    other = [{"type": "p", "value": "{{ state }}", "id": "a"}]
    assert same_variables(stream, other) == [Problem("hotline", Trouble.DROPPED, "hotline")]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, attrs))

    def handle_data(self, data):
        self.found.append(data)


@law
@given(st.text(max_size=20) | any_text)
def test_no_value_breaks_out_of_a_text_or_an_attribute(value):
    reader = _Reader()
    reader.feed(substitute('<a title="{{ x }}" rel="r">{{ x }}</a>', {"x": value}, {}))
    reader.close()
    word = value.strip()
    [(tag, attrs), *data] = reader.found
    assert tag == "a"
    assert [name for name, _ in attrs] == ["title", "rel"]
    assert "".join(data).replace("\r", "") == word.replace("\r", "")


@law
@given(any_text, any_text)
def test_reading_is_total_and_one_pass(text, value):
    found = names(text)
    assert len(found) == len(set(found))
    assert {each.name for each in problems(text, found) if each.message is Trouble.UNKNOWN} == set()
    assert {each.name for each in problems(text, ()) if each.message is Trouble.UNKNOWN} == set(found)
    filled = substitute(text, dict.fromkeys(found, value), {})
    assert substitute(text, {}, {}) == re.sub(r"\{\{(?:\s|&nbsp;)*[^\W\d_]\w*(?:\s|&nbsp;)*\}\}", "", text)
    if not problems(text, found) and not set("{}") & set(re.sub(r"\{\{.*?\}\}", "", text)):
        assert substitute(filled, dict.fromkeys(found, "again"), {}) == filled
    assert same_variables(text, text) == [each for each in problems(text, found) if text.strip()]


@law
@given(st.lists(st.sampled_from(sorted(KNOWN)), max_size=4), st.sampled_from(["", " ", "\u00a0", "&nbsp;"]))
def test_what_is_written_is_read(written, space):
    text = "x".join(f"{{{{{space}{name}{space}}}}}" for name in written)
    assert names(text) == list(dict.fromkeys(written))
    assert problems(text, KNOWN) == []
    assert substitute(text, dict(zip(KNOWN, KNOWN, strict=True)), {}) == "x".join(written)


def test_long_hostile_text_is_read_in_linear_time():
    for text in (
        "{{" * 20_000,
        "{{ " + "&nbsp;" * 20_000,
        "{{ a " * 5_000,
        "<" * 50_000 + "{{",
        "{{ " + "a" * 50_000,
    ):
        names(text)
        substitute(text, {}, {})
        problems(text, KNOWN)
