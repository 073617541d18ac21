"""Demands and asks read from their raw streams: nested three deep, with computed numbers and anchors that stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .numbering import letter, roman
from .raw import anchor, children, chosen, items, text


@dataclass(frozen=True, slots=True)
class Demand:
    """`number` is 15, (c) or (iv); `whole` is 15(c)(iv), by which people speak of it. `why` is an ask's."""

    number: str
    whole: str
    anchor: str
    id: str
    title: str
    text: str
    why: str = ""
    provisions: tuple[int, ...] = ()
    place: str = ""
    as_of: str = ""
    source: str = ""
    demands: tuple[Demand, ...] = ()

    def all(self) -> Iterator[Demand]:
        yield self
        for each in self.demands:
            yield from each.all()


_MARKS = (str, lambda number: f"({letter(number)})", lambda number: f"({roman(number)})")


def read_demands(stream: Any, prefix: str = "d") -> tuple[Demand, ...]:
    """The demands of a raw stream of the registry ``demand``, or the asks of ``ask`` (`prefix` "a"). Never raises."""
    return tuple(
        _demand(value, id, position, 0, "", prefix)
        for position, (_kind, id, value) in enumerate(children(stream), 1)
    )


def _demand(value: Any, id: str, position: int, depth: int, above: str, prefix: str) -> Demand:
    number = _MARKS[min(depth, 2)](position)
    whole = above + number
    return Demand(
        number=number,
        whole=whole,
        anchor=anchor(prefix, "", id, whole),
        id=id,
        title=text(value, "title"),
        text=text(value, "text"),
        why=text(value, "why"),
        provisions=chosen(value, "provisions"),
        place=text(value, "place"),
        as_of=text(value, "as_of"),
        source=text(value, "source"),
        demands=tuple(
            _demand(each, inner, inner_position, depth + 1, whole, prefix)
            for inner_position, (inner, each) in enumerate(items(value, "demands"), 1)
        ),
    )


def texts_of(demands: tuple[Demand, ...]) -> Iterator[str]:
    for top in demands:
        for each in top.all():
            yield from (each.title, each.text, each.why)
