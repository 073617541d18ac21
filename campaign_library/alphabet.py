"""The order of words in a list from A to Z, in the language's own alphabet.

Pure: imports nothing from Django. Rules: Latin letters without their accents (Unicode NFKD), but Spanish ñ is a letter of its own
after n (Real Academia Española, Ortografía, 2010); Arabic without the article ال, with all forms of alef as one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

T = TypeVar("T")

#: Where words begin that begin with no letter.
DIGITS: Final = "0–9"
_ENYE: Final = "n\uffff"
_FORMS: Final = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ؤ": "و", "ئ": "ي", "ة": "ه"}
)
_MARKS: Final = re.compile(r"[\u064b-\u0652\u0640]")


def sort_key(text: str, language: str) -> tuple[str, str]:
    """A key for ``sorted``: the letters as the alphabet orders them, then the text itself, so that order never wavers."""
    return _folded(text, language), text


def initial(text: str, language: str) -> str:
    """The letter under which a word stands; `DIGITS` for one that begins with none."""
    folded = _folded(text, language)
    if folded.startswith(_ENYE):
        return "Ñ"
    return folded[0].upper() if folded and folded[0].isalpha() else DIGITS


def by_letter(things: Iterable[T], language: str, name: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    """``(letter, things)`` in the alphabet's order; what begins with no letter comes first."""
    ordered = sorted(things, key=lambda each: sort_key(name(each), language))
    found: dict[str, list[T]] = {}
    for each in ordered:
        found.setdefault(initial(name(each), language), []).append(each)
    return sorted(found.items(), key=lambda group: group[0] != DIGITS)


def _folded(text: str, language: str) -> str:
    lowered = unicodedata.normalize("NFC", text).casefold()
    if language.startswith("ar"):
        lowered = _MARKS.sub("", lowered).translate(_FORMS)
        lowered = " ".join(_without_article(word) for word in lowered.split())
    if language.startswith("es"):
        lowered = lowered.replace("ñ", _ENYE)
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(sign)
    )
    kept = "".join(sign if sign.isalnum() or sign in " \uffff" else " " for sign in plain)
    return " ".join(kept.split())


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 3 else word
