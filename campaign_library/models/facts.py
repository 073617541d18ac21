"""Who looked at a snippet's statements, and when somebody should look again."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from .base import SourcedMixin


class CheckedMixin(models.Model):
    """Beside ``SourcedMixin``: the check of what it says. Put it after ``LibrarySnippet``."""

    checked_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("The day on which somebody last compared it.")
    )
    checked_by = models.CharField(
        _("checked by"),
        max_length=160,
        blank=True,
        help_text=_("A team or an office rather than a person. Readers see it."),
    )
    review_by = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_("When somebody should look again. After that day readers are told that it is overdue."),
    )

    facts_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("as_of"), FieldPanel("source")]),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("checked_by")]),
                FieldPanel("review_by"),
            ],
            heading=_("Facts"),
        ),
    ]

    class Meta:
        abstract = True

    def is_overdue(self, today: datetime.date | None = None) -> bool:
        """Whether the day of its next review is past (today in the server's time zone, when none is given)."""
        return self.review_by is not None and self.review_by < (today or timezone.localdate())


__all__ = ["CheckedMixin", "SourcedMixin"]
