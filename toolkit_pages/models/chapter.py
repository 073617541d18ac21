"""A chapter of a toolkit, or a part of a chapter. Numbers are computed from the tree, never typed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from editions.fields import RegisteredStreamField
from editions.models import EditionMixin

from ..forms import FactsPageForm
from ..indexing import BodySearchField
from ..public.serving import PublicChapterMixin
from .facts import FactsMixin


class ChapterMixin(FactsMixin):
    summary = models.TextField(
        _("in short"), blank=True, help_text=_("One or two sentences that open the chapter.")
    )
    body = RegisteredStreamField(registry="chapter", blank=True, verbose_name=_("body"))

    chapter_panels = [FieldPanel("summary"), FieldPanel("body"), *FactsMixin.facts_panels]
    chapter_search_fields = [index.SearchField("summary"), BodySearchField("body")]

    class Meta:
        abstract = True


class ChapterPage(PublicChapterMixin, ChapterMixin, EditionMixin, Page):
    parent_page_types = ["toolkit_pages.ToolkitPage", "toolkit_pages.ChapterPage"]
    subpage_types = ["toolkit_pages.ChapterPage"]
    base_form_class = FactsPageForm
    template = "toolkit_pages/chapter_page.html"

    content_panels = [*Page.content_panels, *ChapterMixin.chapter_panels]
    search_fields = [*Page.search_fields, *ChapterMixin.chapter_search_fields]

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
