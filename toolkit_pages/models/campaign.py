"""One kind of campaign: why, against which objections, where it was won, and what to do next."""

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
from ..policies import Policy
from ..public.campaigns import PublicCampaignMixin
from .facts import FactsMixin


class CampaignMixin(FactsMixin):
    summary = models.TextField(
        _("in short"), blank=True, help_text=_("One or two sentences: what is asked for, and of whom.")
    )
    policy = models.CharField(
        _("policy"),
        max_length=20,
        choices=Policy,
        default=Policy.OTHER,
        help_text=_("Case studies of the same policy are shown as examples where none are chosen below."),
    )
    benefits = RegisteredStreamField(registry="campaign_points", blank=True, verbose_name=_("what it brings"))
    costs = RegisteredStreamField(
        registry="campaign_points",
        blank=True,
        verbose_name=_("what it costs"),
        help_text=_("What it costs, and what is said against it. Readers will hear it."),
    )
    examples = RegisteredStreamField(
        registry="campaign_examples", blank=True, verbose_name=_("where it was done")
    )
    body = RegisteredStreamField(registry="chapter", blank=True, verbose_name=_("more"))
    resources = RegisteredStreamField(
        registry="campaign_resources", blank=True, verbose_name=_("bills and resources")
    )
    next_steps = RegisteredStreamField(
        registry="campaign_next_steps", blank=True, verbose_name=_("what to do next")
    )

    campaign_panels = [
        FieldPanel("summary"),
        FieldPanel("policy"),
        FieldPanel("benefits"),
        FieldPanel("costs"),
        FieldPanel("body"),
        FieldPanel("examples"),
        FieldPanel("resources"),
        FieldPanel("next_steps"),
        *FactsMixin.facts_panels,
    ]
    campaign_search_fields = [
        index.SearchField("summary"),
        index.SearchField("benefits"),
        index.SearchField("costs"),
        BodySearchField("body"),
        index.FilterField("policy"),
    ]

    class Meta:
        abstract = True


class CampaignPage(PublicCampaignMixin, CampaignMixin, EditionMixin, Page):
    parent_page_types = ["toolkit_pages.HomePage"]
    subpage_types = []
    base_form_class = FactsPageForm
    template = "toolkit_pages/campaign_page.html"

    content_panels = [*Page.content_panels, *CampaignMixin.campaign_panels]
    search_fields = [*Page.search_fields, *CampaignMixin.campaign_search_fields]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
