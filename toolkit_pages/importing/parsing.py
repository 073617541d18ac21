"""All steps from text to toolkit, in order."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Sequence
from typing import Any

from toolkit_pages.importing.blocks import Builder, paragraph
from toolkit_pages.importing.cleaning import (
    LINES_OF_COVER,
    alike,
    drop_debris,
    drop_heads,
    drop_running_heads,
    join_torn,
    mend_lists,
    norm,
)
from toolkit_pages.importing.contents import CONTENTS, doubt_contents, drop_contents
from toolkit_pages.importing.doubts import doubt_repeated_lines, doubt_restarts, look_for_doubts
from toolkit_pages.importing.frontmatter import attribution, disclaimer_in, edition_in
from toolkit_pages.importing.headings import break_up_lists, find_headings, set_levels
from toolkit_pages.importing.lines import Lines, link_references
from toolkit_pages.importing.listing import find_listed, rank_by_contents
from toolkit_pages.importing.markup import Markup
from toolkit_pages.importing.mends import MAX_HEADING, Mend, Mender, doubt_key, turn_headings
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
    unmarked,
)
from toolkit_pages.importing.outline import Outline, Section, place_footnotes, sections
from toolkit_pages.importing.passages import passages
from toolkit_pages.importing.pictures import place_pictures
from toolkit_pages.importing.places import doubt_places
from toolkit_pages.importing.preamble import take_preamble
from toolkit_pages.importing.references import doubt_references
from toolkit_pages.importing.results import (
    STANDING,
    Blocks,
    Chapter,
    Ledger,
    Source,
    Term,
    Toolkit,
    strings_in,
)
from toolkit_pages.importing.tree import Tree
from toolkit_pages.importing.unknown import unknown_variables
from toolkit_pages.importing.words import words
from toolkit_pages.importing.wrapping import Layout, layout

MAX_TITLE = 200
MAX_SUMMARY = 400


def parse(
    source: str | Source,
    title: str = "",
    publisher: str = "",
    mends: Sequence[Mend] = (),
    known: Collection[str] | None = None,
) -> Toolkit:
    """Parses the text of a toolkit (see `sources.read`). Total: any text gives a toolkit.

    A `title` or `publisher` that is given takes the place of the file's own, which is then left out and
    reported. `mends` are an editor's changes. `known` are the names of variables; None looks for no others.
    """
    read = source if isinstance(source, Source) else Source(source)
    text = read.text
    ledger = Ledger(read.pictures)
    ledger.left_out += read.left_out
    ledger.doubts += read.doubts
    below, named = take_preamble(text, ledger) if read.form == "markdown" else (text, "")
    markup = Markup(below, ledger)
    paper = layout(below) if read.form == "markdown" else Layout()
    lines = Lines(markup.text, ledger, paper.ends)
    marked = link_references(lines.text, lines.references, markup, ledger)
    nodes = drop_debris(Tree(marked, markup.addresses, ledger).nodes, ledger)
    border = _end_of_cover(nodes)
    nodes, running = drop_running_heads(drop_heads(nodes, paper.heads, ledger), ledger)
    nodes, entries = drop_contents(nodes, ledger)
    cover = [node for node in nodes if node.line < border]
    chapters = find_listed([node for node in nodes if node.line >= border], entries)
    chapters = join_torn(find_headings(chapters, ledger), ledger)
    chapters = set_levels(break_up_lists(mend_lists(chapters, ledger), ledger), ledger)
    chapters = rank_by_contents(chapters, entries)
    turnable = {
        passage.line: passage.text
        for passage in passages(chapters)
        if passage.heading is None and 0 < len(passage.text) <= MAX_HEADING
    }
    chapters, unused = turn_headings(chapters, mends)
    doubt(cover, chapters, ledger)
    before, top = sections(chapters, entries)
    cover = place_footnotes([*cover, *before], top, ledger)
    front = Cover(ledger, running or named, title, publisher)
    cover, top = front.title_from(cover, top)
    body = front.body(cover)
    doubt_contents(entries, chapters, ledger)
    outline = Outline(ledger)
    disclaimer = unmarked(
        front.disclaimer + outline.take_disclaimers(top) + outline.take_last_disclaimer(top)
    )
    body, found = place_pictures(body, outline.chapters(top), ledger)
    mender = Mender(found, outline.terms, ledger)
    pages = mender.apply(mends)
    take_back_links(ledger, [body, disclaimer, front.url], pages, outline.terms)
    notes = {mend.key: mend.value for mend in mends if mend.op == "dismiss"}
    doubts = mender.place(ledger.placed(), pages)
    if known is not None:
        page = [title or front.title, front.summary, disclaimer, front.edition, front.source, front.url, body]
        doubts += unknown_variables(known, text, page, pages, outline.terms, ledger.places)
        doubts.sort(key=lambda each: each.line)
    settled = [each for each in doubts if doubt_key(each) in notes and each.kind not in STANDING]
    keys = {doubt_key(each) for each in settled}
    unused += [*mender.unused, *(mend for mend in mends if mend.op == "dismiss" and mend.key not in keys)]
    return Toolkit(
        title=front.title,
        summary=front.summary,
        body=body,
        chapters=pages,
        terms=tuple(outline.terms),
        left_out=tuple(ledger.left_out),
        doubts=tuple(each for each in doubts if each not in settled),
        links=tuple(ledger.links),
        words_in=sum(words(text).values()) + sum(sum(words(out.text).values()) for out in read.left_out),
        titled=bool(title),
        disclaimer=disclaimer,
        edition_label=front.edition,
        source=front.source,
        source_url=front.url,
        added=tuple(ledger.added),
        dismissed=tuple((each, notes[doubt_key(each)]) for each in settled),
        unused=tuple(unused),
        lines=turnable,
    )


def doubt(cover: list[Node], chapters: list[Node], ledger: Ledger) -> None:
    """Looks for what the passes before took as it is."""
    linked = bool(ledger.links) or any(each.kind == "placeholder" for each in ledger.doubts)
    found = passages([*cover, *chapters])
    look_for_doubts(found, ledger, linked)
    doubt_references(found, ledger)
    doubt_places(found, ledger)
    doubt_repeated_lines(found, ledger)
    doubt_restarts(chapters, ledger)


def take_back_links(
    ledger: Ledger, front: list[Any], chapters: Sequence[Chapter], terms: Sequence[Term]
) -> None:
    """A link whose words were cut off (the "Note:" of a call-out, a number) was not kept after all."""
    parts = [part for chapter in chapters for part in chapter.walk()]
    strings = list(strings_in([*front, *([part.body, part.source_url] for part in parts)]))
    texts = "\n".join([*strings, *(term.long for term in terms)])
    kept = {html.unescape(address) for address in re.findall(r'href="([^"]*)"', texts)} | set(strings)
    for link in [link for link in ledger.links if link.href not in kept]:
        ledger.drop_link(link.href, link.line)


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
        self.disclaimer = self.edition = self.source = self.url = ""

    def title_from(self, cover: list[Node], top: list[Section]) -> tuple[list[Node], list[Section]]:
        """Takes the title out of the cover, or the only highest heading; gives the rest of both."""
        first = top[0] if top else None
        if (
            first
            and len(top) == 1
            and first.parts
            and not first.heading.number
            and not (cover and self.running)
        ):
            return [*cover, *self.take(first.heading), *first.nodes], first.parts
        if (
            first
            and self.given
            and not cover
            and not first.nodes
            and not first.parts
            and alike(plain(first.heading.spans), self.title) >= 0.8
        ):
            # The title that was given stands at the head of the file, on a level with the chapters.
            return self.take(first.heading), top[1:]
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
            if self.takes(node):
                continue
            if self.publisher and text and norm(text) == norm(self.publisher):
                leave_out([node], "publisher-given", self.ledger)
            elif (
                not self.summary
                and text.endswith(".")
                and len(text.split()) >= 6
                and len(text) <= MAX_SUMMARY
                and not any(span.note for span in node.spans)
            ):
                self.summary = flat(node.spans, node.line, self.ledger)
            else:
                nodes.append(node)
        builder = Builder("", self.ledger)
        blocks: Blocks = []
        self.ledger.place(0, "", "")
        for node in nodes:
            if isinstance(node, Paragraph) and is_motto(node):
                blocks.append(builder.quotation(paragraph(node.spans), "", raw(node.spans)))
            elif isinstance(node, Heading):
                blocks.append(builder.heading(node, 2))
            else:
                blocks += builder.blocks([node])
            self.ledger.place(node.line, "", blocks[-1]["id"] if blocks else "")
        return builder.footnotes.close(blocks)

    def takes(self, node: Paragraph) -> bool:
        """Whether a field of the toolkit holds what a paragraph of its cover says."""
        if not self.edition and (edition := edition_in(node)):
            self.edition = edition
        elif spans := disclaimer_in(node, self.ledger):
            self.disclaimer += paragraph(spans)
        elif not self.source and (found := attribution(node, self.ledger)):
            self.source, self.url = found.source, found.url
        else:
            return False
        return True


def is_motto(node: Paragraph) -> bool:
    return all_spans(node.spans, "italic") and len(plain(node.spans).split()) > 6
