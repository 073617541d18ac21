"""Which site is national, and which pages are its."""

from wagtail.models import Locale, Page, Site


def national_site() -> Site:
    """The site that writes the toolkits: Wagtail's default site. Raises Site.DoesNotExist where there is none."""
    return Site.objects.select_related("root_page").get(is_default_site=True)


def affiliate_sites():
    return Site.objects.filter(is_default_site=False)


def homes(site: Site) -> dict[int, Page]:
    """Locale id to home page: the translations of the site's root page. The first language's home comes first."""
    root = site.root_page
    pages = Page.objects.filter(translation_key=root.translation_key).order_by("pk")
    return {page.locale_id: page for page in sorted(pages, key=lambda page: page.pk != root.pk)}


def is_national(page: Page) -> bool:
    """Whether ``page`` stands on the national site, in any of its languages."""
    return any(page.path.startswith(home.path) for home in homes(national_site()).values())


def first_locale(site: Site) -> Locale:
    return site.root_page.locale
