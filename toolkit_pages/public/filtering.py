"""Filters of a list: which of its things pass what was asked, and how many each choice would leave.

Pure: imports nothing from Django.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

T = TypeVar("T")


@dataclass(frozen=True)
class Option:
    """One choice of a filter. ``count``: how many pass it together with what is chosen in the other filters.

    ``query`` chooses it, or lets go of it where it is chosen; "" asks for nothing at all.
    """

    value: str
    label: str
    count: int
    is_chosen: bool
    query: str


@dataclass(frozen=True)
class Filter:
    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.is_chosen), None)


@dataclass(frozen=True)
class Thing(Generic[T]):
    """Something in the list, with its values: name of a filter to the values under which it is found."""

    what: T
    values: Mapping[str, Collection[str]]


def passing(things: Sequence[Thing[T]], asked: Mapping[str, str], without: str = "") -> list[Thing[T]]:
    """Those that pass all that is asked but for the filter ``without``. An empty value asks for nothing."""
    wanted = [(name, value) for name, value in asked.items() if value and name != without]
    return [each for each in things if all(value in each.values.get(name, ()) for name, value in wanted)]


def filters(
    things: Sequence[Thing[T]],
    asked: Mapping[str, str],
    labels: Mapping[str, str],
    choices: Mapping[str, Sequence[tuple[str, str]]],
) -> list[Filter]:
    """One filter for each name in ``labels``, in that order; ``choices`` gives value and label of each in order.

    A choice that nothing in the whole list has is left out, and so is a filter with fewer than two choices, unless
    something is chosen in it.
    """
    found = []
    for name, label in labels.items():
        present = {value for each in things for value in each.values.get(name, ())}
        rest = passing(things, asked, without=name)
        options = []
        for value, words in choices[name]:
            if value not in present:
                continue
            is_chosen = asked.get(name) == value
            others = {key: each for key, each in asked.items() if each and key != name}
            query = urlencode(others if is_chosen else {**others, name: value})
            count = sum(value in each.values.get(name, ()) for each in rest)
            options.append(Option(value, words, count, is_chosen, query))
        if len(options) > 1 or any(option.is_chosen for option in options):
            found.append(Filter(name, label, options))
    return found
