"""What stands on a site for pages that a text refers to by their ids: the site's own editions first, else national's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import ListBlock, PageChooserBlock
from wagtail.models import Locale

from .routing import Place

PAGE_LINK = re.compile(r'<a [^<>]*linktype="page"[^<>]*>')
PK = re.compile(r' id="(\d+)"')


@dataclass(frozen=True)
class ShownPage:
    """``is_national``: on an affiliate's site, a page that it has no edition of."""

    pk: int
    title: str
    address: str
    is_national: bool


def pages_shown(place: Place, locale: Locale, pks: Iterable[int]) -> dict[int, ShownPage]:
    """By the id referred to. One query for ids that the page has not asked for yet. What is not live, and what belongs to
    others, is left out."""
    links = place.links(locale)
    return {
        pk: ShownPage(target.pk, target.title, links.address(target, is_national=national), national)
        for pk, (target, national) in links.shown({pk for pk in pks if isinstance(pk, int)}).items()
    }


def pages_in(streams: Iterable[Any]) -> set[int]:
    """The ids of the pages to which some streams lead, by choosers and in rich text. Runs no query."""
    found: set[int] = set()
    for stream in streams:
        _collect(stream.stream_block, list(stream.raw_data), found)
    return found


def _collect(block: Any, raw: Any, found: set[int]) -> None:
    if isinstance(block, PageChooserBlock):
        if isinstance(raw, int):
            found.add(raw)
    elif isinstance(raw, str):
        found.update(int(pk) for link in PAGE_LINK.findall(raw) for pk in PK.findall(link))
    elif isinstance(raw, list):
        for child in raw:
            _collect(_child(block, child), child.get("value") if isinstance(child, dict) else child, found)
    elif isinstance(raw, dict):
        for name, value in raw.items():
            _collect(getattr(block, "child_blocks", {}).get(name), value, found)


def _child(block: Any, child: Any) -> Any:
    if isinstance(block, ListBlock):
        return block.child_block
    return getattr(block, "child_blocks", {}).get(child.get("type") if isinstance(child, dict) else None)


def raw_values(stream: Any, *types: str) -> list[tuple[str, str, Any]]:
    """``(type, id, raw value)`` of a stream's blocks of some types, in order. Runs no query."""
    return [
        (raw["type"], str(raw.get("id") or ""), raw["value"])
        for raw in stream.raw_data
        if isinstance(raw, dict) and raw.get("type") in types
    ]


def ids_in(values: Any) -> list[int]:
    """The ids in the raw value of a list of page choosers."""
    found = [raw.get("value") if isinstance(raw, dict) else raw for raw in values or []]
    return [pk for pk in found if isinstance(pk, int)]
