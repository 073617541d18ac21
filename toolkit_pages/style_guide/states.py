"""The states in which a block is shown, all made from its preview value: nothing is listed by hand for any block.

As it is, with the optional parts missing, with long words, out of date where it has days, and empty as it is new.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

LONG = "Verwaltungsgerichtszuständigkeitsvereinbarungsentwurf_0123456789"
"""No place to break it: what a narrow column must stand."""
LONG_AGO = datetime.date(2001, 1, 1)

Leaf = Callable[[blocks.Block, Any], Any]


@dataclass(frozen=True)
class State:
    name: str
    label: Any
    value: Any


def states_of(block: blocks.Block) -> list[State]:
    """The states of one block, the preview first. A state that looks like the preview is left out."""
    shown = block.get_preview_value()
    found = [
        State("preview", _("As it is"), shown),
        State("bare", _("Optional parts missing"), bare(block, shown)),
        State("long", _("Long words"), each_leaf(block, shown, _longer)),
    ]
    if has_days(block, shown):
        found.append(State("expired", _("Out of date"), each_leaf(block, shown, _expired)))
    found.append(State("empty", _("Empty"), block.get_default()))
    return found


def each_leaf(block: blocks.Block, value: Any, change: Leaf) -> Any:
    """A copy of a block's value in which ``change(block, value)`` has been applied to each of its leaves."""
    if value is None:
        return change(block, value)
    if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        return block.normalize(
            {name: each_leaf(child, value.get(name), change) for name, child in block.child_blocks.items()}
        )
    if isinstance(block, blocks.ListBlock):
        return block.normalize([each_leaf(block.child_block, item, change) for item in value])
    if isinstance(block, blocks.StreamBlock):
        return block.normalize(
            [(child.block_type, each_leaf(child.block, child.value, change)) for child in value]
        )
    return change(block, value)


def bare(block: blocks.Block, value: Any) -> Any:
    """A copy of a block's value with what is required and nothing else; lists as short as they may be."""
    if value is None:
        return None
    if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        return block.normalize(
            {name: bare(child, value.get(name)) for name, child in block.child_blocks.items()}
        )
    if isinstance(block, blocks.ListBlock):
        least = block.meta.min_num or 0
        return block.normalize([bare(block.child_block, item) for item in list(value)[:least]])
    if isinstance(block, blocks.BooleanBlock | blocks.ChoiceBlock) or block.required:
        return value
    return block.get_default() if isinstance(block, blocks.FieldBlock) else value


def has_days(block: blocks.Block, value: Any) -> bool:
    """Whether the block can be out of date: somewhere in it stands a day."""
    found = []

    def look(leaf: blocks.Block, inner: Any) -> Any:
        if isinstance(leaf, blocks.DateBlock) or (isinstance(inner, models.Model) and _days(inner)):
            found.append(leaf)
        return inner

    each_leaf(block, value, look)
    return bool(found)


def _longer(block: blocks.Block, value: Any) -> Any:
    if isinstance(block, blocks.RichTextBlock):
        return RichText(f"<p>{LONG} {LONG}</p>{value.source if value else ''}")
    if isinstance(block, blocks.CharBlock | blocks.TextBlock):
        return f"{value or ''} {LONG}".strip()[: getattr(block.field, "max_length", None)]
    if isinstance(value, models.Model):
        longer = copy(value)
        for field in _texts(value):
            words = f"{getattr(value, field.name)} {LONG}"
            # What is too long to be saved is no state: a telephone number, the name of a time zone.
            if field.max_length is None or len(words) <= field.max_length:
                setattr(longer, field.name, words)
        return longer
    return value


def _expired(block: blocks.Block, value: Any) -> Any:
    if isinstance(block, blocks.DateBlock):
        return LONG_AGO
    if isinstance(value, models.Model):
        older = copy(value)
        for field in _days(value):
            setattr(older, field.name, LONG_AGO)
        return older
    return value


def _days(instance: models.Model) -> list[models.Field]:
    return [
        field
        for field in instance._meta.concrete_fields
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
    ]


def _texts(instance: models.Model) -> list[models.Field]:
    return [
        field
        for field in instance._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.URLField | models.SlugField)
        and not field.choices
        and getattr(instance, field.name)
    ]
