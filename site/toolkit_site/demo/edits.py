"""What an editor does to a page's body, on raw StreamField data: change, hide, add, move.

Each function returns new data and leaves its input alone. A block that is not there raises EditError.
"""

import copy
from typing import Any

from .blocks import block_id, is_rich, raw_block
from .richtext import rich

Raw = list[dict[str, Any]]

# What an edit has besides the fields of the block that it adds.
AROUND = {"do", "page", "after", "languages", "en", "es"}


class EditError(Exception):
    """The block or the place inside it does not exist."""


def find(body: Raw, block: str) -> int:
    """The place of the block with this id."""
    for place, one in enumerate(body):
        if one["id"] == block:
            return place
    raise EditError(f"no block {block}")


def change(body: Raw, block: str, field: str, text: str) -> Raw:
    """The body with ``text`` (Markdown where the field is rich) at a place inside a block.

    ``field`` is names and list places joined by ``/``, places counted from 1: ``steps/2/text``. A paragraph
    has the one field ``text``.
    """
    body = copy.deepcopy(body)
    target = body[find(body, block)]
    *way, last = field.split("/")
    new = rich(text) if is_rich(target["type"], [*way, last]) else text.strip()
    if target["type"] == "paragraph":
        target["value"] = new
        return body
    value = target["value"]
    try:
        for part in way:
            value = value[int(part) - 1]["value"] if part.isdigit() else value[part]
        if last not in value:
            raise KeyError(last)
    except (KeyError, IndexError, TypeError) as error:
        raise EditError(f"no {field} in {target['type']} {block}") from error
    value[last] = new
    return body


def hide(body: Raw, block: str) -> Raw:
    """The body without the block."""
    place = find(body, block)
    return body[:place] + body[place + 1 :]


def add(body: Raw, new: dict[str, Any], after: str) -> Raw:
    """The body with a block more, behind the one with id ``after``."""
    place = find(body, after) + 1
    return [*body[:place], new, *body[place:]]


def move(body: Raw, block: str, after: str) -> Raw:
    """The body with a block moved behind the one with id ``after``."""
    return add(hide(body, block), body[find(body, block)], after)


def apply(body: Raw, edit: dict[str, Any], language: str) -> Raw:
    """The body after one of an affiliate's edits (``content.Affiliate.edits``), other than a hold.

    New text may still hold references: see ``blocks.resolve``.
    """
    page = edit["page"]
    match edit["do"]:
        case "change":
            return change(body, block_id(page, edit["block"]), edit["field"], edit[language])
        case "hide":
            return hide(body, block_id(page, edit["block"]))
        case "add":
            new = {name: value for name, value in edit.items() if name not in AROUND}
            return add(body, raw_block(page, {**new, **edit[language]}), block_id(page, edit["after"]))
        case "move":
            return move(body, block_id(page, edit["block"]), block_id(page, edit["after"]))
    raise EditError(f"nobody knows how to {edit['do']} a block")
