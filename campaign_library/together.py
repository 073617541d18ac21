"""Snippets of several kinds read in one statement: what a page shows of the library costs the same however many kinds it is.

Each kind is one branch of a ``UNION ALL`` that gives its rows as JSON objects; here they become instances again, each with the
relations that its fragment follows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connections
from django.db.models import CharField, F, Field, JSONField, Model, QuerySet, Value
from django.db.models.functions import JSONObject
from wagtail.blocks import Block, ListBlock, StreamValue, StructBlock
from wagtail.blocks.stream_block import BaseStreamBlock

from .snippet_block import LibrarySnippetBlock, snippets_asked_for, stand_ins_first
from .standing_in import current

OWN = ""
"""The key of a row's own fields; those of a relation have its name."""


def meet(streams: Iterable[StreamValue]) -> None:
    """Loads every snippet that some streams show, for whom the page is being shown: one statement, or none."""
    showing = current()
    wanted: dict[type[Model], set[Any]] = {}
    for stream in streams:
        _collect(stream.stream_block, stream.raw_data, wanted)
    missing = {model: pks - set(showing.met.get(model, {})) for model, pks in wanted.items()}
    missing = {model: pks for model, pks in missing.items() if pks}
    # One kind alone is asked for in the plain way, where its blocks are read.
    if len(missing) < 2:
        return
    rows = load({model: snippets_asked_for(model, pks, showing.affiliate) for model, pks in missing.items()})
    for model, pks in missing.items():
        met = showing.met.setdefault(model, {})
        met.update(stand_ins_first(rows[model], pks, showing.affiliate))


def _collect(block: Block, raw: Any, wanted: dict[type[Model], set[Any]]) -> None:
    """Adds the ids in a block's raw value, by model. What does not look like one is left to the block itself."""
    if isinstance(block, LibrarySnippetBlock):
        if isinstance(raw, int):
            wanted.setdefault(block.model_class, set()).add(raw)
    elif isinstance(block, BaseStreamBlock):
        for child in raw or []:
            if isinstance(child, dict) and child.get("type") in block.child_blocks:
                _collect(block.child_blocks[child["type"]], child.get("value"), wanted)
    elif isinstance(block, ListBlock) and isinstance(raw, list):
        for child in raw:
            item = child["value"] if isinstance(child, dict) and child.get("type") == "item" else child
            _collect(block.child_block, item, wanted)
    elif isinstance(block, StructBlock) and isinstance(raw, dict):
        for name, child in block.child_blocks.items():
            _collect(child, raw.get(name), wanted)


def load(querysets: Mapping[type[Model], QuerySet[Any]]) -> dict[type[Model], list[Any]]:
    """The rows of each queryset, with the relations named by ``shown_with``. One statement for all."""
    branches = [
        queryset.order_by()
        .annotate(kind_of_row=Value(model._meta.label_lower, output_field=CharField()), row=_as_json(model))
        .values_list("kind_of_row", "row")
        for model, queryset in querysets.items()
    ]
    found: dict[type[Model], list[Any]] = {model: [] for model in querysets}
    by_label = {model._meta.label_lower: model for model in querysets}
    for label, row in branches[0].union(*branches[1:], all=True):
        model = by_label[label]
        found[model].append(_instance(model, row, branches[0].db))
    return found


def _as_json(model: Any) -> JSONObject:
    parts = {OWN: model, **{name: model._meta.get_field(name).related_model for name in model.shown_with}}
    return JSONObject(
        **{
            name: JSONObject(
                **{
                    field.attname: F(f"{name}__{field.attname}" if name else field.attname)
                    for field in part._meta.concrete_fields
                }
            )
            for name, part in parts.items()
        }
    )


def _instance(model: Any, row: dict[str, Any], using: str) -> Any:
    snippet = _from_json(model, row[OWN], using)
    for name in model.shown_with:
        related: Any = model._meta.get_field(name).related_model
        values = row[name]
        is_there = values[related._meta.pk.attname] is not None
        setattr(snippet, name, _from_json(related, values, using) if is_there else None)
    return snippet


def _from_json(model: Any, values: Mapping[str, Any], using: str) -> Any:
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    return model.from_db(using, names, [_value(field, values[field.attname], using) for field in fields])


def _value(field: Field, value: Any, using: str) -> Any:
    """A value as it would have come out of its own column."""
    if value is None:
        return None
    connection = connections[using]
    if isinstance(field, JSONField):
        # SQLite keeps JSON as text, and so hands it on.
        return json.loads(value) if isinstance(value, str) and connection.vendor == "sqlite" else value
    column = field.get_col(field.model._meta.db_table)
    for convert in connection.ops.get_db_converters(column):
        value = convert(value, column, connection)
    return field.to_python(value)
