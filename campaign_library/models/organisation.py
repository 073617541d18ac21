"""Who works on this, where, and in which languages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from ..fields import LanguagesField
from ..languages import named
from ..states import STATE_CHOICES, state_name
from ..validators import digits_of, validate_phone, validate_role_address
from .base import LibrarySnippet
from .facts import CheckedMixin


class Organisation(LibrarySnippet, CheckedMixin, index.Indexed):
    """One organisation, in one language of description. Its contact is a role's, never a person's."""

    class Kind(models.TextChoices):
        COMMUNITY = "community", _("Community group")
        COALITION = "coalition", _("Coalition")
        LEGAL = "legal", _("Legal help")
        RIGHTS = "rights", _("Rights organisation")
        FAITH = "faith", _("Faith community")
        LABOUR = "labour", _("Union or workers' centre")
        STUDENTS = "students", _("Students and schools")
        RESEARCH = "research", _("Research")
        PUBLIC = "public", _("Public office")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.COMMUNITY)
    what = models.TextField(
        _("what it is"), blank=True, help_text=_("Two or three sentences: what it does, and for whom.")
    )
    state = models.CharField(
        _("state"),
        max_length=2,
        choices=STATE_CHOICES,
        blank=True,
        help_text=_("Empty for the whole country."),
    )
    area = models.CharField(
        _("area"), max_length=160, blank=True, help_text=_("City, county or region, as people there say it.")
    )
    languages = LanguagesField(
        _("languages"), blank=True, help_text=_("In which somebody there can be spoken to.")
    )
    url = models.URLField(_("web address"), blank=True)
    email = models.EmailField(
        _("e-mail address"),
        blank=True,
        validators=[validate_role_address],
        help_text=_("Of a role, such as office@example.org; never a person's. It stands on public pages."),
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[validate_phone])

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("kind")]),
        FieldPanel("what"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("state"), FieldPanel("area")]), FieldPanel("languages")],
            heading=_("Where"),
        ),
        MultiFieldPanel(
            [FieldPanel("url"), FieldRowPanel([FieldPanel("email"), FieldPanel("phone")])],
            heading=_("Contact"),
        ),
        *LibrarySnippet.topic_panels,
        *CheckedMixin.facts_panels,
        *LibrarySnippet.owned_panels,
    ]
    search_fields = [
        index.SearchField("name", boost=4),
        index.AutocompleteField("name"),
        index.SearchField("what"),
        index.SearchField("area"),
        index.FilterField("locale_id"),
        *LibrarySnippet.owned_search_fields,
    ]
    fragment = "campaign_library/organisation.html"
    fragment_name = "organisation"

    class Meta(LibrarySnippet.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def state_name(self) -> str:
        return state_name(self.state)

    @property
    def where(self) -> str:
        """ "Santa Clara County, California"; empty for the whole country."""
        return ", ".join(part for part in (self.area, self.state_name) if part)

    @property
    def phone_link(self) -> str:
        return "tel:" + digits_of(self.phone)

    @property
    def named_languages(self) -> list[dict[str, str]]:
        return named(self.languages)
