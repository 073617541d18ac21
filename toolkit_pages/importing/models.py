"""What was imported last: the base of the merge when a changed file is imported again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ToolkitImport(models.Model):
    """The last import of one toolkit. There is one per toolkit; importing again replaces what it holds."""

    toolkit = models.OneToOneField(
        "toolkit_pages.ToolkitPage",
        on_delete=models.CASCADE,
        related_name="last_import",
        verbose_name=_("toolkit"),
    )
    title = models.CharField(
        _("title"), max_length=255, help_text=_("As given at the import: it finds the toolkit again.")
    )
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    imported_at = models.DateTimeField(_("imported at"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        verbose_name=_("imported by"),
    )
    report = models.JSONField(_("report"), default=dict)

    class Meta:
        verbose_name = _("import of a toolkit")
        verbose_name_plural = _("imports of toolkits")

    def __str__(self) -> str:
        return self.title


class ImportedPage(models.Model):
    """One page as the file had it, in raw form. `page` is null once somebody deleted it: it stays deleted."""

    run = models.ForeignKey(ToolkitImport, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveIntegerField()
    content = models.JSONField()
    absent = models.BooleanField(default=False, help_text=_("The newest file does not have it any more."))

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="imported_page_position")]

    def __str__(self) -> str:
        return self.content.get("title", "")


class ImportedTerm(models.Model):
    """One term as the file had it: `content` holds term, plain and long."""

    run = models.ForeignKey(ToolkitImport, on_delete=models.CASCADE, related_name="terms")
    term = models.ForeignKey(
        "campaign_library.GlossaryTerm", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    content = models.JSONField()

    def __str__(self) -> str:
        return self.content.get("term", "")
