"""Something to read, watch or print that somebody else, or we, have published."""

from __future__ import annotations

from pathlib import PurePosixPath

import pikepdf
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.search import index

from ..day_words import day_words
from ..fields import LanguagesField
from ..languages import named
from ..validators import validate_partial_date
from .base import LibrarySnippet
from .facts import CheckedMixin


class Resource(LibrarySnippet, CheckedMixin, index.Indexed):
    """One paper, film or map: at an address, as a document of ours, or both. ``languages`` are those it exists in."""

    class Kind(models.TextChoices):
        FACT_SHEET = "fact_sheet", _("Fact sheet")
        REPORT = "report", _("Report")
        GUIDE = "guide", _("Guide")
        TOOLKIT = "toolkit", _("Toolkit")
        FILM = "film", _("Film")
        VIDEO = "video", _("Video")
        TRANSCRIPT = "transcript", _("Transcript")
        MAP = "map", _("Map")
        DATA = "data", _("Data")
        ARTICLE = "article", _("Article")

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.REPORT)
    summary = models.TextField(_("in short"), blank=True, help_text=_("One or two sentences: what is in it."))
    publisher = models.ForeignKey(
        "campaign_library.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("publisher"),
    )
    publisher_name = models.CharField(
        _("publisher's name"),
        max_length=160,
        blank=True,
        help_text=_("Where it is not among the organisations."),
    )
    published_on = models.CharField(
        _("date"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("A year, a month or a day: 2016, 2016-05 or 2016-05-31."),
    )
    languages = LanguagesField(_("languages"), blank=True, help_text=_("All in which it exists."))
    url = models.URLField(_("web address"), blank=True, max_length=500)
    archived_url = models.URLField(
        _("archived copy"),
        blank=True,
        max_length=500,
        help_text=_("Its address in a web archive, for the day on which the other is gone."),
    )
    document = models.ForeignKey(
        get_document_model_string(),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
        help_text=_("Pages and size come from the file."),
    )
    pages = models.PositiveIntegerField(
        _("pages"), null=True, blank=True, help_text=_("Counted by itself in a PDF of ours.")
    )
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True, editable=False)

    panels = [
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("published_on")]),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("publisher_name")]),
        MultiFieldPanel(
            [
                FieldPanel("url"),
                FieldPanel("archived_url"),
                FieldRowPanel([FieldPanel("document"), FieldPanel("pages")]),
            ],
            heading=_("Where it is"),
        ),
        FieldPanel("languages"),
        *LibrarySnippet.topic_panels,
        *CheckedMixin.facts_panels,
        *LibrarySnippet.owned_panels,
    ]
    search_fields = [
        index.SearchField("title", boost=4),
        index.AutocompleteField("title"),
        index.SearchField("summary"),
        index.FilterField("locale_id"),
        *LibrarySnippet.owned_search_fields,
    ]
    fragment = "campaign_library/resource.html"
    fragment_name = "resource"
    shown_with = ("locale", "publisher", "document")

    class Meta(LibrarySnippet.Meta):
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if not self.url and self.document is None:
            raise ValidationError({"url": _("Give its web address, or choose a document.")})
        try:
            self.measure()
        except pikepdf.PdfError:
            message = _("This PDF cannot be read. Choose another, or save it anew and upload it again.")
            raise ValidationError({"document": message}) from None
        except FileNotFoundError:
            raise ValidationError(
                {"document": _("The file of this document is gone. Choose another.")}
            ) from None

    def measure(self) -> None:
        """Size and, of a PDF, pages of the document. Raises pikepdf.PdfError for a PDF that is none, FileNotFoundError."""
        if self.document is None:
            self.size = None
            return
        with self.document.file.open("rb") as file:
            self.size = self.document.file.size
            if self.file_format == "PDF":
                with pikepdf.open(file) as pdf:
                    self.pages = len(pdf.pages)

    @property
    def file_format(self) -> str:
        """ "PDF", "DOCX": from the name of our file, or of the one at its address; empty for a page of the web."""
        name = self.document.file.name if self.document is not None else self.url.partition("?")[0]
        suffix = PurePosixPath(name).suffix.lstrip(".").upper()
        known = {"PDF", "DOC", "DOCX", "ODT", "XLS", "XLSX", "CSV", "PPT", "PPTX", "MP3", "MP4", "EPUB"}
        return suffix if suffix in known else ""

    @property
    def publisher_words(self) -> str:
        return self.publisher.name if self.publisher is not None else self.publisher_name

    @property
    def published(self) -> str:
        """The date in the active language, as exact as it is known."""
        return day_words(self.published_on)

    @property
    def named_languages(self) -> list[dict[str, str]]:
        return named(self.languages)
