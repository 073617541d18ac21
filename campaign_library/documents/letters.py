"""A letter, petition, script or resolution read from its raw stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .raw import children, items, text


@dataclass(frozen=True, slots=True)
class Passage:
    """`kind` is the block's type; `index` its place in the stream, by which an add-on's block is rendered."""

    index: int
    kind: str
    text: str = ""
    speaker: str = ""
    note: str = ""
    source: str = ""
    organisations: tuple[tuple[str, str], ...] = ()


KNOWN = frozenset(["passage", "whereas", "resolved", "speech", "endorsers"])


def read_passages(stream: Any) -> tuple[Passage, ...]:
    """Never raises: what it does not know is a passage of its kind without words."""
    return tuple(
        Passage(
            index=index,
            kind=kind,
            text=text(value, "text") if kind in KNOWN else "",
            speaker=text(value, "speaker"),
            note=text(value, "note"),
            source=text(value, "source"),
            organisations=tuple(
                (text(each, "name"), text(each, "place")) for _id, each in items(value, "organisations")
            ),
        )
        for index, (kind, _id, value) in enumerate(children(stream))
    )


def texts_of(passages: tuple[Passage, ...]) -> Iterator[str]:
    for passage in passages:
        yield from (passage.text, passage.speaker, passage.note)
