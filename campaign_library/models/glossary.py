"""Words of the field, explained once and shown wherever they are used."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from .base import RICH_TEXT_FEATURES, LibrarySnippet


class GlossaryTerm(LibrarySnippet, index.Indexed):
    """One word or name, in one language."""

    term = models.CharField(_("term"), max_length=120, help_text=_("The word as readers meet it."))
    plain = models.CharField(
        _("in plain words"), max_length=255, help_text=_("One line that a reader of twelve understands.")
    )
    long = RichTextField(
        _("in full"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("Everything else: how it works, what it is confused with."),
    )
    formerly = models.CharField(
        _("formerly"), max_length=255, blank=True, help_text=_("Older names, as they stand in old papers.")
    )
    review_by = models.DateField(
        _("review by"), null=True, blank=True, help_text=_("When somebody should look at it again.")
    )

    panels = [
        FieldPanel("term"),
        FieldPanel("plain"),
        FieldPanel("long"),
        FieldPanel("formerly"),
        *LibrarySnippet.sourced_panels,
        FieldPanel("review_by"),
        *LibrarySnippet.owned_panels,
    ]
    search_fields = [
        index.SearchField("term", boost=4),
        index.AutocompleteField("term"),
        index.SearchField("plain"),
        index.SearchField("long"),
        index.SearchField("formerly"),
        index.FilterField("locale_id"),
        *LibrarySnippet.owned_search_fields,
    ]

    class Meta(LibrarySnippet.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    def get_preview_template(self, request, mode_name):
        return "campaign_library/preview.html"

    def get_preview_context(self, request, mode_name):
        return {"term": self, "snippet_template": "campaign_library/glossary_term.html"}
