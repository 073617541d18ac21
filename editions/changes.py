"""What changes from one content of a page to another, place by place, in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import models

from editions import leaves
from editions.content import merge_options
from editions.differences import State, adapted_paths, changed_words
from editions.places import Place, Reader, place_of
from editions.streams import MISSING, ORDER, Json, Path


class How(StrEnum):
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


HOW = {State.ADAPTED: How.CHANGED, State.LOCAL: How.ADDED, State.HIDDEN: How.REMOVED}


@dataclass(frozen=True)
class Change:
    """One place that differs. ``old`` and ``new`` are readable values, ``MISSING`` where nothing stands."""

    place: Place
    how: How
    old: Json
    new: Json

    @property
    def words(self) -> str:
        """In one line, for lists and e-mails."""
        return "" if self.how is How.MOVED else changed_words(self.old, self.new)


def changes(
    model: type[models.Model],
    old: Mapping[str, Json],
    new: Mapping[str, Json],
    *,
    without: Collection[Path] = (),
    reader: Reader | None = None,
) -> list[Change]:
    """Places at which ``new`` differs from ``old`` (raw contents of ``model``), but those in ``without`` and
    beneath them."""
    reader = reader or Reader(model).see([old, new])
    old_read, new_read = reader.content(old), reader.content(new)
    left_out = {tuple(path) for path in without}
    found = []
    for path, state in adapted_paths(old, new, **merge_options(model)).items():
        if any(path[: len(each)] == each for each in left_out):
            continue
        how = How.MOVED if path[-1] == ORDER else HOW[state]
        found.append(Change(place_of(model, path, new, old), how, at(old_read, path), at(new_read, path)))
    return found


def at(content: Mapping[str, Json], path: Path) -> Json:
    return MISSING if path[-1] == ORDER else leaves.get(content, path)
