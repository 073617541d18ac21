"""The lines between `---` with which editors of Markdown begin a file: `title: …`, `author: …`, `date: …`."""

from __future__ import annotations

import re

from toolkit_pages.importing.results import Ledger

LINES = re.compile(r"\s*---[ \t]*\n((?:[^\n]*\n){1,40}?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
ENTRY = re.compile(r"[A-Za-z_][\w -]{0,40}:(?:\s|$)|\s+\S|-\s|#|\s*$")
TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)


def take_preamble(text: str, ledger: Ledger) -> tuple[str, str]:
    """The text with empty lines in place of such a beginning, which is left out, and the title that it names."""
    found = LINES.match(text)
    if not found or not all(ENTRY.match(line) for line in found[1].split("\n")) or ":" not in found[1]:
        return text, ""
    ledger.leave_out(found.group(), "preamble", 1)
    ledger.doubt("preamble", found[1], 1)
    title = TITLE.search(found[1])
    return "\n" * found.group().count("\n") + text[found.end() :], title[1] if title else ""
