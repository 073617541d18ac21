"""The library's documents in the search of a site: found in their own words, where the site has a library page."""

from __future__ import annotations

from functools import partial

from django.db.models import QuerySet

from campaign_library.models.document import LibraryDocument
from campaign_library.standing_in import affiliate_of_site

from ..library import KINDS, Kind, Reading, own_readings
from ..routing import Place
from .sources import SearchSource


def document_sources() -> list[SearchSource]:
    """For the hook ``register_search_sources``: one source for each kind of document."""
    return [
        SearchSource(
            name=f"library-{kind.path}",
            kind=kind.title,
            model=kind.model,
            found=partial(shown, kind),
            label="title",
            where="slug",
            address=partial(address_at, kind),
        )
        for kind in KINDS.values()
    ]


def shown(kind: Kind, place: Place) -> QuerySet[LibraryDocument]:
    if reading_of(place) is None:
        return kind.model.objects.none()
    return kind.model.objects.shown_by(affiliate_of_site(place.root.site), place.homes[place.wanted].locale)


def address_at(kind: Kind, place: Place, slug: str) -> str | None:
    reading = reading_of(place)
    return f"{reading.address}{kind.path}/{slug}/" if reading is not None else None


def reading_of(place: Place) -> Reading | None:
    """The site's library page in the language that is shown. No query."""
    return own_readings(place).get(place.homes[place.wanted].locale_id)
