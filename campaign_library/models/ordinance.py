"""A model ordinance: sections of provisions with blanks, for a county, a city or another body."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from editions.fields import RegisteredStreamField

from ..documents.blanks import Blank, read_blanks
from ..documents.ordinance import Ordinance, dangling, read_ordinance
from .base import RICH_TEXT_FEATURES
from .document import LibraryDocument, blank_errors, errors_in_stream, unknown_words
from .facts import CheckedMixin
from .slugs import unique_with_owner


class ModelOrdinance(LibraryDocument, index.Indexed):
    """One model text in one language. ``sections`` and ``blanks`` are read by ``campaign_library.documents``."""

    blanks_field = "blanks"
    kind_path = "ordinances"

    class Level(models.TextChoices):
        COUNTY = "county", gettext_lazy("County")
        CITY = "city", gettext_lazy("City")
        STATE = "state", gettext_lazy("State")
        SCHOOLS = "schools", gettext_lazy("School district")
        OTHER = "other", gettext_lazy("Other")

    level = models.CharField(gettext_lazy("level"), max_length=20, choices=Level, default=Level.COUNTY)
    summary = models.TextField(
        gettext_lazy("in short"), blank=True, help_text=gettext_lazy("What it does, in one or two sentences.")
    )
    about = RichTextField(
        gettext_lazy("how to use it"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=gettext_lazy("Who it is addressed to, what to adapt first. Shown before the text."),
    )
    variant_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("variant of"),
        help_text=gettext_lazy(
            "A city ordinance made from a county's, for example. Readers see what differs."
        ),
    )
    blanks = RegisteredStreamField(
        registry="blank",
        blank=True,
        collapsed=True,
        verbose_name=gettext_lazy("blanks"),
        help_text=gettext_lazy("What each affiliate fills in, once, in its profile. Texts say {{ name }}."),
    )
    sections = RegisteredStreamField(
        registry="ordinance",
        blank=True,
        collapsed=True,
        verbose_name=gettext_lazy("sections"),
        help_text=gettext_lazy("In order. Numbers are computed; references are written [[name]]."),
    )

    override_translatable_fields = [SynchronizedField("slug"), SynchronizedField("variant_of")]

    panels = [
        *LibraryDocument.title_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("level"), FieldPanel("variant_of")]),
        FieldPanel("about"),
        FieldPanel("blanks"),
        FieldPanel("sections"),
        *CheckedMixin.facts_panels,
        *LibraryDocument.address_panels,
        *LibraryDocument.topic_panels,
        *LibraryDocument.owned_panels,
    ]
    search_fields = [
        *LibraryDocument.document_search_fields,
        index.SearchField("summary"),
        index.SearchField("sections"),
        index.FilterField("level"),
    ]

    class Meta(LibraryDocument.Meta):
        verbose_name = gettext_lazy("model ordinance")
        verbose_name_plural = gettext_lazy("model ordinances")
        constraints = unique_with_owner("ordinance", "slug")

    def read(self) -> Ordinance:
        return read_ordinance(list(self.sections.raw_data))

    def read_blanks(self) -> list[Blank]:
        return read_blanks(list(self.blanks.raw_data))

    def clean(self) -> None:
        super().clean()
        errors = {}
        if message := self.circle():
            errors["variant_of"] = message
        blanks = self.read_blanks()
        if error := errors_in_stream(blank_errors(blanks)):
            errors["blanks"] = error
        if error := errors_in_stream(self.section_errors(blanks)):
            errors["sections"] = error
        if errors:
            raise ValidationError(errors)

    def circle(self) -> str:
        """What is wrong with ``variant_of``: it leads back here, over any number of steps. One query a step."""
        seen = [self]
        above = self.variant_of
        while above is not None:
            if above.translation_key == self.translation_key:
                names = " → ".join(str(each) for each in [*seen, above])
                return _("This would go round in a circle: %(names)s. Choose another, or none.") % {
                    "names": names
                }
            if above in seen:
                return ""
            seen.append(above)
            above = above.variant_of
        return ""

    def section_errors(self, blanks: list[Blank]) -> dict[int, list[str]]:
        """place of the section → references that lead nowhere, names used twice, words in braces nobody knows."""
        ordinance = self.read()
        known = self.words_known(blanks)
        there = ", ".join(f"[[{name}]]" for name in ordinance.targets)
        errors = {section.index: unknown_words(section.texts(), known) for section in ordinance.sections}
        for place, name in dict.fromkeys(dangling(ordinance)):
            message = _("[[%(name)s]] leads nowhere: no part of this ordinance has that name.") % {
                "name": name
            }
            advice = (
                _("Names there are: %(names)s.") % {"names": there}
                if there
                else _("Give the part you mean a name for references.")
            )
            errors[place].append(f"{message} {advice}")
        for section in ordinance.sections:
            own = [section.name, *(part.name for part in section.parts)]
            own += [item.name for part in section.parts for item in part.items]
            for name in ordinance.twice:
                if name in own:
                    message = _(
                        "Two parts have the name “%(name)s”. Rename one, so that references know theirs."
                    )
                    errors[section.index].append(message % {"name": name})
        return errors

    def get_preview_template(self, request, mode_name):
        return "campaign_library/document_preview.html"

    def get_preview_context(self, request, mode_name):
        from ..showing import preview_values, show_ordinance

        return {
            "doc": show_ordinance(self, self.locale, preview_values(self)),
            "document_template": "campaign_library/ordinance.html",
        }
