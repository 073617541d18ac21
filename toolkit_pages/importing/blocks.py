"""Nodes to raw StreamField data in the block vocabulary of a chapter's body."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from toolkit_pages.importing.footnotes import Footnotes
from toolkit_pages.importing.frontmatter import attribution
from toolkit_pages.importing.nodes import (
    Heading,
    Item,
    List,
    Node,
    Paragraph,
    Quote,
    Rule,
    Spans,
    Table,
    flat,
    part,
    plain,
    raw,
    rich,
    text_of,
)
from toolkit_pages.importing.numbers import number_of
from toolkit_pages.importing.results import Blocks, Ledger
from toolkit_pages.importing.words import words

NAMESPACE = uuid.UUID("5d9c5c5c-6f0a-5b0e-9d44-6f2b7c1f3a10")
CALLOUTS = {
    "note": "note|nota|please note|important|importante",
    "warning": "warning|caution|advertencia|atención|aviso",
    "tip": "tip|hint|consejo",
}
CALLOUT = re.compile("|".join(f"(?P<{kind}>{names})" for kind, names in CALLOUTS.items()), re.IGNORECASE)
CALLOUT_START = re.compile(rf"({CALLOUT.pattern})\s*:\s+(?=\S)", re.IGNORECASE)
QUOTED = re.compile(r"\s*[“\"«](?P<text>.+)[”\"»]\s*(?:--|—|–|―|-)\s*(?P<who>[^“”\"]{3,160})$", re.DOTALL)
ATTRIBUTION = re.compile(r"\s*(?:--|—|–|―)\s*(?P<who>[^“”\"]{3,160})$")
ROLE = re.compile(
    r"\b(?:sponsor|director|member|mayor|chief|president|chair|secretary|officer|organi[sz]er|teacher|pastor|rabbi|"
    r"imam|sheriff|judge|attorney|author|patrocinador|director|alcalde|presidenta?|maestra?o?)\b",
    re.IGNORECASE,
)
LEAD_END = re.compile(r"\s*[-–—:.]+\s+|\s*\n\s*|\s*$|\s+")
MAX_LINE = 200


class Ids:
    """Block ids that depend on nothing but where a block stands and what it says: imports can be repeated."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.seen: Counter[tuple[str, str]] = Counter()

    def make(self, kind: str, text: str) -> str:
        self.seen[kind, text] += 1
        return str(uuid.uuid5(NAMESPACE, "\0".join((self.path, kind, text, str(self.seen[kind, text])))))


class Builder:
    """Builds the body of one chapter."""

    def __init__(self, path: str, ledger: Ledger) -> None:
        self.ids = Ids(path)
        self.ledger = ledger
        self.lines: list[tuple[int, str]] = []
        self.footnotes = Footnotes(self)

    def block(self, kind: str, value: Any, text: str) -> dict[str, Any]:
        return {"type": kind, "value": value, "id": self.ids.make(kind, text)}

    def item(self, value: dict[str, Any], text: str) -> dict[str, Any]:
        return {"type": "item", "value": value, "id": self.ids.make("item", text)}

    def heading(self, node: Heading, level: int) -> dict[str, Any]:
        text = f"{node.number} {flat(node.spans, node.line, self.ledger)}".strip().removesuffix(":")
        return self.block("heading", {"text": text, "level": str(level)}, text)

    def blocks(self, nodes: Sequence[Node]) -> Blocks:
        result: Blocks = []
        at = 0
        while at < len(nodes):
            taken, made = self.some(nodes, at)
            self.lines += [(node.line, made[0]["id"]) for node in nodes[at : at + taken] if made]
            result += made
            at += taken
        return result

    def some(self, nodes: Sequence[Node], at: int) -> tuple[int, Blocks]:
        """The blocks of the next one or two nodes, and how many nodes these were."""
        node, following = nodes[at], nodes[at + 1] if at + 1 < len(nodes) else None
        if isinstance(node, Paragraph):
            if self.footnotes.take(node):
                return 1, []
            if isinstance(following, List) and is_label(node) and are_questions(following):
                return 2, [self.questions(following, node)]
            if isinstance(following, Paragraph) and (quote := self.attributed(node, following)):
                return 2, [quote]
            return 1, [self.paragraph(node)]
        if isinstance(node, List):
            return 1, self.list(node)
        if isinstance(node, (Quote, Table)) and text_of([node]):
            made = self.quote(node) if isinstance(node, Quote) else self.table(node)
            return 1 + self.sourced(made, following), [made]
        if isinstance(node, Heading):
            return 1, [self.heading(node, 3)]
        return 1, []

    def sourced(self, made: dict[str, Any], following: Node | None) -> int:
        """Puts a line after a table or quotation that says whom it comes from into its field; 1 if there is one."""
        value = made["value"]
        if following is None or value["source"] or made["type"] not in ("quote", "table"):
            return 0
        found = attribution(following, self.ledger)
        if found is None:
            return 0
        value["source"] = found.source
        if "source_url" in value:
            value["source_url"] = found.url
        elif found.url:
            self.ledger.drop_link(found.url, following.line)
        return 1

    def paragraph(self, node: Paragraph) -> dict[str, Any]:
        text = raw(node.spans)
        if found := CALLOUT_START.match(text):
            kind = next(kind for kind in CALLOUTS if found[kind])
            self.ledger.leave_out(found[1], "callout-word", node.line)
            value = {"kind": kind, "title": "", "text": paragraph(part(node.spans, found.end()))}
            return self.block("callout", value, text)
        if found := QUOTED.match(text):
            spans, who = (
                part(node.spans, found.start("text"), found.end("text")),
                part(node.spans, found.start("who")),
            )
            return self.quotation(paragraph(spans), flat(who, node.line, self.ledger), text)
        return self.block("paragraph", paragraph(node.spans), text)

    def attributed(self, node: Paragraph, following: Paragraph) -> dict[str, Any] | None:
        """A paragraph in quotation marks and the line after it that says whose words they are."""
        text = raw(node.spans)
        found = ATTRIBUTION.match(raw(following.spans))
        if not found or text[:1] not in '“"«' or text[-1:] not in '”"»' or len(text) < 3:
            return None
        who = flat(part(following.spans, found.start("who")), following.line, self.ledger)
        return self.quotation(paragraph(part(node.spans, 1, len(text) - 1)), who, text)

    def quote(self, node: Quote) -> dict[str, Any]:
        nodes, who = node.nodes, ""
        last = nodes[-1]
        if len(nodes) > 1 and isinstance(last, Paragraph) and (found := ATTRIBUTION.match(raw(last.spans))):
            who = flat(part(last.spans, found.start("who")), last.line, self.ledger)
            nodes = nodes[:-1]
        elif isinstance(last, Paragraph) and (
            found := re.search(r"\n\s*(?:--|—|–|―)\s*(.{3,160})$", raw(last.spans))
        ):
            who = flat(part(last.spans, found.start(1)), last.line, self.ledger)
            nodes = (*nodes[:-1], Paragraph(part(last.spans, 0, found.start()), last.line))
        return self.quotation(self.rich(nodes), who, text_of([node]))

    def quotation(self, text: str, who: str, key: str) -> dict[str, Any]:
        speaker, role = who.strip(), ""
        if "," in who:
            first, rest = (piece.strip() for piece in who.split(",", 1))
            speaker, role = (rest, first) if ROLE.search(first) else (first, rest)
        value = {
            "text": text,
            "speaker": speaker,
            "role": role,
            "source": "",
            "source_url": "",
            "language": "",
        }
        return self.block("quote", value, key)

    def table(self, node: Table) -> dict[str, Any]:
        head, *rows = node.rows
        formatted = [
            any(span.href or span.bold or span.italic or span.note for row in rows for span in row[at])
            for at in range(len(head))
        ]
        columns = [
            {"type": "rich_text" if styled else "text", "heading": flat(cell, node.line, self.ledger)}
            for cell, styled in zip(head, formatted, strict=True)
        ]
        values = [
            {
                "values": [
                    paragraph(cell) if styled else plain(cell)
                    for cell, styled in zip(row, formatted, strict=True)
                ]
            }
            for row in rows
        ]
        table = {"columns": columns, "rows": values, "caption": ""}
        return self.block("table", {"caption": "", "table": table, "source": ""}, text_of([node]))

    def list(self, node: List) -> Blocks:
        if are_questions(node):
            return [self.questions(node, None)]
        if not node.ordered:
            return [self.block("paragraph", self.rich([node]), text_of([node]))]
        titled = all(is_short(item) for item in node.items)
        steps = [self.step(item, titled, nested=True) for item in node.items]
        return [self.block("steps", {"title": "", "steps": steps}, text_of([node]))]

    def questions(self, node: List, label: Paragraph | None) -> dict[str, Any]:
        items = []
        for item in node.items:
            self.count(item)
            first = item.nodes[0]
            assert isinstance(first, Paragraph)
            question = flat(first.spans, item.line, self.ledger)
            items.append(self.item({"question": question, "hint": ""}, question))
        title = flat(label.spans, label.line, self.ledger).removesuffix(":") if label else ""
        return self.block("questions", {"title": title, "questions": items}, title + text_of([node]))

    def step(self, item: Item, titled: bool, nested: bool) -> dict[str, Any]:
        self.count(item)
        title, nodes = self.lead(item, titled)
        steps: Blocks = []
        if nested and nodes and isinstance(nodes[-1], List) and nodes[-1].ordered:
            below = nodes[-1]
            number = number_of(below.items[0].marker, None)
            if number and number.value == 1:
                short = all(is_short(child) for child in below.items)
                steps = [self.step(child, short, nested=False) for child in below.items]
                nodes = nodes[:-1]
        value: dict[str, Any] = {"title": title, "text": self.rich(nodes)}
        if nested:
            value["steps"] = steps
        return self.item(value, text_of(item.nodes))

    def lead(self, item: Item, titled: bool) -> tuple[str, tuple[Node, ...]]:
        """The title of a step (its bold beginning, or all of it where all steps are short) and the rest."""
        first = item.nodes[0]
        if not isinstance(first, (Paragraph, Heading)):
            return "", item.nodes
        if titled:
            return flat(first.spans, item.line, self.ledger).removesuffix(":"), item.nodes[1:]
        length = 0
        for span in first.spans:
            if not span.bold or span.href:
                break
            length += len(span.text)
        text = raw(first.spans)
        end = LEAD_END.match(text, length)
        closed = end and (end.group() != " " or text[length - 1 : length] in ".:?!")
        if not length or length > MAX_LINE or not closed or end is None:
            return "", item.nodes
        title = flat(part(first.spans, 0, length), item.line, self.ledger).removesuffix(":")
        rest = part(first.spans, end.end())
        return title, ((Paragraph(rest, first.line),) if rest else ()) + item.nodes[1:]

    def count(self, item: Item) -> None:
        if item.marker:
            self.ledger.leave_out(item.marker, "number", item.line)

    def rich(self, nodes: Sequence[Node]) -> str:
        return "".join(self._rich(nodes))

    def _rich(self, nodes: Sequence[Node]) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, Paragraph):
                yield paragraph(node.spans)
            elif isinstance(node, Heading):
                number = f"{node.number} " if node.number else ""
                yield f"<p><b>{number}{rich(node.spans)}</b></p>" if plain(node.spans) else ""
            elif isinstance(node, List):
                yield self.rich_list(node)
            elif isinstance(node, Quote):
                yield from self._rich(node.nodes)
            elif isinstance(node, Table):
                for row in node.rows:
                    yield f"<p>{' – '.join(rich(cell) for cell in row if cell)}</p>"
            else:
                assert isinstance(node, Rule)

    def rich_list(self, node: List) -> str:
        items = []
        for item in node.items:
            lines = [rich(child.spans) for child in item.nodes if isinstance(child, (Paragraph, Heading))]
            lines += [
                _unwrapped(self.rich([child])) for child in item.nodes if isinstance(child, (Quote, Table))
            ]
            lists = [self.rich_list(child) for child in item.nodes if isinstance(child, List)]
            if node.ordered:
                self.count(item)
            items.append(f"<li>{'<br/>'.join(lines)}{''.join(lists)}</li>")
        tag = "ol" if node.ordered else "ul"
        return f"<{tag}>{''.join(items)}</{tag}>"


def _unwrapped(paragraphs: str) -> str:
    """Paragraphs as lines: an item of a list holds no paragraphs."""
    return paragraphs.removeprefix("<p>").removesuffix("</p>").replace("</p><p>", "<br/>")


def paragraph(spans: Spans) -> str:
    return f"<p>{rich(spans)}</p>" if spans else ""


def is_label(node: Paragraph) -> bool:
    text = plain(node.spans)
    return text.endswith(":") and sum(words(text).values()) <= 14


def are_questions(node: List) -> bool:
    """Two questions or more and nothing else."""
    if len(node.items) < 2:
        return False
    for item in node.items:
        first = item.nodes[0]
        if len(item.nodes) > 1 or not isinstance(first, Paragraph):
            return False
        text = plain(first.spans)
        if not text.endswith("?") or len(text) > MAX_LINE * 2:
            return False
    return True


def is_short(item: Item) -> bool:
    first = item.nodes[0]
    if not isinstance(first, Paragraph) or any(span.href for span in first.spans):
        return False
    text = plain(first.spans)
    return len(text) <= 90 and not text.endswith((".", ";", ","))
