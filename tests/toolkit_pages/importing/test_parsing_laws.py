"""For any file: the parser ends with a toolkit, no word is lost or invented, nothing unsafe comes through."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from toolkit_pages.importing.parsing import parse
from toolkit_pages.importing.reading import UnreadableFile, read_text
from toolkit_pages.importing.words import words, words_of_rich

from .laws import assert_counted, assert_safe
from .markdown import anything, bare, markdown

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "toolkits"
SAMPLES = sorted((ROOT / "docs" / "samples").glob("damaged-toolkit*.md"))
often = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@often
@given(markdown | bare)
def test_words_in_are_words_out_and_words_left_out(source):
    text = read_or_skip(source)
    toolkit = parse(text)
    assert_counted(text, toolkit)
    assert_safe(toolkit)


@often
@given(anything)
def test_any_text_gives_a_toolkit(source):
    text = read_or_skip(source)
    toolkit = parse(text)
    assert_counted(text, toolkit)
    assert_safe(toolkit)
    assert parse(text) == toolkit


def read_or_skip(source: str) -> str:
    try:
        return read_text(source.encode("utf-8", "replace"))
    except UnreadableFile:
        return ""


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_damaged_sample_loses_no_word(path):
    text = read_text(path.read_bytes())
    assert_counted(text, parse(text))
    assert_safe(parse(text))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the source toolkits are not beside this repository")
def test_the_real_toolkits_lose_no_word():
    paths = sorted(SHARED.glob("*.txt"))
    assert len(paths) == 3
    for path in paths:
        text = read_text(path.read_bytes())
        toolkit = parse(text)
        assert_counted(text, toolkit)
        assert_safe(toolkit)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the source toolkits are not beside this repository")
def test_the_real_toolkits_read_well():
    for path in sorted(SHARED.glob("*.txt")):
        toolkit = parse(read_text(path.read_bytes()))
        chapters = list(toolkit.walk())
        assert 8 <= len(chapters) <= 30
        assert toolkit.title
        assert all(chapter.title and (chapter.body or chapter.chapters) for chapter in chapters)
        debris = repr([toolkit.body, *(chapter.body for chapter in chapters), toolkit.terms])
        for trace in ("**", "&nbsp;", "&amp;nbsp;", "](", "\\\\", "<u>", "(#)", "•", "»"):
            assert trace not in debris, (path.name, trace)


def test_what_a_word_is():
    assert words("It's **one** im&shy;portant _word_; one, caf&eacute; \\*") == words(
        "It's one important word one café"
    )
    assert words_of_rich('<p>One<b>two</b> &amp; <a href="https://example.org">three</a></p>') == words(
        "One two three"
    )
    assert sum(words("a-b c_d 3.5 l’été").values()) == 7
