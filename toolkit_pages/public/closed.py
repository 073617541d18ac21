"""Addresses that have moved, and sites that are closed: answered before any page is looked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.request import split_domain_port
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from editions.addresses import language_of_path, sites_for_request
from editions.network.former import moved_to

from .routing import place_of
from .serving import frame

#: What is not the site's own: the admin, files, and what asks after the server.
NOT_OURS = ("/documents/", "/media/", "/static/", "/health")


class SiteStateMiddleware:
    """Sends readers of a former host name on, and says on the site of an archived affiliate where to go.

    Costs no query: the site is kept on the request, for the page too. Only a host name that no site has is looked up.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.path.startswith((reverse("wagtailadmin_home"), *NOT_OURS)):
            return None
        sites = sites_for_request(request)
        if sites is None:
            return None
        hostname = split_domain_port(request._get_raw_host())[0].lower()
        if sites.site.is_default_site and sites.site.hostname != hostname and (root := moved_to(hostname)):
            return HttpResponsePermanentRedirect(root + request.get_full_path())
        affiliate = getattr(sites.site, "affiliate", None)
        if affiliate is not None and affiliate.archived_at is not None:
            return closed(request, affiliate, sites.national)
        return None


def closed(request: HttpRequest, affiliate, national) -> HttpResponse:
    """410 in the look of the site, in the language of the address if the site has it."""
    place = place_of(request)
    prefix, _rest = language_of_path(request.path_info, list(place.homes))
    place.wanted = prefix or place.root.language
    with translation.override(place.wanted):
        context = {
            **frame(place, request, None),
            "affiliate": affiliate,
            "go_to": affiliate.archived_to or (national.root_url + "/" if national else ""),
        }
        response = render(request, "410.html", context, status=410)
    response.headers["Content-Language"] = place.wanted
    # It may be opened again.
    response.headers["Cache-Control"] = "no-cache"
    return response
