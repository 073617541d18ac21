"""Chapters that explain words: their entries become terms of the glossary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit_pages.importing.blocks import Builder, paragraph
from toolkit_pages.importing.nodes import (
    Heading,
    List,
    Node,
    Paragraph,
    Spans,
    flat,
    part,
    plain,
    raw,
    text_of,
    unmarked,
)
from toolkit_pages.importing.results import Ledger, Term

CHAPTER = re.compile(
    r"(?:key |important )?(?:terminology|terms|glossary|definitions|vocabulary)"
    r"(?: of terms| and definitions)?"
    r"|(?:words|terms|key words|concepts) (?:we use|to know|you (?:should|need to|may) (?:know|hear))"
    r"|key (?:words|concepts)|palabras clave|what (?:our|the|these) words mean|palabras que usamos"
    r"|terminología|glosario(?: de términos)?|definiciones|términos(?: clave)?",
    re.IGNORECASE,
)
MAX_TERM = 70
MAX_NAME = 120
MAX_PLAIN = 255
ENDS = (".", "!", "?", ":", ")", "”", '"')
NAME = rf"(?P<term>[^\W_a-z][^:\n]{{0,{MAX_TERM}}}?|[#\d“\"][^:\n]{{1,{MAX_TERM}}}?)"
DASHED = re.compile(rf"{NAME}\s+[-–—]+\s+(?=\S)")
COLON = re.compile(rf"{NAME}\s*:\s+(?=\S)")
VERB = re.compile(rf"{NAME}\s+(?P<verb>is|are|means|es|son|significa)\s+(?=\S)")
OTHER_VERB = re.compile(rf"{NAME}\s+(?=(?:refers to|permits|allows|describes|se refiere)\s)")
SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!e\.g\.)(?<!i\.e\.)[”\")]*\s+(?=[A-Z“\"#(¿¡0-9])")


@dataclass
class Entry:
    name: str
    spans: Spans
    line: int
    more: list[Node] = field(default_factory=list)


def is_glossary(title: str) -> bool:
    return bool(CHAPTER.fullmatch(title.strip(" :")))


def find_terms(nodes: Sequence[Node], path: str, ledger: Ledger) -> tuple[list[Node], list[Term]]:
    """The nodes before the first entry, and the terms; what follows an entry belongs to it."""
    before: list[Node] = []
    entries: list[Entry] = []
    for at, node in enumerate(nodes):
        entry = _entry(node, ledger)
        if entry:
            entries.append(entry)
        elif (
            isinstance(node, Heading)
            and len(text_of([node])) <= MAX_NAME
            and at + 1 < len(nodes)
            and isinstance(nodes[at + 1], (Paragraph, List))
        ):
            name = f"{node.number} {flat(node.spans, node.line, ledger)}".strip().removesuffix(":")
            entries.append(Entry(name, (), node.line))
        elif isinstance(node, List) and (inner := _of_list(node, ledger)):
            entries += inner
        elif entries:
            entries[-1].more.append(node)
        else:
            before.append(node)
    return before, [_term(entry, Builder(f"{path}\0{entry.name}", ledger), ledger) for entry in entries]


def _entry(node: Node, ledger: Ledger) -> Entry | None:
    if not isinstance(node, Paragraph):
        return None
    text = raw(node.spans)
    for pattern in (DASHED, COLON, VERB, OTHER_VERB):
        found = pattern.match(text)
        if not found or not _is_name(found["term"]):
            continue
        if pattern is VERB:
            ledger.leave_out(found["verb"], "term-verb", node.line)
        name = flat(part(node.spans, 0, found.end("term")), node.line, ledger)
        return Entry(name, part(node.spans, found.end()), node.line)
    return None


def _is_name(text: str) -> bool:
    """A name, not the beginning of a sentence: short, no comma outside quotation marks and brackets."""
    bare = re.sub(r"\([^()]*\)|[“\"][^“”\"]*[”\"]", "", text)
    return len(text.split()) <= 10 and "," not in bare and ". " not in bare


def _of_list(node: List, ledger: Ledger) -> list[Entry]:
    """The entries of a list in which every item is one."""
    probe = Ledger()
    if len(node.items) < 3 or not all(_entry(item.nodes[0], probe) for item in node.items):
        return []
    entries = []
    for item in node.items:
        entry = _entry(item.nodes[0], ledger)
        assert entry
        if item.marker:
            ledger.leave_out(item.marker, "number", item.line)
        entry.more += item.nodes[1:]
        entries.append(entry)
    return entries


def _without_comma(spans: Spans) -> Spans:
    return part(spans, 1) if raw(spans).startswith(",") else spans


def _term(entry: Entry, builder: Builder, ledger: Ledger) -> Term:
    """The first sentence is the line in plain words, the rest is the long explanation."""
    spans, more = entry.spans, entry.more
    if not spans and more and isinstance(more[0], Paragraph):
        spans, more = more[0].spans, more[1:]
    text = raw(spans)
    end = SENTENCE_END.search(text)
    first = part(spans, 0, end.start() if end else None)
    rest = part(spans, end.end()) if end else ()
    if not spans or len(plain(first)) > MAX_PLAIN:
        ledger.doubt("term-without-line", entry.name, entry.line)
    if len(plain(first)) > MAX_PLAIN:
        # The line ends at the last comma that fits, or at the last space.
        cut = text.rfind(", ", 0, MAX_PLAIN - 20)
        cut = cut if cut > 0 else max(text.rfind(" ", 0, MAX_PLAIN - 20), 0)
        first, rest = part(spans, 0, cut), part(spans, cut)
    line = flat(first, entry.line, ledger)
    return Term(
        entry.name,
        # Who reads only the line sees that it goes on.
        f"{line} …" if rest and not line.endswith(ENDS) else line,
        unmarked(paragraph(_without_comma(rest)) + builder.rich(more)),
        entry.line,
    )
