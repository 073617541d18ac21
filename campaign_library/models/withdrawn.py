"""The receipt of withdrawing a snippet."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from editions.models import Withdrawal


class WithdrawnSnippet(models.Model):
    """One snippet that a withdrawal took off line, as one site showed it: national's own, or the copy of an affiliate.

    ``site`` is empty for national's. ``pages`` is the number of published pages of the site that named it.
    ``restored``: it was put on line again with the withdrawal.
    """

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    site = models.ForeignKey(Site, null=True, on_delete=models.CASCADE, related_name="+")
    pages = models.PositiveIntegerField(default=0)
    restored = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("withdrawn snippet")
        verbose_name_plural = _("withdrawn snippets")
        constraints = [
            models.UniqueConstraint(fields=["withdrawal", "object_id", "site"], name="library_withdrawn_once")
        ]

    def __str__(self):
        return f"{self.withdrawal}: {self.object_id}"
