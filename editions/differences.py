"""What is inherited, adapted, local or hidden on a page, derived from its base (editions.md, Words and Laws).

Nothing of this is ever stored: it follows from (base, page, kept paths). The texts of the differences are in
`editions.texts`, handed on here. Pure: imports nothing from Django or Wagtail.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from editions.merging import Merger, Place, Sides, names
from editions.ordering import merged_order
from editions.streams import MISSING, ORDER, Json, Path, fresh, keyed, same, with_ids
from editions.texts import (
    Diff,
    Op,
    changed_words,
    diff_html,
    longest_increasing,
    plain_text,
    word_diff,
)

__all__ = [
    "BlockState",
    "Diff",
    "Op",
    "State",
    "Summary",
    "adapted_paths",
    "changed_words",
    "diff_html",
    "plain_text",
    "states",
    "summary",
    "word_diff",
]


class State(StrEnum):
    """Equal to base; changed here; exists only here; removed here."""

    INHERITED = "inherited"
    ADAPTED = "adapted"
    LOCAL = "local"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class BlockState:
    """One top-level block of a stream, or one adapted field.

    `path` is (field, block id), or (field,). `type` is the block's type, or the field's name. `base` and
    `page` are whole blocks, or the field's values; `MISSING` where nothing stands. `moved`: it stands at
    another place than base has it. `kept`: adapted by a kept path, in words that equal base's.
    """

    path: Path
    state: State
    type: str
    base: Json
    page: Json
    moved: bool = False
    kept: bool = False

    @property
    def label(self) -> str:
        """The beginning of its text, the affiliate's where there is one."""
        line = plain_text(self.base if self.page is MISSING else self.page).partition("\n")[0]
        return line if len(line) <= 80 else line[:79].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Summary:
    """How many blocks and fields are in each state, and how many blocks have moved."""

    inherited: int = 0
    adapted: int = 0
    local: int = 0
    hidden: int = 0
    moved: int = 0

    @property
    def is_untouched(self) -> bool:
        return not (self.adapted or self.local or self.hidden or self.moved)


def states(
    base_fields: Mapping[str, Json],
    page_fields: Mapping[str, Json],
    *,
    streams: Collection[str],
    tags: Collection[str] = frozenset(),
    kept: Collection[Path] = frozenset(),
    atomic: Collection[str] = frozenset(),
) -> list[BlockState]:
    """The state of each top-level block of each stream, and of each other field that is adapted.

    The shapes are those of `editions.merge.merge_page`. Fields stand in the page's order; blocks in the
    page's, a hidden one after the nearest block before it in base that stands. A block is adapted if
    anything beneath it differs from base or is kept. Never raises.
    """
    walk = _Walk(kept, atomic)
    found: list[BlockState] = []
    for name in names(page_fields, base_fields):
        base, page = (fields.get(name, MISSING) for fields in (base_fields, page_fields))
        if name in streams and _are_lists(base, page):
            found += walk.blocks(name, base, page)
        elif walk.field_differs(name, base, page, name in tags):
            agree = _agree(base, page, name in tags)
            found.append(
                BlockState((name,), State.ADAPTED, name, fresh(base), fresh(page), moved=False, kept=agree)
            )
    return found


def summary(states: Iterable[BlockState]) -> Summary:
    """Counts by state."""
    counts = dict.fromkeys(State, 0)
    moved = 0
    for each in states:
        counts[each.state] += 1
        moved += each.moved
    return Summary(**{state.value: count for state, count in counts.items()}, moved=moved)


def adapted_paths(
    base_fields: Mapping[str, Json],
    page_fields: Mapping[str, Json],
    *,
    streams: Collection[str],
    tags: Collection[str] = frozenset(),
    kept: Collection[Path] = frozenset(),
    atomic: Collection[str] = frozenset(),
) -> dict[Path, State]:
    """What is not inherited, down to the leaves: leaves that differ or are kept (adapted), blocks at any
    level that exist only here (local) or were removed here (hidden), and, at a path that ends in `ORDER`,
    streams whose blocks stand in another order (adapted). What one language of a page has and another has
    not is the difference of two of these (editions.md, Two axes). Never raises."""
    walk = _Walk(kept, atomic)
    found: dict[Path, State] = {}
    for name in names(page_fields, base_fields):
        base, page = (fields.get(name, MISSING) for fields in (base_fields, page_fields))
        if name in streams and _are_lists(base, page):
            found.update(walk.stream(walk.merger.place((name,)), *walk.with_ids(name, base, page)))
        elif walk.field_differs(name, base, page, name in tags):
            found[(name,)] = State.ADAPTED
    return found


def _are_lists(base: Json, page: Json) -> bool:
    return isinstance(page, list) and (base is MISSING or isinstance(base, list))


def _agree(base: Json, page: Json, as_set: bool) -> bool:
    if as_set and all(
        isinstance(side, list) and all(isinstance(e, str) for e in side) for side in (base, page)
    ):
        return set(base) == set(page)
    return same(base, page)


class _Walk:
    """The merge's own walk, asked what differs: what it enters and what is a leaf is decided in one place."""

    def __init__(self, kept: Collection[Path], atomic: Collection[str]) -> None:
        self.merger = Merger(kept, frozenset(), atomic)

    def with_ids(self, name: str, base: Json, page: Json) -> tuple[list[Json], list[Json]]:
        one, other = (with_ids(side, atomic=self.merger.atomic, path=(name,)) for side in (base, page))
        return one, other

    def field_differs(self, name: str, base: Json, page: Json, as_set: bool) -> bool:
        return not self.merger.is_plain(self.merger.place((name,))) or not _agree(base, page, as_set)

    def blocks(self, name: str, base_stream: Json, page_stream: Json) -> Iterator[BlockState]:
        place = self.merger.place((name,))
        base, page = (keyed(side, place.path) for side in self.with_ids(name, base_stream, page_stream))
        moved = _moved(list(base), list(page))
        for key in merged_order(list(base), list(base), list(page), {*base, *page}).ids:
            one, other = base.get(key, MISSING), page.get(key, MISSING)
            there = self.merger.beneath(place, key)._replace(trail=place.trail)
            state = State.INHERITED
            if one is MISSING:
                state = State.LOCAL
            elif other is MISSING:
                state = State.HIDDEN
            elif any(True for _ in self.block(there, one, other)):
                state = State.ADAPTED
            block = one if other is MISSING else other
            kind = block.get("type") if isinstance(block, dict) else None
            kept = state is State.ADAPTED and same(one, other)
            yield BlockState(
                there.path, state, kind if isinstance(kind, str) else "", one, other, key in moved, kept
            )

    def stream(self, place: Place, base_stream: Json, page_stream: Json) -> Iterator[tuple[Path, State]]:
        base, page = (keyed(side, place.path) for side in (base_stream, page_stream))
        for key in merged_order(list(base), list(base), list(page), {*base, *page}).ids:
            there = self.merger.beneath(place, key)._replace(trail=place.trail)
            if key not in base:
                yield there.path, State.LOCAL
            elif key not in page:
                yield there.path, State.HIDDEN
            else:
                yield from self.block(there, base[key], page[key])
        order = (*place.path, ORDER)
        if order in self.merger.kept or _moved(list(base), list(page)):
            yield order, State.ADAPTED

    def block(self, place: Place, base: Json, page: Json) -> Iterator[tuple[Path, State]]:
        sides = Sides(base, page, page)
        if self.merger.is_plain(place) and same(base, page):
            return
        inside, values = self.merger.opened(place, sides)
        if values is not None:
            yield from self.inside(inside, values)
        elif not self.merger.is_plain(place) or not same(base, page):
            yield place.path, State.ADAPTED

    def inside(self, place: Place, sides: Sides) -> Iterator[tuple[Path, State]]:
        if sides.are_streams():
            yield from self.stream(place, sides.base, sides.local)
            return
        for name in names(sides.local, sides.base):
            there, values = self.merger.beneath(place, name), sides.at(name)
            if self.merger.is_plain(there) and same(values.base, values.local):
                continue
            if self.merger.enters(there, values):
                yield from self.inside(there, values)
            else:
                yield there.path, State.ADAPTED


def _moved(base: list[str], page: list[str]) -> set[str]:
    """The blocks to move, as few as can be, to come from the one order to the other."""
    position = {key: index for index, key in enumerate(page)}
    shared = [key for key in base if key in position]
    still = longest_increasing([position[key] for key in shared])
    return set(shared) - {shared[index] for index in still}
