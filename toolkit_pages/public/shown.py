"""What stands on a site for pages that a text refers to by their ids: the site's own editions first, else national's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale

from editions.links import Links

from .routing import Place


@dataclass(frozen=True)
class ShownPage:
    """``is_national``: on an affiliate's site, a page that it has no edition of."""

    pk: int
    title: str
    address: str
    is_national: bool


def pages_shown(place: Place, locale: Locale, pks: Iterable[int]) -> dict[int, ShownPage]:
    """By the id referred to. One query; none without ids. What is not live, and what belongs to others, is left out."""
    wanted = {pk for pk in pks if isinstance(pk, int)}
    if not wanted:
        return {}
    links = Links(place.root, locale, None if place.is_national else place.national, pages=wanted)
    return {
        pk: ShownPage(target.pk, target.title, links.address(target, is_national=national), national)
        for pk, (target, national) in links.shown().items()
    }


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
