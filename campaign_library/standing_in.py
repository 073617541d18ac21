"""On whose site a page is being shown, so that the affiliate's own copies stand in for national's snippets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import ObjectDoesNotExist
from wagtail.models import Site

from editions.network.models import Affiliate

_affiliate: ContextVar[Affiliate | None] = ContextVar("shown_for_affiliate", default=None)


def affiliate_of_site(site: Site) -> Affiliate | None:
    """The affiliate of a site, None for national's. No query where it was loaded with the site."""
    try:
        return site.affiliate
    except (AttributeError, ObjectDoesNotExist):
        return None


@contextmanager
def shown_for(affiliate: Affiliate | None) -> Iterator[None]:
    """Within it, blocks that show a snippet of national's show this affiliate's copy, where there is a published one."""
    token = _affiliate.set(affiliate)
    try:
        yield
    finally:
        _affiliate.reset(token)


def current_affiliate() -> Affiliate | None:
    return _affiliate.get()
