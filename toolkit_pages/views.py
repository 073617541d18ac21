"""Public views: pages by their addresses, and the two pages for when something is wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from wagtail.views import serve as serve_page

from editions.addresses import language_of_path

from .public.routing import Redirect, place_of, route
from .public.serving import frame
from .public.styles import allow_style

READING = ("GET", "HEAD", "OPTIONS")


@csrf_exempt
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serves a page through Wagtail's own view, so that its hooks (privacy first of all) hold.

    Readers have no cookie and no session that another site could misuse, so there is no CSRF token to ask for. Nothing is
    taken from them except by pages that say so (``answers_posts``) and protect their forms themselves.
    """
    found = route(request, request.path_info)
    if isinstance(found, Redirect):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(found.path + (f"?{query}" if query else ""))
    place, result = found
    if request.method not in READING and not getattr(result.page, "answers_posts", False):
        return HttpResponseNotAllowed(READING)
    request._place = result.page._routed_to = place
    request._wagtail_route_for_request = result
    return serve_page(request, path)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in the look of the site that was asked, in the language of the address if the site has it."""
    place = place_of(request)
    if place is None:
        return _plain(request, 404, is_missing=True)
    prefix, _rest = language_of_path(request.path_info, list(place.homes))
    place.wanted = prefix or place.root.language
    with translation.override(place.wanted):
        response = render(request, "404.html", frame(place, request, None), status=404)
    response.headers["Content-Language"] = place.wanted
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without a database, a session or a context processor: any of them may be what failed."""
    return _plain(request, 500)


def _plain(request: HttpRequest, status: int, **context: bool) -> HttpResponse:
    """A page that stands alone, its style in itself: static files may be what is missing."""
    html = render_to_string("500.html", context)
    allow_style(request, html.partition("<style>")[2].partition("</style>")[0])
    return HttpResponse(html, status=status)
