"""The canonical form of texts: what the editor would store, given by a program."""

import pytest
from wagtail.blocks import RichTextBlock, StreamBlock

from editions.canonical import canonical_rich_text, canonical_stream
from editions.streams import without_block_keys
from tests import factories
from toolkit_pages.blocks import RICH_TEXT_FEATURES
from toolkit_pages.models import ChapterPage

TEXTS = [
    ("", ""),
    ("<p></p>", ""),
    (" \n ", ""),
    ("<p>a</p>", "<p>a</p>"),
    ("bare words", "<p>bare words</p>"),
    ("<p><strong>b</strong> <em>i</em></p>", "<p><b>b</b> <i>i</i></p>"),
    ("<p>a&eacute; &amp; &lt;</p>\n<p>b</p>", "<p>aé &amp; &lt;</p><p>b</p>"),
    ("<p>a<br>b</p>", "<p>a<br/>b</p>"),
    (
        '<p><a href="https://example.org" target="_blank">x</a></p>',
        '<p><a href="https://example.org">x</a></p>',
    ),
    ("<p>8 U.S.C. 1373</p>", "<p>8 U.S.C. 1373</p>"),
    ("<p>in {{ jurisdiction }}</p>", "<p>in {{ jurisdiction }}</p>"),
    ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
    ('<p data-block-key="abc12">a</p>', "<p>a</p>"),
]


@pytest.mark.parametrize(("given", "canonical"), TEXTS)
def test_rich_text_comes_out_as_the_editor_stores_it(given, canonical):
    assert canonical_rich_text(given, RICH_TEXT_FEATURES) == canonical


@pytest.mark.parametrize("given", [text for text, _form in TEXTS])
def test_twice_is_once(given):
    once = canonical_rich_text(given, RICH_TEXT_FEATURES)
    assert canonical_rich_text(once, RICH_TEXT_FEATURES) == once


@pytest.mark.parametrize(
    "broken",
    ["<p>a<b>b</p>", "</p>", "<p>a</b></p>", "<ul><li>a", "<p>a <3 b</p>", "\x00<p>a</p>", "<li>a</li>"],
)
def test_broken_tags_are_mended_and_no_word_is_lost(broken):
    result = canonical_rich_text(broken, RICH_TEXT_FEATURES)
    assert ("a" in result) == ("a" in broken)
    assert canonical_rich_text(result, RICH_TEXT_FEATURES) == result


def test_scripts_become_words():
    result = canonical_rich_text("<p>x</p><script>alert(1)</script>", RICH_TEXT_FEATURES)
    assert "<script" not in result


def test_a_foreign_rich_text_block_keeps_its_own_idea_of_nothing():
    stream = StreamBlock([("text", RichTextBlock())])
    assert canonical_stream(stream, [{"type": "text", "value": "", "id": "a"}])[0]["value"] == "<p></p>"


def test_missing_fields_get_their_defaults_and_missing_ids_are_given():
    block = ChapterPage.body.field.stream_block
    raw = [{"type": "steps", "value": {"steps": [{"title": " A ", "text": "<p>x</p>"}]}}]
    once = canonical_stream(block, raw)
    step = once[0]["value"]["steps"][0]
    assert once[0]["id"]
    assert once[0]["value"]["title"] == ""
    assert step["id"]
    assert step["value"] == {"title": "A", "text": "<p>x</p>", "steps": []}
    assert canonical_stream(block, raw) == once
    assert canonical_stream(block, once) == once


def test_unknown_blocks_pass_untouched():
    raw = [{"type": "from_elsewhere", "value": {"text": "<strong>x</strong>"}, "id": "a"}]
    assert canonical_stream(ChapterPage.body.field.stream_block, raw) == raw


@pytest.mark.parametrize("raw", [None, "text", 3, {}, [None], [3], [{"type": "heading"}], [{"value": 1}]])
def test_wrong_shapes_raise_nothing(raw):
    canonical_stream(ChapterPage.body.field.stream_block, raw)


@pytest.mark.django_db
def test_every_type_of_block_comes_back_equal_through_its_form():
    body = factories.every_block(factories.call_to_action(), factories.glossary_term(), factories.image())
    block = ChapterPage.body.field.stream_block
    canonical = canonical_stream(block, body)
    from tests.editor import block_data

    value = block.to_python(canonical)
    posted = block.value_from_datadict(block_data(block, block.get_form_state(value), "body"), {}, "body")
    back = [_without_keys(child) for child in block.get_prep_value(block.clean(posted))]
    assert back == canonical


def _without_keys(value):
    if isinstance(value, str):
        return without_block_keys(value)
    if isinstance(value, list):
        return [_without_keys(each) for each in value]
    if isinstance(value, dict):
        return {name: _without_keys(each) for name, each in value.items()}
    return value
