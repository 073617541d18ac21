"""How a text answers a question: how well, and with which words. Pure.

Texts are plain as the index holds them; what is returned says where the marks stand and leaves the escaping to the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .words import Question, fold, fold_with_places, pattern

#: Signs of one excerpt, about two lines of a wide page.
LENGTH: Final = 220
LEAD: Final = 70
_SPACE: Final = re.compile(r"\s+")
#: The index puts a comma between the texts of a page, also after the end of a sentence.
_JOINT: Final = re.compile(r"(?<=[.!?:;…”»])(?:, )+")


@dataclass(frozen=True)
class Piece:
    """A run of text, marked if it is what was asked for."""

    text: str
    is_mark: bool = False


@dataclass(frozen=True)
class Answer:
    """How a text answers. ``score`` orders the answers of one question, the best highest; ``covers`` counts its terms."""

    score: float
    covers: int


def answer(question: Question, title: str, body: str) -> Answer:
    """Counts words in the title for much, exact words for more than beginnings, and repetition for ever less."""
    name, text = fold(title), fold(body)
    score, covers = 0.0, 0
    for pieces in question.pieces():
        whole = re.compile(r"\b" + r"\W+".join(re.escape(piece) for piece in pieces) + r"\b")
        start = pattern(Question(question.text, (" ".join(pieces),)))
        assert start is not None
        exact = min(len(whole.findall(text)), 12)
        loose = min(sum(1 for _found in start.finditer(text)), 12)
        titled = 8.0 if whole.search(name) else 4.0 if start.search(name) else 0.0
        if exact or loose or titled:
            covers += 1
            score += titled + 2.0 * exact / (exact + 2) + 1.0 * loose / (loose + 2)
    return Answer(score + 10.0 * covers, covers)


def marked(text: str, question: Question) -> list[Piece]:
    """The whole text with the words that were asked for marked."""
    finder = pattern(question)
    return list(_pieces(text, finder)) if finder else [Piece(text)]


def excerpt(text: str, question: Question, length: int = LENGTH) -> list[Piece]:
    """The part of a text that has most of what was asked for, cut at words; its beginning if it has nothing."""
    text = _JOINT.sub(" ", _SPACE.sub(" ", text)).strip()
    finder = pattern(question)
    folded = fold_with_places(text)
    hits = [folded.at(found.start()) for found in finder.finditer(folded.text)] if finder else []
    start = max(0, _densest(hits, length - LEAD) - LEAD) if hits else 0
    end = start + length
    if start:
        start = text.find(" ", start) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + length // 2)
    cut = text[start:end].strip(" ,;")
    pieces = list(_pieces(cut, finder)) if finder else [Piece(cut)]
    before = [Piece("… ")] if start else []
    after = [Piece(" …")] if end < len(text) else []
    return [*before, *pieces, *after]


def _densest(hits: list[int], width: int) -> int:
    """The hit after which most others follow within ``width``."""
    best, most, last = hits[0], 0, 0
    for first, place in enumerate(hits):
        while last < len(hits) and hits[last] - place <= width:
            last += 1
        if last - first > most:
            best, most = place, last - first
    return best


def _pieces(text: str, finder: re.Pattern[str]) -> Iterator[Piece]:
    folded = fold_with_places(text)
    done = 0
    for found in finder.finditer(folded.text):
        start, end = folded.at(found.start()), folded.at(found.end())
        if start < done or end <= start:
            continue
        if start > done:
            yield Piece(text[done:start])
        yield Piece(text[start:end], True)
        done = end
    if done < len(text):
        yield Piece(text[done:])
