"""The library's snippets in the search of a site: each kind where the site has a page that lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from campaign_library.models import Bill, CallToAction, GlossaryTerm, Organisation, Resource
from campaign_library.standing_in import affiliate_of_site

from .sources import SearchSource

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from ..routing import Place


def library_sources() -> list[SearchSource]:
    """For the hook ``register_search_sources``."""
    return [
        listed_on("GlossaryPage", GlossaryTerm, _("Glossary"), "term", anchor="term-"),
        listed_on("ResourcesPage", Resource, _("Resources"), "title"),
        listed_on("DirectoryPage", Organisation, _("Directory"), "name"),
        listed_on("TrackerPage", Bill, _("Laws and bills"), "title"),
        listed_on("ActionsPage", CallToAction, _("Take action"), "title"),
    ]


def listed_on(
    page_type: str, model: type[Any], kind: str | _StrPromise, label: str, *, anchor: str = ""
) -> SearchSource:
    """What the page of that type lists. With ``anchor``, each has a place of its own there: the anchor and its key."""

    def found(place: Place) -> QuerySet[Any]:
        if page_of(place, page_type) is None:
            return model.objects.none()
        return model.objects.shown_by(affiliate_of_site(place.root.site), place.homes[place.wanted].locale)

    def address(place: Place, where: str) -> str | None:
        page = page_of(place, page_type)
        return (
            place.root.path(page.url_path, place.wanted) + (f"#{anchor}{where}" if anchor else "")
            if page
            else None
        )

    return SearchSource(
        name=page_type.lower(),
        kind=kind,
        model=model,
        found=found,
        label=label,
        where=Cast("pk", TextField()),
        address=address,
    )


def page_of(place: Place, page_type: str) -> Any:
    """The site's page of that type in the language that is shown. No query."""
    home = place.homes[place.wanted]
    for page in place.children:
        if page.path.startswith(home.path):
            model = ContentType.objects.get_for_id(page.content_type_id).model_class()
            if model is not None and model.__name__ == page_type:
                return page
    return None
