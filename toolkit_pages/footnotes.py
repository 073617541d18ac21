"""Footnotes: marks ``[^key]`` in any text of a body, numbered by their order on the page, the notes at its end.

A mark is plain text, so it goes through the editor, merging, translation and export as the words around it do.
Why so: docs/decisions/0011-footnotes.md. Imports no Django.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from editions.variables import texts

KEY = r"[a-z0-9][a-z0-9_-]{0,39}"
MARK = re.compile(rf"\s?\[\^({KEY})\]", re.IGNORECASE)
"""A mark with the space before it, which goes: a number stands close to its word."""
_TAG = re.compile(r"<[^>]*>")


@dataclass
class Cited:
    """A note as it stands on the page. ``places`` are the ids of its marks, in order."""

    key: str
    number: int
    anchor: str
    places: list[str] = field(default_factory=list)


def keys_in(text: str) -> list[str]:
    """The keys of the marks of a text, in order, each as often as it stands there."""
    return [key.lower() for key in MARK.findall(text)]


def without_marks(text: str) -> str:
    """A text without its marks: for lists of contents, search results, attributes."""
    return MARK.sub("", text)


def marks_without_notes(raw: list[dict[str, Any]]) -> list[str]:
    """The keys that marks in a raw body name and that no note of its footnotes has, in order, each once."""
    notes = {
        str(note["value"].get("key", "")).lower()
        for block in raw
        if block.get("type") == "footnotes"
        for note in block["value"].get("notes", [])
    }
    marks = [key for text in texts([block.get("value") for block in raw]) for key in keys_in(text)]
    return [key for key in dict.fromkeys(marks) if key not in notes]


def number_marks(html: str, known: frozenset[str], label: str, prefix: str = "") -> tuple[str, list[Cited]]:
    """``html`` with a link in place of each mark, and the notes that were cited, numbered from 1 in their order.

    ``known`` are the keys that have a note; a mark without one goes (the editor refuses to save it), as do marks
    inside attributes. ``label`` says what a mark is, for those who hear the page: "Note". ``prefix`` keeps the ids of
    several bodies on one page apart.
    """
    cited: dict[str, Cited] = {}

    def link(match: re.Match[str]) -> str:
        key = match[1].lower()
        if key not in known:
            return ""
        note = cited.setdefault(key, Cited(key, len(cited) + 1, f"{prefix}note-{key}"))
        place = f"{prefix}mark-{key}" + (f"-{len(note.places) + 1}" if note.places else "")
        note.places.append(place)
        return (
            f'<sup class="mark-of-note"><a id="{place}" href="#{note.anchor}" role="doc-noteref">'
            f'<span class="visually-hidden">{label} </span>{note.number}</a></sup>'
        )

    parts: list[str] = []
    end = 0
    for tag in _TAG.finditer(html):
        parts += [MARK.sub(link, html[end : tag.start()]), without_marks(tag[0])]
        end = tag.end()
    parts.append(MARK.sub(link, html[end:]))
    return "".join(parts), list(cited.values())
