"""Host names that were an affiliate's: where readers who still use them go."""

from __future__ import annotations

from django.core.cache import cache

from .models import FormerAddress

REMEMBERED = 60
"""Seconds for which it is remembered that a host name was nobody's."""


def cache_key(hostname: str) -> str:
    return f"network:former:{hostname}"


def moved_to(hostname: str) -> str:
    """The root address of the site that was at `hostname`; empty where there was none. One query a minute and
    host name."""
    found = cache.get(cache_key(hostname))
    if found is None:
        row = FormerAddress.objects.select_related("affiliate__site").filter(hostname=hostname).first()
        found = row.affiliate.site.root_url if row else ""
        cache.set(cache_key(hostname), found, REMEMBERED)
    return found
