"""Filters for the engine's screens in the admin."""

from django import template

from editions.models import EditionMixin
from editions.national import is_national
from editions.views import marks
from editions.views.panel import national_standing

register = template.Library()


@register.filter
def words(value):
    """The words of a raw value, one line per paragraph."""
    return marks.read(value)


@register.filter
def difference(change):
    """The words that change, in short; of a ``Change``."""
    return marks.marked(change.old, change.new, context=marks.CONTEXT)


@register.inclusion_tag("editions/national_note.html", takes_context=True)
def national_note(context, page):
    """What was sent of a national page and what was not, where the side panel cannot stand."""
    if not isinstance(page, EditionMixin) or not is_national(page):
        return {"is_national_page": False}
    return {"is_national_page": True, **national_standing(page, context["request"].user)}
