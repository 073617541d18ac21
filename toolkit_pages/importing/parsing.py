"""All steps from text to toolkit, in order."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from toolkit_pages.importing.blocks import Builder, paragraph
from toolkit_pages.importing.cleaning import (
    CONTENTS,
    LINES_OF_COVER,
    alike,
    drop_contents,
    drop_debris,
    drop_running_heads,
    join_torn,
    mend_lists,
    norm,
)
from toolkit_pages.importing.headings import break_up_lists, find_headings, set_levels
from toolkit_pages.importing.lines import Lines, link_references
from toolkit_pages.importing.markup import Markup
from toolkit_pages.importing.nodes import (
    Heading,
    Node,
    Paragraph,
    all_spans,
    flat,
    leave_out,
    part,
    plain,
    raw,
)
from toolkit_pages.importing.outline import Outline, Section, place_footnotes, sections
from toolkit_pages.importing.results import Blocks, Chapter, Ledger, Source, Term, Toolkit, strings_in
from toolkit_pages.importing.tree import Tree
from toolkit_pages.importing.words import words

MAX_TITLE = 200
MAX_SUMMARY = 400
POINTING = re.compile(
    r"\b(?:click|go|see|petition|read more) here\b|\b[Hh]ere (?:is|are) (?:an?|another|our|the|some|sample)\b"
    r"|\bcheck out (?:this|our)\b|\b[Ss]ee (?:this|also here)\b|\bhaga clic aquí\b",
)


def parse(source: str | Source, title: str = "", publisher: str = "") -> Toolkit:
    """Parses the text of a toolkit (see `sources.read`). Total: any text gives a toolkit.

    A `title` or `publisher` that is given takes the place of the file's own, which is then left out and
    reported.
    """
    read = source if isinstance(source, Source) else Source(source)
    text = read.text
    ledger = Ledger()
    ledger.left_out += read.left_out
    ledger.doubts += read.doubts
    markup = Markup(text, ledger)
    lines = Lines(markup.text, ledger)
    marked = link_references(lines.text, lines.references, markup, ledger)
    nodes = drop_debris(Tree(marked, markup.addresses, ledger).nodes, ledger)
    border = _end_of_cover(nodes)
    nodes, running = drop_running_heads(nodes, ledger)
    nodes, entries = drop_contents(nodes, ledger)
    cover = [node for node in nodes if node.line < border]
    chapters = join_torn(find_headings([node for node in nodes if node.line >= border], ledger), ledger)
    chapters = set_levels(break_up_lists(mend_lists(chapters, ledger), ledger), ledger)
    before, top = sections(chapters, entries)
    place_footnotes(top)
    front = Cover(ledger, running, title, publisher)
    cover, top = front.title_from(cover, before, top)
    body = front.body(cover)
    doubt_lost_links(text, ledger)
    outline = Outline(ledger)
    pages = outline.chapters(top)
    take_back_links(ledger, body, pages, outline.terms)
    return Toolkit(
        title=front.title,
        summary=front.summary,
        body=body,
        chapters=pages,
        terms=tuple(outline.terms),
        left_out=tuple(ledger.left_out),
        doubts=tuple(sorted(ledger.doubts, key=lambda doubt: doubt.line)),
        links=tuple(ledger.links),
        words_in=sum(words(text).values()) + sum(sum(words(out.text).values()) for out in read.left_out),
        titled=bool(title),
    )


def take_back_links(ledger: Ledger, body: Blocks, chapters: Sequence[Chapter], terms: Sequence[Term]) -> None:
    """A link whose words were cut off (the "Note:" of a call-out, a number) was not kept after all."""
    bodies = [body, *(part.body for chapter in chapters for part in chapter.walk())]
    texts = "\n".join([*strings_in(bodies), *(term.long for term in terms)])
    kept = {html.unescape(address) for address in re.findall(r'href="([^"]*)"', texts)}
    for link in [link for link in ledger.links if link.href not in kept]:
        ledger.drop_link(link.href, link.line)


def doubt_lost_links(text: str, ledger: Ledger) -> None:
    """A copy from a web page may have lost all its links: the words that pointed to them are still there."""
    if ledger.links or any(doubt.kind == "placeholder" for doubt in ledger.doubts):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        for found in POINTING.finditer(line):
            ledger.doubt("lost-link", line[max(found.start() - 30, 0) : found.end() + 30], number)


def _end_of_cover(nodes: Sequence[Node]) -> int:
    """The line on which the cover ends: at the contents list, at a head that returns, or at the first
    heading.
    """
    headings = [node for node in nodes if isinstance(node, Heading)]
    for node in nodes[:LINES_OF_COVER]:
        if isinstance(node, Heading) and CONTENTS.fullmatch(plain(node.spans).strip(" :")):
            return node.line
    for node in nodes[:LINES_OF_COVER]:
        if (
            isinstance(node, Heading)
            and sum(norm(plain(node.spans)) == norm(plain(h.spans)) for h in headings) >= 3
        ):
            return node.line
    return headings[0].line if headings else 0


class Cover:
    """What stands before the first chapter: title, summary, and blocks of the toolkit's own page."""

    def __init__(self, ledger: Ledger, running: str, title: str, publisher: str) -> None:
        self.ledger = ledger
        self.running = running
        self.title = title
        self.given = bool(title)
        self.publisher = publisher
        self.summary = ""

    def title_from(
        self, cover: list[Node], before: list[Node], top: list[Section]
    ) -> tuple[list[Node], list[Section]]:
        """Takes the title out of the cover, or the only highest heading; gives the rest of both."""
        cover = [*cover, *before]
        first = top[0] if top else None
        if (
            first
            and len(top) == 1
            and first.parts
            and not first.heading.number
            and not (cover and self.running)
        ):
            return [*cover, *self.take(first.heading), *first.nodes], first.parts
        at = self.candidate(cover)
        if at is None:
            return cover, top
        node = cover[at]
        rest = self.take(node) if isinstance(node, (Paragraph, Heading)) else [node]
        return [*cover[:at], *rest, *cover[at + 1 :]], top

    def candidate(self, cover: Sequence[Node]) -> int | None:
        """The place of the node that most likely holds the title: the best test that any node passes."""
        wanted = self.running or self.title
        best: tuple[int, int] | None = None
        for at, node in enumerate(cover):
            line = raw(node.spans).split("\n")[0] if isinstance(node, (Paragraph, Heading)) else ""
            if not any(character.isalnum() for character in line) or len(line) > MAX_TITLE:
                continue
            tests = (
                bool(wanted) and alike(line, wanted) >= 0.8,
                isinstance(node, Heading),
                isinstance(node, Paragraph) and all_spans(node.spans, "bold"),
                not self.given and not line.endswith("."),
            )
            if any(tests) and (best is None or tests.index(True) < best[0]):
                best = tests.index(True), at
        return best[1] if best else None

    def take(self, node: Paragraph | Heading) -> list[Node]:
        """Makes the first line of a node the title; its other lines are the summary."""
        text = raw(node.spans)
        end = text.find("\n") if "\n" in text else len(text)
        spans, rest = part(node.spans, 0, end), part(node.spans, end + 1)
        if self.given:
            leave_out([Paragraph(spans, node.line)], "title-given", self.ledger)
        else:
            self.title = flat(spans, node.line, self.ledger)
        number = getattr(node, "number", "")
        if number:
            self.ledger.leave_out(number, "heading-number", node.line)
        if rest and all(not span.href for span in rest) and len(raw(rest)) <= MAX_SUMMARY:
            self.summary = plain(rest)
            return []
        return [Paragraph(rest, node.line)] if rest else []

    def body(self, cover: list[Node]) -> Blocks:
        nodes: list[Node] = []
        for node in mend_lists(cover, self.ledger):
            if not isinstance(node, Paragraph):
                nodes.append(node)
                continue
            text = plain(node.spans)
            if self.publisher and text and norm(text) == norm(self.publisher):
                leave_out([node], "publisher-given", self.ledger)
            elif (
                not self.summary
                and text.endswith(".")
                and len(text.split()) >= 6
                and len(text) <= MAX_SUMMARY
            ):
                self.summary = flat(node.spans, node.line, self.ledger)
            else:
                nodes.append(node)
        builder = Builder("", self.ledger)
        blocks: Blocks = []
        for node in nodes:
            if isinstance(node, Paragraph) and is_motto(node):
                blocks.append(builder.quotation(paragraph(node.spans), "", raw(node.spans)))
            elif isinstance(node, Heading):
                blocks.append(builder.heading(node, 2))
            else:
                blocks += builder.blocks([node])
        return blocks


def is_motto(node: Paragraph) -> bool:
    return all_spans(node.spans, "italic") and len(plain(node.spans).split()) > 6
