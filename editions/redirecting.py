"""Where a page was to be read before it moved, its readers are sent on: Wagtail's own redirects, many at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from wagtail.models import Locale, Site

from editions.addresses import SiteRoot


@dataclass(frozen=True)
class Former:
    """A page of a site that stood at the address ``old`` of the tree and stands at ``new`` now (``url_path``)."""

    site_id: int
    page_id: int
    locale_id: int
    old: str
    new: str


def redirect_former(addresses: Sequence[Former]) -> None:
    """Five statements, batching apart. What somebody has redirected by hand stays so; nothing where redirects are not installed, or
    switched off as for Wagtail's own moves."""
    if not apps.is_installed("wagtail.contrib.redirects") or not addresses:
        return
    if not getattr(settings, "WAGTAILREDIRECTS_AUTO_CREATE", True):
        return
    from wagtail.contrib.redirects.models import Redirect

    found = Site.objects.select_related("root_page__locale").filter(
        pk__in={each.site_id for each in addresses}
    )
    sites = {site.pk: SiteRoot(site) for site in found}
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    redirects = {}
    for each in addresses:
        site, language = sites[each.site_id], languages[each.locale_id]
        if site.owns(each.old):
            path = Redirect.normalise_path(site.path(each.old, language))
            redirects[each.site_id, path] = Redirect(
                site_id=each.site_id, old_path=path, redirect_page_id=each.page_id, automatically_created=True
            )
    here = Redirect.objects.filter(site__in=sites, old_path__in={path for _site, path in redirects})
    by_hand = set(here.filter(automatically_created=False).values_list("site_id", "old_path"))
    Redirect.objects.bulk_create(
        [redirect for key, redirect in redirects.items() if key not in by_hand],
        batch_size=100,
        update_conflicts=True,
        unique_fields=["old_path", "site"],
        update_fields=["redirect_page", "redirect_link", "is_permanent", "automatically_created"],
    )
