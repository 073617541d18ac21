"""Pages that list what the library holds: words, resources, organisations, bills, actions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from editions.fields import RegisteredStreamField
from editions.models import EditionMixin

from ..forms import NotedPageForm
from ..indexing import BodySearchField
from ..public.listings import (
    PublicActionsMixin,
    PublicDirectoryMixin,
    PublicGlossaryMixin,
    PublicResourcesMixin,
    PublicTrackerMixin,
)


class ListingMixin(models.Model):
    """What every listing page says itself; the list beneath it comes from the library."""

    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences beneath the title.")
    )
    body = RegisteredStreamField(
        registry="chapter", blank=True, verbose_name=_("body"), help_text=_("Stands above the list.")
    )

    listing_panels = [FieldPanel("intro"), FieldPanel("body")]
    listing_search_fields = [index.SearchField("intro"), BodySearchField("body")]

    class Meta:
        abstract = True


class GlossaryPage(PublicGlossaryMixin, ListingMixin, EditionMixin, Page):
    """The glossary from A to Z."""

    parent_page_types = ["toolkit_pages.HomePage"]
    subpage_types = []
    template = "toolkit_pages/glossary_page.html"

    base_form_class = NotedPageForm
    content_panels = [*Page.content_panels, *ListingMixin.listing_panels]
    search_fields = [*Page.search_fields, *ListingMixin.listing_search_fields]

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")


class ResourcesPage(PublicResourcesMixin, ListingMixin, EditionMixin, Page):
    """Papers, films and maps, by language, type and topic."""

    parent_page_types = ["toolkit_pages.HomePage"]
    subpage_types = []
    template = "toolkit_pages/resources_page.html"

    base_form_class = NotedPageForm
    content_panels = [*Page.content_panels, *ListingMixin.listing_panels]
    search_fields = [*Page.search_fields, *ListingMixin.listing_search_fields]

    class Meta:
        verbose_name = _("list of resources")
        verbose_name_plural = _("lists of resources")


class DirectoryPage(PublicDirectoryMixin, ListingMixin, EditionMixin, Page):
    """Organisations, by state and language."""

    parent_page_types = ["toolkit_pages.HomePage"]
    subpage_types = []
    template = "toolkit_pages/directory_page.html"

    base_form_class = NotedPageForm
    content_panels = [*Page.content_panels, *ListingMixin.listing_panels]
    search_fields = [*Page.search_fields, *ListingMixin.listing_search_fields]

    class Meta:
        verbose_name = _("directory")
        verbose_name_plural = _("directories")


class TrackerPage(PublicTrackerMixin, ListingMixin, EditionMixin, Page):
    """Bills by state and stance, and which states have which policy."""

    parent_page_types = ["toolkit_pages.HomePage"]
    subpage_types = []
    template = "toolkit_pages/tracker_page.html"

    base_form_class = NotedPageForm
    content_panels = [*Page.content_panels, *ListingMixin.listing_panels]
    search_fields = [*Page.search_fields, *ListingMixin.listing_search_fields]

    class Meta:
        verbose_name = _("bill tracker")
        verbose_name_plural = _("bill trackers")


class ActionsPage(PublicActionsMixin, ListingMixin, EditionMixin, Page):
    """What a reader can do now."""

    parent_page_types = ["toolkit_pages.HomePage"]
    subpage_types = []
    template = "toolkit_pages/actions_page.html"

    base_form_class = NotedPageForm
    content_panels = [*Page.content_panels, *ListingMixin.listing_panels]
    search_fields = [*Page.search_fields, *ListingMixin.listing_search_fields]

    class Meta:
        verbose_name = _("list of actions")
        verbose_name_plural = _("lists of actions")
