"""What machines are told of a page: schema.org in JSON-LD, and where the page is really at home."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import unescape
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from editions.registry import known_variables
from editions.variables import substitute

if TYPE_CHECKING:
    from .routing import Place

#: Nothing that ends the element, opens a comment or looks like a variable may stand in the script as it is.
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def organisation(place: Place) -> dict[str, Any]:
    """Whose site it is. No address or telephone: readers find those where the affiliate has chosen to show them."""
    found = {"@type": "Organization", "name": place.identity.name, "url": home_url(place)}
    if place.identity.place:
        found["areaServed"] = place.identity.place
    if place.national is not None and not place.is_national:
        found["parentOrganization"] = {
            "@type": "Organization",
            "name": place.national.site.site_name,
            "url": f"{place.national.site.root_url}/",
        }
    return found


def home_url(place: Place) -> str:
    home = place.homes.get(place.wanted) or place.root.site.root_page
    return place.root.url(home.url_path, place.wanted)


def breadcrumbs(trail: list[dict[str, str]], place: Place) -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": step["title"],
                "item": place.root.site.root_url + step["address"],
            }
            for number, step in enumerate(trail, 1)
        ],
    }


def article(page: Any, place: Place, url: str) -> dict[str, Any]:
    """A page that is read: who wrote it, when it was last published, how old its statements are."""
    found = {
        "@type": "Article",
        "headline": page.title,
        "url": url,
        "inLanguage": page.locale.language_code,
        "publisher": organisation(place),
        "isAccessibleForFree": True,
    }
    if getattr(page, "summary", ""):
        found["description"] = page.summary
    if page.first_published_at:
        found["datePublished"] = page.first_published_at.isoformat()
    if page.last_published_at:
        found["dateModified"] = page.last_published_at.isoformat()
    if getattr(page, "as_of", None):
        found["temporalCoverage"] = page.as_of.isoformat()
    return found


def as_script(graph: list[dict[str, Any]], values: Mapping[str, str]) -> SafeString:
    """The content of a ``<script type="application/ld+json">``; variables are filled in, unescaped, before it is written."""
    defaults = {name: str(variable.default) for name, variable in known_variables().items()}
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": filled(graph, values, defaults)}, ensure_ascii=False
    )
    for sign, escape in ESCAPES.items():
        text = text.replace(sign, escape)
    # Two braces in a row stand only in strings: JSON has none of its own.
    return mark_safe(text.replace("{{", "{\\u007b"))


def filled(value: Any, values: Mapping[str, str], defaults: Mapping[str, str]) -> Any:
    """The value with the variables in all its texts filled in, as plain text."""
    if isinstance(value, str):
        return unescape(substitute(value, values, defaults)) if "{{" in value else value
    if isinstance(value, dict):
        return {name: filled(each, values, defaults) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, values, defaults) for each in value]
    return value
