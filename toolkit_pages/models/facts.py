"""How old a page's statements are, where they come from, who checked them, and when to look again."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel


class FactsMixin(models.Model):
    as_of = models.DateField(
        _("as of"), null=True, blank=True, help_text=_("The date on which what this page says was true.")
    )
    source = models.CharField(
        _("source"),
        max_length=255,
        blank=True,
        help_text=_("Who says so: report, law or organisation, with its year."),
    )
    source_url = models.URLField(_("web address of the source"), blank=True)
    review_by = models.DateField(
        _("review by"), null=True, blank=True, help_text=_("When somebody should look at this page again.")
    )
    checked_by = models.CharField(
        _("checked by"),
        max_length=160,
        blank=True,
        help_text=_("Who checked it nationally, such as a team and a month. Readers see it."),
    )

    facts_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("as_of"), FieldPanel("review_by")]),
                FieldPanel("source"),
                FieldPanel("source_url"),
                FieldPanel("checked_by"),
            ],
            heading=_("Facts"),
        ),
    ]

    class Meta:
        abstract = True

    @property
    def is_overdue(self) -> bool:
        """Whether the day of the next review is past, in the server's time zone."""
        return self.review_by is not None and self.review_by < timezone.localdate()
