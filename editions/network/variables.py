"""The variables that every affiliate can fill in, and where their values come from."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, Site

from editions.registry import Variable, known_variables

from .models import Affiliate, ProfileValue

STANDARD = (
    Variable(
        "affiliate",
        _("Name of the organisation"),
        pgettext_lazy("value of a variable", "our organisation"),
        _("As it stands in a sentence: “Join … today”."),
    ),
    Variable(
        "jurisdiction",
        _("Place"),
        pgettext_lazy("value of a variable", "your county"),
        _("The city, county or state that your work is about, such as Cook County."),
    ),
    Variable(
        "jurisdiction_type",
        _("Kind of place"),
        pgettext_lazy("value of a variable", "county"),
        _("City, county, town, district, in small letters."),
    ),
    Variable(
        "state",
        _("State"),
        pgettext_lazy("value of a variable", "your state"),
        _("The state that it is in."),
    ),
    Variable(
        "legislature",
        _("Who makes its laws"),
        pgettext_lazy("value of a variable", "the local legislature"),
        _("Such as the City Council or the Board of Supervisors."),
    ),
    Variable(
        "law_enforcement",
        _("Its police"),
        pgettext_lazy("value of a variable", "local law enforcement"),
        _("The agency that holds and stops people there, such as the Sheriff's Office."),
    ),
    Variable(
        "sheriff",
        _("Its sheriff"),
        pgettext_lazy("value of a variable", "the sheriff"),
        _("Title and name, such as Sheriff Ana Example."),
    ),
    Variable(
        "oversight_body",
        _("Who watches over the police"),
        pgettext_lazy("value of a variable", "the oversight body"),
        _("Commission, board or inspector to whom people can complain."),
    ),
    Variable(
        "hotline",
        _("Hotline"),
        pgettext_lazy("value of a variable", "your local hotline"),
        _("The number to call in an emergency, as people there write it."),
        varies_by_language=False,
    ),
    Variable(
        "text_keyword",
        _("Keyword to text"),
        pgettext_lazy("value of a variable", "JOIN"),
        _("The word that people text to join."),
    ),
    Variable(
        "text_number",
        _("Number to text it to"),
        pgettext_lazy("value of a variable", "our text number"),
        _("A short code or a telephone number."),
        varies_by_language=False,
    ),
    Variable(
        "meeting_place",
        _("Where you meet"),
        pgettext_lazy("value of a variable", "our usual meeting place"),
        _("Place, day and time in a few words."),
    ),
)


def standard_variables() -> tuple[Variable, ...]:
    """For the hook ``register_edition_variables``."""
    return STANDARD


def profile_values(site: Site, locale: Locale | None) -> dict[str, str]:
    """For the hook ``edition_variable_values``: what the site's affiliate says, its own names included.

    One query; no values for a site that is no affiliate's.
    """
    return ProfileValue.objects.filter(affiliate__site=site).said_in(locale).as_texts()


def unsaid(affiliate: Affiliate) -> set[str]:
    """The registered variables that say only their neutral default. No query where values are prefetched."""
    said = {value.name for value in affiliate.values.all() if value.value}
    return set(known_variables()) - said
