"""The front door of one organisation in one language."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from editions.fields import RegisteredStreamField
from editions.models import EditionMixin
from editions.network.models import HomePermissionMixin

from ..forms import NotedPageForm
from ..indexing import BodySearchField
from ..public.serving import PublicHomeMixin


class HomeMixin(models.Model):
    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences beneath the title.")
    )
    body = RegisteredStreamField(registry="chapter", blank=True, verbose_name=_("body"))

    home_panels = [FieldPanel("intro"), FieldPanel("body")]
    home_search_fields = [index.SearchField("intro"), BodySearchField("body")]

    class Meta:
        abstract = True


class HomePage(HomePermissionMixin, PublicHomeMixin, HomeMixin, EditionMixin, Page):
    parent_page_types = ["toolkit_pages.FolderPage", "wagtailcore.Page"]
    subpage_types = [
        "toolkit_pages.ToolkitPage",
        "toolkit_pages.EventsPage",
        "toolkit_pages.CaseStudiesPage",
        "toolkit_pages.CampaignPage",
        "toolkit_pages.LibraryPage",
        "toolkit_pages.ActionsPage",
        "toolkit_pages.GlossaryPage",
        "toolkit_pages.ResourcesPage",
        "toolkit_pages.DirectoryPage",
        "toolkit_pages.TrackerPage",
    ]
    template = "toolkit_pages/home_page.html"

    base_form_class = NotedPageForm
    content_panels = [*Page.content_panels, *HomeMixin.home_panels]
    search_fields = [*Page.search_fields, *HomeMixin.home_search_fields]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
