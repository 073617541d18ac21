"""Reading and writing one place of raw content by its path: field name, then block ids and field names.

At a block's own path stands the whole block (``{"type", "value", "id"}``), at a field's path its value.
Pure; nothing given is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from editions.streams import MISSING, Json, Path, fresh, is_stream, keyed
from editions.streams import value_at as get

__all__ = ["get", "put"]


def put(content: Mapping[str, Json], path: Path, value: Json, *, order: Json = None) -> dict[str, Json]:
    """A copy of ``content`` in which ``value`` stands at ``path``; with ``MISSING`` nothing does any more.

    A block that is not there yet is inserted after its nearest predecessor in the stream ``order`` (raw, such as the
    national stream at the same place) that is here, else at the start. Raises KeyError where the place above it is gone.
    """
    result = fresh(dict(content))
    parent: Json = result
    for step in path[:-1]:
        if is_stream(parent) and isinstance(parent, list):
            parent = keyed(parent)[step]["value"]
        else:
            parent = parent[step]
    last = path[-1]
    if isinstance(parent, list):
        _put_block(parent, last, value, order)
    elif value is MISSING:
        parent.pop(last, None)
    else:
        parent[last] = fresh(value)
    return result


def _put_block(stream: list[Any], block_id: str, value: Json, order: Json) -> None:
    ids = list(keyed(stream))
    if block_id in ids:
        place = ids.index(block_id)
        stream[place : place + 1] = [] if value is MISSING else [fresh(value)]
    elif value is not MISSING:
        stream.insert(_place(ids, block_id, list(keyed(order or []))), fresh(value))


def _place(ids: list[str], block_id: str, order: list[str]) -> int:
    before = order[: order.index(block_id)] if block_id in order else []
    for predecessor in reversed(before):
        if predecessor in ids:
            return ids.index(predecessor) + 1
    return 0
