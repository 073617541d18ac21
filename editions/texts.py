"""Readable texts from raw values, and what changes between two of them, word by word.

Rich-text conflicts are shown with a word-level diff (editions.md, "What merges besides the body"). Pure:
imports nothing from Django or Wagtail.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from html import escape
from html.parser import HTMLParser
from typing import Final, TypeAlias

from editions.streams import MISSING, Json, is_block

_DEPTH: Final = 60
_PASSAGE: Final = 6  # tokens: about three words and the spaces between them
_FEW, _SHARE = 6, 3  # texts of so many words and more have at least one word in so many in common
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAKS: Final = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
# A word is a run without spaces and punctuation, whatever its script; scripts that put no spaces between
# words are compared by character.
_CHARACTERS: Final = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_MARKS: Final = r".,;:!?()\[\]\"“”«»…—–、。，؟،؛"
_TOKEN: Final = re.compile(rf"\s+|[{_CHARACTERS}]|[^\s{_MARKS}{_CHARACTERS}]+|.", re.DOTALL)


class Op(StrEnum):
    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


Diff: TypeAlias = list[tuple[Op, str]]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.parts.append("\n")
        alt = dict(attrs).get("alt")
        if alt:
            self.parts.append(f"[{alt}]")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))


def _text(value: str) -> str:
    if not _TAG.search(value):
        return value.strip()
    reader = _Reader()
    reader.feed(value)
    reader.close()
    lines = (line.strip() for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def plain_text(value: Json) -> str:
    """The text of any raw value: a rich text without its tags, one line per paragraph or list item; the texts
    and numbers in a struct, stream or list, one line each; the cells of a table row on one line. `MISSING`
    and null are the empty text. What is nested deeper than any page is left out. Never raises."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "\n".join(line for line in _lines(value, 0) if line)


def _lines(value: Json, depth: int) -> Iterator[str]:
    if value is MISSING or value is None or isinstance(value, bool) or depth > _DEPTH:
        return
    if isinstance(value, str):
        yield _text(value)
    elif is_block(value):
        yield from _lines(value["value"], depth + 1)
    elif isinstance(value, dict):
        if isinstance(value.get("columns"), list) and isinstance(value.get("rows"), list):
            # A typed table: its columns' types are no text.
            columns = [each.get("heading") if isinstance(each, dict) else each for each in value["columns"]]
            rows = [each.get("values") if isinstance(each, dict) else each for each in value["rows"]]
            yield from _lines([value.get("caption"), columns, *rows], depth + 1)
        else:
            for each in value.values():
                yield from _lines(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            if isinstance(each, list):
                cells = (" ".join(_lines(cell, depth + 2)) for cell in each)
                yield " | ".join(cell for cell in cells if cell)
            else:
                yield from _lines(each, depth + 1)
    else:
        yield str(value)


def word_diff(old: Json, new: Json) -> Diff:
    """What changes from the text of `old` to that of `new`, as `(op, text)`; where both, deletions come
    first.

    Equal and deleted texts together are `plain_text(old)`, equal and inserted ones `plain_text(new)`. The
    effort is bounded: in long texts with very many changes a passage may be told as replaced whole. So are
    two texts that share only a small word here and there: nobody can read those between the changes.
    """
    one, other = (_TOKEN.findall(plain_text(value)) for value in (old, new))
    told = _told(_matches(one, other), one, other)
    shared = _words([token for op, text in told if op is Op.EQUAL for token in _TOKEN.findall(text)])
    shorter = min(_words(one), _words(other))
    if shorter >= _FEW and shared * _SHARE < shorter:
        return [(Op.DELETE, "".join(one)), (Op.INSERT, "".join(other))]
    return told


def _words(tokens: Sequence[str]) -> int:
    return sum(any(character.isalnum() for character in token) for token in tokens)


def diff_html(old: Json, new: Json) -> str:
    """`word_diff` as HTML: escaped text with `<ins>`, `<del>` and `<br>` and no other tag, safe to mark
    safe."""
    tags = {Op.EQUAL: ("", ""), Op.INSERT: ("<ins>", "</ins>"), Op.DELETE: ("<del>", "</del>")}
    return "".join(
        f"{tags[op][0]}{escape(text).replace(chr(10), '<br>')}{tags[op][1]}"
        for op, text in word_diff(old, new)
    )


def changed_words(old: Json, new: Json, *, limit: int = 80) -> str:
    """The words that change, for one line of a plan: `the sheriff → our sheriff; + on Tuesdays; − Ask`. No
    longer than `limit` characters; empty where the texts are equal."""
    told: list[str] = []
    deleted = ""
    for op, text in [*word_diff(old, new), (Op.EQUAL, "")]:
        words = " ".join(text.split())
        if op is Op.DELETE:
            deleted = words
        elif op is Op.INSERT:
            if deleted and words:
                told.append(f"{deleted} → {words}")
            elif deleted or words:
                told.append(f"+ {words}" if words else f"− {deleted}")
            deleted = ""
        else:
            if deleted:
                told.append(f"− {deleted}")
            deleted = ""
    line = "; ".join(told)
    return line if len(line) <= limit else line[: max(limit - 1, 0)].rstrip() + "…"


def longest_increasing(numbers: Sequence[int]) -> list[int]:
    """The indexes of a longest increasing subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [index]
    found: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]


Pairs: TypeAlias = list[tuple[int, int]]


def _matches(one: Sequence[str], other: Sequence[str], *, bound: int = 400, anchored: bool = True) -> Pairs:
    """Pairs of indexes of equal tokens, both increasing."""
    start, end = 0, 0
    shorter = min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    a, b = one[start : len(one) - end], other[start : len(other) - end]
    middle = _shortest(a, b, bound)
    if middle is None:
        middle = _by_anchors(a, b) if anchored else []
    pairs = [(index, index) for index in range(start)]
    pairs += [(start + i, start + j) for i, j in middle]
    pairs += [(len(one) - k, len(other) - k) for k in range(end, 0, -1)]
    return pairs


def _shortest(one: Sequence[str], other: Sequence[str], bound: int) -> Pairs | None:
    """Myers' shortest edit script, given up (`None`) beyond `bound` edits: time and space stay below its
    square."""
    n, m = len(one), len(other)
    if not n or not m:
        return []
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(bound, n + m) + 1):
        trace.append(dict(furthest))
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
            x = furthest[k + 1] if down else furthest[k - 1] + 1
            y = x - k
            while x < n and y < m and one[x] == other[y]:
                x, y = x + 1, y + 1
            furthest[k] = x
            if x >= n and y >= m:
                return _walk_back(trace, n, m)
    return None


def _walk_back(trace: list[dict[int, int]], x: int, y: int) -> Pairs:
    pairs: Pairs = []
    for edits in range(len(trace) - 1, -1, -1):
        furthest = trace[edits]
        k = x - y
        down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
        x0 = furthest[k + 1 if down else k - 1]
        y0 = x0 - (k + 1 if down else k - 1)
        while x > max(x0, 0) and y > max(y0, 0):
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = x0, y0
    return pairs[::-1]


def _by_anchors(one: Sequence[str], other: Sequence[str]) -> Pairs:
    """Passages of a few words that stand once on either side, in one order, hold a long text; the gaps are
    compared apart."""
    here, there = (
        [tuple(side[index : index + _PASSAGE]) for index in range(len(side))] for side in (one, other)
    )
    once, once_there = Counter(here), Counter(there)
    position = {passage: index for index, passage in enumerate(there) if once_there[passage] == 1}
    anchors = [(i, position[each]) for i, each in enumerate(here) if once[each] == 1 and each in position]
    anchors = [anchors[index] for index in longest_increasing([j for _, j in anchors])]
    pairs: Pairs = []
    i, j = 0, 0
    for x, y in [*anchors, (len(one), len(other))]:
        pairs += [(i + p, j + q) for p, q in _matches(one[i:x], other[j:y], bound=60, anchored=False)]
        pairs.append((x, y))
        i, j = x + 1, y + 1
    return pairs[:-1]


def _told(pairs: Pairs, one: Sequence[str], other: Sequence[str]) -> Diff:
    diff: Diff = []
    deleted: list[str] = []
    inserted: list[str] = []
    equal: list[str] = []

    def flush_equal() -> None:
        if equal:
            diff.append((Op.EQUAL, "".join(equal)))
            equal.clear()

    def flush_changes() -> None:
        for op, tokens in ((Op.DELETE, deleted), (Op.INSERT, inserted)):
            if tokens:
                diff.append((op, "".join(tokens)))
                tokens.clear()

    i, j = 0, 0
    for x, y in [*pairs, (len(one), len(other))]:
        if i < x or j < y:
            if not equal or (deleted and inserted and not "".join(equal).strip()):
                # A space between two changes belongs to them: "one two" to "three four" is one change.
                deleted += equal
                inserted += equal
                equal.clear()
            else:
                flush_changes()
                flush_equal()
            deleted += one[i:x]
            inserted += other[j:y]
        equal += one[x : x + 1]
        i, j = x + 1, y + 1
    flush_changes()
    flush_equal()
    return diff
