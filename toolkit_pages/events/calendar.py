"""Events as iCalendar (RFC 5545, with RFC 7986's NAME, REFRESH-INTERVAL and SOURCE), written by `icalendar`.

Pure: imports nothing from Django or Wagtail. Who subscribes keeps a copy: an event keeps its UID for ever, and each
publication of it has a higher SEQUENCE, so that calendars follow what was moved and cancelled.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from icalendar import Calendar, Event, Timezone, vDuration

from .when import UTC, When

PRODID = "-//Toolkit network//Events//EN"
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
#: How long a calendar may wait before it asks again.
REFRESH = timedelta(hours=6)


class Status(StrEnum):
    """RFC 5545, 3.8.1.11. A postponed event has no certain time, which is what TENTATIVE says."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as a calendar shows it. ``changed`` is the instant of its last publication."""

    key: UUID
    when: When
    title: str
    changed: datetime
    description: str = ""
    location: str = ""
    url: str = ""
    category: str = ""
    language: str = ""
    status: Status = Status.CONFIRMED


def sequence(changed: datetime) -> int:
    """Whole seconds from 2020 to the last publication: rises with each, whatever was published, taken back or sent.

    An INTEGER of RFC 5545 (3.3.8) ends at 2147483647, which is in 2088.
    """
    return max(0, int((changed - EPOCH).total_seconds()))


def calendar(entries: Iterable[Entry], *, name: str = "", source: str = "", language: str = "") -> bytes:
    """A calendar of ``entries`` in UTF-8, with a VTIMEZONE for each zone that they use.

    ``source`` is the address from which it is fetched again; one event to be saved has none.
    """
    entries = list(entries)
    found = Calendar()
    found.add("prodid", PRODID)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    parameters = {"language": language} if language else {}
    if name:
        found.add("name", name, parameters=parameters)
        # What calendars read that do not know RFC 7986.
        found.add("x-wr-calname", name)
    if source:
        found.add("source", source, parameters={"value": "URI"})
        found.add("refresh-interval", vDuration(REFRESH), parameters={"value": "DURATION"})
        found.add("x-published-ttl", vDuration(REFRESH))
    timed = [entry.when for entry in entries if not entry.when.all_day]
    for zone in sorted({when.zone for when in timed}):
        days = [day for when in timed if when.zone == zone for day in (when.date, when.last_day)]
        found.add_component(zone_of(zone, min(days).year, max(days).year))
    for entry in entries:
        found.add_component(component(entry))
    return bytes(found.to_ical())


@lru_cache(maxsize=256)
def zone_of(zone: str, first: int, last: int) -> Timezone:
    """The VTIMEZONE of a zone for whole years. A year before, so that the offset on the first day is known."""
    return Timezone.from_tzid(zone, first_date=date(first - 1, 1, 1), last_date=date(last + 1, 12, 31))


def component(entry: Entry) -> Event:
    event = Event()
    event.add("uid", str(entry.key))
    event.add("dtstamp", entry.changed.astimezone(UTC))
    event.add("last-modified", entry.changed.astimezone(UTC))
    event.add("sequence", sequence(entry.changed))
    event.add("status", entry.status.value)
    when = entry.when
    if when.all_day:
        event.add("dtstart", when.date)
        event.add("dtend", when.last_day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", when.starts)
        if when.ends is not None:
            event.add("dtend", when.ends)
    parameters = {"language": entry.language} if entry.language else {}
    event.add("summary", entry.title, parameters=parameters)
    for name, words in (("description", entry.description), ("location", entry.location)):
        if words:
            event.add(name, words, parameters=parameters)
    if entry.url:
        event.add("url", entry.url)
    if entry.category:
        event.add("categories", [entry.category])
    return event
