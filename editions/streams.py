"""Raw stream data: paths, equality, ids.

Raw stream data is what a StreamField stores: a list of `{"type": str, "value": JSON, "id": str}`. A list
block stores its children in the same shape with the type "item"; a struct block stores a dict of its fields.
Nothing here knows a block definition, so everything is told from the shape of the data alone.

Pure: imports nothing from Django or Wagtail.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from typing import Any, Final, TypeAlias, TypeGuard

Path: TypeAlias = tuple[str, ...]
"""Block ids and field names, outermost first. A path covers all beneath it; `()` is the whole stream or
page."""

Json: TypeAlias = Any


class Missing(Enum):
    """The type of `MISSING`: no value at all, where `None` is a value (JSON's null)."""

    MISSING = "missing"

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing.MISSING

ORDER: Final = "#order"
"""Ends a kept path that stands for the order of a stream's children instead of for a child."""

MAX_DEPTH: Final = 40
"""Paths end here; what lies deeper is one leaf. Real pages stay below ten. Keeps hostile nesting from
raising."""

_NAMESPACE: Final = uuid.UUID("6a1f0c1e-6d0c-5b52-9d0e-5f1b1c6f2a11")
_BLOCK_KEY: Final = re.compile(r"""\sdata-block-key=(?:"[^"]*"|'[^']*')""")


def without_block_keys(text: str) -> str:
    """Rich text without the random attributes that its editor adds at the first save (editions.md, The
    merge)."""
    return _BLOCK_KEY.sub("", text) if "data-block-key" in text else text


def same(one: Json, other: Json, *, exact: bool = False) -> bool:
    """Whether two raw values are the same content: strict about types (1, 1.0 and true differ), blind to the
    order of keys and to `data-block-key` attributes (unless `exact`). Walks with a stack of its own: no depth
    of nesting raises."""
    pairs = [(one, other)]
    while pairs:
        a, b = pairs.pop()
        if a is b:
            continue
        kind = type(a)
        if kind is not type(b):
            return False
        if kind is str:
            if a != b and (exact or without_block_keys(a) != without_block_keys(b)):
                return False
        elif kind is dict:
            if len(a) != len(b):
                return False
            for key, value in a.items():
                if key not in b:
                    return False
                pairs.append((value, b[key]))
        elif kind is list:
            if len(a) != len(b):
                return False
            pairs.extend(zip(a, b, strict=True))
        elif a != b and (a == a or b == b):  # NaN is the same as NaN
            return False
    return True


def fresh(value: Json) -> Json:
    """A copy that shares no dict or list with `value`."""
    if not isinstance(value, dict | list):
        return value
    top: list[Json] = [value]
    open_: list[Any] = [top]
    while open_:
        container = open_.pop()
        items: Iterable[tuple[Any, Any]] = (
            list(container.items()) if isinstance(container, dict) else enumerate(container)
        )
        for key, item in items:
            if isinstance(item, dict):
                container[key] = copy = dict(item)
                open_.append(copy)
            elif isinstance(item, list):
                container[key] = copy_ = list(item)
                open_.append(copy_)
    return top[0]


def is_block(value: Json) -> TypeGuard[dict[str, Json]]:
    return isinstance(value, dict) and isinstance(value.get("type"), str) and "value" in value


def is_stream(value: Json) -> TypeGuard[list[dict[str, Json]]]:
    """Whether a nested value is the data of a stream or list block. An empty list is; a list of bare values
    (a multiple choice, a list block saved by an old Wagtail) is not, and merges as one leaf."""
    return isinstance(value, list) and all(is_block(item) for item in value)


def covers(paths: Collection[Path], path: Path) -> bool:
    """Whether one of `paths` is `path` or above it."""
    return bool(paths) and any(path[:end] in paths for end in range(len(path) + 1))


def is_atomic(trail: tuple[str, ...], atomic: Collection[str]) -> bool:
    """Whether the block at the end of a trail of names (block types, struct fields, "item") is never entered.

    `atomic` holds names of block types and of struct fields (raw data does not say the type of a struct's
    field), or several names joined by dots where a name alone would say too much: "gallery.item".
    """
    if not trail or not atomic:
        return False
    if trail[-1] in atomic:
        return True
    return any("." in name and f".{'.'.join(trail)}".endswith(f".{name}") for name in atomic)


def _fingerprint(value: Json) -> str:
    """Text that is equal exactly for values that `same` calls equal."""
    parts: list[str] = []
    todo: list[tuple[bool, Json]] = [(False, value)]
    while todo:
        literal, item = todo.pop()
        if literal:
            parts.append(item)
        elif isinstance(item, str):
            # Escaped to ASCII: a lone surrogate is valid JSON and cannot be encoded.
            parts.append(json.dumps(without_block_keys(item)))
        elif isinstance(item, dict):
            parts.append("{")
            todo.append((True, "}"))
            for key in sorted(item, key=str, reverse=True):
                todo += [(False, item[key]), (True, f"{json.dumps(str(key))}:")]
        elif isinstance(item, list):
            parts.append("[")
            todo.append((True, "]"))
            todo += [(False, each) for each in reversed(item)]
        else:
            parts.append(f"{type(item).__name__}:{item!r}")
        parts.append(",")
    return "".join(parts)


def _unused(taken: set[str], *seed: str) -> str:
    """The first id made from `seed` that its stream does not have yet; takes it."""
    nth = 0
    while (made := str(uuid.uuid5(_NAMESPACE, json.dumps([*seed, nth])))) in taken:
        nth += 1
    taken.add(made)
    return made


def _own_id(block: Mapping[str, Json]) -> str | None:
    own = block.get("id")
    if isinstance(own, int) and not isinstance(own, bool):
        return str(own)
    return own if isinstance(own, str) and own else None


def keyed(stream: Json, path: Path = ()) -> dict[str, Json]:
    """The items of a stream by id, in order. What is no dict cannot carry an id, and is keyed by the one that
    a block of its content would be given; of equal ones the second is another item.

    A block without an id gets one from its content, and its number among those of equal content in its stream
    where there are several: so data that never had ids meets itself in base, national and local, even after
    an insertion before it. A repeated id keeps its first owner; the others' new ids follow from the old id,
    not from the content, so that an edit of the second is still an edit.
    """
    items = stream if isinstance(stream, list) else []
    owned = [_own_id(item) if isinstance(item, dict) else None for item in items]
    taken = {own for own in owned if own}
    seen: set[str] = set()
    result: dict[str, Json] = {}
    for item, own in zip(items, owned, strict=True):
        if own is None:
            content = (
                {key: value for key, value in item.items() if key != "id"} if isinstance(item, dict) else item
            )
            key = _unused(taken, "content", *path, _fingerprint(content))
        elif own in seen:
            key = _unused(taken, "repeated", *path, own)
        else:
            key = own
            seen.add(own)
        result[key] = item
    return result


def value_at(value: Json, path: Path) -> Json:
    """What stands at `path`, which begins inside a stream, a block, a struct, or a dict of page fields: the
    whole block at a block's own path, the value at a field's, `MISSING` where there is nothing."""
    for name in path:
        if is_block(value):
            value = value["value"]
        if isinstance(value, dict):
            value = value.get(name, MISSING)
        elif is_stream(value):
            value = keyed(value).get(name, MISSING)
        else:
            return MISSING
    return value


def with_ids(stream: Json, *, atomic: Collection[str] = frozenset(), path: Path = ()) -> list[Json]:
    """A fresh copy of a stream in which every block, nested ones too, has an id that is unique in its stream.

    Missing ids are given and repeated ones renamed, always in the same way (see `keyed`). Structs, nested
    streams and lists are entered, atomic types are not. Anything but a list is the empty stream; items that
    are no dicts stay as they are. `path` is where the stream stands in its page, `(field,)` for
    `merge_page`: ids that are given depend on it. Never raises. (editions.md, The merge: "`with_ids` comes
    first".)
    """
    return _stream_with_ids(stream, atomic, path, ())


def _stream_with_ids(stream: Json, atomic: Collection[str], path: Path, trail: tuple[str, ...]) -> list[Json]:
    result: list[Json] = []
    for key, item in keyed(stream, path).items():
        if not isinstance(item, dict):
            result.append(fresh(item))
            continue
        block = dict(item)
        block["id"] = key
        kind = block.get("type")
        inside = (*trail, kind) if isinstance(kind, str) else trail
        for name, value in block.items():
            if name == "value" and not is_atomic(inside, atomic):
                block[name] = _value_with_ids(value, atomic, (*path, key), inside)
            else:
                block[name] = fresh(value)
        result.append(block)
    return result


def _value_with_ids(value: Json, atomic: Collection[str], path: Path, trail: tuple[str, ...]) -> Json:
    if not isinstance(value, dict | list):
        return value
    if len(path) < MAX_DEPTH:
        if isinstance(value, dict):
            return {
                name: fresh(item)
                if is_atomic(inside := (*trail, str(name)), atomic)
                else _value_with_ids(item, atomic, (*path, str(name)), inside)
                for name, item in value.items()
            }
        if is_stream(value):
            return _stream_with_ids(value, atomic, path, trail)
    return fresh(value)
