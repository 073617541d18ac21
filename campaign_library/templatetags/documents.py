"""Filters for the documents of the library. ``doc`` is what ``campaign_library.showing`` makes."""

from __future__ import annotations

import datetime

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_date

register = template.Library()


@register.filter
def dress(source, doc):
    """Rich text with the document's blanks and references."""
    return doc.dressing.rich(source or "")


@register.filter
def dress_line(source, doc):
    """A line of plain text with the document's blanks and references."""
    return doc.dressing.line(source or "")


@register.filter
def marked(html, doc):
    """What ``documents.comparing`` made of two texts, with the blanks in it."""
    return doc.dressing.marked(html)


@register.simple_tag(takes_context=True)
def stream_child(context, doc, index):
    """A block that an add-on has brought into a document's stream, rendered by its own template."""
    return doc.stream[index].render(context=context.flatten())


@register.filter
def provision_in(pk, doc):
    """The provision of this id as the reader sees it; None where it is no longer published."""
    return doc.provisions.get(pk)


@register.filter
def provisions_of(pks, doc):
    return [doc.provisions[pk] for pk in pks if pk in doc.provisions]


@register.filter
def day(value):
    """The date of an ISO text; None for anything else."""
    try:
        return parse_date(value or "")
    except ValueError:
        return None


@register.filter
def is_past(value):
    """Whether a day, or the ISO text of one, is before today."""
    found = value if isinstance(value, datetime.date) else day(value)
    return found is not None and found < timezone.localdate()
