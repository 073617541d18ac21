"""What an editor changed at the review. A mend names what it is about by its words, not by its place: read again,
from the same file or a corrected one, the text is mended the same way.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from toolkit_pages.importing.blocks import NAMESPACE, paragraph
from toolkit_pages.importing.cleaning import norm
from toolkit_pages.importing.nodes import Heading, List, Node, Paragraph, Span, plain
from toolkit_pages.importing.results import Blocks, Chapter, Doubt, Ledger, Term
from toolkit_pages.importing.words import texts_of_blocks

OPERATIONS = ("rename", "up", "down", "in", "out", "merge", "drop", "heading", "dismiss")
MAX_HEADING = 180


@dataclass(frozen=True)
class Mend:
    """`key` is the chapter's (`Chapter.key`), the words of an item, or `kind:words` of a doubt. `value` is the new
    title, or the note on why a doubt is none.
    """

    op: str
    key: str
    value: str = ""

    def as_json(self) -> dict[str, str]:
        return {"op": self.op, "key": self.key, "value": self.value}


def from_json(rows: Any) -> list[Mend]:
    """Mends as they were stored; what is none is passed over."""
    return [
        Mend(str(row["op"]), str(row["key"]), str(row.get("value") or ""))
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict) and row.get("op") in OPERATIONS and row.get("key")
    ]


def doubt_key(doubt: Doubt) -> str:
    return f"{doubt.kind}:{norm(doubt.text)}"


# Before there are chapters: items that are headings ---------------------------------------------------


def heading_key(node: Node) -> str:
    return norm(plain(node.spans)) if isinstance(node, (Paragraph, Heading)) else ""


def turn_headings(nodes: list[Node], mends: Iterable[Mend]) -> tuple[list[Node], list[Mend]]:
    """The nodes with items and paragraphs turned into headings, and the mends that found none."""
    unused = []
    for mend in mends:
        if mend.op != "heading":
            continue
        level = 1
        for at, node in enumerate(nodes):
            if isinstance(node, Heading):
                level = node.level
            elif found := _split(node, mend.key, level):
                before, heading, after = found
                nodes = [*nodes[:at], *before, heading, *after, *nodes[at + 1 :]]
                break
        else:
            unused.append(mend)
    return nodes, unused


def _split(node: Node, key: str, level: int) -> tuple[list[Node], Heading, list[Node]] | None:
    """What stands before and after the words `key` within a node, and the heading they become."""
    if isinstance(node, Paragraph):
        return ([], Heading(node.spans, level, node.line), []) if heading_key(node) == key else None
    if not isinstance(node, List):
        return None
    for at, item in enumerate(node.items):
        rest: list[Node] = [replace(node, items=node.items[at + 1 :])] if node.items[at + 1 :] else []
        earlier: list[Node] = [replace(node, items=node.items[:at])] if at else []
        first = item.nodes[0]
        if isinstance(first, (Paragraph, Heading)) and heading_key(first) == key:
            return (
                earlier,
                Heading(first.spans, level, item.line, number=item.marker),
                [*item.nodes[1:], *rest],
            )
        for place, child in enumerate(item.nodes):
            found = _split(child, key, level)
            if found is None:
                continue
            before, heading, after = found
            kept = (*item.nodes[:place], *before)
            items = (*node.items[:at], *([replace(item, nodes=kept)] if kept else []))
            earlier = [replace(node, items=items)] if items else []
            return earlier, heading, [*after, *item.nodes[place + 1 :], *rest]
    return None


# The tree of chapters ----------------------------------------------------------------------------------


@dataclass
class Branch:
    chapter: Chapter
    parts: list[Branch] = field(default_factory=list)

    def built(self) -> Chapter:
        return replace(self.chapter, chapters=tuple(part.built() for part in self.parts))


class Mender:
    """Applies mends to the chapters of a toolkit."""

    def __init__(self, chapters: Sequence[Chapter], terms: list[Term], ledger: Ledger) -> None:
        self.seen: Counter[str] = Counter()
        self.top = [self.branch(chapter) for chapter in chapters]
        self.terms = terms
        self.ledger = ledger
        self.titles: dict[str, str] = {}
        self.unused: list[Mend] = []

    def branch(self, chapter: Chapter) -> Branch:
        """The chapter with a key of its own: its title, and how often it stood before."""
        name = norm(chapter.title)
        self.seen[name] += 1
        key = name if self.seen[name] == 1 else f"{name} #{self.seen[name]}"
        return Branch(replace(chapter, key=key), [self.branch(part) for part in chapter.chapters])

    def apply(self, mends: Iterable[Mend]) -> tuple[Chapter, ...]:
        for mend in mends:
            if mend.op in ("heading", "dismiss"):
                continue
            place = self.find(mend.key, self.top, None)
            if place is None or not self.mend(mend, *place):
                self.unused.append(mend)
        return tuple(branch.built() for branch in self.top)

    def find(
        self, key: str, siblings: list[Branch], parent: Branch | None
    ) -> tuple[list[Branch], int, Branch | None] | None:
        for at, branch in enumerate(siblings):
            if branch.chapter.key == key:
                return siblings, at, parent
            if found := self.find(key, branch.parts, branch):
                return found
        return None

    def mend(self, mend: Mend, siblings: list[Branch], at: int, parent: Branch | None) -> bool:
        """False where the tree leaves no room for the mend."""
        branch = siblings[at]
        if mend.op == "rename":
            self.rename(branch, mend.value)
        elif mend.op == "drop":
            del siblings[at]
            self.drop(branch)
        elif mend.op == "merge":
            return self.merge(siblings, at, parent)
        elif mend.op in ("up", "down"):
            to = at + (-1 if mend.op == "up" else 1)
            if not 0 <= to < len(siblings):
                return False
            siblings.insert(to, siblings.pop(at))
        elif mend.op == "in":
            if not at:
                return False
            siblings[at - 1].parts.append(siblings.pop(at))
        elif mend.op == "out":
            place = self.find(parent.chapter.key, self.top, None) if parent else None
            if place is None:
                return False
            above, where, _ = place
            above.insert(where + 1, siblings.pop(at))
        return True

    def rename(self, branch: Branch, title: str) -> None:
        old = branch.chapter
        if old.title in self.ledger.added:
            self.ledger.added.remove(old.title)
        else:
            self.ledger.leave_out(old.title, "renamed", old.line)
        self.ledger.added.append(title)
        self.titles[old.title] = title
        branch.chapter = replace(old, title=title)

    def drop(self, branch: Branch) -> None:
        chapter = branch.chapter
        if chapter.title in self.ledger.added:
            self.ledger.added.remove(chapter.title)
        else:
            self.ledger.leave_out(chapter.title, "dropped", chapter.line)
        body = [block for block in chapter.body if block["type"] != "glossary_term"]
        gone = {block["value"] for block in chapter.body if block["type"] == "glossary_term"}
        texts = [*texts_of_blocks(body), chapter.summary, chapter.source]
        for term in [term for term in self.terms if term.term in gone]:
            self.terms.remove(term)
            texts += [term.term, term.plain, *texts_of_blocks([{"type": "paragraph", "value": term.long}])]
        self.ledger.leave_out(" ".join(text for text in texts if text), "dropped", chapter.line)
        for part in branch.parts:
            self.drop(part)

    def merge(self, siblings: list[Branch], at: int, parent: Branch | None) -> bool:
        """A chapter becomes the last part of the one before it, or of the one it stands beneath."""
        target = siblings[at - 1] if at else parent
        if target is None:
            return False
        branch = siblings.pop(at)
        body = [*target.chapter.body, *self.flattened(branch, 2)]
        target.chapter = replace(target.chapter, body=body)
        return True

    def flattened(self, branch: Branch, level: int) -> Blocks:
        chapter = branch.chapter
        value = {"text": chapter.title, "level": str(min(level, 3))}
        body = [{"type": "heading", "value": value, "id": _id("heading", chapter)}, *chapter.body]
        if chapter.source:
            spans = (Span(chapter.source, href=chapter.source_url),)
            body.append({"type": "paragraph", "value": paragraph(spans), "id": _id("source", chapter)})
        for part in branch.parts:
            body += self.flattened(part, level + 1)
        return body

    def place(self, doubts: Sequence[Doubt], chapters: Sequence[Chapter]) -> list[Doubt]:
        """The doubts with the titles that the chapters have now; those of dropped ones are settled."""
        home = {
            block["id"]: chapter.title for top in chapters for chapter in top.walk() for block in chapter.body
        }
        titles = {chapter.title for top in chapters for chapter in top.walk()} | {""}
        placed = [
            replace(
                doubt,
                chapter=home.get(doubt.block) or self.titles.get(doubt.chapter, doubt.chapter),
            )
            for doubt in doubts
        ]
        return [doubt for doubt in placed if doubt.chapter in titles]


def _id(kind: str, chapter: Chapter) -> str:
    return str(uuid.uuid5(NAMESPACE, f"merged\0{kind}\0{chapter.key}"))
