"""Nodes with levels to chapters: which headings open a page of their own, and which stay headings."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from toolkit_pages.importing.blocks import Builder, paragraph
from toolkit_pages.importing.cleaning import alike, norm
from toolkit_pages.importing.endnotes import TITLE
from toolkit_pages.importing.frontmatter import (
    Attribution,
    calls_itself_disclaimer,
    disclaimer_in,
    is_disclaimer,
    take_attribution,
)
from toolkit_pages.importing.nodes import (
    Heading,
    Node,
    Paragraph,
    Rule,
    Span,
    flat,
    leave_out,
    plain,
    spans_of,
    text_of,
    tidy,
)
from toolkit_pages.importing.results import Blocks, Chapter, Ledger, Term
from toolkit_pages.importing.terms import find_terms, is_glossary
from toolkit_pages.importing.words import words

MAX_CHAPTERS = 30
# A section of fewer words is no page of its own, unless the contents list it.
SMALL = 40
# Sections within a chapter that are longer than this on average become nested chapters.
LONG = 150


@dataclass
class Section:
    heading: Heading
    nodes: list[Node] = field(default_factory=list)
    parts: list[Section] = field(default_factory=list)
    listed: bool = False

    def size(self) -> int:
        own = sum(words(text_of(self.nodes)).values())
        return own + sum(part.size() for part in self.parts)

    def walk(self) -> Iterator[Section]:
        yield self
        for part in self.parts:
            yield from part.walk()


def sections(nodes: Sequence[Node], entries: Sequence[str]) -> tuple[list[Node], list[Section]]:
    """The tree of sections by their levels, and the nodes before the first."""
    before: list[Node] = []
    top: list[Section] = []
    stack: list[Section] = []
    for node in nodes:
        if isinstance(node, Heading):
            section = Section(node)
            section.listed = any(alike(entry, text_of([node])) >= 0.75 for entry in entries)
            while stack and stack[-1].heading.level >= node.level:
                stack.pop()
            (stack[-1].parts if stack else top).append(section)
            stack.append(section)
        elif not isinstance(node, Rule):
            (stack[-1].nodes if stack else before).append(node)
    return before, top


def place_footnotes(cover: Sequence[Node], top: list[Section], ledger: Ledger) -> list[Node]:
    """A footnote stands at the end of the section that refers to it, not at the end of a page of paper. Gives the cover
    with its own.
    """
    first = Section(Heading((), 0, 0), list(cover))
    flat_list = [first, *(section for part in top for section in part.walk())]
    held = [section for section in flat_list if any(_is_footnote(node) for node in section.nodes)]
    for section in flat_list:
        for node in [node for node in section.nodes if isinstance(node, Paragraph) and _is_footnote(node)]:
            mark = node.spans[0].text
            home = next((other for other in flat_list if _refers(other, mark, node)), None)
            section.nodes.remove(node)
            rest = tidy(replace(span, text=re.sub(r"^\s*\*\s*", " ", span.text)) for span in node.spans[1:])
            home = home or section
            home.nodes.append(Paragraph((node.spans[0], Span(" "), *rest), node.line))
    emptied = [section for section in held if not section.nodes and not section.parts]
    drop_titles_of_notes(top, emptied, ledger)
    return first.nodes


def _is_footnote(node: Node) -> bool:
    return isinstance(node, Paragraph) and bool(node.spans) and node.spans[0].note


def drop_titles_of_notes(top: list[Section], emptied: Sequence[Section], ledger: Ledger) -> None:
    """Takes away the headings over notes that have all found their place."""
    for section in list(top):
        if any(section is each for each in emptied) and TITLE.fullmatch(
            plain(section.heading.spans).strip(" :")
        ):
            leave_out([section.heading], "notes-title", ledger)
            top.remove(section)
        else:
            drop_titles_of_notes(section.parts, emptied, ledger)


def _refers(section: Section, mark: str, footnote: Paragraph) -> bool:
    nodes = [section.heading, *(node for node in section.nodes if node is not footnote)]
    return any(span.note and span.text == mark for span in spans_of(nodes))


class Outline:
    """Turns sections into chapters."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.terms: list[Term] = []

    def take_disclaimers(self, top: list[Section]) -> str:
        """The rich text of the sections that are disclaimers, which then are no chapters."""
        text = ""
        for section in list(top):
            title = plain(section.heading.spans)
            if is_disclaimer(title):
                top.remove(section)
                leave_out([section.heading], "disclaimer-word", self.ledger)
                builder = Builder("disclaimer", self.ledger)
                below = [node for part in section.parts for node in _flattened(part)]
                text += builder.rich([*section.nodes, *below])
            else:
                text += self.take_disclaimers(section.parts)
        return text

    def take_last_disclaimer(self, top: list[Section]) -> str:
        """The rich text of paragraphs at the very end of the file that call themselves a disclaimer."""
        if not top:
            return ""
        last = list(top[-1].walk())[-1]
        for at in range(max(len(last.nodes) - 3, 1), len(last.nodes)):
            node = last.nodes[at]
            if isinstance(node, Paragraph) and calls_itself_disclaimer(node):
                del last.nodes[at]
                return paragraph(disclaimer_in(node, self.ledger))
        return ""

    def chapters(self, top: list[Section]) -> tuple[Chapter, ...]:
        limit = SMALL
        while True:
            merged = merge_small(top, limit)
            if len(merged) <= MAX_CHAPTERS or limit > 400:
                return tuple(self.chapter(section, ()) for section in merged)
            limit *= 2

    def chapter(self, section: Section, above: tuple[str, ...]) -> Chapter:
        heading = section.heading
        title = self.title(section)
        path = "\0".join((*above, title))
        builder = Builder(path, self.ledger)
        if heading.number:
            self.ledger.leave_out(heading.number, "heading-number", heading.line)
        nodes = section.nodes
        terms: list[Term] = []
        if is_glossary(title):
            below = [node for part in section.parts for node in _flattened(part)]
            nodes, found = find_terms([*nodes, *below], path, self.ledger)
            terms = [term for term in found if self.is_new(term)]
            section = Section(heading)
        nodes, found_source = take_attribution(nodes, self.ledger)
        if found_source is None and section.parts and not section.parts[-1].parts:
            last = section.parts[-1]
            last.nodes, found_source = take_attribution(last.nodes, self.ledger)
        body = builder.blocks(nodes)
        for term in terms:
            body.append(builder.block("glossary_term", term.term, term.term))
            builder.lines.append((term.line, body[-1]["id"]))
        nested: tuple[Chapter, ...] = ()
        if not above and is_container(section):
            parts = merge_small(section.parts, SMALL)
            while parts and parts[0].size() < SMALL and not parts[0].heading.number:
                body += self.part(parts.pop(0), builder, 2)
            nested = tuple(self.chapter(part, (title,)) for part in parts)
        else:
            body += [block for part in section.parts for block in self.part(part, builder, 2)]
        body = builder.footnotes.close(body)
        self.ledger.place(heading.line, title, "")
        for line, block in builder.lines:
            self.ledger.place(line, title, block)
        source = found_source or Attribution("", "")
        return Chapter(title, body, heading.line, nested, source=source.source, source_url=source.url)

    def is_new(self, term: Term) -> bool:
        """Keeps a term. What the file says once more of a word joins what it said before."""
        for at, known in enumerate(self.terms):
            if norm(known.term) == norm(term.term):
                self.ledger.leave_out(term.term, "term-repeated", term.line)
                self.ledger.doubt("term-repeated", term.term, term.line)
                more = f"<p>{html.escape(term.plain, quote=False)}</p>" if term.plain else ""
                self.terms[at] = replace(known, long=known.long + more + term.long)
                return False
        self.terms.append(term)
        return True

    def title(self, section: Section) -> str:
        heading = section.heading
        for span in heading.spans:
            if span.note:
                self.ledger.leave_out(span.text, "note-mark", heading.line)
                self.ledger.doubt("footnote", text_of([heading]), heading.line)
        spans = tidy(span for span in heading.spans if not span.note)
        return flat(spans, heading.line, self.ledger).removesuffix(":").strip()

    def part(self, section: Section, builder: Builder, level: int) -> Blocks:
        """A section within a chapter: its heading, its blocks, and its parts below."""
        if not section.nodes and not section.parts:
            self.ledger.doubt("empty-section", text_of([section.heading]), section.heading.line)
        heading = builder.heading(section.heading, min(level, 3))
        builder.lines.append((section.heading.line, heading["id"]))
        blocks = [heading, *builder.blocks(section.nodes)]
        for part in section.parts:
            blocks += self.part(part, builder, level + 1)
        return blocks


def _flattened(section: Section) -> Iterator[Node]:
    yield section.heading
    yield from section.nodes
    for part in section.parts:
        yield from _flattened(part)


def merge_small(top: Sequence[Section], limit: int) -> list[Section]:
    """Sections with too few words for a page become parts of the one before."""
    result: list[Section] = []
    for section in top:
        heading = section.heading
        named = section.listed or bool(heading.number) or is_glossary(plain(heading.spans))
        own_page = named or bool(section.parts) or section.size() >= limit
        # Without words of its own a heading is no page, whatever the contents say.
        if result and (not own_page or not section.size()):
            last = result[-1]
            result[-1] = replace(last, parts=[*last.parts, section])
        else:
            result.append(section)
    return result


def is_container(section: Section) -> bool:
    """Whether the parts of a chapter are chapters themselves."""
    parts = [part for part in section.parts if part.size() >= SMALL]
    return len(parts) >= 2 and sum(part.size() for part in parts) / len(parts) >= LONG
