"""What stored texts must be, with messages that say what to write instead."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import days

DAY_HELP = _("2011-11-15, 2011-11 or 2011: no more than the source says.")


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
