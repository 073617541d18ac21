"""Bills that the network supports, opposes or watches, and the states that have a policy already."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from editions.fields import RegisteredStreamField

from ..states import FEDERAL, STATE_CHOICES, state_name
from ..validators import validate_past_day
from .base import LibrarySnippet
from .facts import CheckedMixin

JURISDICTIONS = [(FEDERAL, _("United States")), *STATE_CHOICES]


class Bill(LibrarySnippet, CheckedMixin, index.Indexed):
    """One bill in one session. Where it stands is read from its stages, never typed."""

    class Stance(models.TextChoices):
        SUPPORT = "support", _("Support")
        OPPOSE = "oppose", _("Oppose")
        WATCH = "watch", _("Watch")

    number = models.CharField(
        _("number"), max_length=40, help_text=_("As the legislature writes it, such as SB 1070.")
    )
    jurisdiction = models.CharField(_("jurisdiction"), max_length=2, choices=JURISDICTIONS)
    session = models.CharField(_("session"), max_length=40, help_text=_("Such as 2011–12."))
    title = models.CharField(_("title"), max_length=200, help_text=_("What people call it."))
    summary = models.TextField(_("in plain words"), blank=True, help_text=_("What it would do, or did."))
    stance = models.CharField(_("stance"), max_length=10, choices=Stance, default=Stance.WATCH)
    copies_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("copies"),
        help_text=_("The bill whose text it takes over."),
    )
    url = models.URLField(_("web address"), blank=True, help_text=_("The legislature's own page of it."))
    stages = RegisteredStreamField(registry="bill_stages", blank=True, verbose_name=_("stages"))

    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("jurisdiction"), FieldPanel("session")]),
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("stance"), FieldPanel("copies_of")]),
        FieldPanel("stages"),
        FieldPanel("url"),
        *LibrarySnippet.topic_panels,
        *CheckedMixin.facts_panels,
        *LibrarySnippet.owned_panels,
    ]
    search_fields = [
        index.SearchField("number", boost=4),
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.AutocompleteField("number"),
        index.SearchField("summary"),
        index.FilterField("locale_id"),
        *LibrarySnippet.owned_search_fields,
    ]
    fragment = "campaign_library/bill.html"
    fragment_name = "bill"
    shown_with = ("locale", "copies_of")

    class Meta(LibrarySnippet.Meta):
        verbose_name = _("bill")
        verbose_name_plural = _("bills")
        ordering = ["jurisdiction", "number", "session"]

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.number} ({self.session})"

    def clean(self) -> None:
        super().clean()
        seen, other = {self.pk}, self.copies_of
        while other is not None:
            if other.pk in seen:
                raise ValidationError(
                    {"copies_of": _("Round in a circle: that bill is itself a copy of this one.")}
                )
            seen.add(other.pk)
            other = other.copies_of
        for row in self.history:
            try:
                validate_past_day(row["date"])
            except ValidationError as error:
                raise ValidationError({"stages": error}) from None

    @property
    def history(self) -> list[Any]:
        """The values of its stages, the oldest first, whatever order they were written in."""
        rows = [child.value for child in self.stages if child.block_type == "stage"]
        # As text, 2015 stands before 2015-03 and that before 2015-03-09.
        return sorted(rows, key=lambda row: row["date"] or "")

    @property
    def standing(self) -> Any:
        """Its newest stage, or None."""
        history = self.history
        return history[-1] if history else None

    @property
    def place(self) -> str:
        return str(_("United States")) if self.jurisdiction == FEDERAL else state_name(self.jurisdiction)


class StatePolicy(LibrarySnippet, CheckedMixin, index.Indexed):
    """One policy, and the states that have it, as of a day."""

    name = models.CharField(
        _("policy"), max_length=120, help_text=_("A few words that can stand over a column.")
    )
    plain = models.TextField(
        _("in plain words"), blank=True, help_text=_("What the policy says, in one sentence.")
    )
    states = RegisteredStreamField(registry="policy_states", blank=True, verbose_name=_("states"))

    panels = [
        FieldPanel("name"),
        FieldPanel("plain"),
        FieldPanel("states"),
        *LibrarySnippet.topic_panels,
        *CheckedMixin.facts_panels,
        *LibrarySnippet.owned_panels,
    ]
    search_fields = [
        index.SearchField("name", boost=4),
        index.AutocompleteField("name"),
        index.SearchField("plain"),
        index.FilterField("locale_id"),
        *LibrarySnippet.owned_search_fields,
    ]
    fragment = "campaign_library/state_policy.html"
    fragment_name = "policy"

    class Meta(LibrarySnippet.Meta):
        verbose_name = _("state policy")
        verbose_name_plural = _("state policies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        codes = [row["state"] for row in self.rows]
        twice = sorted({state_name(code) for code in codes if codes.count(code) > 1})
        if twice:
            message = _("Listed twice: %(states)s. One row for each state.")
            raise ValidationError({"states": ValidationError(message, params={"states": ", ".join(twice)})})
        if codes and not self.as_of:
            raise ValidationError({"as_of": _("Say on which day this list of states was right.")})

    @property
    def rows(self) -> list[Any]:
        """The values of its states, by name of the state."""
        rows = [child.value for child in self.states if child.block_type == "state"]
        return sorted(rows, key=lambda row: state_name(row["state"]))
