"""The library of one site in one language: its documents at addresses beneath the page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index

from editions.fields import RegisteredStreamField
from editions.models import EditionMixin

from ..forms import NotedPageForm
from ..indexing import BodySearchField
from ..public.library import PublicLibraryMixin


class LibraryMixin(models.Model):
    summary = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences beneath the title.")
    )
    body = RegisteredStreamField(registry="chapter", blank=True, verbose_name=_("body"))

    library_panels = [FieldPanel("summary"), FieldPanel("body")]
    library_search_fields = [index.SearchField("summary"), BodySearchField("body")]

    class Meta:
        abstract = True


class LibraryPage(RoutablePageMixin, PublicLibraryMixin, LibraryMixin, EditionMixin, Page):
    """Lists and shows the library's documents: national's, and those of the site's own affiliate."""

    parent_page_types = ["toolkit_pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "toolkit_pages/library_page.html"

    base_form_class = NotedPageForm
    content_panels = [*Page.content_panels, *LibraryMixin.library_panels]
    search_fields = [*Page.search_fields, *LibraryMixin.library_search_fields]

    class Meta:
        verbose_name = _("library page")
        verbose_name_plural = _("library pages")

    @path("")
    def index_route(self, request):
        return self.show_index(request)

    def serve_preview(self, request, mode_name):
        # RoutablePageMixin would serve it as if readers asked.
        return PublicLibraryMixin.serve_preview(self, request, mode_name)

    @path("<slug:kind>/")
    def kind_route(self, request, kind):
        return self.show_kind(request, kind)

    @path("<slug:kind>/<slug:slug>/")
    def document_route(self, request, kind, slug):
        return self.show_document(request, kind, slug)
