"""For templates of case studies and campaigns."""

from __future__ import annotations

from django import template
from wagtail.models import Page

from campaign_library.templatetags.library_words import day_in_words

from ..blocks.base import LANGUAGES
from ..public.shown import ShownPage

register = template.Library()


register.filter(day_in_words)


@register.filter
def shown_for(pages: dict[int, ShownPage], chosen: Page | None) -> list[ShownPage]:
    """The page that stands for a chosen one on this site, as a list of one, or of none where nothing may be shown."""
    found = pages.get(chosen.pk) if chosen is not None else None
    return [found] if found else []


@register.filter
def language_in_itself(code: str) -> str:
    """The name of a language that somebody has spoken or written, in that language."""
    return dict(LANGUAGES).get(code, code)
