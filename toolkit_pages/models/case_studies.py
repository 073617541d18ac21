"""The list of an organisation's case studies, national's and its own, with a table that compares them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page
from wagtail.search import index

from editions.fields import RegisteredStreamField
from editions.models import EditionMixin

from ..forms import NotedPageForm
from ..indexing import BodySearchField
from ..public.case_list import PublicCaseStudiesMixin


class CaseStudiesMixin(models.Model):
    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences beneath the title.")
    )
    body = RegisteredStreamField(registry="chapter", blank=True, verbose_name=_("body"))

    case_studies_panels = [FieldPanel("intro"), FieldPanel("body")]
    case_studies_search_fields = [index.SearchField("intro"), BodySearchField("body")]

    class Meta:
        abstract = True


class CaseStudiesPage(RoutablePageMixin, PublicCaseStudiesMixin, CaseStudiesMixin, EditionMixin, Page):
    parent_page_types = ["toolkit_pages.HomePage"]
    subpage_types = ["toolkit_pages.CaseStudyPage"]
    template = "toolkit_pages/case_studies_page.html"

    base_form_class = NotedPageForm
    content_panels = [*Page.content_panels, *CaseStudiesMixin.case_studies_panels]
    search_fields = [*Page.search_fields, *CaseStudiesMixin.case_studies_search_fields]

    class Meta:
        verbose_name = _("list of case studies")
        verbose_name_plural = _("lists of case studies")
