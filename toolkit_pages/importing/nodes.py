"""Between Markdown and blocks: paragraphs, headings, lists, quotes and tables, each with its line."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit_pages.importing.markup import runs_on
from toolkit_pages.importing.results import Ledger


@dataclass(frozen=True)
class Span:
    """A run of text in one style. A line feed in it is a line break that was meant."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    note: bool = False

    @property
    def style(self) -> tuple[bool, bool, str, bool]:
        return self.bold, self.italic, self.href, self.note


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    spans: Spans
    line: int


@dataclass(frozen=True)
class Heading:
    """`kind`: marked (by the file), bold, capitals, label (a short line before a list), plain. `number` is as
    typed.
    """

    spans: Spans
    level: int
    line: int
    kind: str = "marked"
    number: str = ""


@dataclass(frozen=True)
class Item:
    """`marker` is the number as typed, empty for a bullet."""

    marker: str
    nodes: tuple[Node, ...]
    line: int


@dataclass(frozen=True)
class List:
    items: tuple[Item, ...]
    line: int

    @property
    def ordered(self) -> bool:
        return bool(self.items) and bool(self.items[0].marker)


@dataclass(frozen=True)
class Quote:
    nodes: tuple[Node, ...]
    line: int


@dataclass(frozen=True)
class Table:
    """Rows of cells, the first row is the head; all rows have the same number of cells."""

    rows: tuple[tuple[Spans, ...], ...]
    line: int


@dataclass(frozen=True)
class Rule:
    line: int


Node = Paragraph | Heading | List | Quote | Table | Rule


def tidy(spans: Iterable[Span]) -> Spans:
    """Spans without debris: one space between words, none at line ends, equal styles joined."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].style == span.style:
            joined[-1] = replace(joined[-1], text=joined[-1].text + span.text)
        elif span.text:
            joined.append(span)
    result: list[Span] = []
    end = "\n"  # What the text before ends with: a space there swallows those that follow.
    for span in joined:
        text = re.sub(r"[^\S\n]+", " ", span.text)
        text = re.sub(r" ?\n ?", "\n", text)
        text = re.sub(r"(?<=\w) (?=[,;](?:\s|$))", "", text)
        text = re.sub(r"\n{2,}", "\n", text)
        if end.isspace():
            text = text.lstrip(" \n" if end == "\n" else " ")
        if end == " " and text.startswith("\n") and result:
            result[-1] = replace(result[-1], text=result[-1].text.rstrip(" "))
        if text:
            result.append(replace(span, text=text))
            end = text[-1]
    while result:
        if text := result[-1].text.rstrip():
            result[-1] = replace(result[-1], text=text)
            break
        result.pop()
    return tuple(_blank_unstyled(result))


def _blank_unstyled(spans: list[Span]) -> Iterable[Span]:
    """Spaces at the edges of a styled span belong outside it."""
    for span in spans:
        if not (span.bold or span.italic or span.href):
            yield span
            continue
        core = span.text.strip()
        lead = span.text[: len(span.text) - len(span.text.lstrip())]
        trail = span.text[len(lead) + len(core) :]
        if lead:
            yield Span(lead)
        if core:
            yield replace(span, text=core)
        if trail:
            yield Span(trail)


def plain(spans: Iterable[Span]) -> str:
    """The text on one line. Two words that only their style kept apart stay two words."""
    text = ""
    for span in spans:
        part = f"[^{span.text}]" if span.note else span.text
        text += (" " if runs_on(text, part) else "") + part
    return " ".join(text.split())


def rich(spans: Iterable[Span]) -> str:
    """Rich text without the paragraph around it, in the limited set of tags."""
    return "".join(_rich(span) for span in spans)


def _rich(span: Span) -> str:
    text = html.escape(span.text, quote=False).replace("\n", "<br/>")
    if span.note:
        text = f"[^{text}]"
    if span.italic:
        text = f"<i>{text}</i>"
    if span.bold:
        text = f"<b>{text}</b>"
    if span.href:
        text = f'<a href="{html.escape(span.href)}">{text}</a>'
    return text


def all_spans(spans: Spans, style: str) -> bool:
    """Whether all text has the style ("bold" or "italic"); punctuation and spaces between do not matter."""
    marked = [span for span in spans if any(character.isalnum() for character in span.text)]
    return bool(marked) and all(getattr(span, style) for span in marked)


def starting(node: Node) -> str:
    """The plain text of a paragraph or heading, of a list's first item, else nothing."""
    if isinstance(node, (Paragraph, Heading)):
        return plain(node.spans)
    if isinstance(node, List) and node.items and node.items[0].nodes:
        return starting(node.items[0].nodes[0])
    return ""


def text_of(nodes: Iterable[Node]) -> str:
    """All text beneath some nodes, markers included, for counting and for the report."""
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, (Paragraph, Heading)):
            parts += [getattr(node, "number", ""), plain(node.spans)]
        elif isinstance(node, List):
            for item in node.items:
                parts += [item.marker, text_of(item.nodes)]
        elif isinstance(node, Quote):
            parts.append(text_of(node.nodes))
        elif isinstance(node, Table):
            parts += [plain(cell) for row in node.rows for cell in row]
    return " ".join(part for part in parts if part)


def spans_of(nodes: Iterable[Node]) -> Iterator[Span]:
    """All spans beneath some nodes."""
    for node in nodes:
        if isinstance(node, (Paragraph, Heading)):
            yield from node.spans
        elif isinstance(node, List):
            for item in node.items:
                yield from spans_of(item.nodes)
        elif isinstance(node, Quote):
            yield from spans_of(node.nodes)
        elif isinstance(node, Table):
            yield from (span for row in node.rows for cell in row for span in cell)


def leave_out(nodes: Sequence[Node], reason: str, ledger: Ledger) -> None:
    """Accounts for nodes that stand on no page, the links in them included."""
    ledger.leave_out(text_of(nodes), reason, nodes[0].line)
    for span in spans_of(nodes):
        if span.href:
            ledger.drop_link(span.href, nodes[0].line)


def flat(spans: Spans, line: int, ledger: Ledger) -> str:
    """Plain text for a field that holds no formatting: its links are lost, and the report says so."""
    for span in spans:
        if span.href and span.href not in (span.text, f"http://{span.text}"):
            ledger.doubt("link-in-title", f"{plain(spans)} ({span.href})", line)
            ledger.drop_link(span.href, line)
    return unmarked(plain(spans))


def unmarked(text: str) -> str:
    """Marks of footnotes as plain text, where no note can be."""
    return text.replace("[^", "[")


def part(spans: Spans, start: int, stop: int | None = None) -> Spans:
    """The spans of the characters from `start` to `stop`, tidied."""
    result, at = [], 0
    for span in spans:
        end = at + len(span.text)
        low, high = max(start, at), end if stop is None else min(stop, end)
        if low < high:
            result.append(replace(span, text=span.text[low - at : high - at]))
        at = end
    return tidy(result)


def raw(spans: Spans) -> str:
    """The characters that `part` counts."""
    return "".join(span.text for span in spans)
