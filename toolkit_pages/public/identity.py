"""Whose site it is: name, mark and two colours, from the affiliate's profile where the site has one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from .colours import Palette, palette

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")
NATIONAL_COLOURS = ("#0d5560", "#8a4b08")


@dataclass(frozen=True)
class SiteIdentity:
    """What the head of every page says; the tagline in the language in which it is shown. Colours are ``#rrggbb``, as they
    were chosen; what can be read is their ``palette``."""

    name: str
    tagline: str | _StrPromise
    colour_1: str
    colour_2: str
    logo: Any = None
    place: str = ""
    is_national: bool = False
    languages: tuple[str, ...] = ()
    shows_first_language: bool = False

    @property
    def palette(self) -> Palette:
        return palette(self.colour_1, self.colour_2)

    @property
    def initials(self) -> str:
        """One or two letters for the mark of a site without a logo."""
        words = [word for word in self.name.split() if word[:1].isalnum()]
        return "".join(word[0] for word in words[:2]).upper()


def site_identity(site: Site) -> SiteIdentity:
    """The identity of a site; without an affiliate (or without the network) the site's own name and our colours.

    Runs no query when ``affiliate`` was loaded with the site.
    """
    try:
        affiliate = site.affiliate
    except (AttributeError, ObjectDoesNotExist):
        affiliate = None
    if affiliate is None:
        return SiteIdentity(
            name=site.site_name or str(settings.WAGTAIL_SITE_NAME),
            tagline=_("The national site") if site.is_default_site else "",
            colour_1=NATIONAL_COLOURS[0],
            colour_2=NATIONAL_COLOURS[1],
            is_national=site.is_default_site,
        )
    return SiteIdentity(
        name=affiliate.name,
        tagline=_("a local affiliate of the national network"),
        colour_1=_colour(affiliate.colour_1, NATIONAL_COLOURS[0]),
        colour_2=_colour(affiliate.colour_2, NATIONAL_COLOURS[1]),
        logo=affiliate.logo,
        place=affiliate.place,
        languages=tuple(affiliate.languages),
        shows_first_language=affiliate.shows_first_language,
    )


def _colour(value: str, fallback: str) -> str:
    # Written into a style element: nothing but a colour may pass, whatever got into the database.
    return value if COLOUR.match(value or "") else fallback
