"""Finding by the name of a place, as people type it: without accents, in any case, a few words in any order.

Pure: imports nothing from Django or Wagtail. Nobody is located: a place is what the reader writes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """``San José`` as ``san jose``."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()


def matches(wanted: str, *texts: str) -> bool:
    """Whether each word of ``wanted`` begins a word of the texts. Nothing wanted matches everything."""
    words = {word for text in texts for word in WORD.findall(fold(text))}
    return all(any(word.startswith(each) for word in words) for each in WORD.findall(fold(wanted)))


def near(wanted: str, places: Iterable[str]) -> list[str]:
    """Up to three of ``places`` that are spelt nearly like ``wanted``."""
    by_fold = {fold(place): place for place in places if place}
    return [by_fold[each] for each in get_close_matches(fold(wanted), by_fold, n=3, cutoff=0.6)]
