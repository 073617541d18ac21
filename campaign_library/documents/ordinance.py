"""A model ordinance read from its raw sections: computed numbers, anchors, and where each name leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from editions.variables import names

from .numbering import letter
from .raw import anchor, children, items, text, whole

REFERENCE = re.compile(r"\[\[\s*([^\[\]<>]{1,80}?)\s*\]\]")


@dataclass(frozen=True, slots=True)
class LegalNote:
    citation: str
    note: str = ""
    status: str = "unchecked"
    checked_on: str = ""
    checked_by: str = ""
    review_by: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    number: str
    anchor: str
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One provision, or the text of a clause. `number` is empty where the section has one text only."""

    number: str
    anchor: str
    text: str
    name: str = ""
    items: tuple[Item, ...] = ()
    explanation: str = ""
    drafter_note: str = ""
    legal_notes: tuple[LegalNote, ...] = ()
    alternatives: tuple[tuple[str, str], ...] = ()
    provision: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """`index` is its place in the stream, `kind` its block type: an add-on's block has a heading and no parts."""

    index: int
    id: str
    kind: str
    number: str
    anchor: str
    heading: str
    name: str = ""
    explanation: str = ""
    parts: tuple[Part, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()

    def texts(self) -> Iterator[str]:
        """Everything in it that may hold blanks and references, its heading first."""
        yield from (self.heading, self.explanation)
        for part in self.parts:
            yield from (part.text, part.explanation, part.drafter_note)
            yield from (item.text for item in part.items)
            yield from (words for _label, words in part.alternatives)
        for term, meaning in self.terms:
            yield from (term, meaning)

    def law(self) -> str:
        """The words that would be enacted, as HTML: without explanations and notes."""
        told = [part.text + "".join(item.text for item in part.items) for part in self.parts]
        told += [f"<p>{term}</p>{meaning}" for term, meaning in self.terms]
        return f"<p>{self.heading}</p>" + "".join(told)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a reference leads: "2", "2.1", "2.1(a)"."""

    number: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Ordinance:
    sections: tuple[Section, ...]
    targets: dict[str, Target] = field(default_factory=dict)
    twice: tuple[str, ...] = ()
    """Names that two parts have: a reference to one would be a guess."""

    def provisions(self) -> set[int]:
        return {part.provision for each in self.sections for part in each.parts if part.provision}

    def section(self, id: str) -> Section | None:
        return next((each for each in self.sections if each.id == id), None)


KNOWN = frozenset(["section", "definitions", "clause"])


def read_ordinance(stream: Any) -> Ordinance:
    """Never raises: what it does not understand is a section of its kind without parts."""
    sections = []
    for index, (kind, id, value) in enumerate(children(stream)):
        number = str(index + 1)
        sections.append(
            Section(
                index=index,
                id=id,
                kind=kind,
                number=number,
                anchor=anchor("s", text(value, "name"), id, number),
                heading=text(value, "heading"),
                name=text(value, "name"),
                # A standing clause has one text, and its explanation stands beside that.
                explanation=text(value, "explanation") if kind != "clause" else "",
                parts=tuple(_parts(kind, id, value, number)) if kind in KNOWN else (),
                terms=tuple(
                    (text(each, "term"), text(each, "meaning")) for _id, each in items(value, "terms")
                )
                if kind == "definitions"
                else (),
            )
        )
    targets, twice = _targets(sections)
    return Ordinance(tuple(sections), targets, twice)


def _parts(kind: str, id: str, value: Any, number: str) -> Iterator[Part]:
    if kind == "clause":
        yield _part(value, "", "", f"{id}-text")
        return
    provisions = list(items(value, "provisions"))
    for place, (part_id, each) in enumerate(provisions, 1):
        own = f"{number}.{place}" if len(provisions) > 1 else ""
        yield _part(each, own, text(each, "name"), part_id)


def _part(value: Any, number: str, name: str, id: str) -> Part:
    where = anchor("p", name, id, number)
    return Part(
        number=number,
        anchor=where,
        text=text(value, "text"),
        name=name,
        items=tuple(
            Item(
                number=f"({letter(place)})",
                anchor=anchor("i", text(each, "name"), item_id, f"{where}-{place}"),
                text=text(each, "text"),
                name=text(each, "name"),
            )
            for place, (item_id, each) in enumerate(items(value, "items"), 1)
        ),
        explanation=text(value, "explanation"),
        drafter_note=text(value, "drafter_note"),
        legal_notes=tuple(
            LegalNote(**{name: text(each, name) for name in LegalNote.__slots__})
            for _id, each in items(value, "legal_notes")
        ),
        alternatives=tuple(
            (text(each, "label"), text(each, "text")) for _id, each in items(value, "alternatives")
        ),
        provision=whole(value, "provision"),
    )


def _targets(sections: Iterable[Section]) -> tuple[dict[str, Target], tuple[str, ...]]:
    found: dict[str, Target] = {}
    twice = []
    for section in sections:
        named = [(section.name, section.number, section.anchor)]
        for part in section.parts:
            number = part.number or section.number
            named.append((part.name, number, part.anchor))
            named += [(item.name, f"{number}{item.number}", item.anchor) for item in part.items]
        for name, number, where in named:
            if not name:
                continue
            if name in found:
                twice.append(name)
            found.setdefault(name, Target(number, where))
    return found, tuple(dict.fromkeys(twice))


def dangling(ordinance: Ordinance) -> list[tuple[int, str]]:
    """(index of the section, name) of every reference that leads nowhere, in order."""
    return [
        (section.index, name)
        for section in ordinance.sections
        for words in section.texts()
        for name in REFERENCE.findall(words)
        if name not in ordinance.targets
    ]


def used_blanks(texts: Iterable[str]) -> list[str]:
    """The names in braces of some texts, each once, in order."""
    return list(dict.fromkeys(name for words in texts for name in names(words)))
