"""Reading raw stream data without trusting it: what is missing or of another shape is empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


def text(value: Any, name: str) -> str:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def children(stream: Any) -> Iterator[tuple[str, str, Any]]:
    """(type, id, value) of each block of a stream."""
    for child in stream if isinstance(stream, list) else ():
        if isinstance(child, dict) and "value" in child:
            yield str(child.get("type") or ""), str(child.get("id") or ""), child["value"]


def items(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """(id, value) of each item of the list `name` in a struct; old lists hold bare values, without ids."""
    found = value.get(name) if isinstance(value, dict) else None
    for item in found if isinstance(found, list) else ():
        if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
            yield str(item.get("id") or ""), item["value"]
        else:
            yield "", item


def whole(value: Any, name: str) -> int | None:
    """The number `name` of a struct: the id of something chosen, or a limit."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def chosen(value: Any, name: str) -> tuple[int, ...]:
    """The ids in a list of choosers."""
    return tuple(each for _id, each in items(value, name) if isinstance(each, int))


def anchor(prefix: str, name: str, id: str, place: str) -> str:
    """The fragment of an address: by its name, else by its id, which never changes; by its place without either.

    Of the editor's own ids, UUIDs, eight digits are enough to tell a document's parts apart.
    """
    return f"{prefix}-{name or (id[:8] if UUID.fullmatch(id) else id) or place}"
