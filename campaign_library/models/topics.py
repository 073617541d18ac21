"""Topics: one vocabulary for the whole library, kept by national; each affiliate gives them to what is its own."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import GenericTaggedItemBase, TagBase
from wagtail.admin.panels import FieldPanel


class Topic(TagBase):
    """One topic. Its name is English; what it is called in other languages stands beside it, one a line."""

    free_tagging = False

    names = models.TextField(
        _("in other languages"),
        blank=True,
        help_text=_("One a line: the language's code, a colon, the name. For example “es: Escuelas”."),
    )

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("names")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def clean(self) -> None:
        super().clean()
        for line in self.names.splitlines():
            code, colon, name = line.partition(":")
            if line.strip() and not (colon and name.strip() and code.strip().isascii() and code.strip()):
                message = _(
                    "“%(line)s” is not a language's code, a colon and a name, such as “es: Escuelas”."
                )
                raise ValidationError({"names": ValidationError(message, params={"line": line.strip()})})

    def in_language(self, code: str | None = None) -> str:
        """Its name in a language (the active one, when none is given), else the English one."""
        wanted = code or get_language() or ""
        names = {
            code.strip().lower(): name.strip()
            for code, colon, name in (line.partition(":") for line in self.names.splitlines())
            if colon
        }
        return names.get(wanted.lower()) or names.get(wanted.lower().partition("-")[0]) or self.name


class TopicOfSnippet(GenericTaggedItemBase):
    tag = models.ForeignKey(Topic, related_name="uses", on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("topic of a snippet")
        verbose_name_plural = _("topics of snippets")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "tag"], name="a_topic_once"),
        ]
