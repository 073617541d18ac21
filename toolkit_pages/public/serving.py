"""How a page answers: its context is prepared here, then it is rendered for one site in one language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from campaign_library.standing_in import affiliate_of_site, shown_for
from campaign_library.together import meet
from editions.registry import with_defaults
from editions.rendering import EditionResponse

from .body import local_block_ids, prepare
from .contents import Contents, Entry, contents_of
from .languages import NAMES, direction
from .responding import PublicResponse
from .routing import Place, place_of
from .sections import SiteSection, sections_of
from .shown import pages_in, pages_shown
from .structured import article, as_script, breadcrumbs, organisation
from .styles import allow_style
from .words import explaining


def respond(
    page: Page,
    request: HttpRequest,
    template: str,
    *,
    place: Place | None = None,
    context: dict[str, Any] | None = None,
    beneath: dict[str, str] | None = None,
    status: int = 200,
) -> EditionResponse:
    """The response for one page, or for a view beneath it. Raises Http404 where no site answers the request.

    ``context`` is what a view adds. ``beneath`` says where the same is found in each language: language code to path beneath the
    page's translation, such as ``{"en": "ordinances/county/"}``; languages left out do not have it.
    """
    place = place or place_of(request, page)
    if place is None:
        raise Http404("No site answers to this host.")
    # The library's snippets are loaded in here: an affiliate's copies stand in for national's.
    with translation.override(place.wanted), shown_for(affiliate_of_site(place.root.site)):
        context = {**frame(place, request, page, beneath), **page.prepare_public(place), **(context or {})}
    context["own_words"] = place.own_words(page.locale)
    values = with_defaults(context["own_words"])
    context["words"] = values
    context["structured"] = as_script(page.structured_data(place, context), values)
    context["hotline_link"] = telephone(values.get("hotline", ""))
    links = place.links(page.locale)
    response = PublicResponse(request, template, context, links=links, values=values, status=status)
    response.language = place.wanted
    response.headers["Content-Language"] = page.locale.language_code
    return response


def frame(
    place: Place, request: HttpRequest, page: Page | None, beneath: dict[str, str] | None = None
) -> dict[str, Any]:
    """What every page of the site has around it: head, languages, foot."""
    own = page.locale.language_code if page is not None else place.wanted
    is_fallback = page is not None and own != place.wanted
    home_address = address(place, place.homes.get(place.wanted) or place.root.site.root_page)
    is_home = page is not None and page.depth == place.root.site.root_page.depth
    sections = sections_of(place, page)
    allow_style(request, place.identity.palette.css)
    return {
        "request": request,
        "page": page,
        "self": page,
        "place": place,
        "identity": place.identity,
        "language": place.wanted,
        "content_language": own,
        "direction": direction(place.wanted),
        "content_direction": direction(own),
        "is_fallback": is_fallback,
        "fallback_language_name": NAMES.get(own, own),
        "home_address": home_address,
        "is_home": is_home,
        "sections": sections,
        "trail": trail_of(place.identity.name, home_address, sections)
        if page is not None and not is_home
        else [],
        "canonical": canonical(place, page, beneath) if page is not None else "",
        "search_address": f"{home_address}search/",
        "feed_address": f"{home_address}feed.xml",
        "exit_address": f"https://{place.wanted.partition('-')[0]}.wikipedia.org/",
        "languages": language_links(place, page, beneath),
        "alternates": alternates(place, page, beneath),
        # The user bar is for people who work here; readers have no session, and get no cookie.
        "shows_userbar": settings.SESSION_COOKIE_NAME in request.COOKIES,
    }


def trail_of(name: str, home_address: str, sections: list[SiteSection]) -> list[dict[str, str]]:
    """The way to a page from its home: the part of the site that it belongs to stands between. No query."""
    start = [{"title": name, "address": home_address}]
    section = next((each for each in sections if each.is_current and not each.is_here), None)
    return start + ([{"title": section.label, "address": section.address}] if section else [])


def canonical(place: Place, page: Page, beneath: dict[str, str] | None = None) -> str:
    """The one address of what is shown: on this site, in the language in which it is written.

    An edition's is its own, never national's (docs/decisions/0013-an-edition-is-its-own-page.md).
    """
    language = page.locale.language_code
    return place.root.url(page.url_path, language) + (beneath or {}).get(language, "")


def address(place: Place, page: Page) -> str:
    return place.root.path(page.url_path, page.locale.language_code)


def language_links(
    place: Place, page: Page | None, beneath: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """One entry per language of the site, named in itself: this page in it, or else the home in it."""
    if len(place.homes) < 2:
        return []
    found = []
    for code, home in place.homes.items():
        translated = place.others.get(code)
        if page is not None and code == page.locale.language_code == place.wanted:
            translated = translated or page
        has_it = translated is not None and (beneath is None or code in beneath)
        found.append(
            {
                "code": code,
                "name": NAMES.get(code, code),
                "direction": direction(code),
                "address": address(place, translated or home) + (beneath[code] if beneath and has_it else ""),
                "is_current": code == place.wanted,
                "is_translated": has_it,
            }
        )
    return found


def alternates(
    place: Place, page: Page | None, beneath: dict[str, str] | None = None
) -> list[dict[str, str]]:
    """``hreflang`` links: absolute addresses of this page in each language that has it."""
    if page is None:
        return []
    urls = {
        code: place.root.url(other.url_path, code) + (beneath[code] if beneath else "")
        for code, other in place.others.items()
        if beneath is None or code in beneath
    }
    if len(urls) < 2:
        return []
    links = [{"code": code, "url": url} for code, url in urls.items()]
    if place.root.language in urls:
        links.append({"code": "x-default", "url": urls[place.root.language]})
    return links


def telephone(words: str) -> str:
    """A ``tel:`` address for words that hold a telephone number, else nothing."""
    digits = "".join(sign for sign in words if sign.isdigit() or sign == "+")
    return f"tel:{digits}" if len(digits) >= 3 else ""


class PublicPageMixin:
    """For pages that readers see. Put it before Page. Subclasses extend ``prepare_public``."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> EditionResponse:
        return self.answer(request, self.get_template(request))

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """As Wagtail's, and without a query where the look-up of the place has seen that there are none."""
        place: Place | None = getattr(self, "_routed_to", None)
        if place is not None and place.is_open:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def answer(self, request: HttpRequest, template: str, **options: Any) -> EditionResponse:
        """``respond`` at the place to which the request was routed; for ``serve`` and for the views beneath a page."""
        request.is_preview = False
        return respond(self, request, template, place=getattr(request, "_place", None), **options)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> EditionResponse:
        request.is_preview = True
        return respond(self, request, self.get_preview_template(request, mode_name))

    #: The streams that show snippets of the library, which are loaded together.
    shown_streams: tuple[str, ...] = ("body",)

    def prepare_public(self, place: Place) -> dict[str, Any]:
        """The context of this page's template; every query of the page is made here or in the stream's choosers."""
        from ..blocks.events import happenings_in
        from .cases import cases_in

        streams = [getattr(self, name) for name in self.shown_streams]
        pages_shown(place, self.locale, pages_in(streams))
        cases = cases_in(place, self)
        meet(streams)
        body = prepare(self.body, local_block_ids(self))
        return {
            "body": body,
            "local_note": local_note(place),
            "cases": cases,
            "happenings": happenings_in(place, self),
            **(explaining(self, place) if body.parts else {}),
        }

    def structured_data(self, place: Place, context: dict[str, Any]) -> list[dict[str, Any]]:
        """What schema.org has words for, as a list of nodes. Subclasses add theirs; variables may stand in the texts."""
        steps = [*context["trail"], {"title": self.title, "address": address(place, self)}]
        return [breadcrumbs(steps, place)] if context["trail"] and self.url_path else []


def local_note(place: Place) -> str:
    # "Santa Clara County", not "Santa Clara County, California": it is said where everybody knows.
    name = place.identity.place.partition(",")[0].strip() or place.identity.name
    return _("%(place)s adds") % {"place": name}


class PublicChapterMixin(PublicPageMixin):
    """A chapter with its toolkit's contents, its number and its neighbours."""

    def prepare_public(self, place: Place) -> dict[str, Any]:
        context = super().prepare_public(place)
        contents = contents_of(self, place.root, is_national=place.is_national)
        entry = contents.entry(self.pk)
        chapter = contents.chapter_of(self.pk)
        before, after = contents.neighbours(self.pk)
        context.update(
            trail=self.trail(place, contents, chapter),
            contents=contents,
            print_address=f"{contents.address}print/",
            entry=entry,
            chapter=chapter,
            is_part=entry is not None and chapter is not entry,
            before=before,
            after=after,
            is_local_page=not place.is_national and self.base_version is None and self.pk is not None,
        )
        return context

    def trail(self, place: Place, contents: Contents, chapter: Entry | None) -> list[dict[str, str]]:
        home = place.homes.get(place.wanted) or place.root.site.root_page
        steps = [
            {"title": place.identity.name, "address": address(place, home)},
            {"title": contents.toolkit["title"], "address": contents.address},
        ]
        if chapter is not None and chapter.pk != self.pk:
            steps.append({"title": chapter.title, "address": chapter.address})
        return steps

    def structured_data(self, place: Place, context: dict[str, Any]) -> list[dict[str, Any]]:
        return [*super().structured_data(place, context), article(self, place, context["canonical"])]


class PublicToolkitMixin(PublicPageMixin):
    """A toolkit's cover, with its contents."""

    def prepare_public(self, place: Place) -> dict[str, Any]:
        context = super().prepare_public(place)
        contents = contents_of(self, place.root, is_national=place.is_national)
        context.update(
            contents=contents,
            first=contents.flat[0] if contents.flat else None,
            print_address=f"{contents.address}print/",
        )
        return context

    def structured_data(self, place: Place, context: dict[str, Any]) -> list[dict[str, Any]]:
        return [*super().structured_data(place, context), article(self, place, context["canonical"])]


#: Events that a home announces.
COMING = 4


class PublicHomeMixin(PublicPageMixin):
    """A home with its toolkits and what happens next."""

    def prepare_public(self, place: Place) -> dict[str, Any]:
        from ..blocks.events import next_events
        from ..models import ToolkitPage

        context = super().prepare_public(place)
        toolkits = (
            ToolkitPage.objects.child_of(self).live().order_by("path").select_related("locale")
            if self.path
            else []
        )
        context["toolkits"] = [{"page": toolkit, "address": address(place, toolkit)} for toolkit in toolkits]
        coming = next_events(place)[:COMING]
        context.update(coming=coming, next_event=coming[0] if coming else None)
        return context

    def structured_data(self, place: Place, context: dict[str, Any]) -> list[dict[str, Any]]:
        return [organisation(place)]
