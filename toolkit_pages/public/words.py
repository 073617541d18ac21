"""The glossary with which a page explains its words where they stand."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from campaign_library.glossing import glossary_for
from campaign_library.standing_in import affiliate_of_site

from .routing import Place


def explaining(page: Page, place: Place) -> dict[str, Any]:
    """For ``toolkit_pages/body.html``: the words in the page's language, and where the site lists them. One query, or none."""
    affiliate = affiliate_of_site(place.root.site)
    return {
        "glossary": glossary_for(affiliate, page.locale),
        "glossary_address": glossary_address(place, page.locale_id),
    }


def glossary_address(place: Place, locale_id: int) -> str:
    """The site's glossary page in a language, or nothing. No query: the place knows what stands beneath the homes."""
    from ..models import GlossaryPage

    kind = ContentType.objects.get_for_model(GlossaryPage).pk
    found = (
        child for child in place.children if child.content_type_id == kind and child.locale_id == locale_id
    )
    page = next(found, None)
    return place.root.path(page.url_path, page.locale.language_code) if page is not None else ""
