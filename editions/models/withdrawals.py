from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from editions.streams import Path


class WithdrawalQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(lifted_at=None)

    def of_pages(self):
        """Those of whole pages that stand."""
        return self.standing().filter(path=[], content_type=None)

    def of_blocks(self):
        """Those of single blocks that stand."""
        return self.standing().exclude(path=[])


class Withdrawal(models.Model):
    """National takes a page with all beneath it (an empty ``path``), one block of a stream (its field and id) or a snippet off
    every site, until it puts it back. ``content_type`` says the kind of a snippet; it is empty for pages and blocks."""

    source_key = models.UUIDField(db_index=True, help_text="The translation key of the national page.")
    content_type = models.ForeignKey(ContentType, null=True, on_delete=models.CASCADE, related_name="+")
    path = models.JSONField(default=list)
    title = models.CharField(max_length=255)
    reason = models.CharField(_("reason"), max_length=255, help_text=_("Editors of affiliates read it."))
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-created_at", "-pk"]
        permissions = [("withdraw_content", _("Can withdraw national content from all sites"))]

    def __str__(self):
        return self.title

    @property
    def place(self) -> Path:
        return tuple(self.path)

    @property
    def is_lifted(self) -> bool:
        return self.lifted_at is not None


class WithdrawnPage(models.Model):
    """The receipt: one page that a withdrawal took off line, to be put on line again with it, or on which the block stood that it
    took off. No ``site``: national's own. ``words`` is the block as the affiliate had changed it, raw; null where it had not."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="pages")
    page_id = models.PositiveBigIntegerField(db_index=True)
    site = models.ForeignKey(Site, null=True, on_delete=models.CASCADE, related_name="+")
    restored = models.BooleanField(default=False)
    words = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("withdrawn page")
        verbose_name_plural = _("withdrawn pages")
        constraints = [models.UniqueConstraint(fields=["withdrawal", "page_id"], name="withdrawn_once")]

    def __str__(self):
        return f"{self.withdrawal}: {self.page_id}"
