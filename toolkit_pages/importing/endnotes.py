"""Notes of plain text: raised digits or numbers in brackets in the text, and lines that begin with the same further down.

They are written as Markdown's `[^1]` before anything else reads the lines. Where mark and note do not both stand in the
text nothing is changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from toolkit_pages.importing.words import RAISED, lowered

TITLE = re.compile(
    r"(?:end|foot)?notes?|references|sources|citations|notas(?: al pie)?|referencias|fuentes", re.IGNORECASE
)
DEFINED = re.compile(rf"\s*(?:(?P<raised>{RAISED.pattern})[ \t]*|\[(?P<number>\d{{1,3}})\][ \t]+)(?=\S)")
LISTED = re.compile(r"\s*\(?(?P<number>\d{1,3})[.)\]]?[ \t]+(?=\S)")
RAISED_MARK = re.compile(
    rf"(?<=[^\W\d_]|[.,;:!?”\"’')%])(?P<raised>{RAISED.pattern})(?![\w{RAISED.pattern[1:-2]}])"
)
NUMBER_MARK = re.compile(r"(?<=[\w.,;:!?”\"’')])[ ]?\[(?P<number>\d{1,3})\](?![(:\[])")
# A note without its list is short; a chapter is not.
MAX_GAP = 2


def with_notes(lines: Sequence[str]) -> list[str]:
    """The lines with such marks and notes as Markdown writes them."""
    defined = _definitions(lines)
    counts = Counter(mark for mark, _end in defined.values())
    marked: set[str] = set()
    for at, line in enumerate(lines):
        for pattern in (RAISED_MARK, NUMBER_MARK):
            start = defined[at][1] if at in defined else 0
            marked |= {_mark(found) for found in pattern.finditer(line, start)}
    # Numbers that begin again on every page cannot be told apart.
    known = {mark for mark in marked if counts[mark] == 1}
    if not known:
        return list(lines)
    result = []
    for at, line in enumerate(lines):
        mark, end = defined.get(at, ("", 0))
        is_note = mark in known
        rest = line[end:] if is_note else line
        for pattern in (RAISED_MARK, NUMBER_MARK):
            rest = pattern.sub(
                lambda found: f"[^{_mark(found)}]" if _mark(found) in known else found.group(), rest
            )
        result.append(f"[^{mark}]: {rest}" if is_note else rest)
    return result


def _definitions(lines: Sequence[str]) -> dict[int, tuple[str, int]]:
    """The mark of each line that may be a note, and where its text begins."""
    found: dict[int, tuple[str, int]] = {}
    under_title, gap = False, 0
    for at, line in enumerate(lines):
        text = line.strip(" #*_:-")
        if not text:
            gap += 1
            continue
        match = DEFINED.match(line) or (LISTED.match(line) if under_title else None)
        if match:
            found[at] = _mark(match), match.end()
        elif TITLE.fullmatch(text):
            under_title = True
        elif gap:
            under_title = False
        gap = 0
    return found


def _mark(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return lowered(groups.get("raised") or "").strip() or str(groups.get("number"))
