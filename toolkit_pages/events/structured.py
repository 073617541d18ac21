"""An event in words for machines: schema.org Event as JSON-LD, and an entry of a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from editions.registry import known_variables
from editions.variables import substitute

from .calendar import EPOCH, Entry
from .calendar import Status as CalendarStatus
from .kinds import Status

if TYPE_CHECKING:
    from ..models import EventPage

SCHEMA = "https://schema.org/"
STATUS = {Status.POSTPONED: "EventPostponed", Status.CANCELLED: "EventCancelled"}


def filled(text: str, values: Mapping[str, str]) -> str:
    """A plain text with its variables filled in, for what is not HTML."""
    if "{{" not in text:
        return text
    defaults = {name: str(variable.default) for name, variable in known_variables().items()}
    return unescape(substitute(escape(text, quote=False), values, defaults))


def structured(event: EventPage, url: str, site: dict[str, Any]) -> dict[str, Any]:
    """https://schema.org/Event, with the properties that Google's documentation of it names. ``site`` is whose site it is."""
    said = {
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "url": url,
        "startDate": event.starts_iso,
        "endDate": event.ends_iso,
        "eventStatus": SCHEMA + status_of(event),
        "eventAttendanceMode": SCHEMA + mode_of(event),
        "location": locations(event, url),
        "organizer": {"@type": "Organization", "name": event.organiser} if event.organiser else site,
        "inLanguage": [code for code, _name in event.language_list],
    }
    if event.moved_from and event.takes_place:
        said["previousStartDate"] = event.moved_from.astimezone(event.when.tz).isoformat()
    return {name: value for name, value in said.items() if value}


def status_of(event: EventPage) -> str:
    moved = "EventRescheduled" if event.moved_from else "EventScheduled"
    return STATUS.get(Status(event.status), moved)


def mode_of(event: EventPage) -> str:
    here = bool(event.venue or event.address)
    if event.is_online:
        return "MixedEventAttendanceMode" if here else "OnlineEventAttendanceMode"
    return "OfflineEventAttendanceMode"


def locations(event: EventPage, url: str) -> Any:
    found: list[dict[str, Any]] = []
    if not event.is_online or event.venue or event.address:
        address = {
            "streetAddress": event.address,
            "addressLocality": event.town,
            "addressRegion": event.region,
        }
        found.append(
            {
                "@type": "Place",
                "name": event.venue or event.town,
                "address": {"@type": "PostalAddress"} | {k: v for k, v in address.items() if v},
            }
        )
    if event.is_online:
        # The event's own page, where the address of the meeting is not for everybody.
        found.append({"@type": "VirtualLocation", "url": event.shown_online_url or url})
    return found[0] if len(found) == 1 else found


def entry(event: EventPage, url: str, values: Mapping[str, str]) -> Entry:
    """The event as calendars show it. Words that must not be missed stand in the title."""
    title = filled(event.title, values)
    status = CalendarStatus.CONFIRMED
    if event.is_cancelled:
        title, status = _("Cancelled: %(title)s") % {"title": title}, CalendarStatus.CANCELLED
    elif event.is_postponed:
        title, status = _("Postponed: %(title)s") % {"title": title}, CalendarStatus.TENTATIVE
    parts = [
        event.status_note,
        event.summary,
        event.how_to_join,
        _("Before you come: %(words)s") % {"words": event.risk_words},
        event.join_url,
        event.shown_online_url,
        url,
    ]
    location = event.address_words or (event.shown_online_url or _("Online") if event.is_online else "")
    return Entry(
        key=event.translation_key,
        when=event.when,
        title=title,
        changed=event.last_published_at or event.latest_revision_created_at or EPOCH,
        description="\n\n".join(filled(part, values) for part in parts if part),
        location=filled(location, values),
        url=url,
        category=str(event.get_kind_display()),
        language=event.locale.language_code,
        status=status,
    )
