"""Addresses follow national's, unless they were changed here; the old address redirects."""

from collections.abc import Mapping, Sequence

from wagtail.models import Page
from wagtail.signals import page_slug_changed

from editions.models import Version
from editions.planting import free_slug


def follows(slug: str, base_slug: str) -> bool:
    """Whether a slug is still that of the version: another page's may have made it slug-2 here when it was added."""
    return base_slug in (slug, slug.rstrip("0123456789").rstrip("-"))


def follow_slug(version: Version, page_ids: Sequence[int], before: Mapping[int, str]) -> dict[int, Page]:
    """Give pages the version's slug where theirs is still that of the version they had (``before``, by page id).
    Returns those that got it, by id.

    A slug changes rarely, and the addresses of all pages beneath change with it, so this goes page by page. A sibling that has
    the slug already keeps it. Wagtail's redirects, where installed, listen to the signal.
    """
    changing = [pk for pk in page_ids if before.get(pk) != version.slug]
    if not changing:
        return {}
    followed = {}
    for page in Page.objects.filter(pk__in=changing).specific():
        if not follows(page.slug, before[page.pk]):
            continue
        taken = set(page.get_siblings(inclusive=False).values_list("slug", flat=True))
        old = page.specific_class.objects.get(pk=page.pk)
        page.slug = free_slug(version.slug, taken)
        page.save(clean=False)
        page_slug_changed.send(sender=page.specific_class, instance=page, instance_before=old)
        followed[page.pk] = page
    return followed
