"""What a variant of an ordinance says otherwise than its parent, section by section."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from editions.texts import diff_html, plain_text
from editions.variables import replaced

from .ordinance import REFERENCE, Ordinance, Section


class Standing(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Difference:
    """`html` holds `<ins>`, `<del>` and `<br>` only; it is empty for what is the same."""

    standing: Standing
    here: Section | None
    there: Section | None
    html: str = ""


def compare(variant: Ordinance, parent: Ordinance) -> list[Difference]:
    """The variant's sections in order, then those of the parent that it leaves out.

    Two sections are the same one by block id (a copy keeps it), by their name for references, or by heading.
    """
    left = list(parent.sections)
    found = []
    for section in variant.sections:
        there = _match(section, left)
        if there is None:
            found.append(Difference(Standing.ADDED, section, None))
            continue
        left.remove(there)
        same = plain_text(section.law()) == plain_text(there.law())
        html = "" if same else diff_html(_readable(there, parent), _readable(section, variant))
        found.append(Difference(Standing.SAME if same else Standing.CHANGED, section, there, html))
    return found + [Difference(Standing.LEFT_OUT, None, section) for section in left]


def _readable(section: Section, ordinance: Ordinance) -> str:
    """Its law with every blank and every reference in one piece, so that a comparison breaks none in two."""
    words = replaced(section.law(), lambda name: f"{{{{{name}}}}}")
    targets = ordinance.targets
    return REFERENCE.sub(lambda found: f"§{targets[found[1]].number}" if found[1] in targets else "§", words)


def _match(section: Section, among: list[Section]) -> Section | None:
    for told in (_id, _name, _heading):
        for each in among:
            if told(section) and told(each) == told(section):
                return each
    return None


def _id(section: Section) -> str:
    return section.id


def _name(section: Section) -> str:
    return section.name


def _heading(section: Section) -> str:
    return section.heading.casefold()
