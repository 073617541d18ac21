"""Two to four places side by side: each provision that one of them has an answer to, with every place's answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campaign_library.models import Provision

from .cases import Reply, Study

FEWEST, MOST = 2, 4


@dataclass(frozen=True)
class Cell:
    """One place's answers to one provision, none where its page does not mention it.

    Two where national and the affiliate have each added the provision: both stand.
    """

    study: Study
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Line:
    provision: Provision
    cells: list[Cell]


@dataclass(frozen=True)
class Section:
    """The lines of one category of provisions."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Table:
    studies: list[Study]
    sections: list[Section]

    @property
    def width(self) -> int:
        return len(self.studies) + 1


def table_of(studies: Sequence[Study]) -> Table:
    """Provisions in the order of the vocabulary's categories; within one, as the pages first mention them."""
    provisions: dict[str, Provision] = {}
    replies: dict[tuple[str, int], list[Reply]] = {}
    for number, study in enumerate(studies):
        for reply in study.replies:
            provisions.setdefault(reply.provision.code, reply.provision)
            replies.setdefault((reply.provision.code, number), []).append(reply)
    sections = []
    for category in Provision.Category:
        lines = [
            Line(
                provision,
                [Cell(study, tuple(replies.get((code, number), ()))) for number, study in enumerate(studies)],
            )
            for code, provision in provisions.items()
            if provision.category == category
        ]
        if lines:
            sections.append(Section(str(category.label), lines))
    return Table(list(studies), sections)
