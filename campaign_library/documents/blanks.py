"""The blanks of a document, and the affiliate's values in them.

A blank is written ``{{ name }}`` in a text, a grammatical form of it ``{{ name_form }}``. Its value is that of the variable, or of
the affiliate's own value, of the same name. What has no value, or one that does not fit the blank's kind, stays a blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from .raw import children, items, text, whole

VALUE_STANDS_HERE = "…"


class Unfit(StrEnum):
    """Why a value cannot stand in a blank: keys of messages, for the caller to word."""

    NOT_A_NUMBER = "not-a-number"
    TOO_SMALL = "too-small"
    TOO_LARGE = "too-large"
    NOT_A_DAY = "not-a-day"
    NOT_AN_OPTION = "not-an-option"


@dataclass(frozen=True, slots=True)
class Blank:
    """`kind` is text, body, number, date or choice, or one that an add-on brings (then any words fit)."""

    name: str
    kind: str
    label: str
    hint: str = ""
    example: str = ""
    required: bool = True
    forms: tuple[tuple[str, str], ...] = ()
    smallest: int | None = None
    largest: int | None = None
    options: tuple[str, ...] = ()

    def problem(self, value: str) -> Unfit | None:
        """What is wrong with a value, which is not empty."""
        value = value.strip()
        if self.kind == "number":
            try:
                number = int(value)
            except ValueError:
                return Unfit.NOT_A_NUMBER
            if self.smallest is not None and number < self.smallest:
                return Unfit.TOO_SMALL
            return Unfit.TOO_LARGE if self.largest is not None and number > self.largest else None
        if self.kind == "date":
            try:
                date.fromisoformat(value)
            except ValueError:
                return Unfit.NOT_A_DAY
        if self.kind == "choice" and value not in self.options:
            return Unfit.NOT_AN_OPTION
        return None


@dataclass(frozen=True, slots=True)
class Filled:
    """One blank on one site. `value` is empty where it is still blank; `problem` says why, where a value does not fit."""

    blank: Blank
    value: str
    problem: Unfit | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """What stands between the braces of a text: a blank, as it is or in a form (a pattern with … for the value)."""

    blank: Blank
    pattern: str = VALUE_STANDS_HERE

    def word(self, value: str) -> str:
        """The value in this form; a pattern without … says nothing about the value, and is taken as it stands."""
        return self.pattern.replace(VALUE_STANDS_HERE, value)


def read_blanks(stream: Any) -> list[Blank]:
    """The blanks of a raw stream of the registry ``blank``, in order; those without a name are left out."""
    found = []
    for kind, _id, value in children(stream):
        if not text(value, "name"):
            continue
        found.append(
            Blank(
                name=text(value, "name"),
                kind=kind,
                label=text(value, "label") or text(value, "name").replace("_", " "),
                hint=text(value, "hint"),
                example=text(value, "example"),
                required=bool(value.get("required", True)),
                forms=tuple(
                    (text(form, "name"), text(form, "pattern"))
                    for _form_id, form in items(value, "forms")
                    if text(form, "name")
                ),
                smallest=whole(value, "smallest"),
                largest=whole(value, "largest"),
                options=tuple(each for _option, each in items(value, "options") if isinstance(each, str)),
            )
        )
    return found


def tokens(blanks: Iterable[Blank]) -> dict[str, Token]:
    """name in the braces → what it stands for. Of two with one name the first counts."""
    found: dict[str, Token] = {}
    for blank in blanks:
        found.setdefault(blank.name, Token(blank))
        for form, pattern in blank.forms:
            found.setdefault(f"{blank.name}_{form}", Token(blank, pattern or VALUE_STANDS_HERE))
    return found


def fill(blanks: Iterable[Blank], values: Mapping[str, str]) -> dict[str, Filled]:
    """name → the blank with its value. A form may have a value of its own among `values`, which wins over its pattern."""
    found: dict[str, Filled] = {}
    for blank in blanks:
        value = values.get(blank.name, "").strip()
        problem = blank.problem(value) if value else None
        found.setdefault(blank.name, Filled(blank, "" if problem else value, problem))
    return found
