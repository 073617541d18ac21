"""For templates of case studies and campaigns."""

from __future__ import annotations

from django import template
from django.utils import formats
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from wagtail.models import Page

from .. import days
from ..blocks.base import LANGUAGES
from ..public.shown import ShownPage

register = template.Library()


@register.filter
def day_in_words(text: str) -> str:
    """A stored day as the reader's language writes it, in a ``time`` element; what is no day stands as it is."""
    try:
        day = days.read(text or "")
    except ValueError:
        return text or ""
    if day.day:
        words = formats.date_format(day.first, "DATE_FORMAT")
    elif day.month:
        words = formats.date_format(day.first, "YEAR_MONTH_FORMAT")
    else:
        words = format_date(day.first, "Y")
    return format_html('<time datetime="{}">{}</time>', text, words)


@register.filter
def shown_for(pages: dict[int, ShownPage], chosen: Page | None) -> list[ShownPage]:
    """The page that stands for a chosen one on this site, as a list of one, or of none where nothing may be shown."""
    found = pages.get(chosen.pk) if chosen is not None else None
    return [found] if found else []


@register.filter
def language_in_itself(code: str) -> str:
    """The name of a language that somebody has spoken or written, in that language."""
    return dict(LANGUAGES).get(code, code)
