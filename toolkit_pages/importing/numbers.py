"""Numbers as people type them before list items and headings: 1. 1) (1) a. A. iv."""

from __future__ import annotations

import re
from dataclasses import dataclass

PART = r"(?:[0-9]{1,3}|[ivx]{1,5}|[IVX]{1,5}|[A-Za-z])"
TYPED = re.compile(rf"\(?((?:{PART}\.){{0,4}})([0-9]{{1,3}}|[A-Za-z]{{1,6}})[.)]?$")
LEADING = re.compile(rf"(\(?{PART}[.)]|[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}[.)]?)\s+(?=\S)")
COMPOUND = re.compile(r"[0-9]{1,3}(?:\.(?:[0-9]{1,2}|[ivx]{1,5}|[a-z])){1,4}[.)]?(?=\s+[^\W\d_])")
ONES = "one two three four five six seven eight nine ten eleven twelve".split()
UNOS = "uno dos tres cuatro cinco seis siete ocho nueve diez once doce".split()
STEP = re.compile(
    rf"(?P<word>step|phase|stage|action|task|tip|demand|goal|paso|fase|etapa|demanda|acción|meta)\s+"
    rf"#?(?P<number>[0-9]{{1,2}}|[IVX]{{1,5}}|{'|'.join((*ONES, *UNOS))})\b\s*(?:[.:)–—-]|$)",
    re.IGNORECASE,
)
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True)
class Number:
    """`style` is 1, a, A, i or I, after as many dots as there are numbers before it (`1.a` is `.a`), or a word such as
    step; `value` counts from 1.
    """

    style: str
    value: int

    def follows(self, before: Number) -> bool:
        return self.style == before.style and self.value == before.value + 1

    def skips_from(self, before: Number | None) -> bool:
        return before is not None and self.style == before.style and self.value > before.value + 1


def roman(text: str) -> int:
    """The value of a Roman number in small letters, 0 if it is none."""
    total = 0
    for letter, following in zip(text, [*text[1:], ""], strict=True):
        value = ROMAN.get(letter, 0)
        if not value:
            return 0
        total += -value if ROMAN.get(following, 0) > value else value
    return total


def number_of(typed: str, before: Number | None) -> Number | None:
    """The number that was typed, read so that it follows `before` where two readings are possible (i. after
    h.).
    """
    found = TYPED.match(typed)
    if not found:
        return None
    text, above = found[2], "." * found[1].count(".")
    if above:
        number = number_of(text, before and Number(before.style.lstrip("."), before.value))
        return number and Number(above + number.style, number.value)
    if text.isdigit():
        return Number("1", int(text))
    lower = text.lower()
    readings = []
    if value := roman(lower):
        readings.append(Number("I" if text.isupper() else "i", value))
    if len(text) == 1 and "a" <= lower <= "z":
        readings.append(Number("A" if text.isupper() else "a", ord(lower) - 96))
    following = [reading for reading in readings if before and reading.follows(before)]
    # Standing alone, only i, v and x are more likely Roman.
    likely = readings[:1] if lower in ("i", "v", "x") or len(text) > 1 else readings[-1:]
    return next(iter(following or likely), None)


def step_of(text: str) -> Number | None:
    """The number of a line that begins with a word and a number: "Step 3: …", "Demand Two"."""
    found = STEP.match(text)
    if not found:
        return None
    number = found["number"].lower()
    for names in (ONES, UNOS):
        if number in names:
            return Number(found["word"].lower(), names.index(number) + 1)
    value = int(number) if number.isdigit() else roman(number)
    return Number(found["word"].lower(), value) if value else None
