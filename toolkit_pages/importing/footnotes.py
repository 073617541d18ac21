"""Footnotes of a chapter: marks in its text, and a block that holds the notes (docs/decisions/0011-footnotes.md)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit_pages.footnotes import KEY
from toolkit_pages.importing.nodes import Paragraph, Spans, part, raw, rich
from toolkit_pages.importing.results import Blocks

if TYPE_CHECKING:
    from toolkit_pages.importing.blocks import Builder

MARK = re.compile(r"\[\^([^\]\s]{1,20})\]")


class Footnotes:
    """Collects the notes of one chapter. Marks without a note in it become plain text: no page could be saved with them."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.notes: list[tuple[str, Spans, int]] = []

    def take(self, node: Paragraph) -> bool:
        """Whether a paragraph is a note: it begins with its mark, and says something."""
        first = node.spans[0]
        rest = part(node.spans, len(first.text))
        if (
            not first.note
            or not raw(rest).strip()
            or first.text in (mark for mark, _spans, _line in self.notes)
        ):
            return False
        self.notes.append((first.text, rest, node.line))
        return True

    def close(self, body: Blocks) -> Blocks:
        """The body with its marks named as the notes are, and the notes at its end."""
        keys: dict[str, str] = {}
        for mark, _spans, _line in self.notes:
            key = mark if re.fullmatch(KEY, mark) else mark.lower()
            keys[mark] = (
                key if re.fullmatch(KEY, key) and key not in keys.values() else f"note{len(keys) + 1}"
            )
        notes = [self.note(mark, keys[mark], spans, line) for mark, spans, line in self.notes]
        if notes:
            text = " ".join(raw(spans) for _mark, spans, _line in self.notes)
            body = [*body, self.builder.block("footnotes", {"notes": notes}, text)]
        self.builder.lines += [(line, body[-1]["id"]) for _mark, _spans, line in self.notes]
        return [{**block, "value": self.marked(block["value"], keys)} for block in body]

    def note(self, mark: str, key: str, spans: Spans, line: int) -> dict[str, Any]:
        self.account(mark, key, line)
        return self.builder.item({"key": key, "text": f"<p>{rich(spans)}</p>"}, raw(spans))

    def account(self, mark: str, key: str, line: int) -> None:
        if key != mark:
            self.builder.ledger.leave_out(mark, "note-mark", line)
            self.builder.ledger.add(key)

    def marked(self, value: Any, keys: dict[str, str]) -> Any:
        if isinstance(value, str):
            return MARK.sub(lambda found: self.mark(found, keys), value) if "[^" in value else value
        if isinstance(value, list):
            return [self.marked(child, keys) for child in value]
        if isinstance(value, dict):
            return {name: self.marked(child, keys) for name, child in value.items()}
        return value

    def mark(self, found: re.Match[str], keys: dict[str, str]) -> str:
        mark = found[1]
        if mark not in keys:
            ledger, lines = self.builder.ledger, self.builder.lines
            if not any(
                doubt.kind == "note-missing" and doubt.text == f"[^{mark}]" for doubt in ledger.doubts
            ):
                ledger.doubt("note-missing", f"[^{mark}]", lines[0][0] if lines else 1)
            return f"[{mark}]"
        self.account(mark, keys[mark], self.notes[0][2])
        return f"[^{keys[mark]}]"
