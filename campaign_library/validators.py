"""What a number, a keyword, an address or a date of the library must look like."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editions.variables import names as variables_in

from . import days

PHONE = re.compile(r"^\+?[\d\s().\-/]+(?:\s*(?:x|ext\.?)\s*\d{1,6})?$", re.IGNORECASE)
KEYWORD = re.compile(r"^[^\W_]+$")
DAY_HELP = _("2011-11-15, 2011-11 or 2011: no more than the source says.")
#: An international number has fifteen digits at most (ITU-T E.164).
MOST_DIGITS = 15
FREE_MAIL = frozenset(
    "aol.com gmail.com googlemail.com gmx.com hotmail.com icloud.com live.com mail.com me.com msn.com "
    "outlook.com proton.me protonmail.com yahoo.com ymail.com".split()
)

ROLE_WORDS = frozenset(
    "action admin campaign contact desk events hello help hotline info intake legal list mail media news office "
    "organizing outreach policy press public records region south north east west team training volunteer".split()
)


def digits_of(number: str) -> str:
    """What is dialled: the digits, with a leading plus, and without an extension."""
    number = re.split(r"(?:x|ext)", number, maxsplit=1, flags=re.IGNORECASE)[0]
    return ("+" if number.lstrip().startswith("+") else "") + "".join(c for c in number if c.isdigit())


def validate_phone(number: str) -> None:
    """A telephone number as people write it, or a variable such as ``{{ hotline }}``."""
    if variables_in(number):
        return
    length = len(digits_of(number).lstrip("+"))
    if not PHONE.match(number) or not 3 <= length <= MOST_DIGITS:
        raise ValidationError(
            _("This is not a telephone number. Write it with digits, such as (408) 555-0142.")
        )


def validate_text_number(number: str) -> None:
    """A short code or a telephone number to which a message can be sent, or a variable."""
    if variables_in(number):
        return
    length = len(digits_of(number).lstrip("+"))
    if not PHONE.match(number) or "x" in number.lower() or not 3 <= length <= MOST_DIGITS:
        raise ValidationError(
            _("This is not a number to text. A short code has 5 or 6 digits, such as 555-01.")
        )


def validate_keyword(word: str) -> None:
    """One word, or a variable: carriers cut a message at the first space."""
    if not variables_in(word) and not KEYWORD.match(word):
        raise ValidationError(_("A keyword is one word of letters and digits, such as JOIN."))


def validate_partial_date(text: str) -> None:
    """``2016``, ``2016-05`` or ``2016-05-31``: papers often give no day."""
    try:
        days.read(text)
    except ValueError:
        raise ValidationError(_("Write a year, a month or a day: 2016, 2016-05 or 2016-05-31.")) from None


def validate_day(text: str) -> None:
    """A day in one of the forms of ``days``. Raises ValidationError."""
    try:
        days.read(text)
    except ValueError:
        raise ValidationError(
            _("“%(text)s” is not a day. Write 2011-11-15, 2011-11 or 2011."),
            code="not-a-day",
            params={"text": text},
        ) from None


def validate_past_day(text: str) -> None:
    """A day that has come: nothing can have been recorded after today. Raises ValidationError."""
    validate_day(text)
    if days.read(text).first > timezone.localdate():
        raise ValidationError(
            _("“%(text)s” has not come yet. Give the day of the record."),
            code="not-yet",
            params={"text": text},
        )


def validate_role_address(address: str) -> None:
    """An e-mail address that belongs to a role, not to a person: it stands on public pages.

    Refused are free mail services, and addresses that read as two names (``ana.lopez@``) without a word for a role.
    """
    local, _at, domain = address.lower().rpartition("@")
    two_names = re.fullmatch(r"([a-z]+)[._]([a-z]+)", local)
    if domain in FREE_MAIL or (two_names and not ROLE_WORDS & set(two_names.groups())):
        raise ValidationError(
            _(
                "This looks like a person's address. Give one that belongs to a role, such as office@example.org."
            )
        )


def validate_hashtag(text: str) -> None:
    """``#HereToStay``: one word after the sign."""
    if not re.fullmatch(r"#[^\W_]\w*", text):
        raise ValidationError(_("A hashtag is one word after the sign, such as #HereToStay."))
