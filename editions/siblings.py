"""The order of pages beneath one page, as it was sent, as it is, and as it is to be (editions.md, Trees).

Pure: works on ids only; imports nothing from Django.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence


def as_sent(snapshots: Iterable[tuple[int, Sequence[int]]]) -> list[int]:
    """The order in which siblings were sent: of each its id and the ids before it, nearest first, as its newest version says.
    The oldest version comes first.

    What was moved is put where it was sent last; what was not is in the order that it always had.
    """
    order: list[int] = []
    for own, before in snapshots:
        at = next((order.index(each) + 1 for each in before if each in order), 0)
        order.insert(at, own)
    return order


def out_of_order(sent: Sequence[int], now: Sequence[int]) -> set[int]:
    """Those of ``now`` that may have been moved since ``sent``, which holds the same ids: all but those that stand in every longest
    run that kept its order. Of two that changed places either may be meant, so both are."""
    ranks = {each: rank for rank, each in enumerate(sent)}
    places = [ranks[each] for each in now]
    upto, onward = _lengths(places), _lengths([-place for place in reversed(places)])[::-1]
    longest = max(upto, default=0)
    on_one = [i for i in range(len(places)) if upto[i] + onward[i] - 1 == longest]
    alone = {i for i in on_one if sum(upto[j] == upto[i] for j in on_one) == 1}
    return {each for i, each in enumerate(now) if i not in alone}


def _lengths(places: Sequence[int]) -> list[int]:
    """For each place the length of the longest rising run that ends there."""
    lengths: list[int] = []
    for i, place in enumerate(places):
        lengths.append(1 + max((lengths[j] for j in range(i) if places[j] < place), default=0))
    return lengths


def nearest(before: Iterable[int], standing: Collection[int]) -> int | None:
    """The first of ``before`` (nearest first) that stands there."""
    return next((each for each in before if each in standing), None)


def in_turn(places: Mapping[int, tuple[int | None, Sequence[int]]]) -> list[int]:
    """An order in which pages can be put at their places one by one: each after its parent and after those that stand before it.
    ``places``: id to the parent's id and the ids before it, nearest first. Where they go round in a circle, it is cut."""
    done: dict[int, None] = {}

    def first_of(own: int) -> Iterator[int]:
        parent, before = places[own]
        return (each for each in (parent, *reversed(before)) if each is not None and each in places)

    for start in places:
        trail = [(start, first_of(start))]
        entered = {start}
        while trail:
            own, waiting = trail[-1]
            further = next((each for each in waiting if each not in done and each not in entered), None)
            if further is None:
                done.setdefault(own)
                trail.pop()
            else:
                entered.add(further)
                trail.append((further, first_of(further)))
    return list(done)
