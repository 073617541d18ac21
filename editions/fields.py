"""``RegisteredStreamField``: a StreamField whose blocks come from a registry (``editions.blocks``).

Its migrations hold no block definitions. A block whose type is not registered, because its add-on is
switched off, keeps its stored value untouched: the stream makes a stand-in for the type on demand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.telepath import register
from wagtail.blocks import Block, FieldBlock, StreamBlock, StreamValue
from wagtail.blocks.stream_block import StreamBlockAdapter
from wagtail.fields import StreamField

from .blocks import RESERVED, generation, stream_block_types

_SALT = "editions.fields.unavailable"
NOTICE = _(
    "This part needs an add-on that is switched off. It is kept as it is; readers do not see it meanwhile. "
    "You can move or delete it."
)


class ChildBlocks(dict):
    """Block definitions by type. Iterating shows the registered; looking up any other gives its stand-in."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.stand_ins: dict[str, Block] = {}

    def __missing__(self, name: str) -> Block:
        if not isinstance(name, str) or not name:
            raise KeyError(name)
        if name not in self.stand_ins:
            block = UnavailableBlock()
            block.set_name(name)
            self.stand_ins[name] = block
        return self.stand_ins[name]


class Refused:
    """What a posted part becomes whose signature is wrong: it exists only to be refused by ``clean``."""

    def __init__(self, text: str) -> None:
        self.text = text


class UnavailableBlock(FieldBlock):
    """Stands in for a block type that no app registers. Its value is the raw JSON, passed through as it is.

    In the form it is one signed text, so that nothing but data this server has stored can come back in it:
    raw JSON from a browser would go round the clean-up that rich text passes on its way in.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field = forms.CharField(required=False, widget=forms.HiddenInput(), help_text=NOTICE)

    def to_python(self, value: Any) -> Any:
        return value

    def bulk_to_python(self, values: Any) -> list[Any]:
        return list(values)

    def normalize(self, value: Any) -> Any:
        return value

    def get_default(self) -> Any:
        return None

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_form_state(self, value: Any) -> str:
        """The signed text of (type, value); a refused text goes back to the form as it came."""
        if isinstance(value, Refused):
            return value.text
        if value is None and self.name == RESERVED:
            return ""
        return signing.dumps([self.name, value], salt=_SALT, compress=True)

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        return data.get(prefix, "")

    def clean(self, value: Any) -> Any:
        if isinstance(value, Refused):
            raise ValidationError(
                _("This part could not be read back. Open the page anew; what is stored is unchanged."),
                code="unreadable",
            )
        return value

    def get_api_representation(self, value: Any, context: Any = None) -> Any:
        return value

    def get_searchable_content(self, value: Any) -> list[str]:
        return []

    def extract_references(self, value: Any) -> Any:
        return ()

    def get_block_by_content_path(self, value: Any, path_elements: Any) -> Any:
        return None if path_elements else self.bind(value)

    def get_comparison_class(self) -> type:
        from wagtail.admin.compare import BlockComparison

        class Comparison(BlockComparison):
            def htmlvalue(self, val: Any) -> Any:
                return str(_("A part of an add-on that is switched off"))

        return Comparison

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """Nothing to translate while the add-on is off: the value is copied as it stands."""
        return []

    def restore_translated_segments(self, value: Any, segments: Any) -> Any:
        return value

    def render(self, value: Any, context: Any = None) -> str:
        return ""

    class Meta:
        icon = "cog"
        label = _("A part that is switched off")


class RegisteredStreamBlock(StreamBlock):
    """A StreamBlock whose children come from the named registry. It drops no block that it does not know.

    Can stand at the top of a ``RegisteredStreamField`` or anywhere inside other blocks.
    """

    def __init__(self, registry: str = "chapter", **kwargs: Any) -> None:
        self.registry = registry
        self._built: tuple[int, ChildBlocks] | None = None
        self._local: dict[str, Block] = {}
        super().__init__(**kwargs)

    @property
    def child_blocks(self) -> ChildBlocks:
        now = generation()
        if self._built is None or self._built[0] != now:
            children = ChildBlocks(self._local)
            for kind in stream_block_types(self.registry):
                block = kind.factory()
                block.set_name(kind.name)
                children[kind.name] = block
            # Reading the hooks may have moved the generation on.
            self._built = (generation(), children)
        return self._built[1]

    @child_blocks.setter
    def child_blocks(self, blocks: dict[str, Block]) -> None:
        # The parent class sets the blocks that a subclass declares; they come before the registered ones.
        self._local = dict(blocks)

    @cached_property
    def kept_block(self) -> UnavailableBlock:
        """The one child of the form that stands for every unknown type."""
        block = UnavailableBlock()
        block.set_name(RESERVED)
        return block

    def to_python(self, value: Any) -> StreamValue:
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except ValueError:
                return self.empty_value(raw_text=value)
        if isinstance(value, (list, tuple)) and value and isinstance(value[0], dict):
            return StreamValue(self, list(value), is_lazy=True)
        return super().to_python(value)

    def bulk_to_python(self, values: Any) -> list[StreamValue]:
        """Streams within lists: each type's values are converted together, unknown types by their stand-in."""
        streams = [list(stream) for stream in values]
        by_type: dict[str, list[Any]] = {}
        for child in (child for stream in streams for child in stream):
            by_type.setdefault(child["type"], []).append(child["value"])
        converted = {
            name: iter(self.child_blocks[name].bulk_to_python(found)) for name, found in by_type.items()
        }
        return [
            StreamValue(
                self, [(child["type"], next(converted[child["type"]]), child.get("id")) for child in stream]
            )
            for stream in streams
        ]

    def get_form_state(self, value: Any) -> list[dict[str, Any]]:
        states = super().get_form_state(value)
        for state in states:
            if state["type"] not in self.child_blocks:
                state["type"] = RESERVED
        return states

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> StreamValue:
        """As the parent does; a kept part becomes its own type again, even if that is registered by now."""
        found = []
        for i in range(int(data[f"{prefix}-count"])):
            child = f"{prefix}-{i}"
            if data[f"{child}-deleted"]:
                continue
            name = data[f"{child}-type"]
            if name == RESERVED:
                name, value = self._kept_value(data.get(f"{child}-value", ""))
            elif name in self.child_blocks:
                value = self.child_blocks[name].value_from_datadict(data, files, f"{child}-value")
            else:
                # The form was opened while the add-on was on. What was typed cannot be read without it.
                value = Refused("")
            found.append((int(data[f"{child}-order"]), name, value, data.get(f"{child}-id")))
        found.sort(key=lambda child: child[0])
        return StreamValue(self, [child[1:] for child in found])

    def _kept_value(self, text: str) -> tuple[str, Any]:
        try:
            name, value = signing.loads(text, salt=_SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return RESERVED, Refused(text)
        return name, self.child_blocks[name].to_python(value)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (
            "editions.fields.RegisteredStreamBlock",
            [],
            {"registry": self.registry, **self._constructor_kwargs},
        )

    def deconstruct_with_lookup(self, lookup: Any) -> tuple[str, list[Any], dict[str, Any]]:
        return self.deconstruct()

    @classmethod
    def construct_from_lookup(cls, lookup: Any, *args: Any, **kwargs: Any) -> RegisteredStreamBlock:
        return cls(*args, **kwargs)


_read: ContextVar[dict[int, tuple[Any, list[str]]] | None] = ContextVar("read once", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Within it the words of each stream value are extracted for search once, not once for each kind of index field.

    Only for values that nobody changes meanwhile: a batch of pages that were loaded to be indexed.
    """
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


class RegisteredStreamField(StreamField):
    """A StreamField that takes its blocks from the registry ``registry``.

    Takes a StreamField's other arguments (``blank``, ``min_num``, …).
    """

    def __init__(self, registry: str = "chapter", **kwargs: Any) -> None:
        self.registry = registry
        # Historical migrations of other projects may pass what StreamField writes there.
        kwargs.pop("block_types", None)
        super().__init__(RegisteredStreamBlock(registry=registry), **kwargs)

    def get_searchable_content(self, value: Any) -> list[str]:
        known = _read.get()
        if known is None:
            return super().get_searchable_content(value)
        # The value is kept beside its words, so that its id is not given to another one meanwhile.
        if id(value) not in known:
            known[id(value)] = (value, super().get_searchable_content(value))
        return known[id(value)][1]

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        # Past StreamField, which would write the block definitions: they are not the schema's business.
        name, _path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, "editions.fields.RegisteredStreamField", [], {"registry": self.registry, **kwargs}


class RegisteredStreamBlockAdapter(StreamBlockAdapter):
    """Gives the browser the stand-in beside the registered blocks, and takes it out of the menu."""

    js_constructor = "editions.RegisteredStreamBlock"

    def js_args(self, block: RegisteredStreamBlock) -> list[Any]:
        name, groups, states, meta = super().js_args(block)
        return [name, groups, states, meta, block.kept_block]

    @cached_property
    def media(self) -> forms.Media:
        from wagtail.admin.staticfiles import versioned_static

        return super().media + forms.Media(js=[versioned_static("editions/js/registered-stream.js")])


register(RegisteredStreamBlockAdapter(), RegisteredStreamBlock)
