"""Where a page is to be read: host → site → language → path, and back, without a query for each page.

The first language of a site, that of its root page, has no prefix; every other one has its code. Wagtail's own
``page.url`` knows one unprefixed language for all sites, so public pages take their addresses from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Page, Site


@dataclass(frozen=True)
class SiteRoot:
    """What of a Site it takes to write addresses. ``site.root_page.locale`` must be loaded."""

    site: Site

    @cached_property
    def language(self) -> str:
        return self.site.root_page.locale.language_code

    @cached_property
    def folder(self) -> str:
        """The url path under which the homes of all languages stand, with a slash at its end."""
        root = self.site.root_page
        # A home right beneath the tree's root shares its parent with other sites: only itself is certain.
        return root.url_path if root.depth <= 2 else root.url_path.rstrip("/").rpartition("/")[0] + "/"

    def owns(self, url_path: str) -> bool:
        return url_path.startswith(self.folder)

    def path(self, url_path: str, language: str) -> str:
        """The path part of the address of a page that stands at ``url_path`` of the tree, in ``language``."""
        parts = url_path.strip("/").split("/")
        # The tree's root is depth 1 and has no part, so a home of depth d is the part d - 2.
        rest = parts[self.site.root_page.depth - 1 :]
        prefix = [] if language == self.language else [language]
        return "/" + "".join(f"{part}/" for part in [*prefix, *rest])

    def url(self, url_path: str, language: str) -> str:
        return self.site.root_url + self.path(url_path, language)


@dataclass(frozen=True)
class SitesOfRequest:
    """The site that answers a request, and the national one (the default site), if there is any."""

    site: Site
    national: Site | None


def sites_for_request(request: HttpRequest) -> SitesOfRequest | None:
    """Chooses as Wagtail does, with everything that addresses need, in one query. None: no site answers.

    Kept on the request, for Wagtail too.
    """
    if not hasattr(request, "_edition_sites"):
        request._edition_sites = _find(request)
        request._wagtail_site = request._edition_sites.site if request._edition_sites else None
    return request._edition_sites


def _find(request: HttpRequest) -> SitesOfRequest | None:
    hostname = split_domain_port(request._get_raw_host())[0]
    port = str(request.get_port())
    related = ["root_page__locale"]
    if hasattr(Site, "affiliate"):
        related.append("affiliate__logo")
    sites = list(
        (Site.objects.filter(hostname=hostname) | Site.objects.filter(is_default_site=True)).select_related(
            *related
        )
    )
    national = next((site for site in sites if site.is_default_site), None)
    named = [site for site in sites if site.hostname == hostname]
    exact = [site for site in named if str(site.port) == port]
    if exact:
        return SitesOfRequest(exact[0], national)
    if national in named:
        return SitesOfRequest(national, national)
    if len(named) == 1:
        return SitesOfRequest(named[0], national)
    return SitesOfRequest(national, national) if national else None


def language_of_path(path: str, languages: list[str]) -> tuple[str | None, str]:
    """The language prefix of a path, or None, and the rest of the path without slashes at its ends."""
    first, _slash, rest = path.strip("/").partition("/")
    return (first, rest) if first in languages else (None, path.strip("/"))


def page_path(root: SiteRoot, page: Page) -> str:
    """As ``SiteRoot.path``, of a page whose locale is loaded."""
    return root.path(page.url_path, page.locale.language_code)
