"""Headings in disguise found, and the levels of erratic ones set right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from toolkit_pages.importing.cleaning import norm
from toolkit_pages.importing.endnotes import TITLE
from toolkit_pages.importing.nodes import (
    Heading,
    List,
    Node,
    Paragraph,
    Span,
    all_spans,
    part,
    plain,
    raw,
    starting,
    text_of,
    tidy,
)
from toolkit_pages.importing.numbers import LEADING, Number, number_of, step_of
from toolkit_pages.importing.results import Ledger
from toolkit_pages.importing.words import words

MAX_WORDS = 16
MAX_LENGTH = 180
PREFIX = re.compile(r"([^\W\d_][\w’' ]{2,30}): \S")


def size(text: str) -> int:
    return sum(words(text).values())


def find_headings(nodes: Sequence[Node], ledger: Ledger, whole: bool = True) -> list[Node]:
    """The nodes, with lines that act as headings made into headings, and numbers taken off their front.

    `whole` is false for nodes that are a part of the text only.
    """
    result: list[Node] = []
    prefixes = _repeated_prefixes(nodes)
    for node in nodes:
        if isinstance(node, Heading):
            result.append(_marked(node))
        elif isinstance(node, Paragraph):
            kind = _kind(node, prefixes)
            result.append(_numbered(Heading(node.spans, 0, node.line, kind)) if kind else node)
        elif isinstance(node, List) and (swallowed := _swallowed(node)):
            ledger.doubt("swallowed-heading", starting(node), node.line)
            result.append(swallowed)
            result += find_headings(node.items[0].nodes[1:], ledger, whole=False)
        else:
            result.append(node)
    if whole and all(node.kind == "plain" for node in result if isinstance(node, Heading)):
        result = _plain_headings(result)
    return result


def _marked(node: Heading) -> Node:
    text = plain(node.spans)
    if not any(character.isalnum() for character in text) or len(text) > MAX_LENGTH:
        return Paragraph(node.spans, node.line)
    if text.endswith(":") and all_spans(node.spans, "italic"):
        node = replace(node, kind="label")
    return _numbered(node)


def _kind(node: Paragraph, prefixes: set[str]) -> str:
    """What kind of heading a paragraph is, empty if it is none."""
    text = plain(node.spans)
    if (
        any("\n" in span.text for span in node.spans)
        or not text
        or len(text) > MAX_LENGTH
        or size(text) > MAX_WORDS
    ):
        return ""
    sentence = text.endswith((".", ",", ";")) and not text.endswith(("..", ". ."))
    if (
        sentence
        or not any(character.isalpha() for character in text)
        or any(span.href for span in node.spans)
    ):
        return ""
    if TITLE.fullmatch(text.strip(" :")) and text.isupper():
        return "capitals"
    if all_spans(node.spans, "bold"):
        return "label" if text.endswith(":") else "bold"
    if all_spans(node.spans, "italic"):
        return "label" if text.endswith(":") and size(text) <= 8 else ""
    if text.isupper() and (size(text) > 1 or len(text) > 5):
        return "capitals"
    found = PREFIX.match(text)
    return "plain" if found and norm(found[1]) in prefixes and size(text) <= 12 else ""


def _repeated_prefixes(nodes: Sequence[Node]) -> set[str]:
    """What several short lines begin with before a colon: Step: …, Lesson: …"""
    found: Counter[str] = Counter()
    for node in nodes:
        text = starting(node) if isinstance(node, Paragraph) else ""
        mark = PREFIX.match(text)
        if mark and size(text) <= 12 and not text.endswith((".", ":", ";", ",")) and "“" not in text:
            found[norm(mark[1])] += 1
    return {prefix for prefix, count in found.items() if count >= 2}


def _swallowed(node: List) -> Heading | None:
    """The heading that a conversion made into the only item of a list."""
    item = node.items[0]
    first = item.nodes[0]
    if len(node.items) > 1 or not isinstance(first, Paragraph):
        return None
    kind = _kind(first, set())
    return Heading(first.spans, 0, node.line, "bold", item.marker) if kind in ("bold", "label") else None


def _last_swallowed(node: List) -> Heading | None:
    """The last item of a list of points, if it alone is bold: it heads the text that follows."""
    *others, last = node.items
    if not others or last.marker or len(last.nodes) > 1:
        return None
    kinds = [_kind(item.nodes[0], set()) for item in node.items if isinstance(item.nodes[0], Paragraph)]
    first = last.nodes[0]
    if not isinstance(first, Paragraph) or kinds[-1] != "bold" or any(kinds[:-1]):
        return None
    return Heading(first.spans, 0, last.line, "bold")


def break_up_lists(nodes: Sequence[Node], ledger: Ledger) -> list[Node]:
    """Numbered items that lost the beginning of their list keep their numbers, as headings or paragraphs."""
    result: list[Node] = []
    for node, following in zip(nodes, [*nodes[1:], None], strict=False):
        if isinstance(node, List) and isinstance(following, Paragraph) and (last := _last_swallowed(node)):
            ledger.doubt("swallowed-heading", plain(last.spans), last.line)
            result += [replace(node, items=node.items[:-1]), last]
            continue
        number = number_of(node.items[0].marker, None) if isinstance(node, List) else None
        swallowed = _swallowed(node) if isinstance(node, List) and number is None else None
        if isinstance(node, List) and swallowed:
            ledger.doubt("swallowed-heading", starting(node), node.line)
            result += [swallowed, *node.items[0].nodes[1:]]
            continue
        if not isinstance(node, List) or not number or number.value == 1:
            result.append(node)
            _like_headings(node, ledger)
            continue
        for item in node.items:
            first = item.nodes[0]
            kind = _kind(first, set()) if isinstance(first, Paragraph) else ""
            ledger.doubt(
                "swallowed-heading" if kind else "list-start",
                text_of([replace(node, items=(item,))]),
                item.line,
            )
            spans = first.spans if isinstance(first, (Paragraph, Heading)) else ()
            if kind:
                result.append(Heading(spans, 0, item.line, "bold", item.marker))
            else:
                result.append(Paragraph(tidy((Span(f"{item.marker} "), *spans)), item.line))
            result += item.nodes[1:] if spans else item.nodes
    return result


def _like_headings(node: Node, ledger: Ledger) -> None:
    """Items that end with a colon although only their siblings follow."""
    if isinstance(node, List):
        for item, _following in zip(node.items, node.items[1:], strict=False):
            text = starting(item.nodes[0])
            if len(item.nodes) == 1 and text.endswith(":"):
                ledger.doubt("swallowed-heading", text, item.line)


def _plain_headings(nodes: list[Node]) -> list[Node]:
    """In a text that marks none: short lines that a longer paragraph follows."""
    result: list[Node] = []
    for node, following in zip(nodes, [*nodes[1:], None], strict=False):
        text = starting(node)
        short = size(text) <= 10 and len(text) <= 80 and text[:1].isupper() and text[-1:] not in ".,;:!"
        before = isinstance(following, Paragraph) and size(starting(following)) > 12
        before = before or (isinstance(following, List) and len(following.items) > 1)
        if isinstance(node, Paragraph) and short and before:
            result.append(_numbered(Heading(node.spans, 0, node.line, "plain")))
        else:
            result.append(node)
    return result


def _numbered(node: Heading) -> Heading:
    """The heading with its number apart."""
    text = raw(node.spans)
    found = LEADING.match(text)
    if found and any(span.href for span in part(node.spans, 0, found.end())):
        return node
    if (
        not found
        or node.number
        or not number_of(found[1], None)
        or (found[1][0].isupper() and len(text) > 60)
    ):
        return node
    return replace(node, spans=part(node.spans, found.end()), number=found[1])


def set_levels(nodes: list[Node], ledger: Ledger) -> list[Node]:
    """Every heading with the level that its number, its kind and its labels say, not only its marks."""
    headings = [node for node in nodes if isinstance(node, Heading)]
    levels = _by_kind(headings)
    _by_labels(headings, levels)
    _by_numbers(headings, levels, ledger)
    given = iter(levels)
    return [replace(node, level=next(given)) if isinstance(node, Heading) else node for node in nodes]


def _by_kind(headings: Sequence[Heading]) -> list[int]:
    marked = [heading.level for heading in headings if heading.kind == "marked"]
    open_level = min(marked, default=1) - 1
    kinds = [
        kind for kind in ("capitals", "bold", "plain") if any(heading.kind == kind for heading in headings)
    ]
    levels = []
    last = open_level
    for heading in headings:
        if heading.kind == "marked":
            last = open_level = heading.level
        elif heading.kind == "label":
            levels.append(max(last, 1) + 1)
            continue
        else:
            last = open_level + 1 + kinds.index(heading.kind)
        levels.append(last)
    return levels


def _by_labels(headings: Sequence[Heading], levels: list[int]) -> None:
    """Headings over the same labels ("The details:") are siblings: all take the level of the first."""
    texts = [norm(plain(heading.spans)) if plain(heading.spans).endswith(":") else "" for heading in headings]
    carrier: int | None = None
    first: dict[str, int] = {}
    for at, (heading, text) in enumerate(zip(headings, texts, strict=True)):
        if not text or (heading.kind != "label" and texts.count(text) < 2):
            carrier = at
        elif carrier is not None:
            first.setdefault(text, carrier)
            levels[carrier] = max(levels[carrier], levels[first[text]])
            levels[at] = levels[carrier] + 1


def _by_numbers(headings: Sequence[Heading], levels: list[int], ledger: Ledger) -> None:
    """2. stands beside 1., and what stands between them beneath 1."""
    last: dict[str, tuple[int, int]] = {}
    before = None
    for at, heading in enumerate(headings):
        step = step_of(plain(heading.spans))
        number = number_of(heading.number, before) if heading.number else step
        if number is None:
            continue
        before = number
        if number.style in last and _pairs(headings, levels, last[number.style], (at, number)):
            start, value = last[number.style]
            if number.value > value + 1:
                ledger.doubt("list-skips", f"{heading.number} {plain(heading.spans)}", heading.line)
            levels[at] = levels[start]
            for between in range(start + 1, at):
                levels[between] = max(levels[between], levels[start] + 1)
        elif step and number is step and at and number.value == 1 and not headings[at - 1].number:
            # "Step 1" stands beneath what the steps are of.
            levels[at] = max(levels[at], levels[at - 1] + (step_of(plain(headings[at - 1].spans)) is None))
        elif at and number.value == 1:
            levels[at] = max(levels[at], _parent_level(headings, levels, at) + 1)
        last[number.style] = (at, number.value)
        for style in [s for s, (where, _) in last.items() if where < at and levels[where] > levels[at]]:
            del last[style]


def _pairs(
    headings: Sequence[Heading], levels: list[int], before: tuple[int, int], now: tuple[int, Number]
) -> bool:
    """Whether a numbered heading goes on a numbering, across the headings between."""
    (start, value), (at, number) = before, now
    if number.value <= value:
        return False
    higher = any(
        levels[between] < min(levels[start], headings[at].level or 9) for between in range(start + 1, at)
    )
    if not higher:
        return True
    # Parts of a book may number their chapters through; letters and erratic levels do not span parts.
    erratic = headings[start].level != headings[at].level
    return number.value == value + 1 and (number.style != "1" or erratic)


def _parent_level(headings: Sequence[Heading], levels: list[int], at: int) -> int:
    """The level of the heading a new numbering stands beneath: the nearest one numbered, or of a higher
    level.
    """
    for before in range(at - 1, -1, -1):
        if headings[before].number or levels[before] < levels[at]:
            return levels[before]
    return 0
