"""Which events a list shows: a site's own, and those of others, each with the address at which it is to be read.

A fixed number of queries, however many events, sites and languages there are.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from editions.addresses import SiteRoot
from editions.models import Edition
from editions.network.models import Affiliate

from .finding import fold, matches
from .kinds import LANGUAGE_NAMES, Kind

if TYPE_CHECKING:
    from ..models import EventPage
    from ..public.routing import Place

#: More than anybody reads on one page; the finder narrows what is longer.
MOST = 400
MOST_PAST = 60
#: For how long calendars and lists remember what is over.
REMEMBERED = datetime.timedelta(days=365)


@dataclass(frozen=True)
class Listed:
    """One event in a list. ``language`` is its own; ``site`` names whose it is, where that is not the list's site."""

    event: EventPage
    address: str
    language: str
    site: str = ""
    place: str = ""

    @property
    def where(self) -> str:
        """By what name of a place it is found: its own, else that of the organisation."""
        return self.event.town or self.place

    @property
    def region(self) -> str:
        return self.event.region


def events() -> QuerySet[EventPage]:
    """Published events that everybody may read, without their long texts."""
    from ..models import EventPage

    return (
        EventPage.objects.live()
        .filter(~restricted())
        .select_related("locale")
        .defer("body", "search_description", "seo_title", "draft_title", "access", "how_to_join")
        .annotate(last=Coalesce("end_date", "date"))
        .order_by("date", F("start_time").asc(nulls_first=True), "pk")
    )


def restricted() -> Exists:
    """Pages at or beneath one that not everybody may read. As a condition: Wagtail's ``public()`` asks a query of its own."""
    return Exists(
        PageViewRestriction.objects.annotate(
            _candidate=ExpressionWrapper(OuterRef("path"), output_field=CharField())
        ).filter(_candidate__startswith=F("page__path"))
    )


def not_over(found: QuerySet[EventPage]) -> QuerySet[EventPage]:
    """Those that may not be over yet anywhere on earth; `EventPage.is_over` tells to the minute."""
    return found.filter(last__gte=timezone.now().date() - datetime.timedelta(days=1))


def upcoming(found: QuerySet[EventPage], most: int = MOST) -> list[EventPage]:
    return [event for event in not_over(found)[:most] if not event.is_over]


def past(found: QuerySet[EventPage], most: int = MOST_PAST) -> list[EventPage]:
    """What is over since less than a year, the latest first."""
    since = timezone.now().date() - REMEMBERED
    until = timezone.now().date() + datetime.timedelta(days=1)
    rows = found.filter(last__gte=since, date__lte=until).order_by("-date", "-start_time", "pk")
    return [event for event in rows[:most] if event.is_over]


def beneath(page: Page) -> QuerySet[EventPage]:
    """The events of one events page or home, in its language."""
    return events().filter(path__startswith=page.path, depth__gt=page.depth) if page.path else events().none()


def own(found: Iterable[EventPage], root: SiteRoot) -> list[Listed]:
    return [
        Listed(event, root.path(event.url_path, event.locale.language_code), event.locale.language_code)
        for event in found
    ]


def days_of_action(language: str) -> list[EventPage]:
    """National days of action to come, each once: in ``language`` where it is translated."""
    national = Site.objects.select_related("root_page__locale").filter(is_default_site=True).first()
    if national is None:
        return []
    root = SiteRoot(national)
    found = events().filter(url_path__startswith=root.folder, kind=Kind.DAY_OF_ACTION)
    return once_each(upcoming(found), language)


def once_each(found: Iterable[EventPage], language: str) -> list[EventPage]:
    """Each event in one language: the reader's where there is one, else the first."""
    chosen: dict = {}
    for event in found:
        before = chosen.get(event.translation_key)
        if before is None or (
            event.locale.language_code == language and before.locale.language_code != language
        ):
            chosen[event.translation_key] = event
    return list(chosen.values())


def of_day(place: Place, key) -> list[Listed]:
    """The local events of a national day of action, on all sites: those of the reader's site first, then by place."""
    found = upcoming(events().filter(day_of_action=key), most=2000)
    return by_place(elsewhere(found, place), place)


def across(place: Place) -> list[Listed]:
    """What a site lists beneath its own events: those of national's that it has no edition of, and what other affiliates do on
    national days of action."""
    found = events()
    local = found.filter(day_of_action__isnull=False)
    if place.national is not None and not place.is_national:
        here = Edition.objects.filter(site=place.root.site, page__live=True).values("source_key")
        local |= found.filter(url_path__startswith=place.national.folder).exclude(translation_key__in=here)
    rows = upcoming(local.exclude(url_path__startswith=place.root.folder), most=2000)
    return by_place(elsewhere(rows, place), place)


def elsewhere(found: Iterable[EventPage], place: Place) -> list[Listed]:
    """Events of any sites, with the absolute addresses of those that are not here. Sites that are off the network drop out."""
    found = once_each(found, place.wanted)
    step = Page.steplen
    paths = {event.path[:end] for event in found for end in range(step, len(event.path), step)}
    owners = {
        affiliate.folder.path: affiliate
        for affiliate in Affiliate.objects.active()
        .filter(folder__path__in=paths)
        .select_related("folder", "site__root_page__locale")
    }
    listed = []
    for event in found:
        language = event.locale.language_code
        if place.root.owns(event.url_path):
            listed.append(Listed(event, place.root.path(event.url_path, language), language))
            continue
        ends = range(step, len(event.path), step)
        affiliate = next((owners[event.path[:end]] for end in ends if event.path[:end] in owners), None)
        if affiliate is not None:
            root = SiteRoot(affiliate.site)
            listed.append(
                Listed(event, root.url(event.url_path, language), language, affiliate.name, affiliate.place)
            )
        elif place.national is not None and place.national.owns(event.url_path):
            name = place.national.site.site_name
            listed.append(Listed(event, place.national.url(event.url_path, language), language, name))
    return listed


def by_place(found: Iterable[Listed], place: Place) -> list[Listed]:
    """The reader's own site first, then by state, town and day."""
    return sorted(
        found,
        key=lambda each: (
            not place.root.owns(each.event.url_path),
            fold(each.region),
            fold(each.where),
            each.event.date,
        ),
    )


@dataclass(frozen=True)
class Wanted:
    """What a reader asked a list for, from the address. Unknown kinds and languages ask for nothing."""

    place: str = ""
    kind: str = ""
    language: str = ""

    @classmethod
    def of(cls, query) -> Wanted:
        kind, language = query.get("kind", ""), query.get("language", "")
        return cls(
            place=query.get("place", "").replace("\x00", "").strip()[:80],
            kind=kind if kind in Kind.values else "",
            language=language if language in LANGUAGE_NAMES else "",
        )

    def __bool__(self) -> bool:
        return bool(self.place or self.kind or self.language)

    def takes(self, listed: Listed) -> bool:
        event = listed.event
        return (
            (not self.kind or event.kind == self.kind)
            and (not self.language or self.language in event.language_codes)
            and matches(self.place, event.town, event.region, event.venue, listed.site, listed.place)
        )
