"""Time zones as people call them, and times of events in words."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .when import Problem, Trouble, When

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: The zones that the network's people live in. All others are called by their city.
NAMED: dict[str, str | _StrPromise] = {
    "America/New_York": gettext_lazy("Eastern time"),
    "America/Chicago": gettext_lazy("Central time"),
    "America/Denver": gettext_lazy("Mountain time"),
    "America/Phoenix": gettext_lazy("Arizona time"),
    "America/Los_Angeles": gettext_lazy("Pacific time"),
    "America/Anchorage": gettext_lazy("Alaska time"),
    "Pacific/Honolulu": gettext_lazy("Hawaii time"),
    "America/Puerto_Rico": gettext_lazy("Puerto Rico time"),
}


def zone_name(zone: str) -> str:
    if zone in NAMED:
        return str(NAMED[zone])
    return _("%(city)s time") % {"city": city_of(zone)}


def city_of(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def _all_zones() -> tuple[str, ...]:
    # Areas of the world only: the other names are old ones and offsets without a place.
    areas = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return tuple(sorted(zone for zone in available_timezones() if zone.startswith(areas)))


def zone_choices() -> list[Any]:
    """Choices of a select: ours by the names people use, then all the world's by city."""
    others = [
        (zone, f"{city_of(zone)} ({zone.partition('/')[0]})") for zone in _all_zones() if zone not in NAMED
    ]
    return [
        ("", _("Choose a time zone")),
        (_("United States"), list(NAMED.items())),
        (_("Elsewhere"), sorted(others, key=lambda pair: pair[1])),
    ]


def words_of(problem: Problem) -> str:
    """What is wrong with a time, and what to do."""
    words = {
        Trouble.NO_ZONE: _("Say in which time zone the hours are meant."),
        Trouble.UNKNOWN_ZONE: _("There is no time zone of this name. Choose one from the list."),
        Trouble.NO_START_TIME: _("It has a time at which it ends: say when it starts."),
        Trouble.ENDS_BEFORE: _("It would end before it starts. Change the end, or the start."),
        Trouble.SKIPPED: _(
            "There is no such time that day: the clocks are put forward. Choose %(before)s or earlier, or %(after)s or later."
        ),
        Trouble.TWICE: _(
            "This time comes twice that day: the clocks are put back. Choose %(before)s or earlier, or %(after)s or later."
        ),
        Trouble.PAST: _("This day is past. Choose a day to come."),
    }[problem.trouble]
    if problem.instead is None:
        return words
    before, after = (formats.time_format(each, "TIME_FORMAT") for each in problem.instead)
    return words % {"before": before, "after": after}


def day(date: datetime.date) -> str:
    """A day with the name of its weekday, in the language in force."""
    return _("%(weekday)s, %(date)s") % {
        "weekday": formats.date_format(date, "l"),
        "date": formats.date_format(date, "DATE_FORMAT"),
    }


def clock(time: datetime.time) -> str:
    return formats.time_format(time, "TIME_FORMAT")


def hours(when: When) -> str:
    """The hours of an event without its days: ``6 p.m. to 8 p.m.``; ``all day``."""
    if when.start_time is None:
        return _("all day")
    if when.end_time is None:
        return clock(when.start_time)
    return _("%(start)s to %(end)s") % {"start": clock(when.start_time), "end": clock(when.end_time)}
