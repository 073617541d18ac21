from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from editions.streams import Path


class Protection(models.Model):
    """One mark of national: editions may not change what stands at ``path`` of a national page, in any of its languages.

    ``path`` is a list, empty for the whole page: else field name, then block ids and field names. It binds editions once a version
    that carries it was sent to them (``Version.protected``), as the words that it protects do.
    """

    source_key = models.UUIDField(db_index=True, help_text="The translation key of the national page.")
    path = models.JSONField(default=list)
    reason = models.CharField(_("reason"), max_length=255, help_text=_("Editors of affiliates read it."))
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("protection")
        verbose_name_plural = _("protections")
        ordering = ["pk"]
        permissions = [("protect_content", _("Can protect national content"))]

    def __str__(self):
        return f"{self.source_key}: {'/'.join(self.path)}"

    @property
    def place(self) -> Path:
        return tuple(self.path)

    def as_json(self) -> dict:
        """As a version carries it."""
        return {"path": self.path, "reason": self.reason}
