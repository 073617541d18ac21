"""Filters for the engine's screens in the admin."""

from django import template

from editions.views import marks

register = template.Library()


@register.filter
def words(value):
    """The words of a raw value, one line per paragraph."""
    return marks.read(value)


@register.filter
def difference(change):
    """The words that change, in short; of a ``Change``."""
    return marks.marked(change.old, change.new, context=marks.CONTEXT)
