"""What a field of an affiliate may hold. Messages are for the people who fill in the form."""

import re
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from .colours import ENOUGH, HEX, WHITE, contrast


def validate_colour(value: str) -> None:
    """Refuses what is not ``#rrggbb``, and a colour on which white text could not be read."""
    if not HEX.match(value):
        raise ValidationError(_("Write the colour as # and six digits, such as #1a4f8b."), code="colour")
    found = contrast(value, WHITE)
    if found < ENOUGH:
        raise ValidationError(
            _(
                "White text on this colour could not be read by everyone: the contrast is %(found).1f "
                "and must be %(needed).1f or more. Choose a darker one."
            ),
            code="contrast",
            params={"found": found, "needed": ENOUGH},
        )


def validate_time_zone(value: str) -> None:
    """Refuses a name that the time zone database does not have."""
    if value not in available_timezones():
        raise ValidationError(_("There is no time zone called “%(name)s”."), params={"name": value})


def validate_value(value: str) -> None:
    """Refuses what would run as a program where a text puts a value into a link (its escaping cannot help)."""
    if re.match(r"[\s\x00-\x1f]*(javascript|data|vbscript)\s*:", value, re.IGNORECASE):
        raise ValidationError(_("Write a text, a number or a web address; this would run as a program."))


validate_variable_name = RegexValidator(
    r"^[a-z][a-z0-9_]*$",
    _("Use small letters, digits and _ only, and begin with a letter, such as office_hours."),
    code="name",
)
