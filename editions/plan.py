"""What a release does to one edition: decided here, once, for the dry run and for the worker alike.

Pure: rows in, steps out; imports nothing from Django. Loading rows and writing steps is the business of ``editions.loading``
and ``editions.writing``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from editions.merge import Kind, PageMerge, merge_page
from editions.streams import Json, Path, same


class Outcome(StrEnum):
    """The words of ``Update.Outcome``."""

    APPLIED = "applied"
    MERGED = "merged"
    FORCED = "forced"
    CONFLICT = "conflict"
    ADDED = "added"
    WAITING = "waiting"
    HELD = "held"
    HIDDEN = "hidden"
    SKIPPED = "skipped"
    FAILED = "failed"


#: Outcomes after which the page stands on the version that was sent.
ARRIVED = frozenset({Outcome.APPLIED, Outcome.MERGED, Outcome.FORCED, Outcome.CONFLICT})


class Reason(StrEnum):
    """Why a site is skipped; the screen says it in words."""

    NOT_ADOPTED = "not-adopted"
    PARENT_HIDDEN = "parent-hidden"
    LANGUAGE_NOT_OFFERED = "language-not-offered"
    NEWER_HERE = "newer-here"
    NOT_HERE = "not-here"


@dataclass(frozen=True, slots=True)
class Target:
    """The version that is being sent. Every block of its streams has an id (``editions.streams.with_ids``).

    ``undoes`` is the id of the later version that it takes back, where it does.
    """

    version_id: int
    number: int
    content: Mapping[str, Json]
    streams: Collection[str]
    tags: Collection[str]
    atomic: Collection[str]
    protected: frozenset[Path] = frozenset()
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One edition of the target's source, as loaded.

    ``local`` and ``base`` are raw content, that of ``base`` with an id for every block; both None for a page known to be exactly
    its base (``untouched``), so that a thousand of those cost no more than their ids.
    """

    edition_id: int
    page_id: int | None
    site_id: int
    sent_number: int
    sent_id: int | None = None
    base_id: int | None = None
    held: bool = False
    asks_first: bool = False
    untouched: bool = False
    base: Mapping[str, Json] | None = None
    local: Mapping[str, Json] | None = None
    kept: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """What is done to one edition. ``merged`` is there only where something local had to be merged."""

    row: Row
    outcome: Outcome
    merged: PageMerge | None = field(default=None, repr=False)
    reason: Reason | None = None

    @property
    def receipt(self) -> dict[str, Json]:
        """What the update's record keeps: conflicts and notices whole, streams whose order both sides changed."""
        if self.merged is None:
            return {}
        found = {
            "conflicts": [each.as_json() for each in self.merged.conflicts],
            "notices": [each.as_json() for each in self.merged.notices],
            "moved": [list(path) for path in self.merged.moved],
        }
        return {name: value for name, value in found.items() if value}


def decide(row: Row, target: Target, *, accepted: bool = False) -> Step:
    """The step for one edition. ``accepted``: an editor has asked for the update, so neither hold nor *ask me first* counts."""
    if target.undoes is not None:
        if row.sent_id != target.undoes:
            return Step(row, Outcome.SKIPPED, reason=Reason.NOT_HERE)
        # What never arrived is taken back without a question.
        accepted = accepted or row.base_id == target.version_id
    elif row.sent_number > target.number or (row.sent_number == target.number and not accepted):
        return Step(row, Outcome.SKIPPED, reason=Reason.NEWER_HERE)
    if row.page_id is None:
        return Step(row, Outcome.HIDDEN)
    if row.held and not accepted:
        return Step(row, Outcome.HELD)
    if row.asks_first and not accepted:
        return Step(row, Outcome.WAITING)
    if row.untouched:
        return Step(row, Outcome.APPLIED)
    return merged_step(row, target)


def merged_step(row: Row, target: Target) -> Step:
    merged = merge_page(
        row.base or {},
        target.content,
        row.local or {},
        streams=target.streams,
        tags=target.tags,
        atomic=target.atomic,
        kept=row.kept,
        protected=target.protected,
        identified=True,
    )
    if any(each.kind is not Kind.PROTECTED for each in merged.conflicts):
        return Step(row, Outcome.CONFLICT, merged)
    if merged.conflicts:
        return Step(row, Outcome.FORCED, merged)
    if not merged.notices and not merged.kept and same(merged.fields, dict(target.content)):
        return Step(row, Outcome.APPLIED)
    return Step(row, Outcome.MERGED, merged)
