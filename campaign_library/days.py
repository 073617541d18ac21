"""Days as sources print them: a whole date, a month, or no more than a year.

Stored as text, ``2011-11-15``, ``2011-11`` or ``2011`` (ISO 8601, reduced precision), so that they sort as they stand and no
precision is made up. Pure: imports nothing from Django.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True)
class Day:
    """``month`` and ``day`` are None where the source does not say them."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first(self) -> datetime.date:
        """The first date that it may mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)


def read(text: str) -> Day:
    """Raises ValueError for any other form, and for a date that no calendar has."""
    found = FORM.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a day: 2011-11-15, 2011-11 or 2011")
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    answer = Day(year, month, day)
    answer.first  # noqa: B018 (raises for the 31st of November)
    return answer
