"""What a release does to one edition: decided here, once, for the dry run and for the worker alike.

Pure: rows in, steps out; imports nothing from Django. Loading rows and writing steps is the business of ``editions.loading``
and ``editions.writing``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import takewhile

from editions.merge import Conflict, Kind, PageMerge, merge_page
from editions.siblings import nearest
from editions.streams import MISSING, Json, Path, same


class Outcome(StrEnum):
    """The words of ``Update.Outcome``."""

    APPLIED = "applied"
    MERGED = "merged"
    FORCED = "forced"
    CONFLICT = "conflict"
    ADDED = "added"
    OFF = "off"
    WAITING = "waiting"
    HELD = "held"
    HIDDEN = "hidden"
    SKIPPED = "skipped"
    FAILED = "failed"


#: Outcomes after which the page stands on the version that was sent.
ARRIVED = frozenset({Outcome.APPLIED, Outcome.MERGED, Outcome.FORCED, Outcome.CONFLICT, Outcome.OFF})


class Reason(StrEnum):
    """Why a site is skipped, or a page stays where it is although national has moved its own; the screen says it in words."""

    NOT_ADOPTED = "not-adopted"
    PARENT_HIDDEN = "parent-hidden"
    LANGUAGE_NOT_OFFERED = "language-not-offered"
    NEWER_HERE = "newer-here"
    NOT_HERE = "not-here"
    MOVED_HERE = "moved-here"
    NO_PLACE = "no-place"
    BENEATH_ITSELF = "beneath-itself"


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
    # National's earlier siblings, nearest first.
    after: Sequence[int] = ()
    # National has taken the page off.
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an edition stands in its site's tree, and where national's page stands now, both told in the site's own page ids.

    ``parent`` is the page that it stands beneath; ``wanted`` the one that stands for national's parent here, None where none does.
    ``beneath`` are the pages beneath ``wanted`` in their order, each with the id of what it follows, or with None where it follows
    nothing or was moved here. None where the order is the site's own business (beneath its home).
    ``new_parent``: national has moved the page beneath another one; ``beneath_itself``: ``wanted`` stands beneath the edition.
    """

    parent: int
    wanted: int | None
    beneath: Sequence[tuple[int, int | None]] | None = None
    moved_here: bool = False
    new_parent: bool = False
    beneath_itself: bool = False


@dataclass(frozen=True, slots=True)
class Destination:
    """Beneath which page an edition goes, and behind which sibling: None for the start, ``at_end`` for the end. ``trail``: the
    site's own pages that stand behind it, and go with it."""

    parent: int
    behind: int | None = None
    trail: tuple[int, ...] = ()
    at_end: bool = False


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
    # None: nothing is asked of the place.
    spot: Spot | None = None
    live: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """What is done to one edition. ``merged`` is there only where something local had to be merged, ``destination`` only where it
    moves."""

    row: Row
    outcome: Outcome
    merged: PageMerge | None = field(default=None, repr=False)
    reason: Reason | None = None
    destination: Destination | None = None

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
    step = Step(row, Outcome.APPLIED) if row.untouched else merged_step(row, target)
    if target.gone:
        return off_step(step)
    destination, reason = destination_of(row, target)
    return replace(step, destination=destination, reason=reason)


def destination_of(row: Row, target: Target) -> tuple[Destination | None, Reason | None]:
    """Where an edition goes with national's page, or why it stays; neither, where it stands there already.

    As blocks do in a merge: among its siblings a page goes behind national's, and the site's own pages stay behind the one that
    they followed; one that comes from elsewhere stands before them.
    """
    spot = row.spot
    if spot is None or row.page_id is None:
        return None, None
    if spot.wanted is None:
        return None, Reason.NO_PLACE if spot.new_parent else None
    stays = spot.parent == spot.wanted
    if stays and spot.beneath is None:
        return None, None
    order = list(spot.beneath or ())
    trail = run_behind(order, row.page_id) if stays else ()
    rest = [each for each in order if each[0] != row.page_id and each[0] not in trail]
    pages = {source: page for page, source in rest if source is not None}
    source = nearest(target.after, pages)
    behind = None if source is None else pages[source]
    if stays:
        behind = (run_behind(rest, behind) or (behind,))[-1]
        if order == put_behind(rest, behind, [each for each in order if each not in rest]):
            return None, None
    if spot.moved_here:
        return None, Reason.MOVED_HERE
    if spot.beneath_itself:
        return None, Reason.BENEATH_ITSELF
    return Destination(spot.wanted, behind, trail, at_end=spot.beneath is None), None


def off_step(step: Step) -> Step:
    """What is untouched goes off line; what is adapted stays, and its affiliate is asked. ``step`` is what the words alone would
    be."""
    if step.merged is None:
        return replace(step, outcome=Outcome.OFF)
    if not step.row.live:
        return step
    asked = Conflict((), Kind.REMOVED_NATIONALLY, MISSING, MISSING, MISSING)
    merged = replace(step.merged, conflicts=(*step.merged.conflicts, asked))
    return replace(step, outcome=Outcome.CONFLICT, merged=merged)


Order = list[tuple[int, int | None]]


def run_behind(order: Order, page: int | None) -> tuple[int, ...]:
    """The site's own pages that follow ``page``, up to national's next; those at the start for None."""
    ids = [each for each, _source in order]
    start = 0 if page is None else ids.index(page) + 1
    return tuple(each for each, _source in takewhile(lambda each: each[1] is None, order[start:]))


def put_behind(order: Order, page: int | None, several: Order) -> Order:
    at = 0 if page is None else [each for each, _source in order].index(page) + 1
    return [*order[:at], *several, *order[at:]]


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
