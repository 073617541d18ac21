"""Words of the field, explained once and shown wherever they are used."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from .base import RICH_TEXT_FEATURES, LibrarySnippet
from .facts import CheckedMixin


class GlossaryTerm(LibrarySnippet, CheckedMixin, index.Indexed):
    """One word or name, in one language."""

    class Kind(models.TextChoices):
        GENERAL = "general", _("Word of the field")
        LEGAL = "legal", _("Legal term")
        PROGRAMME = "programme", _("Programme or agency")
        COMMUNITY = "community", _("Word that the community uses")
        OFFENSIVE = "offensive", _("Offensive term")

    term = models.CharField(_("term"), max_length=120, help_text=_("The word as readers meet it."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.GENERAL)
    expansion = models.CharField(
        _("stands for"),
        max_length=200,
        blank=True,
        help_text=_("For a short form: the words that it is short for."),
    )
    plain = models.CharField(
        _("in plain words"), max_length=255, help_text=_("One line that a reader of twelve understands.")
    )
    long = RichTextField(
        _("in full"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("Everything else: how it works, what it is confused with."),
    )
    variants = models.CharField(
        _("other forms"),
        max_length=255,
        blank=True,
        help_text=_(
            "Spellings by which texts name it too, separated by commas. Plurals in s are found anyway."
        ),
    )
    formerly = models.CharField(
        _("formerly"),
        max_length=255,
        blank=True,
        help_text=_("Older names, as they stand in old papers, separated by commas."),
    )
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
        help_text=_("For a word that is no longer used: the term that is."),
    )

    panels = [
        FieldRowPanel([FieldPanel("term"), FieldPanel("kind")]),
        FieldPanel("plain"),
        FieldPanel("long"),
        MultiFieldPanel(
            [
                FieldPanel("expansion"),
                FieldPanel("variants"),
                FieldPanel("formerly"),
                FieldPanel("replaced_by"),
            ],
            heading=_("Other names"),
        ),
        *LibrarySnippet.topic_panels,
        *CheckedMixin.facts_panels,
        *LibrarySnippet.owned_panels,
    ]
    search_fields = [
        index.SearchField("term", boost=4),
        index.AutocompleteField("term"),
        index.SearchField("plain"),
        index.SearchField("long"),
        index.SearchField("formerly"),
        index.SearchField("expansion"),
        index.FilterField("locale_id"),
        *LibrarySnippet.owned_search_fields,
    ]
    fragment = "campaign_library/glossary_term.html"
    fragment_name = "term"
    shown_with = ("locale", "replaced_by")

    class Meta(LibrarySnippet.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        super().clean()
        seen, other = {self.pk}, self.replaced_by
        while other is not None:
            if other.pk in seen:
                raise ValidationError(
                    {"replaced_by": _("Round in a circle: that term is itself replaced by this one.")}
                )
            seen.add(other.pk)
            other = other.replaced_by

    @property
    def forms(self) -> list[str]:
        """All words that name it in a text: the term, what it stands for, other forms, older names."""
        others = re.split(r"[,;]", f"{self.variants},{self.formerly}")
        found = [self.term, self.expansion, *others]
        return list(dict.fromkeys(form.strip() for form in found if form.strip()))
