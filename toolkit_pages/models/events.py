"""The page of a site that lists its events, hands out its calendar, and takes events that readers register."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page
from wagtail.search import index

from editions.fields import RegisteredStreamField
from editions.models import EditionMixin

from ..events.public import PublicEventsMixin
from ..forms import NotedPageForm
from ..indexing import BodySearchField


class EventsMixin(models.Model):
    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences beneath the title.")
    )
    body = RegisteredStreamField(registry="chapter", blank=True, verbose_name=_("body"))
    takes_registrations = models.BooleanField(
        _("readers may register events"),
        default=True,
        help_text=_("With a form, without an account. Nothing is shown before you have approved it."),
    )

    events_panels = [FieldPanel("intro"), FieldPanel("body"), FieldPanel("takes_registrations")]
    events_search_fields = [index.SearchField("intro"), BodySearchField("body")]

    class Meta:
        abstract = True


class EventsPage(RoutablePageMixin, PublicEventsMixin, EventsMixin, EditionMixin, Page):
    parent_page_types = ["toolkit_pages.HomePage"]
    subpage_types = ["toolkit_pages.EventPage"]
    max_count_per_parent = 1
    template = "toolkit_pages/events_page.html"
    local_fields = ("takes_registrations",)
    # A preview shows the page itself, not a view beneath it.
    serve_preview = PublicEventsMixin.serve_preview

    base_form_class = NotedPageForm
    content_panels = [*Page.content_panels, *EventsMixin.events_panels]
    search_fields = [*Page.search_fields, *EventsMixin.events_search_fields]

    class Meta:
        verbose_name = _("events page")
        verbose_name_plural = _("events pages")
