"""What the review screen shows: the proposed chapters with their doubts, and the lines of the text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy

from toolkit_pages.importing.explaining import DOUBTS, REASONS, SUGGESTIONS
from toolkit_pages.importing.mends import Mend, doubt_key
from toolkit_pages.importing.results import STANDING, Chapter, Doubt, Toolkit
from toolkit_pages.importing.words import texts_of_blocks

MANY = 3000
BLOCKS = {
    "paragraph": gettext_lazy("Text"),
    "heading": gettext_lazy("Heading"),
    "steps": gettext_lazy("Steps"),
    "questions": gettext_lazy("Questions"),
    "callout": gettext_lazy("Call-out"),
    "quote": gettext_lazy("Quotation"),
    "table": gettext_lazy("Table"),
    "figure": gettext_lazy("Figure"),
    "glossary_term": gettext_lazy("Term"),
}
OPERATIONS = {
    "rename": gettext_lazy("New title"),
    "up": gettext_lazy("Moved up"),
    "down": gettext_lazy("Moved down"),
    "in": gettext_lazy("Put beneath the chapter before"),
    "out": gettext_lazy("Put beside the chapter above"),
    "merge": gettext_lazy("Merged with the chapter before"),
    "drop": gettext_lazy("Dropped"),
    "heading": gettext_lazy("Made a heading"),
    "dismiss": gettext_lazy("Doubt dismissed"),
}


@dataclass(frozen=True)
class DoubtRow:
    doubt: Doubt

    @property
    def key(self) -> str:
        return doubt_key(self.doubt)

    @property
    def stands(self) -> bool:
        """Whether it cannot be dismissed."""
        return self.doubt.kind in STANDING

    @property
    def says(self) -> Any:
        return DOUBTS[self.doubt.kind]

    @property
    def suggestion(self) -> Any:
        return SUGGESTIONS[self.doubt.kind]


@dataclass
class ChapterRow:
    """`number` is that of the table of contents, `first` and `last` say where the chapter cannot move to."""

    chapter: Chapter
    number: str
    depth: int
    first: bool
    last: bool
    doubts: list[DoubtRow] = field(default_factory=list)

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return [
            {"id": block["id"], "kind": BLOCKS.get(block["type"], block["type"]), "says": _says(block)}
            for block in self.chapter.body
        ]


def _says(block: dict[str, Any]) -> str:
    if block["type"] == "glossary_term":
        return str(block["value"])
    text = " ".join(" ".join(text for text in texts_of_blocks([block]) if text).split())
    return Truncator(text).chars(90)


def chapter_rows(toolkit: Toolkit) -> tuple[list[DoubtRow], list[ChapterRow]]:
    """The doubts about the toolkit's own page, and a row for each chapter in order."""
    by_chapter: dict[str, list[DoubtRow]] = defaultdict(list)
    for doubt in toolkit.doubts:
        by_chapter[doubt.chapter].append(DoubtRow(doubt))

    def rows(chapters: tuple[Chapter, ...], prefix: str, depth: int) -> Iterator[ChapterRow]:
        for at, chapter in enumerate(chapters, start=1):
            number = f"{prefix}{at}"
            # Two chapters of one title: their doubts stand beneath the first.
            doubts = by_chapter.pop(chapter.title, [])
            yield ChapterRow(chapter, number, depth, at == 1, at == len(chapters), doubts)
            yield from rows(chapter.chapters, f"{number}.", depth + 1)

    of_toolkit = by_chapter.pop("", [])
    found = list(rows(toolkit.chapters, "", 0))
    return [*of_toolkit, *(row for rows_left in by_chapter.values() for row in rows_left)], found


def mend_rows(mends: list[Mend], unused: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [
        {
            "at": at,
            "says": OPERATIONS[mend.op],
            "about": mend.key.split(":", 1)[1] if mend.op == "dismiss" else mend.key,
            "value": mend.value,
            "unused": mend in unused,
        }
        for at, mend in enumerate(mends)
    ]


def source_lines(text: str, toolkit: Toolkit) -> list[dict[str, Any]]:
    """The lines of the text with their numbers, the doubts on them, and whether they can become headings."""
    marks = Counter(doubt.line for doubt in toolkit.doubts)
    lines = text.split("\n")
    return [
        {
            "number": number,
            "text": line,
            "doubts": marks[number],
            "turn": number in toolkit.lines and bool(line.strip()),
        }
        for number, line in enumerate(lines[:MANY], start=1)
    ]


def without_tags(rich: str) -> str:
    """The words of a rich text, paragraphs apart."""
    return " ".join(" ".join(texts_of_blocks([{"type": "paragraph", "value": rich}])).split())


def account(toolkit: Toolkit) -> dict[str, Any]:
    """The account of words, and what is left out by reason."""
    reasons: dict[str, list[Any]] = defaultdict(list)
    for piece in toolkit.left_out:
        if piece.text:
            reasons[piece.reason].append(piece)
    counted = sum(toolkit.words_out().values())
    return {
        "words_in": toolkit.words_in,
        "words_out": counted,
        "addresses": sum(toolkit.words_of_links().values()),
        "left_out": sum(toolkit.words_left_out().values()),
        "reasons": [
            {"says": REASONS.get(reason, gettext("other")), "pieces": pieces[:50], "count": len(pieces)}
            for reason, pieces in sorted(reasons.items())
        ],
    }
