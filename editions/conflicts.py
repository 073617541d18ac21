"""What a merge says: conflicts, notices and its results (editions.md, The merge).

Pure: imports nothing from Django or Wagtail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from editions.streams import MISSING, Json, Path, fresh


class Kind(StrEnum):
    """What a conflict, or a notice (the last one), is about."""

    BOTH_CHANGED = "both-changed"
    REMOVED_NATIONALLY = "removed-nationally-changed-locally"
    PROTECTED = "protected"
    HIDDEN_LOCALLY = "changed-nationally-hidden-locally"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One place where the merge has something to ask or, as a notice, to tell.

    `base`, `national` and `local` are what stood there: at a block's own path whole blocks
    (`{"type", "value", "id"}`), at a field's path its values, `MISSING` where nothing stood. They share
    nothing with the inputs or with the result.
    """

    path: Path
    kind: Kind
    base: Json
    national: Json
    local: Json

    @property
    def is_notice(self) -> bool:
        return self.kind is Kind.HIDDEN_LOCALLY

    def as_json(self) -> dict[str, Json]:
        """`{"path": [...], "kind": str, "base"?, "national"?, "local"?}`. A missing value is a missing key,
        so that it is never mistaken for null."""
        data: dict[str, Json] = {"path": list(self.path), "kind": self.kind.value}
        for name in ("base", "national", "local"):
            value = getattr(self, name)
            if value is not MISSING:
                data[name] = fresh(value)
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Conflict:
        """The mirror of `as_json`. Raises KeyError without a path or kind, ValueError for an unknown kind."""
        base, national, local = (fresh(data.get(name, MISSING)) for name in ("base", "national", "local"))
        return cls(tuple(data["path"]), Kind(data["kind"]), base, national, local)


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What a merge gives.

    `blocks`: the merged stream. `conflicts`: leaves that wait, showing the local text (the national one where
    protected). `notices`: what national changed in something hidden here. `kept`: the kept paths to store
    beside the page from now on, in place of those given. `moved`: streams whose order both sides changed,
    differently; the affiliate's stands.
    """

    blocks: list[Json]
    conflicts: tuple[Conflict, ...] = ()
    notices: tuple[Conflict, ...] = ()
    kept: frozenset[Path] = frozenset()
    moved: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class PageMerge:
    """As `MergeResult`, for a page: `fields` are its merged content fields, and every path begins with the
    name of a field."""

    fields: dict[str, Json]
    conflicts: tuple[Conflict, ...] = ()
    notices: tuple[Conflict, ...] = ()
    kept: frozenset[Path] = frozenset()
    moved: tuple[Path, ...] = ()
