"""What an affiliate says of itself: the values of the variables that texts use."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from ..validators import validate_value, validate_variable_name
from .affiliates import Affiliate

MAX_VALUE_LENGTH = 300
"""Values stand in the middle of sentences; longer texts are pages."""


class ProfileValueQuerySet(models.QuerySet):
    def said_in(self, locale: Locale | None):
        """Those that hold in `locale`: for all languages, and, later in order so that they win, its own."""
        return self.filter(Q(locale=None) | Q(locale=locale)).order_by(
            models.F("locale_id").asc(nulls_first=True), "name"
        )

    def as_texts(self) -> dict[str, str]:
        """name → value, the later winning; empty values say nothing."""
        return {name: value for name, value in self.values_list("name", "value") if value}

    def custom(self, registered: Iterable[str]):
        """The affiliate's own names: those not among the registered ones."""
        return self.exclude(name__in=list(registered))


class ProfileValue(models.Model):
    """What one variable says on one affiliate's site, in one language or (no locale) in all."""

    affiliate = models.ForeignKey(Affiliate, on_delete=models.CASCADE, related_name="values")
    name = models.CharField(
        _("name"),
        max_length=63,
        validators=[validate_variable_name],
    )
    locale = models.ForeignKey(
        "wagtailcore.Locale",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("language"),
        help_text=_("Empty where one value serves all languages."),
    )
    value = models.CharField(_("value"), max_length=MAX_VALUE_LENGTH, blank=True, validators=[validate_value])

    objects = ProfileValueQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("affiliate", "name", "locale"), name="network_one_value_a_language"
            ),
            models.UniqueConstraint(
                fields=("affiliate", "name"), condition=Q(locale=None), name="network_one_value_for_all"
            ),
        )
        verbose_name = _("profile value")
        verbose_name_plural = _("profile values")

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
