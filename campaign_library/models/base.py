"""What every snippet of the library has: languages, drafts, a history, and where its facts come from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, TranslatableMixin

from editions.network.models import OwnedMixin

RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class SourcedMixin(models.Model):
    """How old a statement is and where it comes from."""

    as_of = models.DateField(
        _("as of"), null=True, blank=True, help_text=_("The date on which the facts given here were true.")
    )
    source = models.CharField(
        _("source"),
        max_length=255,
        blank=True,
        help_text=_("Who says so: report, law or organisation, with its year."),
    )

    sourced_panels = [
        MultiFieldPanel([FieldRowPanel([FieldPanel("as_of"), FieldPanel("source")])], heading=_("Facts")),
    ]

    class Meta:
        abstract = True


class LibrarySnippet(
    OwnedMixin,
    PreviewableMixin,
    DraftStateMixin,
    RevisionMixin,
    TranslatableMixin,
    SourcedMixin,
    models.Model,
):
    """A snippet of national or of one affiliate: one object per language, drafted and published like a
    page."""

    class Meta(TranslatableMixin.Meta):
        abstract = True
