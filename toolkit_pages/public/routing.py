"""From host and path to a page: host → site → language → page, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Locale, Page
from wagtail.models.pages import RouteResult

from editions.addresses import SiteRoot, language_of_path, sites_for_request
from editions.registry import own_values
from editions.withdrawn import with_withdrawn

from .identity import SiteIdentity, site_identity


@dataclass
class Place:
    """Where a reader is: the site, its languages and homes, and the language of the page that is shown.

    ``homes`` maps each language that the site offers to its home page, the first language first.
    ``wanted`` is the language of the address; it differs from the page's only on a fallback. ``children`` are the live pages
    right beneath the homes of all languages, in tree order.
    """

    root: SiteRoot
    national: SiteRoot | None
    identity: SiteIdentity
    homes: dict[str, Page]
    wanted: str
    others: dict[str, Page] = field(default_factory=dict)
    children: list[Page] = field(default_factory=list)
    library: dict[int, Any] | None = field(default=None, repr=False)
    """Where the library is read, by the id of the locale; ``public.library`` fills it in where a page embeds something."""
    _words: dict[int, dict[str, str]] = field(default_factory=dict, repr=False)

    def own_words(self, locale: Locale) -> dict[str, str]:
        """What the site itself says for variables and blanks, without defaults. One query, the first time."""
        if locale.pk not in self._words:
            self._words[locale.pk] = own_values(self.root.site, locale)
        return self._words[locale.pk]

    @property
    def is_national(self) -> bool:
        return self.national is not None and self.national.site.pk == self.root.site.pk

    def offers(self, language: str) -> bool:
        return language in self.homes


@dataclass(frozen=True)
class Redirect:
    """The address has a better spelling on this site."""

    path: str


def place_of(request: HttpRequest, page: Page | None = None) -> Place | None:
    """The place of a request. With ``page``: of a preview, which needs no address of its own.

    Two queries: the site, and the homes together with what stands beneath them and the translations of ``page``. None where no
    site answers.
    """
    sites = sites_for_request(request)
    if sites is None:
        return None
    root = SiteRoot(sites.site)
    homes, others, children = _homes_and_translations(root, page)
    identity = site_identity(sites.site)
    if identity.languages:
        homes = {code: home for code, home in homes.items() if code in identity.languages}
    return Place(
        root=root,
        national=SiteRoot(sites.national) if sites.national else None,
        identity=identity,
        homes=homes,
        wanted=page.locale.language_code if page is not None else root.language,
        others={code: other for code, other in others.items() if code in homes},
        children=children,
    )


def _homes_and_translations(
    root: SiteRoot, page: Page | None
) -> tuple[dict[str, Page], dict[str, Page], list[Page]]:
    home = root.site.root_page
    keys = {home.translation_key} | ({page.translation_key} if page is not None else set())
    # The homes of all languages stand in one folder; a home right beneath the tree's root has none of its own.
    folder = home.path if home.depth <= 2 else home.path[: -home.steplen]
    found = (
        Page.objects.filter(
            Q(translation_key__in=keys) | Q(path__startswith=folder, depth=home.depth + 1), live=True
        )
        .select_related("locale")
        .only(
            "title",
            "url_path",
            "depth",
            "path",
            "content_type_id",
            "search_description",
            "translation_key",
            "locale__language_code",
        )
        .order_by("path")
    )
    homes: dict[str, Page] = {}
    others: dict[str, Page] = {}
    children: list[Page] = []
    for each in found:
        if not root.owns(each.url_path):
            continue
        if each.depth == home.depth + 1:
            children.append(each)
        if each.translation_key == home.translation_key:
            homes[each.locale.language_code] = each
        elif each.translation_key in keys:
            others[each.locale.language_code] = each
    if page is not None and page.translation_key == home.translation_key:
        others = dict(homes)
    order = sorted(homes, key=lambda code: (code != root.language, _rank(code), code))
    return {code: homes[code] for code in order}, others, children


def _rank(code: str) -> int:
    codes = [each for each, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    return codes.index(code) if code in codes else len(codes)


def route(request: HttpRequest, path: str) -> tuple[Place, RouteResult] | Redirect:
    """The place of a request, and its specific page with the view beneath it that answers, if the page has views of its own.

    ``path`` is the whole path of the request, language prefix included. Raises Http404: no page there, or a language not offered.
    """
    sites = sites_for_request(request)
    if sites is None:
        raise Http404("No site answers to this host.")
    root = SiteRoot(sites.site)
    languages = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    prefix, rest = language_of_path(path, languages)
    if prefix == root.language:
        return Redirect("/" + (f"{rest}/" if rest else ""))
    language = prefix or root.language
    home = root.site.root_page if prefix is None else _home_in(root, language)
    page = _page_at(home, rest) if home is not None else None
    if page is None:
        page = _fallback(root, rest) if prefix is not None and home is not None else None
    found = RouteResult(page) if page is not None else _view_beneath(home, rest)
    if found is None:
        raise Http404("There is no such page here.")
    page = found.page
    place = place_of(request, page)
    if place is None or not place.offers(language):
        raise Http404("This site is not to be read in that language.")
    place.wanted = language
    return place, found


def _home_in(root: SiteRoot, language: str) -> Page | None:
    homes = Page.objects.filter(
        translation_key=root.site.root_page.translation_key, locale__language_code=language, live=True
    )
    return next((home for home in homes if root.owns(home.url_path)), None)


def _page_at(home: Page, rest: str) -> Any:
    """The live page beneath (or at) a home, specific, by its whole path. One query for our own page types."""
    from ..models import ChapterPage, HomePage, ToolkitPage

    url_path = home.url_path + (f"{rest}/" if rest else "")
    depth = rest.count("/") + 1 if rest else 0
    expected = (HomePage, ToolkitPage, ChapterPage)[min(depth, 2)]
    where = {"url_path": url_path, "path__startswith": home.path, "live": True}
    page = with_withdrawn(expected.objects.filter(**where)).select_related("locale").first()
    if page is not None:
        return page
    return _specific(Page.objects.filter(**where).select_related("locale").first())


def _specific(page: Page | None) -> Any:
    """The page as its own type, which keeps the locale that was loaded with it."""
    if page is None:
        return None
    specific = page.specific
    specific.locale = page.locale
    return specific


def _view_beneath(home: Page | None, rest: str) -> RouteResult | None:
    """The nearest live page above ``rest`` that has views of its own (RoutablePageMixin), with the view that answers."""
    above, _slash, _last = rest.rpartition("/")
    if home is None or not rest:
        return None
    paths = [home.url_path]
    for slug in above.split("/") if above else []:
        paths.append(f"{paths[-1]}{slug}/")
    nearest = (
        Page.objects.filter(url_path__in=paths, path__startswith=home.path, live=True)
        .select_related("locale")
        .order_by("-depth")
        .first()
    )
    page = _specific(nearest)
    if not isinstance(page, RoutablePageMixin):
        return None
    beneath = f"{home.url_path}{rest}/"[len(page.url_path) :]
    view, args, kwargs = page.resolve_subpage(f"/{beneath}")
    return RouteResult(page, args=(view, args, kwargs))


def _fallback(root: SiteRoot, rest: str) -> Any:
    """The page in the first language, for sites that choose to show it where a translation is missing."""
    if not rest or not site_identity(root.site).shows_first_language:
        return None
    page = _page_at(root.site.root_page, rest)
    if (
        page is None
        or Page.objects.filter(translation_key=page.translation_key, live=True)
        .exclude(locale=page.locale)
        .filter(url_path__startswith=root.folder)
        .exists()
    ):
        return None
    return page
