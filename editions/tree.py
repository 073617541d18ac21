"""Places in the page tree, as pure arithmetic on materialised paths.

A path is made of steps of four base-36 digits (treebeard's MP_Node with Wagtail's defaults). The engine leaves a gap between
the siblings that it makes, so that one can be put between two others without moving any: treebeard does not ask for
steps without gaps. Pure: imports nothing from Django.
"""

from __future__ import annotations

from collections.abc import Sequence

STEP = 4
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
GAP = 16
LAST = len(ALPHABET) ** STEP - 1


class TreeFull(ValueError):
    """There is no step left between or after the siblings."""


def number(step: str) -> int:
    return int(step, 36)


def step(value: int) -> str:
    """``value`` as a step. Raises TreeFull beyond the last one."""
    if not 0 < value <= LAST:
        raise TreeFull(str(value))
    digits = ""
    while value:
        value, digit = divmod(value, 36)
        digits = ALPHABET[digit] + digits
    return digits.rjust(STEP, "0")


def last_step(path: str) -> int:
    return number(path[-STEP:])


def after_all(parent: str, children: Sequence[str]) -> str:
    """The path of a new last child. ``children`` are the paths of those there are, in any order."""
    last = max((last_step(path) for path in children), default=0)
    return parent + step(last + GAP if last + GAP <= LAST else last + 1)


def between(parent: str, before: str | None, after: str | None) -> str | None:
    """A path between two adjacent siblings (``None``: the start or the end), or None where no gap is left."""
    low = last_step(before) if before else 0
    if after is None:
        return parent + step(low + GAP if low + GAP <= LAST else low + 1)
    middle = (low + last_step(after)) // 2
    return parent + step(middle) if middle > low else None


def spread(parent: str, children: Sequence[str], place: int) -> tuple[str, dict[str, str]]:
    """Paths for one more child at ``place`` where no gap is left: its own, and old to new for all the others.

    Raises TreeFull with more children than steps.
    """
    gap = min(GAP, LAST // (len(children) + 2))
    slots = [parent + step((index + 1) * gap) for index in range(len(children) + 1)]
    own = slots.pop(place)
    return own, {old: new for old, new in zip(sorted(children), slots, strict=True) if old != new}
