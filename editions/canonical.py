"""The editor's canonical form of texts: what the page editor itself would store, had it saved them unchanged.

A program writes ``<strong>``, entities and line breaks that the rich-text editor rewrites at its first save; blocks
older than a field lack it. Brought into this form on import and when national sends, an untouched page that is
published unchanged stays equal to its version.

Canonical rich text has no ``data-block-key`` attributes: they are random, comparison ignores them
(``streams.without_block_keys``), and without them the same text has the same form on every run. Applying it twice
changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from bs4 import BeautifulSoup
from django import forms
from django.db import models
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.blocks import Block, FieldBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import features as feature_registry

from .content import RICH, STREAM, content_fields
from .streams import with_ids, without_block_keys

EMPTY = "<p></p>"
"""What the rich-text editor stores for nothing. Our own blocks and page forms make it the empty string."""

_OPEN_BREAK = re.compile(r"<br\s*>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


_REFUSALS = (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError)


@lru_cache(maxsize=64)
def _converter(features: tuple[str, ...]) -> ContentstateConverter:
    return ContentstateConverter(list(features))


def canonical_rich_text(html: str | None, features: Iterable[str] | None = None) -> str:
    """``html`` as the editor with these features stores it, or the empty string for nothing.

    Tags that no feature allows go, their text stays. ``features`` None: the editor's default ones. Unfinished or
    misplaced tags are mended first; the converter does not take them.
    """
    if not html or not html.strip():
        return ""
    chosen = tuple(feature_registry.get_default_features() if features is None else features)
    converter = _converter(chosen)
    mended = _OPEN_BREAK.sub("<br/>", _CONTROL.sub("", html))
    try:
        state = converter.from_database_format(mended)
    except _REFUSALS:
        # The converter trusts its input to be well formed. A parser that does not makes it so.
        state = converter.from_database_format(_well_formed(mended))
    result = without_block_keys(converter.to_database_format(state))
    return "" if result == EMPTY else result


def _well_formed(html: str) -> str:
    """Tags closed and nested, list items within lists."""
    soup = BeautifulSoup(html, "html.parser")
    for item in soup.find_all("li"):
        if item.find_parent(["ul", "ol"]) is None:
            item.wrap(soup.new_tag("ul"))
    return str(soup)


def canonical_stream(block: Block, raw: Any) -> list[Any]:
    """The canonical form of a stream's raw data: texts, missing fields with their defaults, ids for all that lack one.

    Blocks of unknown types (an add-on switched off) stay as they are. ``raw`` is not changed. Ids are given
    deterministically, as the merge gives them.
    """
    return with_ids(_stream(block, raw))


def canonical_content(model: type[models.Model], content: Mapping[str, Any]) -> dict[str, Any]:
    """The canonical form of a page's raw content (``editions.content``). Names that are no content pass through."""
    kinds = content_fields(model)
    result = dict(content)
    for name, value in content.items():
        field = model._meta.get_field(name) if name in kinds else None
        if kinds.get(name) == STREAM and isinstance(field, StreamField):
            result[name] = canonical_stream(field.stream_block, value)
        elif kinds.get(name) == RICH and isinstance(field, RichTextField):
            result[name] = canonical_rich_text(value, field.features)
        elif isinstance(field, (models.CharField, models.TextField)) and isinstance(value, str):
            result[name] = plain(value)
    return result


def plain(text: str) -> str:
    """A plain text as a form stores it: no space around it, one kind of line break."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _stream(block: Block, raw: Any) -> list[Any]:
    if not isinstance(raw, list) or not isinstance(block, StreamBlock):
        return raw if isinstance(raw, list) else []
    children = []
    for child in raw:
        if isinstance(child, dict) and child.get("type") in block.child_blocks:
            child = {**child, "value": _value(block.child_blocks[child["type"]], child.get("value"))}
        children.append(child)
    return children


def _value(block: Block, value: Any) -> Any:
    if isinstance(block, RichTextBlock):
        return _rich(block, value)
    if isinstance(block, StreamBlock):
        return _stream(block, value)
    if isinstance(block, ListBlock):
        return [_item(block, item) for item in value] if isinstance(value, list) else []
    if isinstance(block, ImageBlock):
        return value
    if isinstance(block, StructBlock):
        return _struct(block, value)
    if isinstance(block, TypedTableBlock):
        return _table(block, value)
    if isinstance(block, FieldBlock):
        return _field(block, value)
    return value


def _rich(block: RichTextBlock, value: Any) -> str:
    features = block.features
    if features is None:
        features = getattr(block.field.widget, "features", None)
    text = canonical_rich_text(value if isinstance(value, str) else "", features) or EMPTY
    # The block has the last word, as it has in its form: some store nothing as nothing.
    return block.get_prep_value(block.value_from_form(text))


def _struct(block: StructBlock, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    known = {}
    for name, child in block.child_blocks.items():
        given = value[name] if name in value else child.get_prep_value(child.get_default())
        known[name] = _value(child, given)
    return {**value, **known}


def _item(block: ListBlock, item: Any) -> Any:
    # Lists saved by old programs hold bare values; their items get ids like all others.
    wrapped = item if block._item_is_in_block_format(item) else _wrapped(item)
    return {**wrapped, "value": _value(block.child_block, wrapped["value"])}


def _wrapped(item: Any) -> dict[str, Any]:
    if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
        return item
    return {"type": "item", "value": item}


def _table(block: TypedTableBlock, value: Any) -> Any:
    if not isinstance(value, dict) or not isinstance(value.get("columns"), list):
        return block.get_prep_value(block.get_default())
    columns = [{"heading": "", **column} for column in value["columns"]]
    blocks = [block.child_blocks.get(column.get("type")) for column in columns]
    rows = [
        {
            **row,
            "values": [
                cell if each is None else _value(each, cell)
                for each, cell in zip(blocks, row.get("values", []), strict=False)
            ],
        }
        for row in value.get("rows", [])
    ]
    return {**value, "columns": columns, "rows": rows, "caption": value.get("caption") or ""}


def _field(block: FieldBlock, value: Any) -> Any:
    field = block.field
    if isinstance(field, forms.CharField) and not isinstance(field, forms.ChoiceField):
        if value is None:
            return field.empty_value
        return plain(value) if isinstance(value, str) and field.strip else value
    return value
