"""The shared vocabulary of provisions: one name for one rule, wherever it is written, demanded or in force.

Model ordinances, demands, asks and case studies all point here, so that places can be compared line by line
and a reader finds the model text for what a neighbouring county has.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from .base import LibrarySnippet
from .facts import CheckedMixin
from .showable import ShowableQuerySet
from .slugs import refuse_taken, unique_with_owner


class Provision(LibrarySnippet, CheckedMixin, index.Indexed):
    """One rule that a law, a policy or a demand may hold, in one language."""

    class Category(models.TextChoices):
        DETAINERS = "detainers", _("Holds and detainers")
        ACCESS = "access", _("Access to people in custody")
        INFORMATION = "information", _("Information and records")
        STATUS = "status", _("Questions about status")
        RESOURCES = "resources", _("Money, staff and rooms")
        OPERATIONS = "operations", _("Joint operations")
        REGISTRIES = "registries", _("Registries")
        SERVICES = "services", _("Services and identity cards")
        SCHOOLS = "schools", _("Schools")
        OVERSIGHT = "oversight", _("Oversight and record")
        CLAUSES = "clauses", _("Standing clauses")
        OTHER = "other", _("Other")

    code = models.SlugField(
        _("code"),
        max_length=60,
        help_text=_(
            "Small letters, digits and hyphens, such as no-detainers. The same in all languages; it never changes."
        ),
    )
    label = models.CharField(
        _("name"), max_length=160, help_text=_("The rule in a few words, as it stands in lists and tables.")
    )
    category = models.CharField(_("kind"), max_length=20, choices=Category, default=Category.OTHER)
    plain = models.TextField(
        _("in plain words"),
        blank=True,
        help_text=_("One or two sentences that a reader of twelve understands."),
    )

    objects = ShowableQuerySet.as_manager()

    override_translatable_fields = [SynchronizedField("code", overridable=False)]

    panels = [
        FieldPanel("label"),
        FieldPanel("plain"),
        FieldRowPanel([FieldPanel("category"), FieldPanel("code")]),
        *CheckedMixin.facts_panels,
        *LibrarySnippet.topic_panels,
        *LibrarySnippet.owned_panels,
    ]
    search_fields = [
        index.SearchField("label", boost=4),
        index.AutocompleteField("label"),
        index.SearchField("plain"),
        index.SearchField("code"),
        index.FilterField("category"),
        index.FilterField("locale_id"),
        *LibrarySnippet.owned_search_fields,
    ]

    class Meta(LibrarySnippet.Meta):
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["category", "label"]
        constraints = unique_with_owner("provision", "code")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        refuse_taken(self, "code")
        stored = Provision._base_manager.filter(pk=self.pk, live=True).values_list("code", flat=True).first()
        if stored and stored != self.code:
            message = _("It is published as “%(code)s”, and addresses and imports rely on that. Keep it.")
            raise ValidationError({"code": ValidationError(message, params={"code": stored}, code="fixed")})
