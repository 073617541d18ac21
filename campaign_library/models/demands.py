"""Lists of demands, and who decides them: kinds of decision makers with a sheet of asks for each."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from editions.fields import RegisteredStreamField
from editions.registry import known_variables

from ..documents.demands import Demand, read_demands, texts_of
from .base import RICH_TEXT_FEATURES
from .document import LibraryDocument, errors_in_stream, unknown_words
from .facts import CheckedMixin
from .slugs import unique_with_owner


class DemandList(LibraryDocument, index.Indexed):
    """A policy agenda: demands that may be adopted whole or one by one."""

    kind_path = "demands"

    summary = models.TextField(
        _("in short"), blank=True, help_text=_("Who demanded what of whom, in one or two sentences.")
    )
    addressed_to = models.CharField(
        _("addressed to"), max_length=160, blank=True, help_text=_("Such as: the mayor and the city council.")
    )
    place = models.CharField(_("place"), max_length=120, blank=True, help_text=_("Where it was raised."))
    dated = models.DateField(_("date"), null=True, blank=True, help_text=_("When it was handed over."))
    demands = RegisteredStreamField(
        registry="demand",
        blank=True,
        collapsed=True,
        verbose_name=_("demands"),
        help_text=_("In order, up to three deep. Numbers are computed; each keeps its own address."),
    )

    panels = [
        *LibraryDocument.title_panels,
        FieldPanel("summary"),
        FieldPanel("addressed_to"),
        FieldRowPanel([FieldPanel("place"), FieldPanel("dated")]),
        FieldPanel("demands"),
        *CheckedMixin.facts_panels,
        *LibraryDocument.address_panels,
        *LibraryDocument.topic_panels,
        *LibraryDocument.owned_panels,
    ]
    search_fields = [
        *LibraryDocument.document_search_fields,
        index.SearchField("summary"),
        index.SearchField("demands"),
    ]

    class Meta(LibraryDocument.Meta):
        verbose_name = _("list of demands")
        verbose_name_plural = _("lists of demands")
        constraints = unique_with_owner("demandlist", "slug")

    def read(self) -> tuple[Demand, ...]:
        return read_demands(list(self.demands.raw_data))

    def clean(self) -> None:
        super().clean()
        if error := errors_in_stream(demand_errors(self, self.read())):
            raise ValidationError({"demands": error})

    def get_preview_template(self, request, mode_name):
        return "campaign_library/document_preview.html"

    def get_preview_context(self, request, mode_name):
        from ..showing import preview_values, show_demands

        return {
            "doc": show_demands(self, self.locale, preview_values(self)),
            "document_template": "campaign_library/demands.html",
        }


class DecisionMakerType(LibraryDocument, index.Indexed):
    """One kind of office or body, and what it can be asked for. ``variable`` names the affiliate's own."""

    kind_path = "asks"

    summary = models.TextField(_("in short"), blank=True, help_text=_("Who this is, in one sentence."))
    variable = models.CharField(
        _("variable"),
        max_length=63,
        blank=True,
        help_text=_("The variable of the profile that names it locally, such as sheriff or legislature."),
    )
    controls = RichTextField(
        _("what it decides"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("Money, rules, staff, rooms."),
    )
    chosen = models.TextField(
        _("how it is chosen"), blank=True, help_text=_("Elected, appointed, by whom, for how long.")
    )
    reach = RichTextField(
        _("how to reach it"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("Meetings, public comment, office hours. No private person's contact."),
    )
    asks = RegisteredStreamField(
        registry="ask",
        blank=True,
        collapsed=True,
        verbose_name=_("asks"),
        help_text=_("What this office can grant by itself, in order. The sheet numbers them."),
    )

    panels = [
        *LibraryDocument.title_panels,
        FieldPanel("summary"),
        FieldPanel("controls"),
        FieldPanel("chosen"),
        FieldPanel("reach"),
        FieldPanel("asks"),
        FieldPanel("variable"),
        *CheckedMixin.facts_panels,
        *LibraryDocument.address_panels,
        *LibraryDocument.topic_panels,
        *LibraryDocument.owned_panels,
    ]
    search_fields = [
        *LibraryDocument.document_search_fields,
        index.SearchField("summary"),
        index.SearchField("controls"),
        index.SearchField("asks"),
    ]
    override_translatable_fields = [SynchronizedField("slug"), SynchronizedField("variable")]

    class Meta(LibraryDocument.Meta):
        verbose_name = _("decision maker")
        verbose_name_plural = _("decision makers")
        constraints = unique_with_owner("decisionmaker", "slug")

    def read(self) -> tuple[Demand, ...]:
        return read_demands(list(self.asks.raw_data), "a")

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.variable and self.variable not in known_variables():
            errors["variable"] = ValidationError(
                _(
                    "There is no variable called “%(name)s”. Choose one that the profile lists, or leave it empty."
                ),
                params={"name": self.variable},
            )
        if error := errors_in_stream(demand_errors(self, self.read())):
            errors["asks"] = error
        if errors:
            raise ValidationError(errors)

    def get_preview_template(self, request, mode_name):
        return "campaign_library/document_preview.html"

    def get_preview_context(self, request, mode_name):
        from ..showing import preview_values, show_asks

        return {
            "doc": show_asks(self, self.locale, preview_values(self)),
            "document_template": "campaign_library/asks.html",
        }


def demand_errors(document: LibraryDocument, demands: tuple[Demand, ...]) -> dict[int, list[str]]:
    """place of the demand → words in braces that nobody knows, in it or in its parts."""
    known = document.words_known([])
    return {place: unknown_words(texts_of((each,)), known) for place, each in enumerate(demands)}
