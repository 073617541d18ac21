"""Words as a reader types them and as texts hold them, made comparable. Pure.

Folding drops case, accents and the marks of Arabic vowels, as SQLite's and PostgreSQL's indexes do for what they find:
so that an excerpt marks every word that the database has found, and suggestions are compared like with like.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

#: A question longer than this is cut, and words beyond that number are left out: no honest question is that long.
LONGEST: Final = 120
MOST_WORDS: Final = 8
#: The first letters of a word find it from this length on; a shorter one is looked for as it is.
SHORTEST_BEGINNING: Final = 3

_CHUNK: Final = re.compile(r"\S+")
_WORD: Final = re.compile(r"\w+")
_JOINERS: Final = "ـ\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufeff"


@dataclass(frozen=True)
class Question:
    """What was asked. ``terms`` are folded: each one a word, or words that stand together, such as ``u.s.c``."""

    text: str
    terms: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.text

    @property
    def is_too_short(self) -> bool:
        """Something was typed, but no word of two letters or a number."""
        return bool(self.text) and not any(len(term) > 1 or term.isdigit() for term in self.terms)

    def pieces(self) -> list[list[str]]:
        """The words of each term: most terms have one."""
        return [_WORD.findall(term) for term in self.terms]


def read(text: str) -> Question:
    """The question in what a reader has typed: any text at all."""
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST].strip()
    terms = (fold(chunk).strip("\"'“”‘’«»()[]{}.,;:!?*¿¡،؛؟-–—/\\") for chunk in _CHUNK.findall(shown))
    return Question(shown, tuple(dict.fromkeys(term for term in terms if _WORD.search(term)))[:MOST_WORDS])


def fold(text: str) -> str:
    """Without case, accents, vowel marks and joiners."""
    if text.isascii():
        return text.lower()
    return "".join(_folded(sign) for sign in text)


def _folded(sign: str) -> str:
    if sign in _JOINERS:
        return ""
    parts = unicodedata.normalize("NFKD", sign)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


@dataclass(frozen=True)
class Folded:
    """A folded text that knows where each of its signs stands in the original."""

    text: str
    places: tuple[int, ...] | None

    def at(self, place: int) -> int:
        """The place in the original of a place in the folded text (or of its end)."""
        return place if self.places is None else self.places[place]


def fold_with_places(text: str) -> Folded:
    if text.isascii():
        return Folded(text.lower(), None)
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        folded = sign.lower() if sign.isascii() else _folded(sign)
        signs.append(folded)
        places.extend([place] * len(folded))
    return Folded("".join(signs), (*places, len(text)))


def pattern(question: Question) -> re.Pattern[str] | None:
    """Finds the question's words in folded texts, by their beginnings where they are long enough. None: nothing to find."""
    found = []
    for pieces in question.pieces():
        last = pieces[-1]
        words = r"\W+".join(re.escape(piece) for piece in pieces)
        found.append(rf"\b{words}" + (r"\w*" if begins(last) else r"\b"))
    return re.compile("|".join(sorted(found, key=len, reverse=True))) if found else None


def begins(word: str) -> bool:
    """Whether a word of a question finds those that begin with it."""
    return len(word) >= SHORTEST_BEGINNING and not word.isdigit()


def suggestions(question: Question, texts: Iterable[str], most: int = 3) -> list[str]:
    """Words of the site that look like those asked for, nearest first, as they are written there."""
    known: dict[str, str] = {}
    for text in texts:
        for word in _WORD.findall(text):
            if len(word) > 3 and not word.isdigit():
                known.setdefault(fold(word), word)
    near = (
        known[close]
        for term in question.terms
        for close in get_close_matches(term, known, n=most, cutoff=0.7)
        if close != term and not close.startswith(term)
    )
    return list(dict.fromkeys(word.lower() if word.istitle() else word for word in near))[:most]
