"""What of a page is content: which fields an edition inherits, and their raw JSON form.

The raw form of a page is a dict of field name to JSON value: a list of ``{"type", "value", "id"}`` for a StreamField,
a sorted list for a set (tags, many-to-many), the pk for a reference, an ISO string for a date, else the value itself.
It is what versions store and what ``editions.merge.merge_page`` merges.
"""

import json
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from taggit.managers import TaggableManager
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from editions.streams import with_ids

STREAM, RICH, TAGS, LEAF = "stream", "rich", "tags", "leaf"

# Of Wagtail's own page fields only these are words of the page; the others are its place, state and schedule.
# The slug follows by itself and never counts as adapted (laws: "What merges besides the body").
INHERITED_FROM_PAGE = {"title", "seo_title", "search_description"}
OWN = {"base_version", "kept"}


@cache
def content_fields(model: type[models.Model]) -> dict[str, str]:
    """Field name to kind (``stream``, ``rich``, ``tags`` or ``leaf``) of all that editions of ``model`` inherit."""
    local = {*OWN, *getattr(model, "local_fields", ())}
    kinds = {}
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        if field.model is Page and field.name not in INHERITED_FROM_PAGE:
            continue
        if field.name in local or field.primary_key or not getattr(field, "editable", True):
            continue
        kinds[field.name] = kind_of(field)
    return kinds


def kind_of(field: models.Field) -> str:
    if isinstance(field, StreamField):
        return STREAM
    if isinstance(field, RichTextField):
        return RICH
    if isinstance(field, (TaggableManager, ParentalManyToManyField)):
        return TAGS
    return LEAF


def names_of(model: type[models.Model], kind: str) -> frozenset[str]:
    """The content fields of one kind, in the form that ``merge_page`` takes."""
    return frozenset(name for name, each in content_fields(model).items() if each == kind)


def raw(value: Any) -> Any:
    """``value`` as JSON would bring it back."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def get_content(page: models.Model) -> dict[str, Any]:
    """The raw form of ``page``."""
    content: dict[str, Any] = {}
    for name, kind in content_fields(type(page)).items():
        field = page._meta.get_field(name)
        if kind == STREAM:
            content[name] = raw(field.get_prep_value(getattr(page, name)))
        elif isinstance(field, TaggableManager):
            content[name] = sorted(tag.name for tag in getattr(page, name).all())
        elif kind == TAGS:
            content[name] = sorted(other.pk for other in getattr(page, name).all())
        else:
            content[name] = raw(field.value_from_object(page))
    return content


def set_content(page: models.Model, content: dict[str, Any]) -> None:
    """Put raw ``content`` onto ``page`` in memory; fields that ``content`` does not name stay as they are."""
    for name, kind in content_fields(type(page)).items():
        if name not in content:
            continue
        field = page._meta.get_field(name)
        value = content[name]
        if isinstance(field, TaggableManager):
            getattr(page, name).set(value, clear=True)
        elif kind == TAGS:
            getattr(page, name).set(value)
        elif kind == STREAM:
            setattr(page, name, field.to_python(value))
        else:
            setattr(page, field.attname, field.to_python(value))


@cache
def blank_content(model: type[models.Model]) -> dict[str, Any]:
    """What each content field of ``model`` says where nobody has said anything, in raw form."""
    blank: dict[str, Any] = {}
    for name, kind in content_fields(model).items():
        blank[name] = [] if kind in (STREAM, TAGS) else raw(model._meta.get_field(name).get_default())
    return blank


def identified(model: type[models.Model], content: dict[str, Any]) -> dict[str, Any]:
    """``content`` with an id for every block of its streams (``editions.streams.with_ids``)."""
    options = merge_options(model)
    streams = {
        name: with_ids(content[name], atomic=options["atomic"], path=(name,))
        for name in options["streams"]
        if name in content
    }
    return {**content, **streams}


def _atomic_in(block: Block, seen: set[int]) -> set[str]:
    found: set[str] = set()
    if id(block) in seen:
        return found
    seen.add(id(block))
    if isinstance(block, (StreamBlock, StructBlock)):
        for name, child in block.child_blocks.items():
            if isinstance(child, (ImageBlock, TypedTableBlock)) or getattr(child.meta, "atomic", False):
                found.add(name)
            found |= _atomic_in(child, seen)
    elif isinstance(block, ListBlock):
        found |= _atomic_in(block.child_block, seen)
    return found


@cache
def atomic_types(model: type[models.Model]) -> frozenset[str]:
    """Names of the blocks in the streams of ``model`` whose value is never merged inside.

    An image with its alternative text and a typed table are (merging inside breaks them), and any block whose Meta says
    ``atomic = True``.
    """
    found: set[str] = set()
    for name in names_of(model, STREAM):
        found |= _atomic_in(model._meta.get_field(name).stream_block, set())
    return frozenset(found)


def merge_options(model: type[models.Model]) -> dict[str, frozenset[str]]:
    """The keyword arguments of ``merge_page`` that follow from the page type."""
    return {
        "streams": names_of(model, STREAM),
        "tags": names_of(model, TAGS),
        "atomic": atomic_types(model),
    }
