"""What a question is, and how texts answer it: for any text at all."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit_pages.public.searching.excerpts import answer, excerpt, marked
from toolkit_pages.public.searching.words import MOST_WORDS, fold, fold_with_places, read, suggestions

words = st.text(st.sampled_from("aábcñçÉßﬁİ ـَأ8.()-'\"😀\u202e"), max_size=40) | st.text(max_size=40)


@given(words)
def test_any_text_is_a_question(text):
    question = read(text)
    assert len(question.terms) <= MOST_WORDS
    assert all(term == fold(term) for term in question.terms)
    assert "".join(question.text.split()) == "" or question.text == question.text.strip()


@given(words, words)
def test_marks_take_nothing_and_add_nothing(text, asked):
    assert "".join(piece.text for piece in marked(text, read(asked))) == text


@given(words, words)
def test_an_excerpt_is_a_part_of_the_text_and_short(text, asked):
    pieces = excerpt(text * 20, read(asked))
    shown = "".join(piece.text for piece in pieces).strip("… ,;")
    assert len(shown) <= 240
    assert sum(1 for piece in pieces if piece.is_mark) <= 240


@given(words)
def test_folding_keeps_places(text):
    folded = fold_with_places(text)
    assert folded.text == fold(text)
    for place in range(len(folded.text)):
        assert folded.text[place] in fold(text[folded.at(place)]) or not text.isascii()
    assert folded.at(len(folded.text)) == len(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Détención", "detencion"),
        ("Ñandú", "nandu"),
        ("أحمد", "احمد"),
        ("مُقَاطَعَة", "مقاطعة"),
        ("STRASSE", "straße"),
    ],
)
def test_folded_words_are_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("  ", ()),
        ("¿Qué es?", ("que", "es")),
        ("U.S.C. 1373", ("u.s.c", "1373")),
        ("a a A", ("a",)),
        ("!!", ()),
    ],
)
def test_what_is_asked(text, terms):
    assert read(text).terms == terms


def test_the_title_counts_for_more_and_exact_words_for_more_than_beginnings():
    question = read("detainer")
    titled = answer(question, "What a detainer is", "Nothing.").score
    often = answer(question, "Other", "A detainer. " * 50).score
    begun = answer(question, "Other", "Many detainers. " * 50).score
    assert titled > often > begun > answer(question, "Other", "Nothing.").score == 0


def test_the_excerpt_stands_where_most_of_the_words_are():
    text = "sheriff " + "filler " * 100 + "The sheriff and the board meet. " + "filler " * 100
    shown = excerpt(text, read("board sheriff"))
    assert [piece.text for piece in shown if piece.is_mark] == ["sheriff", "board"]
    assert shown[0].text == "… "


def test_words_that_look_alike_are_offered_as_they_are_written():
    assert suggestions(read("sherrif"), ["The Sheriff of the county", "287(g)"]) == ["sheriff"]
    assert suggestions(read("detencin"), ["Una detención"]) == ["detención"]
    assert suggestions(read("zzz"), ["The Sheriff"]) == []


def test_unicode_is_whole():
    assert unicodedata.normalize("NFC", fold("e\u0301")) == "e"
