"""The registry of stream blocks: which block types a stream takes is said by hooks, not by the field.

An app offers blocks in its ``wagtail_hooks.py``::

    @hooks.register("register_stream_blocks")
    def blocks():
        return [StreamBlockType("office_hours", OfficeHoursBlock, order=300)]

The hooks are read at the first use of a stream, never at import.
Why so: docs/decisions/0002-blocks-from-a-registry.md.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from wagtail import hooks
from wagtail.blocks import Block

HOOK = "register_stream_blocks"
# The stand-in's name in the editor's form; stored data never holds it, so no block type may take it.
RESERVED = "unavailable"

_generations = itertools.count(1)
_generation = 0
_cache: dict[str, list[StreamBlockType]] | None = None
_switched_off: frozenset[str] = frozenset()


@dataclass(frozen=True)
class StreamBlockType:
    """One block type offered to a stream.

    ``name`` is stored with the data and can never change. ``factory`` is a Block class, or a callable
    without arguments that returns a new Block. ``registry`` names the stream; ``order`` places the block
    in the editor's menu (ours stand at tens from 10, add-ons come after them by default).
    """

    name: str
    factory: Callable[[], Block]
    registry: str = "chapter"
    order: int = 500


def stream_block_types(registry: str) -> list[StreamBlockType]:
    """The block types of a registry, in order. An unknown registry is empty: its add-ons may all be off.

    Raises ImproperlyConfigured when two apps offer one name, or a reserved one.
    """
    global _cache
    if _cache is None:
        _cache = _read_hooks()
    return [kind for kind in _cache.get(registry, []) if kind.name not in _switched_off]


def _read_hooks() -> dict[str, list[StreamBlockType]]:
    found: dict[str, dict[str, StreamBlockType]] = {}
    for hook in hooks.get_hooks(HOOK):
        for kind in hook():
            names = found.setdefault(kind.registry, {})
            if kind.name in names or kind.name == RESERVED:
                raise ImproperlyConfigured(
                    f'The stream block "{kind.name}" of the registry "{kind.registry}" is reserved or offered '
                    f"twice: "
                    f"rename the one in {hook.__module__}."
                )
            names[kind.name] = kind
    return {
        registry: sorted(names.values(), key=lambda kind: (kind.order, kind.name))
        for registry, names in found.items()
    }


def generation() -> int:
    """Changes whenever the registry has been read anew; streams rebuild their blocks then."""
    return _generation


def reset() -> None:
    """Forgets what the hooks said; the next use reads them again."""
    global _cache, _generation
    _cache = None
    _generation = next(_generations)


@contextmanager
def without_blocks(*names: str) -> Iterator[None]:
    """For tests and scripts: within it the named blocks are as if their add-on were switched off."""
    global _switched_off
    before = _switched_off
    _switched_off = before | frozenset(names)
    reset()
    try:
        yield
    finally:
        _switched_off = before
        reset()
