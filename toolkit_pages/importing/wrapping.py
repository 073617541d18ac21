"""Plain text: which ends of lines were meant, and which are only the edge of the paper it was written for.

Markdown joins lines that no empty line parts. In a text without any of its headings (copied from a screen, or
converted from PDF) a line that ends well before the edge ends a paragraph, a heading or an entry.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass

# A file whose lines are longer was not broken at an edge at all.
WIDEST = 130
# A line on which the next word had room was ended on purpose; within a sentence, if it had room to spare.
SLACK = 0.88
MARKED = re.compile(r"[ ]{0,3}(?:#{1,6}[ \t]|#{2,6}[^\s#]|(?:=+|-{3,})[ \t]*$|[|>»›])")
OPEN_END = re.compile(r"[^\W\d_]$|[,;–—-]$")
SENTENCE_END = re.compile(r"[.!?”\")]$")
TITLE = re.compile(r"[A-ZÁÉÍÓÚÑ¿¡].{2,60}[^.,;]")
PAGE_BREAK = "\f"
EDGE = 2  # So many lines at the top and at the foot of a page may be its head.
MAX_HEAD = 12


@dataclass(frozen=True)
class Layout:
    """`ends` are the lines (from 1) whose end was meant, `heads` those that return at the edges of pages."""

    ends: frozenset[int] = frozenset()
    heads: frozenset[int] = frozenset()


def layout(text: str) -> Layout:
    """Nothing for a text that marks its headings: there, lines end as Markdown says."""
    lines = text.split("\n")
    if any(MARKED.match(line) and line.strip() for line in lines):
        return Layout()
    heads = _heads(lines)
    width = _width([line for at, line in enumerate(lines, start=1) if at not in heads])
    ends = {
        at
        for at, (line, following) in enumerate(itertools.pairwise(lines), start=1)
        if line.strip() and following.strip() and _ends(line, following, width)
    }
    # A full line may end a paragraph too: what follows then looks like a heading.
    ends |= {
        at
        for at, (line, following) in enumerate(itertools.pairwise(lines), start=1)
        if at + 1 in ends and SENTENCE_END.search(line.rstrip()) and TITLE.fullmatch(following.strip())
    }
    ends |= {at for head in heads for at in (head - 1, head)}
    return Layout(frozenset(ends), frozenset(heads))


def _ends(line: str, following: str, width: int) -> bool:
    if PAGE_BREAK in following:
        return not OPEN_END.search(line.rstrip())
    words = following.split()
    if words[0][:1].islower() and OPEN_END.search(line.rstrip()):
        return False
    slack = 1 if SENTENCE_END.search(line.rstrip()) else SLACK
    return not width or len(line.strip()) + 1 + len(words[0]) <= slack * width


def _width(lines: list[str]) -> int:
    """How many characters a full line has; 0 if lines were not broken at any edge."""
    lengths = sorted((len(line.strip()) for line in lines if line.strip()), reverse=True)
    full = lengths[len(lengths) // 20] if lengths else 0
    return full if lengths and lengths[0] <= 2 * WIDEST and full <= WIDEST else 0


def _heads(lines: list[str]) -> set[int]:
    """Lines that stand at the edge of three pages or more, whatever numbers are in them."""
    pages: list[list[int]] = [[]]
    for at, line in enumerate(lines, start=1):
        if PAGE_BREAK in line:
            pages.append([])
        if line.strip():
            pages[-1].append(at)
    edges = [at for page in pages for at in dict.fromkeys((*page[:EDGE], *page[-EDGE:]))]
    keys = {at: _key(lines[at - 1]) for at in edges}
    counts = Counter(keys.values())
    found = {at for at, key in keys.items() if key and counts[key] >= 3 and len(pages) >= 3}
    # The first of them may be the title itself: it stays.
    return found - {at for at in sorted(found)[:1] if at in pages[0][:EDGE]}


def _key(line: str) -> str:
    words = re.findall(r"[^\W\d_]+", line.casefold())
    return " ".join(words) if 0 < len(words) <= MAX_HEAD else ""
