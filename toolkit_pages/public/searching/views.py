"""The search of a site, in the language of the address: ``/search/``, ``/es/search/``."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation
from django.views.decorators.http import require_safe

from editions.registry import variable_values

from ..responding import PublicResponse
from ..routing import Place, place_of
from ..serving import frame, telephone
from .results import results
from .words import read


def place_in(request: HttpRequest, language: str | None) -> Place | HttpResponse:
    """The place of a view of a whole site. A redirect where the language needs no prefix.

    Raises Http404: no site answers, or it does not have the language.
    """
    place = place_of(request)
    if place is None:
        raise Http404("No site answers to this host.")
    if language == place.root.language:
        path = request.path_info.removeprefix(f"/{language}")
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(path + (f"?{query}" if query else ""))
    place.wanted = language or place.root.language
    if not place.offers(place.wanted):
        raise Http404("This site is not to be read in that language.")
    place.others = dict(place.homes)
    return place


@require_safe
def search(request: HttpRequest, language: str | None = None) -> HttpResponse:
    """Answers ``?q=words``, narrowed by ``&kind=…``, screen by screen with ``&page=…``. Any text is a question."""
    place = place_in(request, language)
    if isinstance(place, HttpResponse):
        return place
    question = read(request.GET.get("q", ""))
    screen = request.GET.get("page", "1")
    locale = place.homes[place.wanted].locale
    with translation.override(place.wanted):
        values = variable_values(place.root.site, locale)
        context = frame(place, request, None, dict.fromkeys(place.homes, "search/"))
        context["results"] = results(
            place,
            question,
            context["sections"],
            values,
            kind=request.GET.get("kind", ""),
            screen=int(screen) if screen.isascii() and screen.isdigit() and len(screen) < 5 else 1,
        )
    chosen = next((each["key"] for each in context["results"].kinds if each["is_chosen"]), "")
    context["chosen_kind"] = chosen
    context["kind_query"] = f"&kind={chosen}" if chosen else ""
    # Braces that a reader types are no variable.
    context["asked"] = question.text.replace("{{", "{ {")
    context["words"] = values
    context["hotline_link"] = telephone(values.get("hotline", ""))
    links = place.links(locale)
    response = PublicResponse(request, "toolkit_pages/search.html", context, links=links, values=values)
    response.language = place.wanted
    response.headers["Content-Language"] = place.wanted
    # What somebody looks for stands in no other site's log and in no cache that others share.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
