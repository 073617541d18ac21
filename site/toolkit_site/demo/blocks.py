"""Raw StreamField data from the blocks of a demo file, as the blocks' own definitions want it.

A block in a file is its fields by name: text where the definition holds a line, Markdown where it holds rich
text, a day where it holds a day, a list of tables where it holds a list. What a file leaves out is empty. A
name that the definition does not know raises BlockError: it would be lost without a word.

Ids come from keys, not from chance: the same block has the same id on every run and in every language, which
is what the merge joins by. Pages, snippets and images are named by reference (``chapter:team``,
``term:detainer``, ``image:…``) until ``resolve`` puts numbers there.
"""

import re
import uuid
from collections.abc import Callable
from typing import Any

from wagtail import blocks as wagtail_blocks
from wagtail.blocks import Block
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from .richtext import rich

Raw = dict[str, Any]
_NAMESPACE = uuid.UUID("b0f52f0e-6a0a-5d5b-9b5c-2f1f6a6f7c11")
KINDS = (
    *("chapter", "image", "term", "action", "provision", "ordinance", "demandlist", "decider", "letter"),
    *("resource", "organisation", "bill", "policy"),
)
_REFERENCE = re.compile(rf"(?:{'|'.join(KINDS)}):[\w.-]+")
_LINK = re.compile(r'(<a linktype="page" id=")(chapter:[\w.-]+)(")')
# What stands in a file beside a block's fields.
_AROUND = frozenset({"key", "type"})
# A block that is one value, not a struct: the name under which a file has it. Others: "value".
_ONE_VALUE = {"paragraph": "text", "call_to_action": "action", "glossary_term": "term"}


class BlockError(Exception):
    """A file has a block that its definition does not fit."""


def block_uuid(*path: str | int) -> uuid.UUID:
    """The same UUID for the same path, on every run."""
    return uuid.uuid5(_NAMESPACE, "/".join(str(part) for part in path))


def block_id(*path: str | int) -> str:
    """The id of a block or list item: page key, block key, then names and places of the lists on the way."""
    return str(block_uuid(*path))


def chapter_stream() -> Block:
    """The body of chapters: the stream that most pages have."""
    from toolkit_pages.models import ChapterPage

    return ChapterPage._meta.get_field("body").stream_block


def raw(block: Block, value: Any, *path: str | int) -> Any:
    """``value``, as a file says it, in the form in which ``block`` is stored."""
    match block:
        case ImageBlock():
            return {"image": f"image:{value['image']}", "alt_text": value["alt"], "decorative": False}
        case wagtail_blocks.RichTextBlock():
            return rich(value)
        case TypedTableBlock():
            return {
                "columns": [{"type": "text", "heading": heading} for heading in value["columns"]],
                "rows": [{"values": list(row)} for row in value["rows"]],
                "caption": "",
            }
        case wagtail_blocks.BaseStructBlock():
            return _struct(block, value, *path)
        case wagtail_blocks.ListBlock():
            return [
                {
                    "type": "item",
                    "id": block_id(*path, _key(one, place)),
                    "value": raw(block.child_block, one, *path, _key(one, place)),
                }
                for place, one in enumerate(value, start=1)
            ]
        case wagtail_blocks.BaseStreamBlock():
            return stream(block, value, *path)
    if isinstance(value, str):
        return value.strip()
    return value.isoformat() if hasattr(value, "isoformat") else block.get_prep_value(value)


def _key(one: Any, place: int) -> str | int:
    """A list's item is named by its key, where it has one; else by its place."""
    return one["key"] if isinstance(one, dict) and "key" in one else place


def _struct(block: Block, said: Raw, *path: str | int) -> Raw:
    said = _around_tables_and_images(block, said)
    if unknown := said.keys() - block.child_blocks.keys() - _AROUND:
        raise BlockError(f"{'/'.join(map(str, path))}: no such field: {', '.join(sorted(unknown))}")
    return {
        name: raw(child, said[name], *path, name) if name in said else empty(child)
        for name, child in block.child_blocks.items()
    }


def _around_tables_and_images(block: Block, said: Raw) -> Raw:
    """Files write a table's columns and rows, and a picture's alternative text, beside the other fields."""
    for name, child in block.child_blocks.items():
        if isinstance(child, TypedTableBlock) and "rows" in said:
            inner = {part: said[part] for part in ("columns", "rows")}
            said = {part: value for part, value in said.items() if part not in inner} | {name: inner}
        if isinstance(child, ImageBlock) and "alt" in said:
            inner = {"image": said[name], "alt": said["alt"]}
            said = {part: value for part, value in said.items() if part != "alt"} | {name: inner}
    return said


def empty(block: Block) -> Any:
    """What a field holds that a file leaves out."""
    match block:
        case wagtail_blocks.ListBlock() | wagtail_blocks.BaseStreamBlock():
            return []
        case wagtail_blocks.RichTextBlock():
            return ""
    return block.get_prep_value(block.get_default())


def stream(block: Block, said: list[Raw], *path: str | int) -> list[Raw]:
    """The raw data of a stream. Each block of a file has a ``type``, and a ``key`` of its own."""
    found = []
    for place, one in enumerate(said, start=1):
        child = block.child_blocks.get(one["type"])
        where = (*path, _key(one, place))
        if child is None:
            raise BlockError(f"{'/'.join(map(str, where))}: no block of type {one['type']}")
        found.append({"type": one["type"], "value": _child(child, one, *where), "id": block_id(*where)})
    return found


def _child(child: Block, one: Raw, *path: str | int) -> Any:
    if isinstance(child, wagtail_blocks.BaseStructBlock):
        return raw(child, one, *path)
    name = _ONE_VALUE.get(one["type"], "value")
    if isinstance(child, wagtail_blocks.ChooserBlock):
        return one[name] if ":" in one[name] else f"{name}:{one[name]}"
    return raw(child, one[name], *path)


def raw_block(page: str, block: Raw) -> Raw:
    """One block of a chapter's body on the page with this key: ``{"type", "value", "id"}``."""
    return stream(chapter_stream(), [block], page)[0]


def body(document: Raw) -> list[Raw]:
    """The raw body of a document of ``content``."""
    return stream(chapter_stream(), document.get("block", []), document["key"])


def is_rich(kind: str, way: list[str]) -> bool:
    """Whether the place ``way`` inside a chapter's block of this type holds rich text."""
    block = chapter_stream().child_blocks[kind]
    for part in way:
        if isinstance(block, wagtail_blocks.ListBlock):
            block = block.child_block
        elif isinstance(block, wagtail_blocks.BaseStructBlock) and part in block.child_blocks:
            block = block.child_blocks[part]
        else:
            break
    return isinstance(block, wagtail_blocks.RichTextBlock)


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
