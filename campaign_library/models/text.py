"""Texts that people use as they are: letters, petitions, scripts, resolutions, with blanks."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from editions.fields import RegisteredStreamField

from ..documents.blanks import Blank, read_blanks
from ..documents.letters import Passage, read_passages, texts_of
from .document import LibraryDocument, blank_errors, errors_in_stream, unknown_words
from .facts import CheckedMixin
from .slugs import unique_with_owner


class TextTemplate(LibraryDocument, index.Indexed):
    """One text to copy or print. Its blanks are the affiliate's values, as in an ordinance."""

    blanks_field = "blanks"
    kind_path = "texts"

    class Kind(models.TextChoices):
        LETTER = "letter", _("Letter")
        EMAIL = "email", _("E-mail")
        PETITION = "petition", _("Petition")
        SCRIPT = "script", _("Script")
        COMMENT = "comment", _("Public comment")
        RESOLUTION = "resolution", _("Resolution")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.LETTER)
    summary = models.TextField(
        _("when to use it"),
        blank=True,
        help_text=_("For what, by whom, at which step. Not part of the text."),
    )
    addressed_to = models.CharField(
        _("addressed to"), max_length=255, blank=True, help_text=_("May hold blanks, such as {{ sheriff }}.")
    )
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    blanks = RegisteredStreamField(
        registry="blank",
        blank=True,
        collapsed=True,
        verbose_name=_("blanks"),
        help_text=_("What each affiliate fills in, once, in its profile. Texts say {{ name }}."),
    )
    body = RegisteredStreamField(registry="text", blank=True, verbose_name=_("text"))

    panels = [
        *LibraryDocument.title_panels,
        FieldPanel("kind"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("addressed_to"), FieldPanel("subject")]),
        FieldPanel("body"),
        FieldPanel("blanks"),
        *CheckedMixin.facts_panels,
        *LibraryDocument.address_panels,
        *LibraryDocument.topic_panels,
        *LibraryDocument.owned_panels,
    ]
    search_fields = [
        *LibraryDocument.document_search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("kind"),
    ]

    class Meta(LibraryDocument.Meta):
        verbose_name = _("letter or text")
        verbose_name_plural = _("letters and texts")
        constraints = unique_with_owner("texttemplate", "slug")

    def read(self) -> tuple[Passage, ...]:
        return read_passages(list(self.body.raw_data))

    def read_blanks(self) -> list[Blank]:
        return read_blanks(list(self.blanks.raw_data))

    def clean(self) -> None:
        super().clean()
        blanks = self.read_blanks()
        known = self.words_known(blanks)
        errors = {}
        if error := errors_in_stream(blank_errors(blanks)):
            errors["blanks"] = error
        passages = {each.index: unknown_words(texts_of((each,)), known) for each in self.read()}
        if error := errors_in_stream(passages):
            errors["body"] = error
        for name in ("addressed_to", "subject"):
            if told := unknown_words([getattr(self, name)], known):
                errors[name] = told
        if errors:
            raise ValidationError(errors)

    def get_preview_template(self, request, mode_name):
        return "campaign_library/document_preview.html"

    def get_preview_context(self, request, mode_name):
        from ..showing import preview_values, show_text

        return {
            "doc": show_text(self, self.locale, preview_values(self)),
            "document_template": "campaign_library/text.html",
        }
