"""The three-way merge of a national version into a local page, block by block (editions.md, The merge).

Raw StreamField data in, raw data out; see `editions.streams` for its shape and for ids, `editions.merging`
for the walk. Pure: imports nothing from Django or Wagtail, never raises for any JSON, never changes what it
is given, and gives the same result on every run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from editions.conflicts import Conflict, Kind, MergeResult, PageMerge
from editions.merging import Merger, Sides, names
from editions.streams import MISSING, ORDER, Json, Path, fresh, with_ids

__all__ = [
    "MISSING",
    "ORDER",
    "Conflict",
    "Kind",
    "MergeResult",
    "PageMerge",
    "Path",
    "merge",
    "merge_page",
    "with_ids",
]


def merge(
    base: Json,
    national: Json,
    local: Json,
    *,
    kept: Collection[Path] = frozenset(),
    protected: Collection[Path] = frozenset(),
    atomic: Collection[str] = frozenset(),
) -> MergeResult:
    """Merges the changes from `base` to `national` into `local`: three streams of raw data.

    `kept` and `protected` are sets of paths, `atomic` the names of the types that are never merged inside
    (see `editions.streams.is_atomic`). A path that ends in `ORDER` keeps the order of a stream. Anything but
    a list counts as an empty stream.
    """
    merger = Merger(kept, protected, atomic)
    blocks = merger.stream_field((), Sides(base, national, local))
    return MergeResult(blocks, **merger.outcome())


def merge_page(
    base: Mapping[str, Json],
    national: Mapping[str, Json],
    local: Mapping[str, Json],
    *,
    streams: Collection[str],
    tags: Collection[str] = frozenset(),
    kept: Collection[Path] = frozenset(),
    protected: Collection[Path] = frozenset(),
    atomic: Collection[str] = frozenset(),
    identified: bool = False,
) -> PageMerge:
    """Merges a page's content fields, each a dict of field name to JSON value.

    Fields named in `streams` are merged as `merge` does. Those in `tags` are lists of strings, merged as sets
    and sorted; they never conflict, unless protected. All others are leaves. A field that a side does not
    have is missing there, and absent from the result where it is missing in the merged page. A stream or tag
    field that holds something else on any side merges as a leaf.

    With ``identified`` the streams of `base` and `national` have been through `with_ids` already (path ``(field,)``, the same
    `atomic`), as one version is merged into hundreds of pages; the result then shares values with them.
    """
    merger = Merger(kept, protected, atomic, identified=identified)
    fields: dict[str, Json] = {}
    for name in names(local, national, base):
        sides = Sides(*(side.get(name, MISSING) for side in (base, national, local)))
        there = [value for value in sides if value is not MISSING]
        lists = sides.on_both and _all(list, there)
        if name in streams and lists:
            fields[name] = merger.stream_field((name,), sides)
        elif name in tags and lists and all(_all(str, value) for value in there):
            fields[name] = merger.tags((name,), sides)
        else:
            value = merger.leaf(merger.place((name,)), sides)
            if value is not MISSING:
                fields[name] = fresh(value)
    return PageMerge(fields, **merger.outcome())


def _all(kind: type, values: Iterable[Json]) -> bool:
    return all(isinstance(value, kind) for value in values)
