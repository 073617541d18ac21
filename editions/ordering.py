"""The order of a merged stream (editions.md, The merge: "order").

Pure: works on ids only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Order:
    """`ids` in their merged order; `moved_here` and `moved_nationally`: which sides changed the order of the
    blocks that base, national and local share; `alike`, `differ`: whether those stand in one order on both
    sides or in two (neither, where there is nothing to order)."""

    ids: tuple[str, ...]
    moved_here: bool
    moved_nationally: bool
    alike: bool
    differ: bool


def merged_order(
    base: Sequence[str],
    national: Sequence[str],
    local: Sequence[str],
    standing: Collection[str],
    *,
    kept: bool = False,
    forced: bool = False,
) -> Order:
    """Puts the ids in `standing` (those of the result; all that both sides have are) in order.

    National's order, unless the affiliate changed the order of the blocks that all three share, then the
    affiliate's. What only one side has stands after its nearest predecessor of that side that stands in the
    result; national's additions come first. `kept` says that the local order counts as changed here; `forced`
    that national's wins.
    """
    on_both = set(national) & set(local)
    shared = on_both & set(base)
    of_base, of_national, of_local = (
        [each for each in ids if each in shared] for ids in (base, national, local)
    )
    moved_here = kept or of_local != of_base
    backbone = [each for each in (local if moved_here and not forced else national) if each in on_both]
    after_national = _runs(national, on_both, standing)
    after_local = _runs(local, on_both, standing)
    ids: list[str] = []
    for anchor in (None, *backbone):
        if anchor is not None:
            ids.append(anchor)
        ids += after_national.get(anchor, ())
        ids += after_local.get(anchor, ())
    return Order(
        tuple(ids),
        moved_here,
        moved_nationally=of_national != of_base,
        alike=len(shared) > 1 and of_national == of_local,
        differ=of_national != of_local,
    )


def _runs(
    side: Iterable[str], on_both: Collection[str], standing: Collection[str]
) -> dict[str | None, list[str]]:
    """What only this side has, by the shared block that it follows (`None`: the beginning)."""
    runs: dict[str | None, list[str]] = {}
    anchor: str | None = None
    for each in side:
        if each in on_both:
            anchor = each
        elif each in standing:
            runs.setdefault(anchor, []).append(each)
    return runs
