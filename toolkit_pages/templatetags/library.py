"""Where documents of the library are read, for templates of other pages."""

from __future__ import annotations

from django import template

from campaign_library.models.document import LibraryDocument

from ..public.library import document_address as address_on

register = template.Library()


@register.simple_tag(takes_context=True)
def document_address(context, record):
    """The address of a document on this site; empty for what is no document, or where no library page shows it."""
    place = context.get("place")
    return address_on(place, record) if place is not None and isinstance(record, LibraryDocument) else ""
