"""For templates of case studies and campaigns."""

from __future__ import annotations

from django import template
from django.utils import formats
from django.utils.dateformat import format as format_date
from django.utils.html import format_html

from .. import days

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
