"""Raw StreamField data of the chapter body from the blocks of a demo file.

Ids come from keys, not from chance: the same block has the same id on every run and in every language, which
is what the merge joins by. Pages, terms, calls to action and images are named by reference (``chapter:team``,
``term:detainer``, ``action:call-office``, ``image:…``) until ``resolve`` puts numbers there.
"""

import re
import uuid
from collections.abc import Callable
from typing import Any

from .richtext import rich

Raw = dict[str, Any]
_NAMESPACE = uuid.UUID("b0f52f0e-6a0a-5d5b-9b5c-2f1f6a6f7c11")
_REFERENCE = re.compile(r"(?:chapter|term|action|image):[\w.-]+")
_LINK = re.compile(r'(<a linktype="page" id=")(chapter:[\w.-]+)(")')


def block_uuid(*path: str | int) -> uuid.UUID:
    """The same UUID for the same path, on every run."""
    return uuid.uuid5(_NAMESPACE, "/".join(str(part) for part in path))


def block_id(*path: str | int) -> str:
    """The id of a block or list item: page key, block key, then names and places of the lists on the way."""
    return str(block_uuid(*path))


def _items(values: list[Raw], *path: str | int) -> list[Raw]:
    return [
        {"type": "item", "id": block_id(*path, number), "value": value}
        for number, value in enumerate(values, start=1)
    ]


def _steps(block: Raw, *path: str | int) -> Raw:
    steps = []
    for number, step in enumerate(block["steps"], start=1):
        inner = [{"title": sub["title"], "text": rich(sub["text"])} for sub in step.get("steps", [])]
        steps.append(
            {
                "title": step["title"],
                "text": rich(step["text"]),
                "steps": _items(inner, *path, "steps", number, "steps"),
            }
        )
    return {"title": block["title"], "steps": _items(steps, *path, "steps")}


def _questions(block: Raw, *path: str | int) -> Raw:
    questions = [{"question": one["question"], "hint": rich(one["hint"])} for one in block["questions"]]
    return {"title": block["title"], "questions": _items(questions, *path, "questions")}


def _points(block: Raw, *path: str | int) -> Raw:
    points = [
        {
            "point": one["point"],
            "evidence": rich(one["evidence"]),
            "as_of": one["as_of"].isoformat(),
            "source": one["source"],
        }
        for one in block["points"]
    ]
    return {"title": block["title"], "points": _items(points, *path, "points")}


def _table(block: Raw, *path: str | int) -> Raw:
    return {
        "caption": block["caption"],
        "table": {
            "columns": [{"type": "text", "heading": heading} for heading in block["columns"]],
            "rows": [{"values": list(row)} for row in block["rows"]],
            "caption": "",
        },
        "source": block["source"],
    }


def _figure(block: Raw, *path: str | int) -> Raw:
    image = {"image": f"image:{block['image']}", "alt_text": block["alt"], "decorative": False}
    return {
        "image": image,
        "caption": block["caption"],
        "long_description": rich(block["long_description"]),
        "source": block["source"],
    }


def _quote(block: Raw, *path: str | int) -> Raw:
    plain = {name: block[name] for name in ("speaker", "role", "source", "source_url", "language")}
    return {"text": rich(block["text"]), **plain}


_VALUES: dict[str, Callable[..., Any]] = {
    "paragraph": lambda block, *path: rich(block["text"]),
    "heading": lambda block, *path: {"text": block["text"], "level": block["level"]},
    "steps": _steps,
    "questions": _questions,
    "callout": lambda block, *path: {
        "kind": block["kind"],
        "title": block["title"],
        "text": rich(block["text"]),
    },
    "quote": _quote,
    "figure": _figure,
    "table": _table,
    "talking_points": _points,
    "call_to_action": lambda block, *path: f"action:{block['action']}",
    "glossary_term": lambda block, *path: f"term:{block['term']}",
}
TYPES = frozenset(_VALUES)


def raw_block(page: str, block: Raw) -> Raw:
    """One block of the page with this key: ``{"type", "value", "id"}``. KeyError on an unknown type."""
    value = _VALUES[block["type"]](block, page, block["key"])
    return {"type": block["type"], "value": value, "id": block_id(page, block["key"])}


def body(document: Raw) -> list[Raw]:
    """The raw body of a document of ``content``."""
    return [raw_block(document["key"], block) for block in document.get("block", [])]


def references(value: Any) -> set[str]:
    """All references inside raw data or rich text."""
    if isinstance(value, str):
        found = {match.group(2) for match in _LINK.finditer(value)}
        return found | {value} if _REFERENCE.fullmatch(value) else found
    if isinstance(value, dict):
        return set().union(*map(references, value.values()))
    if isinstance(value, list):
        return set().union(*map(references, value))
    return set()


def resolve(value: Any, number: Callable[[str], int]) -> Any:
    """A copy of raw data with ``number(reference)`` in place of each reference."""
    if isinstance(value, str):
        if _REFERENCE.fullmatch(value):
            return number(value)
        return _LINK.sub(lambda match: f"{match[1]}{number(match[2])}{match[3]}", value)
    if isinstance(value, dict):
        return {name: resolve(inner, number) for name, inner in value.items()}
    if isinstance(value, list):
        return [resolve(inner, number) for inner in value]
    return value
