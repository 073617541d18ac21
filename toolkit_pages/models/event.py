"""An event: one thing to come to, or a national day of action that local events belong to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from editions.models import EditionMixin

from ..events.facts import EventMixin
from ..events.page_form import EventPageForm
from ..events.public import PublicEventMixin
from .facts import FactsMixin


class EventPage(PublicEventMixin, EventMixin, FactsMixin, EditionMixin, Page):
    parent_page_types = ["toolkit_pages.EventsPage"]
    subpage_types = []
    base_form_class = EventPageForm
    template = "toolkit_pages/event_page.html"
    #: How many come is each site's own.
    local_fields = ("expected", "attended")

    content_panels = [*Page.content_panels, *EventMixin.event_panels, *FactsMixin.facts_panels]
    search_fields = [*Page.search_fields, *EventMixin.event_search_fields]
    override_translatable_fields = EventMixin.override_translatable_fields

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
