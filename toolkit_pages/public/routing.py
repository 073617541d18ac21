"""From host and path to a page: host → site → language → page, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.models.pages import RouteResult

from editions.addresses import SiteRoot, language_of_path, sites_for_request
from editions.links import Links
from editions.registry import own_values
from editions.withdrawn import with_withdrawn

from .identity import SiteIdentity, site_identity


@dataclass
class Place:
    """Where a reader is: the site, its languages and homes, and the language of the page that is shown.

    ``homes`` maps each language that the site offers to its home page, the first language first.
    ``wanted`` is the language of the address; it differs from the page's only on a fallback. ``children`` are the live pages
    right beneath the homes of all languages, in tree order. ``nationals_library``: on another site, national's library pages.
    ``is_open``: everybody may read the page, for neither it nor any page above it is restricted, nor an alias, whose source counts.
    """

    root: SiteRoot
    national: SiteRoot | None
    identity: SiteIdentity
    homes: dict[str, Page]
    wanted: str
    others: dict[str, Page] = field(default_factory=dict)
    children: list[Page] = field(default_factory=list)
    nationals_library: list[Page] = field(default_factory=list)
    is_open: bool = False
    library: dict[int, Any] | None = field(default=None, repr=False)
    """Where the library is read, by the id of the locale; ``public.library`` fills it in where a page embeds something."""
    _words: dict[int, dict[str, str]] = field(default_factory=dict, repr=False)
    _links: dict[int, Links] = field(default_factory=dict, repr=False)

    def links(self, locale: Locale) -> Links:
        """The links of what is shown in one language: what one part of the page has looked up, the others know."""
        if locale.pk not in self._links:
            self._links[locale.pk] = Links(self.root, locale, None if self.is_national else self.national)
        return self._links[locale.pk]

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

    Two queries: the site, and the homes together with what stands beneath them, the translations of ``page``, what is above it,
    and national's library. None where no site answers.
    """
    sites = sites_for_request(request)
    if sites is None:
        return None
    root = SiteRoot(sites.site)
    national = SiteRoot(sites.national) if sites.national else None
    around = _around(root, national, page)
    homes = around.homes
    identity = site_identity(sites.site)
    if identity.languages:
        homes = {code: home for code, home in homes.items() if code in identity.languages}
    return Place(
        root=root,
        national=national,
        identity=identity,
        homes=homes,
        wanted=page.locale.language_code if page is not None else root.language,
        others={code: other for code, other in around.others.items() if code in homes},
        children=around.children,
        nationals_library=around.nationals_library,
        is_open=around.is_open,
    )


@dataclass
class Around:
    """What one look-up finds around a page; the fields are those of ``Place``."""

    homes: dict[str, Page] = field(default_factory=dict)
    others: dict[str, Page] = field(default_factory=dict)
    children: list[Page] = field(default_factory=list)
    nationals_library: list[Page] = field(default_factory=list)
    is_open: bool = False


def _around(root: SiteRoot, national: SiteRoot | None, page: Page | None) -> Around:
    from ..models import LibraryPage

    home = root.site.root_page
    keys = {home.translation_key} | ({page.translation_key} if page is not None else set())
    # The homes of all languages stand in one folder; a home right beneath the tree's root has none of its own.
    folder = home.path if home.depth <= 2 else home.path[: -home.steplen]
    shown = Q(translation_key__in=keys) | Q(path__startswith=folder, depth=home.depth + 1)
    kind = ContentType.objects.get_for_model(LibraryPage).pk
    if national is not None and national.site.pk != root.site.pk:
        shown |= Q(content_type_id=kind, url_path__startswith=national.folder)
    steps = range(page.steplen, len(page.path) + 1, page.steplen) if page is not None else ()
    above = {page.path[:end] for end in steps} if page is not None else set()
    found = (
        Page.objects.filter(Q(shown, live=True) | Q(path__in=above))
        .annotate(is_restricted=Exists(PageViewRestriction.objects.filter(page=OuterRef("pk"))))
        .select_related("locale")
        .only(
            "title",
            "url_path",
            "depth",
            "path",
            "content_type_id",
            "search_description",
            "translation_key",
            "live",
            "alias_of_id",
            "locale__language_code",
        )
        .order_by("path")
    )
    homes: dict[str, Page] = {}
    around = Around()
    others, children = around.others, around.children
    seen = set()
    for each in found:
        if each.path in above and not each.is_restricted and each.alias_of_id is None:
            seen.add(each.path)
        if not each.live:
            continue
        if not root.owns(each.url_path):
            if each.content_type_id == kind and national is not None and national.owns(each.url_path):
                around.nationals_library.append(each)
            continue
        if each.depth == home.depth + 1:
            children.append(each)
        if each.translation_key == home.translation_key:
            homes[each.locale.language_code] = each
        elif each.translation_key in keys:
            others[each.locale.language_code] = each
    if page is not None and page.translation_key == home.translation_key:
        around.others = dict(homes)
    around.is_open = bool(above) and seen == above
    order = sorted(homes, key=lambda code: (code != root.language, _rank(code), code))
    around.homes = {code: homes[code] for code in order}
    return around


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
    page = _page_at(root, language, rest)
    found = RouteResult(page) if page is not None else _elsewhere(root, language, rest)
    if found is None:
        raise Http404("There is no such page here.")
    page = found.page
    place = place_of(request, page)
    if place is None or not place.offers(language) or not _beneath(place.homes[language], page):
        raise Http404("This site is not to be read in that language.")
    place.wanted = language
    return place, found


def _home_in(root: SiteRoot, language: str) -> Page | None:
    homes = Page.objects.filter(
        translation_key=root.site.root_page.translation_key, locale__language_code=language, live=True
    )
    return next((home for home in homes if root.owns(home.url_path)), None)


def _beneath(home: Page, page: Page) -> bool:
    """Whether a page is a home or beneath it; one in another language falls back to the first."""
    return page.locale_id != home.locale_id or page.path.startswith(home.path)


def _elsewhere(root: SiteRoot, language: str, rest: str) -> RouteResult | None:
    """What answers where no page of the language stands: the first language's page, or a view of a page above."""
    home = root.site.root_page if language == root.language else _home_in(root, language)
    if home is None:
        return None
    page = _fallback(root, rest) if language != root.language else None
    return RouteResult(page) if page is not None else _view_beneath(home, rest)


def _page_at(root: SiteRoot, language: str, rest: str) -> Any:
    """The live page beneath (or at) the home of a language, specific, by its whole path. One query for our own page types.

    The homes of other languages stand beside the first one: that their names are not known yet takes no query. Whether what
    was found is beneath a home is for the caller to see.
    """
    from ..models import ChapterPage, HomePage, ToolkitPage

    home = root.site.root_page
    depth = rest.count("/") + 1 if rest else 0
    expected = (HomePage, ToolkitPage, ChapterPage)[min(depth, 2)]
    where: dict[str, Any] = {"live": True, "depth": home.depth + depth}
    if language == root.language:
        where |= {"url_path": home.url_path + (f"{rest}/" if rest else ""), "path__startswith": home.path}
    elif home.depth <= 2:
        # A home right beneath the tree's root shares its place with those of other sites.
        return None
    else:
        where |= {"locale__language_code": language, "path__startswith": home.path[: -home.steplen]}
        where |= {"url_path__endswith": f"/{rest}/"} if rest else {"translation_key": home.translation_key}
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
    page = _page_at(root, root.language, rest)
    if (
        page is None
        or Page.objects.filter(translation_key=page.translation_key, live=True)
        .exclude(locale=page.locale)
        .filter(url_path__startswith=root.folder)
        .exists()
    ):
        return None
    return page
