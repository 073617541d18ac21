"""What machines ask a whole site for: its map, its news, and what they may look at. All of one site, in constant statements."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from html import unescape
from typing import Any
from uuid import uuid5

from django.db.models import Case, F, TextField, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from editions.registry import known_variables, variable_values
from editions.variables import substitute

from ..footnotes import without_marks
from .routing import Place, place_of
from .searching.sources import live_pages
from .searching.views import place_in

#: A sitemap may hold 50,000 addresses; no site of a network comes near it.
MOST_ADDRESSES = 20_000
NEWEST = 30


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Machines may read everything but the admin and questions asked of the search."""
    place = place_of(request)
    if place is None:
        raise Http404("No site answers to this host.")
    lines = ["User-agent: *", "Disallow: /admin/"]
    lines += [f"Disallow: {_home(place, code)}search/" for code in place.homes]
    lines += ["", f"Sitemap: {place.root.site.root_url}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every live public page of the site in all its languages, each with its translations (sitemaps.org, and Google's
    ``xhtml:link`` for languages)."""
    place = place_of(request)
    if place is None:
        raise Http404("No site answers to this host.")
    rows: list[dict[str, Any]] = []
    translations: dict[Any, dict[str, str]] = defaultdict(dict)
    for code in place.homes:
        place.wanted = code
        found = live_pages(place).values("url_path", "translation_key", "last_published_at")
        for row in found.order_by("path")[:MOST_ADDRESSES]:
            url = place.root.url(row["url_path"], code)
            translations[row["translation_key"]][code] = url
            rows.append({"url": url, "key": row["translation_key"], "changed": row["last_published_at"]})
    for row in rows:
        others = translations[row["key"]]
        row["alternates"] = others if len(others) > 1 else {}
        row["default"] = row["alternates"].get(place.root.language)
    text = render_to_string("toolkit_pages/sitemap.xml", {"rows": rows})
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


@require_safe
def feed(request: HttpRequest, language: str | None = None) -> HttpResponse:
    """What is new on the site in one language, the newest first (Atom, RFC 4287)."""
    place = place_in(request, language)
    if isinstance(place, HttpResponse):
        return place
    home = place.homes[place.wanted]
    pages = (
        live_pages(place)
        .filter(last_published_at__isnull=False)
        .exclude(pk=home.pk)
        .annotate(words=_summary())
        .order_by("-last_published_at", "-pk")[:NEWEST]
    )
    with translation.override(place.wanted):
        values = variable_values(place.root.site, home.locale)
        entries = [_entry(place, page, values) for page in pages]
        text = render_to_string(
            "toolkit_pages/feed.xml",
            {
                "language": place.wanted,
                "title": place.identity.name,
                "subtitle": _("What is new"),
                "url": place.root.site.root_url + request.path_info,
                "home": place.root.url(home.url_path, place.wanted),
                "changed": entries[0]["changed"] if entries else _never(home),
                "entries": entries,
            },
        )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _entry(place: Place, page: Page, values: dict[str, str]) -> dict[str, Any]:
    defaults = {name: str(variable.default) for name, variable in known_variables().items()}
    return {
        # An entry keeps its id when its page is renamed or moved.
        "id": f"urn:uuid:{uuid5(page.translation_key, place.wanted)}",
        "title": unescape(substitute(page.title, values, defaults)),
        "summary": unescape(substitute(without_marks(page.words or ""), values, defaults)),
        "url": place.root.url(page.url_path, place.wanted),
        "published": page.first_published_at or page.last_published_at,
        "changed": page.last_published_at,
    }


def _summary() -> Case:
    """What a page says of itself, from whichever type has it."""
    written = [
        When(**{f"{name}__gt": ""}, then=F(name))
        for name in ("search_description", "chapterpage__summary", "toolkitpage__summary")
    ]
    return Case(*written, default=Value(""), output_field=TextField())


def _never(home: Page) -> datetime:
    return home.last_published_at or timezone.now()


def _home(place: Place, language: str) -> str:
    return place.root.path(place.homes[language].url_path, language)
