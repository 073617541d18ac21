"""Days of ``campaign_library.days`` in the active language."""

from __future__ import annotations

from django.utils import formats
from django.utils.dateformat import format as format_date

from . import days


def day_words(text: str | None) -> str:
    """A stored day in words, as exact as it is known; empty for what is no day."""
    try:
        day = days.read(text or "")
    except ValueError:
        return ""
    if day.day:
        return formats.date_format(day.first, "DATE_FORMAT")
    if day.month:
        return formats.date_format(day.first, "YEAR_MONTH_FORMAT")
    return format_date(day.first, "Y")
