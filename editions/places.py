"""Says in an editor's words where a path leads and what stands there: block labels, numbers of items, names
of what is chosen."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import Block, BooleanBlock, ChoiceBlock, ChooserBlock, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField

from editions import leaves
from editions.differences import plain_text
from editions.streams import MISSING, ORDER, Json, Path, is_block, is_stream, keyed

EXCERPT = 48


@dataclass(frozen=True)
class Place:
    """Where a path leads. ``label`` names it; ``anchor`` is the id of its block in the editor's form, or
    empty."""

    path: Path
    label: str
    anchor: str
    field: str


def excerpt(value: Json, length: int = EXCERPT) -> str:
    line = plain_text(value).partition("\n")[0]
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def opening(block: Block | None, value: Json, length: int = EXCERPT) -> str:
    """The first words of a block, by which an editor knows it: not its kind, size or number."""
    if isinstance(block, StructBlock) and isinstance(value, dict):
        kinds = (BooleanBlock, ChoiceBlock, ChooserBlock)
        value = {name: each for name, each in value.items() if not isinstance(_child(block, name), kinds)}
    elif isinstance(block, ChooserBlock):
        return ""
    return excerpt(value, length)


def field_of(model: type[models.Model], name: str):
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def field_label(model: type[models.Model], name: str) -> str:
    field = field_of(model, name)
    return str(capfirst(getattr(field, "verbose_name", None) or name.replace("_", " ")))


def block_label(block: Block | None, kind: str) -> str:
    label = getattr(block, "label", "") or kind.replace("_", " ")
    return str(capfirst(label))


def place_of(model: type[models.Model], path: Path, *contents: Mapping[str, Json]) -> Place:
    """Name a path of ``model`` in the first of ``contents`` (raw) in which something stands there.

    "Title"; "Paragraph: Who to bring"; "Steps: Prepare › Step 3 › Title".
    """
    path = tuple(path)
    field = field_of(model, path[0]) if path else None
    if not isinstance(field, StreamField) or len(path) == 1:
        return Place(
            path, field_label(model, path[0]) if path else _("The whole page"), "", path[0] if path else ""
        )
    shown = path[:-1] if path[-1] == ORDER else path
    content = next(
        (each for each in contents if leaves.get(each, shown) is not MISSING), contents[0] if contents else {}
    )
    names = list(_names(field.stream_block, content.get(path[0], []), path[1:]))
    anchor = f"block-{path[1]}-section" if path[1] != ORDER else ""
    return Place(path, " › ".join(names) or field_label(model, path[0]), anchor, path[0])


def _names(block: Block | None, value: Json, path: Path):
    for place, step in enumerate(path):
        if step == ORDER:
            yield _("order")
            return
        if is_stream(value):
            items = keyed(value)
            item = items.get(step, MISSING)
            number = list(items).index(step) + 1 if step in items else 0
            kind = item.get("type") if isinstance(item, dict) else ""
            if isinstance(block, ListBlock):
                block = block.child_block
                name = _("%(item)s %(number)d") % {"item": block_label(block, _("item")), "number": number}
                yield name
            else:
                block = _child(block, kind)
                words = opening(block, item["value"]) if place == 0 and is_block(item) else ""
                label = block_label(block, kind or _("block"))
                yield _("%(block)s: %(words)s") % {"block": label, "words": words} if words else label
            value = item.get("value") if isinstance(item, dict) else MISSING
        else:
            block = _child(block, step)
            value = value.get(step, MISSING) if isinstance(value, dict) else MISSING
            # A list within a block is named by its items: "Step 3", not "Steps › Step 3".
            if place == len(path) - 1 or not is_stream(value):
                yield block_label(block, step)


def _child(block: Block | None, name: str) -> Block | None:
    if isinstance(block, (StreamBlock, StructBlock)):
        try:
            return block.child_blocks[name]
        except KeyError:
            return None
    return None


def block_at(model: type[models.Model], path: Path, *contents: Mapping[str, Json]) -> Block | None:
    """The definition of what stands at ``path`` of a stream; at a block's own path that block's. None where
    it is not known."""
    field = field_of(model, path[0])
    if not isinstance(field, StreamField) or len(path) < 2:
        return None
    content = next((each for each in contents if leaves.get(each, path) is not MISSING), None)
    if content is None:
        return None
    block, value = field.stream_block, content.get(path[0], [])
    for step in path[1:]:
        if is_stream(value):
            item = keyed(value).get(step, {})
            block = block.child_block if isinstance(block, ListBlock) else _child(block, item.get("type", ""))
            value = item.get("value")
        else:
            block, value = _child(block, step), value.get(step) if isinstance(value, dict) else None
    return block


class Reader:
    """Makes raw values readable: the titles of chosen things for their ids, words for booleans and choices.

    Give all values first (``see``), so that each kind of chosen thing is looked up once.
    """

    def __init__(self, model: type[models.Model]):
        self.model = model
        self.wanted: dict[type[models.Model], set] = defaultdict(set)
        self.names: dict[tuple[type[models.Model], Any], str] = {}

    def see(self, contents: Iterable[Mapping[str, Json]]) -> "Reader":
        for content in contents:
            for name, value in content.items():
                self._field(name, value, self._want)
        for model, ids in self.wanted.items():
            for found in model._default_manager.filter(pk__in=ids):
                self.names[model, str(found.pk)] = str(found)
        return self

    def see_at(self, values: Iterable[tuple[Block | None, Json]]) -> "Reader":
        """As ``see``, for single values (whole blocks or what stands in them) with the definitions of what
        stands there."""
        for block, value in values:
            self._value(block, value["value"] if is_block(value) else value, self._want)
        return self.see([])

    def value(self, block: Block | None, value: Json) -> Json:
        if is_block(value):
            return {**value, "value": self._value(block, value["value"], self._name)}
        return self._value(block, value, self._name)

    def content(self, content: Mapping[str, Json]) -> dict[str, Json]:
        """The same shape, readable."""
        return {name: self._field(name, value, self._name) for name, value in content.items()}

    def _want(self, model, pk):
        if pk:
            self.wanted[model].add(pk)
        return pk

    def _name(self, model, pk):
        if not pk:
            return ""
        return self.names.get((model, str(pk))) or _("something that is no longer there")

    def _field(self, name: str, value: Json, chosen: Callable) -> Json:
        field = field_of(self.model, name)
        if isinstance(field, StreamField):
            return self._value(field.stream_block, value, chosen)
        if isinstance(field, models.ForeignKey):
            return chosen(field.related_model, value)
        if isinstance(field, models.BooleanField):
            return _("yes") if value else _("no")
        if field is not None and getattr(field, "choices", None):
            return str(dict(field.flatchoices).get(value, value))
        return value

    def _value(self, block: Block | None, value: Json, chosen: Callable) -> Json:
        if isinstance(block, StreamBlock) and isinstance(value, list):
            return [
                {**each, "value": self._value(_child(block, each["type"]), each["value"], chosen)}
                if is_block(each)
                else each
                for each in value
            ]
        if isinstance(block, ListBlock) and isinstance(value, list):
            return [
                {**each, "value": self._value(block.child_block, each["value"], chosen)}
                if is_block(each)
                else each
                for each in value
            ]
        if isinstance(block, StructBlock) and isinstance(value, dict):
            return {name: self._value(_child(block, name), each, chosen) for name, each in value.items()}
        if isinstance(block, ChooserBlock):
            return chosen(block.model_class, value)
        if isinstance(block, BooleanBlock):
            return _("yes") if value else _("no")
        if isinstance(block, ChoiceBlock) and not isinstance(value, (list, dict)):
            return str(dict(block.field.choices).get(value, value)) if value is not None else ""
        return value
