"""What looks wrong in a model text though nothing forbids it: hidden blanks, references typed by hand, wavering terms.

Model laws are mostly some place's own law: its name, its agencies and its state's statutes stay behind between the bracketed
blanks. English only. What is found is shown to the editor as a doubt; nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from editions.texts import plain_text

from .ordinance import Ordinance

_NAME = r"[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}"
_ARTICLE = r"(?!(?:The|This|That|Each|Every|Any|No|A|Our|Your|Its)\b)"
_PLACE = re.compile(rf"\b(?:County|City|Town) of {_NAME}|\b{_ARTICLE}{_NAME} (?:County|City)\b")
# "Section 1373 of title 8" cites another law; so does a number of three digits and more.
_TYPED = re.compile(r"\bSections? (?:[IVXLC]+|\d{1,2})(?:\.\d{1,2})?(?:\([A-Za-z0-9]{1,4}\))*(?! of\b)(?!\d)")


class Doubt(StrEnum):
    """Keys of messages, for the caller to word."""

    PLACE = "place"
    STATE = "state"
    TYPED_REFERENCE = "typed-reference"
    TWO_WORDS = "two-words"


@dataclass(frozen=True, slots=True)
class Found:
    """`words` are what was found; `section` the number of the section, empty where it is about the whole."""

    doubt: Doubt
    words: str
    section: str = ""


def doubts(ordinance: Ordinance, states: Collection[str] = ()) -> list[Found]:
    """What an editor should look at, each once for a section, in order."""
    found: list[Found] = []
    law = [(section.number, plain_text(section.law())) for section in ordinance.sections]
    for number, words in law:
        places = _once(_PLACE.findall(words))
        found += [Found(Doubt.PLACE, each, number) for each in places]
        elsewhere = " ".join(places)
        named = [state for state in states if re.search(rf"\b{re.escape(state)}\b", words)]
        found += [Found(Doubt.STATE, each, number) for each in named if each not in elsewhere]
        found += [Found(Doubt.TYPED_REFERENCE, each, number) for each in _once(_TYPED.findall(words))]
    whole = "\n".join(words for _number, words in law)
    for one, other in (
        ("this Ordinance", "this Chapter"),
        ("the County", "the county"),
        ("the City", "the city"),
    ):
        if one in whole and other in whole:
            found.append(Found(Doubt.TWO_WORDS, f"{one} / {other}"))
    return found


def _once(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))
