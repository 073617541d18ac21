"""The walk of the three-way merge through blocks, fields and children; `editions.merge` is its front door.

Pure: imports nothing from Django or Wagtail.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from editions.conflicts import Conflict, Kind
from editions.ordering import merged_order
from editions.streams import (
    MAX_DEPTH,
    MISSING,
    ORDER,
    Json,
    Path,
    covers,
    fresh,
    is_atomic,
    is_stream,
    keyed,
    same,
    value_at,
    with_ids,
)


class Sides(NamedTuple):
    """What base, national and local have at one place; `MISSING` where they have nothing."""

    base: Json
    national: Json
    local: Json

    @property
    def on_both(self) -> bool:
        return self.national is not MISSING and self.local is not MISSING

    def at(self, name: str) -> Sides:
        return Sides(*(side.get(name, MISSING) if isinstance(side, dict) else MISSING for side in self))

    def are_dicts(self) -> bool:
        return all(isinstance(side, dict) for side in self if side is not MISSING)

    def are_streams(self) -> bool:
        return all(is_stream(side) for side in self if side is not MISSING)

    def alike_outside(self) -> bool:
        """Whether three blocks differ in nothing but their values. Only such blocks are merged inside: a
        change of type is a change of the whole block."""
        return self.are_dicts() and all(
            same(_shell(self.local), _shell(side)) for side in self if side is not MISSING
        )


class Place(NamedTuple):
    """A path, the trail of names that leads there (see `is_atomic`), and whether a kept or a protected path
    covers it."""

    path: Path
    trail: tuple[str, ...]
    kept: bool
    forced: bool


class Merger:
    """One run: what it was told, and what it has found so far.

    Each method takes a place and what the sides have there, and returns what the result has there.
    """

    def __init__(
        self,
        kept: Collection[Path],
        protected: Collection[Path],
        atomic: Collection[str],
        *,
        identified: bool = False,
    ) -> None:
        self.identified = identified
        self.kept = frozenset(tuple(path) for path in kept)
        self.protected = frozenset(tuple(path) for path in protected)
        self.atomic = atomic
        self.above_kept = _above(self.kept)
        self.above_protected = _above(self.protected)
        self.conflicts: list[Conflict] = []
        self.notices: list[Conflict] = []
        self.keep: set[Path] = set()
        self.moved: list[Path] = []

    def outcome(self) -> dict[str, Any]:
        return {
            "conflicts": tuple(self.conflicts),
            "notices": tuple(self.notices),
            "kept": frozenset(self.keep),
            "moved": tuple(self.moved),
        }

    def place(self, path: Path) -> Place:
        return Place(path, (), covers(self.kept, path), covers(self.protected, path))

    def beneath(self, place: Place, name: str) -> Place:
        path = (*place.path, name)
        return Place(
            path,
            (*place.trail, name),
            place.kept or path in self.kept,
            place.forced or path in self.protected,
        )

    def found(self, kind: Kind, path: Path, sides: Sides) -> None:
        conflict = Conflict(path, kind, *(fresh(side) for side in sides))
        (self.notices if conflict.is_notice else self.conflicts).append(conflict)

    def stream_field(self, path: Path, sides: Sides) -> list[Json]:
        """A whole stream, at the top of a page."""
        place = self.place(path)
        if self.is_plain(place):
            # Most editions are untouched, and most updates touch few fields: told at a glance.
            if same(sides.base, sides.local, exact=True):
                return self.complete(sides.national, path)
            if same(sides.base, sides.national, exact=True):
                return with_ids(sides.local, atomic=self.atomic, path=path)
        base, national, local = sides
        complete = Sides(
            self.complete(base, path),
            self.complete(national, path),
            with_ids(local, atomic=self.atomic, path=path),
        )
        return self.stream(place, complete, complete)

    def complete(self, stream: Json, path: Path) -> list[Json]:
        """A stream of base or national in which every block has an id."""
        if self.identified:
            return list(stream) if isinstance(stream, list) else []
        return with_ids(stream, atomic=self.atomic, path=path)

    def is_plain(self, place: Place) -> bool:
        """Whether nothing at the place, above or beneath it is kept or protected."""
        marked = place.kept or place.path in self.above_kept
        return not (marked or place.forced or place.path in self.above_protected)

    def stream(self, place: Place, sides: Sides, whole: Sides) -> list[Json]:
        """`whole` is what the stream is the value of, where that is a block: else the stream itself."""
        base, national, local = (keyed(side, place.path) for side in sides)
        result: dict[str, Json] = {}
        for key in names(national, local, base):
            # Ids say nothing about types: the trail grows by the block's type, not by its id.
            there = self.beneath(place, key)._replace(trail=place.trail)
            value = self.block(there, Sides(*(side.get(key, MISSING) for side in (base, national, local))))
            if value is not MISSING:
                result[key] = value
        if place.path in self.above_kept:
            # What was hidden here and is gone everywhere is remembered until national brings it back.
            known = {*base, *national, *local, ORDER}
            self.keep.update(
                gone for gone in self.kept if gone and gone[:-1] == place.path and gone[-1] not in known
            )
        ids = self.order(place, Sides(list(base), list(national), list(local)), result, whole)
        return [result[key] for key in ids]

    def order(self, place: Place, ids: Sides, standing: Collection[str], whole: Sides) -> Iterable[str]:
        path = (*place.path, ORDER)
        order = merged_order(*ids, standing, kept=place.kept or path in self.kept, forced=place.forced)
        if order.moved_here:
            if order.alike and not place.forced:
                self.keep.add(path)
            elif order.differ and place.forced:
                self.found(Kind.PROTECTED, place.path, whole)
            elif order.differ and order.moved_nationally:
                self.moved.append(place.path)
        return order.ids

    def block(self, place: Place, sides: Sides) -> Json:
        if sides.national is MISSING:
            return self.gone_nationally(place, sides)
        if sides.local is MISSING:
            return self.gone_here(place, sides)
        if self.is_plain(place):
            if same(sides.base, sides.local, exact=True):
                return sides.national
            if same(sides.base, sides.national, exact=True):
                return sides.local
        inside, values = self.opened(place, sides)
        if values is not None:
            return {**sides.local, "value": self.inside(inside, values, sides)}
        return self.leaf(place, sides)

    def opened(self, place: Place, sides: Sides) -> tuple[Place, Sides | None]:
        """The values of three blocks, where the merge goes into them, and their place."""
        if not sides.alike_outside():
            return place, None
        kind = sides.local.get("type")
        inside = place._replace(trail=(*place.trail, kind)) if isinstance(kind, str) else place
        values = sides.at("value")
        return inside, values if self.enters(inside, values) else None

    def gone_nationally(self, place: Place, sides: Sides) -> Json:
        if sides.local is MISSING:
            if not place.forced:
                self.keep.add(place.path)
            return MISSING
        changed = (
            place.kept or not same(sides.base, sides.local) or self.kept_beneath(place.path, sides.local)
        )
        if not changed:
            return MISSING
        if place.forced:
            self.found(Kind.PROTECTED, place.path, sides)
            return MISSING
        if sides.base is not MISSING:
            self.found(Kind.REMOVED_NATIONALLY, place.path, sides)
        return sides.local

    def gone_here(self, place: Place, sides: Sides) -> Json:
        if sides.base is MISSING and place.path not in self.kept:
            return sides.national
        if place.forced or self.forced_beneath(place.path, sides.national):
            self.found(Kind.PROTECTED, place.path, sides)
            return sides.national
        if not same(sides.base, sides.national):
            self.found(Kind.HIDDEN_LOCALLY, place.path, sides)
        return MISSING

    def enters(self, place: Place, sides: Sides) -> bool:
        """Whether the merge goes into a value, or takes it as one leaf."""
        if not sides.on_both or len(place.path) >= MAX_DEPTH or is_atomic(place.trail, self.atomic):
            return False
        return sides.are_dicts() or sides.are_streams()

    def value(self, place: Place, sides: Sides) -> Json:
        if not self.enters(place, sides):
            return self.leaf(place, sides)
        return self.inside(place, sides, sides)

    def inside(self, place: Place, sides: Sides, whole: Sides) -> Json:
        if sides.are_streams():
            return self.stream(place, sides, whole)
        struct = {}
        for name in names(sides.local, sides.national, sides.base):
            value = self.value(self.beneath(place, name), sides.at(name))
            if value is not MISSING:
                struct[name] = value
        return struct

    def leaf(self, place: Place, sides: Sides) -> Json:
        """The heart of it: what one side changed is taken, what both changed waits."""
        base, national, local = sides
        path = place.path
        forced = place.forced or self.forced_beneath(path, national)
        kept = place.kept or path in self.above_kept
        added = base is MISSING and local is MISSING
        changed_here = (kept and not added) or not same(base, local)
        if same(national, local):
            if changed_here and not forced and local is not MISSING:
                self.keep.add(path)
            # They may differ in `data-block-key`s: an untouched place becomes exactly the version.
            return national if forced or same(base, local, exact=True) else local
        if not changed_here:
            return national
        if forced:
            self.found(Kind.PROTECTED, path, sides)
            return national
        if not same(base, national):
            kind = Kind.BOTH_CHANGED
            if national is MISSING:
                kind = Kind.REMOVED_NATIONALLY
            elif local is MISSING:
                kind = Kind.HIDDEN_LOCALLY
            self.found(kind, path, sides)
        return local

    def forced_beneath(self, path: Path, national: Json) -> bool:
        """Whether something that national has beneath `path` is protected: then it stands, and so does what
        it stands in."""
        return path in self.above_protected and any(
            each[: len(path)] == path and value_at(national, each[len(path) :]) is not MISSING
            for each in self.protected
        )

    def kept_beneath(self, path: Path, local: Json) -> bool:
        return path in self.above_kept and any(
            each[: len(path)] == path and value_at(local, each[len(path) :]) is not MISSING
            for each in self.kept
        )

    def tags(self, path: Path, sides: Sides) -> list[str]:
        """A set of strings: each is a leaf of its own, there or not there, so that none conflicts."""
        base, national, local = (set(side) if side is not MISSING else set() for side in sides)
        place = self.place(path)
        if place.forced:
            if local != national and (place.kept or local != base):
                self.found(Kind.PROTECTED, path, sides)
            return sorted(national)
        result = []
        kept_apart = {each[-1] for each in self.kept if each and each[:-1] == path}
        for tag in sorted(base | national | local | kept_apart):
            here = tag in local
            changed_here = tag in kept_apart or (place.kept and here) or here != (tag in base)
            if changed_here and here == (tag in national):
                self.keep.add((*path, tag))
            if here if changed_here else tag in national:
                result.append(tag)
        return result


def names(*sides: Json) -> list[str]:
    """The keys of all sides, each once: the first side's order, then what the next ones add."""
    return list(dict.fromkeys(name for side in sides if side is not MISSING for name in side))


def _shell(block: Json) -> Json:
    return {name: value for name, value in block.items() if name != "value"}


def _above(paths: Iterable[Path]) -> frozenset[Path]:
    """The paths, and all that lead to them."""
    return frozenset(path[:end] for path in paths for end in range(len(path) + 1))
