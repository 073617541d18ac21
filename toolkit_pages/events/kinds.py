"""What kinds of event there are, in which state one may be, how risky it is to come, and the words for all that."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    DAY_OF_ACTION = "day_of_action", _("Day of action")
    GATHERING = "gathering", _("Community gathering")
    TRAINING = "training", _("Training or workshop")
    WEBINAR = "webinar", _("Webinar")
    TOWN_HALL = "town_hall", _("Town hall with the official")
    EMPTY_CHAIR = "empty_chair", _("Town hall without the official")
    FORUM = "forum", _("Accountability forum")
    HEARING = "hearing", _("Hearing or public comment")
    ADVOCACY_DAY = "advocacy_day", _("Advocacy day at the capitol")
    CALL_IN = "call_in", _("Call-in day")
    PRESS = "press", _("Press conference")
    VIGIL = "vigil", _("Vigil")
    RALLY = "rally", _("Rally")
    # With a context: alone it is the month to Django, and "31 de Marcha" was the day in Spanish.
    MARCH = "march", pgettext_lazy("kind of event", "March")
    OTHER = "other", pgettext_lazy("kind of event", "Other")


class Risk(models.TextChoices):
    LOW = "low", pgettext_lazy("risk of an event", "Low")
    SOME = "some", pgettext_lazy("risk of an event", "Some")
    HIGH = "high", pgettext_lazy("risk of an event", "Higher")


class Status(models.TextChoices):
    SCHEDULED = "scheduled", pgettext_lazy("state of an event", "Scheduled")
    POSTPONED = "postponed", pgettext_lazy("state of an event", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("state of an event", "Cancelled")


#: The risk that a kind has where nobody has said otherwise.
USUAL_RISK = {
    Kind.DAY_OF_ACTION: Risk.SOME,
    Kind.PRESS: Risk.SOME,
    Kind.VIGIL: Risk.SOME,
    Kind.RALLY: Risk.SOME,
    Kind.MARCH: Risk.SOME,
    Kind.ADVOCACY_DAY: Risk.SOME,
    Kind.TOWN_HALL: Risk.SOME,
    Kind.EMPTY_CHAIR: Risk.SOME,
    Kind.FORUM: Risk.SOME,
    Kind.HEARING: Risk.SOME,
}

#: What readers are told before the button where the organiser wrote no note.
RISK_WORDS = {
    Risk.LOW: _("A meeting indoors or online, not in the street."),
    Risk.SOME: _("It is public: you may be seen, photographed or filmed, and police may be near."),
    Risk.HIGH: _(
        "Contact with the police is likely. An arrest can affect immigration status: speak with a lawyer before you come."
    ),
}

#: Languages that an event may be held in, each named in itself.
LANGUAGES = [
    ("en", "English"),
    ("es", "Español"),
    ("ar", "العربية"),
    ("zh", "中文"),
    ("vi", "Tiếng Việt"),
    ("tl", "Tagalog"),
    ("ht", "Kreyòl ayisyen"),
    ("fr", "Français"),
    ("ko", "한국어"),
    ("pt", "Português"),
    ("so", "Soomaali"),
    ("ase", "American Sign Language"),
]
LANGUAGE_NAMES = dict(LANGUAGES)


def usual_risk(kind: str) -> str:
    return USUAL_RISK.get(Kind(kind), Risk.LOW) if kind in Kind.values else Risk.SOME


def language_codes(stored: str) -> list[str]:
    """The codes in a stored list such as ``en,es``; unknown ones are left out."""
    return [code for code in stored.split(",") if code in LANGUAGE_NAMES]
