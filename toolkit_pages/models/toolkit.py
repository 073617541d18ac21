"""A toolkit: its cover, and its chapters beneath it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from editions.fields import RegisteredStreamField
from editions.models import EditionMixin

from ..blocks import RICH_TEXT_FEATURES
from ..forms import FactsPageForm
from ..indexing import BodySearchField
from ..public.serving import PublicToolkitMixin
from ..public.whole_toolkit import whole_toolkit
from .facts import FactsMixin


class ToolkitPageTag(TaggedItemBase):
    content_object = ParentalKey(
        "toolkit_pages.ToolkitPage", related_name="tagged_items", on_delete=models.CASCADE
    )

    class Meta(ItemBase.Meta):
        verbose_name = _("toolkit's tag")
        verbose_name_plural = _("toolkits' tags")


class ToolkitMixin(FactsMixin):
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("Two or three sentences, shown in lists too.")
    )
    publisher = models.CharField(_("publisher"), max_length=160, blank=True)
    audience = models.CharField(
        _("audience"),
        max_length=160,
        blank=True,
        help_text=_("For whom it is written, such as congregations."),
    )
    edition_label = models.CharField(
        _("edition"),
        max_length=80,
        blank=True,
        help_text=_("As printed on the cover, such as Winter 2016–17."),
    )
    historical = models.BooleanField(
        _("historical"),
        default=False,
        help_text=_("Kept as it was. Readers see that it is no longer current."),
    )
    disclaimer = RichTextField(
        _("disclaimer"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("Shown on the cover and beneath each chapter."),
    )
    body = RegisteredStreamField(registry="chapter", blank=True, verbose_name=_("body"))

    toolkit_panels = [
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("publisher"), FieldPanel("audience")]),
                FieldRowPanel([FieldPanel("edition_label"), FieldPanel("historical")]),
                FieldPanel("disclaimer"),
            ],
            heading=_("Cover"),
        ),
        FieldPanel("body"),
        *FactsMixin.facts_panels,
        FieldPanel("tags"),
    ]
    toolkit_search_fields = [
        index.SearchField("summary"),
        index.SearchField("publisher"),
        index.SearchField("audience"),
        BodySearchField("body"),
    ]

    class Meta:
        abstract = True


class ToolkitPage(RoutablePageMixin, PublicToolkitMixin, ToolkitMixin, EditionMixin, Page):
    parent_page_types = ["toolkit_pages.HomePage"]
    subpage_types = ["toolkit_pages.ChapterPage"]
    base_form_class = FactsPageForm
    template = "toolkit_pages/toolkit_page.html"

    tags = ClusterTaggableManager(through=ToolkitPageTag, blank=True, verbose_name=_("tags"))

    content_panels = [*Page.content_panels, *ToolkitMixin.toolkit_panels]
    search_fields = [*Page.search_fields, *ToolkitMixin.toolkit_search_fields]

    class Meta:
        verbose_name = _("toolkit")
        verbose_name_plural = _("toolkits")

    @path("print/", name="whole")
    def whole(self, request):
        """The whole toolkit on one page, set for paper."""
        return whole_toolkit(self, request)
