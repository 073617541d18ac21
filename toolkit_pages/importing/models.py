"""What was imported last: the base of the merge when a changed file is imported again."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from toolkit_pages.importing.proposals import proposal
from toolkit_pages.importing.results import Doubt, LeftOut, Picture, Source, Toolkit

# An upload that nobody touches for so long is taken away with the next one.
KEPT = datetime.timedelta(days=14)


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
    mends = models.JSONField(
        default=list, help_text=_("What an editor changed at the review; the next import begins with it.")
    )

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


class UploadQuerySet(models.QuerySet["ToolkitUpload"]):
    def waiting(self) -> UploadQuerySet:
        """Those that nobody has left alone for too long."""
        return self.filter(changed_at__gt=timezone.now() - KEPT)

    def abandoned(self) -> UploadQuerySet:
        return self.filter(changed_at__lte=timezone.now() - KEPT)


class ToolkitUpload(models.Model):
    """A text that was read and waits to be looked at: no page, no term is written before somebody accepts it.

    `text`, `form`, `left_out`, `doubts` and `made` are the parts of a `results.Source`, `mends` what an editor
    changed (`mends.Mend.as_json`).
    """

    title = models.CharField(_("title"), max_length=255)
    publisher = models.CharField(_("publisher"), max_length=160, blank=True)
    language = models.CharField(_("language"), max_length=20)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    text = models.TextField(_("text"))
    form = models.CharField(_("format"), max_length=20)
    left_out = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    mends = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        verbose_name=_("uploaded by"),
        related_name="+",
    )
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("text to import")
        verbose_name_plural = _("texts to import")
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.title

    def take(self, source: Source) -> None:
        """Holds what was read from a file; the mends stay."""
        self.text, self.form = source.text, source.form
        self.left_out = [[piece.text, piece.reason, piece.line] for piece in source.left_out]
        self.doubts = [[doubt.kind, doubt.text, doubt.line] for doubt in source.doubts]

    def source(self) -> Source:
        return Source(
            self.text,
            self.form,
            tuple(LeftOut(*row) for row in self.left_out),
            tuple(Doubt(*row) for row in self.doubts),
            pictures=self.named_pictures,
        )

    def keep(self, source: Source) -> None:
        """Holds the pictures of a file, for an upload that has a row."""
        self.pictures.all().delete()
        self.__dict__.pop("named_pictures", None)
        UploadedPicture.objects.bulk_create(
            UploadedPicture(
                upload=self,
                name=each.name,
                file_name=each.file_name,
                label=each.label,
                data=each.data,
            )
            for each in source.pictures
        )

    @cached_property
    def named_pictures(self) -> tuple[Picture, ...]:
        """Without what they hold, which only ``whole_pictures`` reads."""
        rows = self.pictures.values_list("name", "file_name", "label")
        return tuple(Picture(*row) for row in rows)

    def whole_pictures(self) -> dict[str, Picture]:
        return {
            each.name: Picture(each.name, each.file_name, each.label, bytes(each.data))
            for each in self.pictures.all()
        }

    def parsed(self) -> Toolkit:
        """The toolkit that the text makes, mended."""
        return proposal(self)

    @property
    def kept_until(self) -> datetime.datetime:
        """When it will be taken away if nobody touches it again."""
        return self.changed_at + KEPT


class UploadedPicture(models.Model):
    """A picture of a text that waits; it goes with it. No image is made before somebody accepts the text."""

    upload = models.ForeignKey(ToolkitUpload, on_delete=models.CASCADE, related_name="pictures")
    name = models.CharField(max_length=60)
    file_name = models.CharField(max_length=80)
    label = models.CharField(max_length=80)
    data = models.BinaryField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label
