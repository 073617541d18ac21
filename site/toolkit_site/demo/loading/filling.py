"""Puts what a document says into the fields of a page or snippet, each in the way its field wants it."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from django.db.models import Field, ForeignKey, ManyToManyField, UUIDField
from taggit.managers import TaggableManager
from wagtail.fields import RichTextField, StreamField

from .. import blocks
from ..richtext import rich

# What a document has besides fields.
NOT_FIELDS = {"key", "parent"}
# Where a document's name for a field is another than the model's: an event's "kind" is that of its page type.
NAMES = {"block": "body", "event_kind": "kind"}
_DAYS_FROM_NOW = re.compile(r"\+(\d+) days")


def fields_of(target: Any, document: dict[str, Any]) -> dict[str, Field]:
    """Name in the document → field. Raises FieldDoesNotExist for a name that is no field."""
    # A page type's name is no field of a page; a snippet's "kind" is one.
    outside = NOT_FIELDS | ({"kind"} if hasattr(target, "path") else set())
    return {name: target._meta.get_field(NAMES.get(name, name)) for name in document if name not in outside}


def is_plain(field: Field) -> bool:
    """Whether its value refers to nothing else."""
    return not isinstance(
        field, StreamField | RichTextField | ForeignKey | ManyToManyField | TaggableManager | UUIDField
    )


def value_of(field: Field, value: Any) -> Any:
    """A plain field's value. ``+20 days`` is that many days after today: samples of what is to come."""
    if isinstance(value, str):
        found = _DAYS_FROM_NOW.fullmatch(value)
        if found and field.get_internal_type() == "DateField":
            return datetime.date.today() + datetime.timedelta(days=int(found[1]))
        return value.strip()
    return value


def fill_plain(target: Any, document: dict[str, Any]) -> None:
    """Only fields that refer to nothing: so that pages and snippets can then refer to one another."""
    for name, field in fields_of(target, document).items():
        if is_plain(field):
            setattr(target, field.name, value_of(field, document[name]))


def fill(
    target: Any, document: dict[str, Any], number: Callable[[str], int], key: Callable[[str], Any]
) -> None:
    """All fields but the tags of what is not saved yet. ``number`` gives primary keys, ``key`` translation keys."""
    fill_plain(target, document)
    for name, field in fields_of(target, document).items():
        value = document[name]
        match field:
            case StreamField():
                # The body's blocks are named by their key alone, those of other streams by the stream too.
                way = () if field.name == "body" else (field.name,)
                raw = blocks.stream(field.stream_block, value, document["key"], *way)
                setattr(target, field.name, field.to_python(blocks.resolve(raw, number)))
            case RichTextField():
                setattr(target, field.name, blocks.resolve(rich(value), number))
            case ForeignKey():
                setattr(target, field.attname, number(value) if value else None)
            case UUIDField():
                setattr(target, field.name, key(value) if value else None)
            case ManyToManyField() | TaggableManager():
                if hasattr(target, "path"):
                    getattr(target, field.name).set(value)


def fill_tags(snippet: Any, document: dict[str, Any]) -> None:
    """The topics of a snippet that has been saved."""
    if document.get("tags"):
        model = snippet.tags.through.tag_model()
        snippet.tags.set(model.objects.filter(slug__in=document["tags"]))
