"""How a copy stands to national's snippet: what national has changed since, and where both have changed the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import SafeString
from django.utils.text import capfirst

from editions.canonical import canonical_content
from editions.content import get_content, merge_options
from editions.merge import merge_page
from editions.streams import same
from editions.views import marks

from .models.base import LibrarySnippet


@dataclass(frozen=True)
class FieldChange:
    """One field that national has changed since the copy was last compared with it.

    ``ours`` is what the copy says. ``collides``: it has changed the same words, so somebody has to choose.
    """

    name: str
    label: str
    difference: SafeString
    ours: SafeString
    collides: bool


def content_of(snippet: LibrarySnippet) -> dict[str, Any]:
    """The raw content in the editor's own form, so that saving a copy unchanged changes nothing."""
    return canonical_content(type(snippet), get_content(snippet))


def national_changes(copy: LibrarySnippet) -> list[FieldChange]:
    """Field by field; none where national has changed nothing, or is gone. Reads the newest draft of the copy."""
    if copy.adapts is None:
        return []
    model = type(copy)
    base, national = copy.adapted_from or {}, content_of(copy.adapts)
    ours = content_of(copy.get_latest_revision_as_object())
    merged = merge_page(base, national, ours, **merge_options(model))
    collisions = {conflict.path[0] for conflict in merged.conflicts}
    return [
        FieldChange(
            name=name,
            label=field_label(model, name),
            difference=marks.marked(_words(model, name, base.get(name)), _words(model, name, value)),
            ours=marks.read(_words(model, name, ours.get(name))),
            collides=name in collisions,
        )
        for name, value in national.items()
        if not same(base.get(name), value)
    ]


def own_words(copy: LibrarySnippet) -> list[FieldChange]:
    """Field by field where the copy says something else than national: what it keeps while national's words stand."""
    if copy.adapts is None:
        return []
    model, ours, national = type(copy), content_of(copy), content_of(copy.adapts)
    return [
        FieldChange(
            name=name,
            label=field_label(model, name),
            difference=marks.read(_words(model, name, value)),
            ours=marks.read(_words(model, name, ours.get(name))),
            collides=False,
        )
        for name, value in national.items()
        if not same(ours.get(name), value)
    ]


@dataclass(frozen=True)
class FieldDifference:
    label: str
    difference: SafeString


def field_label(model: type, name: str) -> str:
    return str(capfirst(model._meta.get_field(name).verbose_name))


def field_differences(
    model: type, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[FieldDifference]:
    """What changes from one raw content to another, word by word, field by field."""
    return [
        FieldDifference(
            field_label(model, name),
            marks.marked(_words(model, name, before.get(name)), _words(model, name, value)),
        )
        for name, value in after.items()
        if not same(before.get(name), value)
    ]


def has_national_changed(copy: LibrarySnippet) -> bool:
    """Whether national says something else since the copy was last compared with it."""
    if copy.adapts is None:
        return False
    base = copy.adapted_from or {}
    return any(not same(base.get(name), value) for name, value in content_of(copy.adapts).items())


def _words(model: type, name: str, value: Any) -> Any:
    """A choice by its label, what it refers to by its name, anything else as it is."""
    field = model._meta.get_field(name)
    if field.many_to_one and value is not None:
        return str(field.related_model._base_manager.filter(pk=value).first() or value)
    choices = dict(getattr(field, "flatchoices", None) or ())
    return str(choices.get(value, value)) if choices and value is not None else value
