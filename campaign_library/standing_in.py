"""On whose site a page is being shown, so that the affiliate's own copies stand in for national's snippets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from wagtail.models import Site

from editions.network.models import Affiliate


@dataclass
class Showing:
    """One page being shown: for whom, and the snippets met so far, by model and by the id that the text names."""

    affiliate: Affiliate | None
    met: dict[type, dict[Any, Any]] = field(default_factory=dict)


_showing: ContextVar[Showing | None] = ContextVar("library_showing", default=None)


def affiliate_of_site(site: Site) -> Affiliate | None:
    """The affiliate of a site, None for national's. No query where it was loaded with the site."""
    try:
        return site.affiliate
    except (AttributeError, ObjectDoesNotExist):
        return None


@contextmanager
def shown_for(affiliate: Affiliate | None) -> Iterator[None]:
    """Within it, blocks that show a snippet of national's show this affiliate's copy, where there is a published one."""
    token = _showing.set(Showing(affiliate))
    try:
        yield
    finally:
        _showing.reset(token)


def is_shown_to_readers() -> bool:
    """Whether a page is being shown on a site, rather than edited, searched or sent."""
    return _showing.get() is not None


def current() -> Showing:
    """What is being shown; outside of a page for readers, national's for nobody in particular."""
    return _showing.get() or Showing(None)
