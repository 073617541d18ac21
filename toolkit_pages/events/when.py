"""When an event is: a day and an hour as the clock on its wall shows them, and the zone of that clock.

Wall time is what people print on posters, and what stays true when a law moves the clocks; instants are computed from it.
Pure: imports nothing from Django or Wagtail.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, available_timezones

UTC = dt.UTC


class Trouble(StrEnum):
    """What is wrong with a time: keys of messages, for the caller to word."""

    NO_ZONE = "no-zone"
    UNKNOWN_ZONE = "unknown-zone"
    NO_START_TIME = "no-start-time"
    ENDS_BEFORE = "ends-before"
    SKIPPED = "skipped"
    TWICE = "twice"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Problem:
    """``field`` is the attribute of `When` at which it is to be mended. ``instead`` are the wall times on either side of the
    hours that are skipped or stand twice: the last good one before, the first good one after."""

    field: str
    trouble: Trouble
    instead: tuple[time, time] | None = None


@dataclass(frozen=True, slots=True)
class When:
    """Without a start time it takes the whole day, or all days to ``end_date``. Without an end it is open."""

    date: dt.date
    start_time: time | None = None
    end_date: dt.date | None = None
    end_time: time | None = None
    zone: str = ""

    @property
    def all_day(self) -> bool:
        return self.start_time is None

    @property
    def last_day(self) -> dt.date:
        return self.end_date or self.date

    @property
    def tz(self) -> ZoneInfo:
        """Raises ZoneInfoNotFoundError or ValueError for a zone that there is not."""
        return ZoneInfo(self.zone)

    @property
    def starts(self) -> datetime:
        """The instant of its beginning, in its own zone; of a whole day midnight."""
        return datetime.combine(self.date, self.start_time or time(), self.tz)

    @property
    def ends(self) -> datetime | None:
        """The instant of its end, in its own zone; of a whole day the midnight after. None where it is open."""
        if self.all_day:
            return datetime.combine(self.last_day + timedelta(days=1), time(), self.tz)
        if self.end_time is None:
            return None
        return datetime.combine(self.last_day, self.end_time, self.tz)

    def is_over(self, now: datetime) -> bool:
        """Whether it is past at ``now``. An open end counts as three hours, or as the last day's end."""
        if self.ends is not None:
            return self.ends.astimezone(UTC) <= now
        last = self.starts + timedelta(hours=3)
        if self.end_date:
            last = datetime.combine(self.end_date + timedelta(days=1), time(), self.tz)
        return last.astimezone(UTC) <= now

    def problems(self, now: datetime | None = None) -> list[Problem]:
        """What must be mended. With ``now`` (an instant) an event that is over is a problem too."""
        if not self.zone:
            return [Problem("time_zone", Trouble.NO_ZONE)]
        if self.zone not in available_timezones():
            return [Problem("time_zone", Trouble.UNKNOWN_ZONE)]
        if self.all_day and self.end_time is not None:
            return [Problem("start_time", Trouble.NO_START_TIME)]
        found = []
        for field, day, hour in (
            ("start_time", self.date, self.start_time),
            ("end_time", self.last_day, self.end_time),
        ):
            if hour is not None and (problem := clock_problem(field, day, hour, self.tz)):
                found.append(problem)
        if found:
            return found
        if self.last_day < self.date:
            return [Problem("end_date", Trouble.ENDS_BEFORE)]
        if (
            not self.all_day
            and self.ends is not None
            and self.ends.astimezone(UTC) <= self.starts.astimezone(UTC)
        ):
            return [Problem("end_time", Trouble.ENDS_BEFORE)]
        if now is not None and self.is_over(now):
            return [Problem("date", Trouble.PAST)]
        return []


def clock_problem(field: str, day: dt.date, hour: time, zone: ZoneInfo) -> Problem | None:
    """What is wrong with an hour that clocks skip that day, or show twice (PEP 495: the two folds differ)."""
    naive = datetime.combine(day, hour)
    first, second = (naive.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if first == second or first is None or second is None:
        return None
    skipped = first < second
    return Problem(field, Trouble.SKIPPED if skipped else Trouble.TWICE, around(naive, zone))


def around(naive: datetime, zone: ZoneInfo) -> tuple[time, time]:
    """The last good minute before and the first after the stretch of bad ones in which ``naive`` lies."""
    before = after = naive
    while is_bad(before, zone):
        before -= timedelta(minutes=1)
    while is_bad(after, zone):
        after += timedelta(minutes=1)
    return before.time(), after.time()


def is_bad(naive: datetime, zone: ZoneInfo) -> bool:
    return naive.replace(tzinfo=zone, fold=0).utcoffset() != naive.replace(tzinfo=zone, fold=1).utcoffset()


def same_weekday_from(day: dt.date, today: dt.date) -> dt.date:
    """The day a whole number of weeks after ``day``, at least one, that is not before ``today``."""
    weeks = max(1, -(-(today - day).days // 7))
    return day + timedelta(weeks=weeks)
