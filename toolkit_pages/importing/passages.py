"""The passages of a text (paragraphs, headings, items, cells) in order, for whoever looks for doubts in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit_pages.importing.nodes import Heading, List, Node, Paragraph, Quote, Spans, Table, plain, raw


@dataclass(frozen=True)
class Passage:
    """`section` counts the headings so far; `marker` is the number of an item or heading, as typed."""

    spans: Spans
    line: int
    section: int
    heading: Heading | None = None
    marker: str = ""
    quoted: bool = False

    @property
    def text(self) -> str:
        return plain(self.spans)

    def links_near(self, start: int, end: int) -> bool:
        """Whether a link stands on the characters of `raw`, or right after them."""
        at = 0
        for span in self.spans:
            low, high = at, at + len(span.text)
            if span.href and low < end + 40 and high > start:
                return True
            at = high
        return False

    @property
    def raw(self) -> str:
        return raw(self.spans)


def passages(nodes: Iterable[Node]) -> list[Passage]:
    return list(_Walk().of(nodes, False))


class _Walk:
    def __init__(self) -> None:
        self.section = 0

    def of(self, nodes: Iterable[Node], quoted: bool, marker: str = "") -> Iterator[Passage]:
        for node in nodes:
            if isinstance(node, Heading):
                self.section += 1
                yield Passage(node.spans, node.line, self.section, node, node.number or marker, quoted)
            elif isinstance(node, Paragraph):
                yield Passage(node.spans, node.line, self.section, None, marker, quoted)
            elif isinstance(node, List):
                for item in node.items:
                    yield from self.of(item.nodes, quoted, item.marker)
            elif isinstance(node, Quote):
                yield from self.of(node.nodes, True)
            elif isinstance(node, Table):
                for row in node.rows:
                    for cell in row:
                        yield Passage(cell, node.line, self.section, None, "", quoted)
            marker = ""
