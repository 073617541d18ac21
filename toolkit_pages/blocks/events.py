"""Events within a text: one of them, or the next ones of whichever site the page is read on."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaign_library.standing_in import is_shown_to_readers
from editions.blocks import StreamBlockType
from editions.links import link_to_page

from .base import SHARED, line

#: How many events one block may show.
MOST = 10


class NextEventsBlock(blocks.StructBlock):
    """The same block on every site shows that site's own events: national writes it once into a chapter or a home."""

    title = line(label=_("Title"), required=False, max_length=160)
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=MOST)

    class Meta:
        icon = "date"
        label = _("Next events")
        group = SHARED
        template = "toolkit_pages/blocks/events.html"
        description = _("The next events of the site on which the page is read.")
        preview_value = {"title": "What is on", "count": 2}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        place = context.get("place")
        found = next_events(place) if place is not None else samples()
        context["listed"] = found[: value.get("count") or 3]
        context["all_address"] = events_address(found) if place is not None else ""
        return context


def next_events(place: Any) -> list[Any]:
    """The next events of a site in one language, looked up once for all blocks of a page."""
    from ..events import listing

    found = getattr(place, "_next_events", None)
    if found is None:
        home = place.homes.get(place.wanted)
        rows = listing.upcoming(listing.beneath(home), most=3 * MOST) if home is not None else []
        found = listing.own([event for event in rows if not event.is_cancelled], place.root)
        place._next_events = found
    return found


def events_address(found: list[Any]) -> str:
    """The page that lists them: what stands above the first."""
    return found[0].address.rstrip("/").rpartition("/")[0] + "/" if found else ""


def samples() -> list[Any]:
    """For the preview in the editor, which is on no site."""
    from ..events.listing import Listed
    from ..models import EventPage

    day = timezone.now().date() + datetime.timedelta(days=10)
    events = (
        EventPage(title=_("Vigil at the county hall"), kind="vigil", date=day, start_time=datetime.time(18)),
        EventPage(
            title=_("Training for accompaniers"), kind="training", date=day, start_time=datetime.time(19)
        ),
    )
    for event in events:
        event.time_zone = "America/Los_Angeles"
        event.town = "San José"
    return [Listed(event, "#", "en") for event in events]


class EventBlock(blocks.PageChooserBlock):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("page_type", None)
        super().__init__(page_type="toolkit_pages.EventPage", **kwargs)

    class Meta:
        icon = "date"
        label = _("Event")
        group = SHARED
        template = "toolkit_pages/blocks/event.html"
        description = _("One event, with day, place and a link to it.")

    def bulk_to_python(self, values: Any) -> list[Any]:
        """Readers see what stands for the event on their site, which the page looks up for all blocks (``happenings``)."""
        if not is_shown_to_readers():
            return super().bulk_to_python(values)
        return [None if pk is None else self.target_model(pk=pk) for pk in values]

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        # Resolved with all links of the page: it leads to the site's own edition of a national event.
        context["address"] = link_to_page(value.pk) if value is not None else ""
        if value is not None and "happenings" in context:
            context["value"] = context["happenings"].get(value.pk)
        return context

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "toolkit_pages.blocks.EventBlock", [], dict(self._constructor_args[1])

    def get_preview_value(self) -> Any:
        event = samples()[0].event
        event.live = True
        return event


def happenings_in(place: Any, page: Any) -> dict[int, Any]:
    """By the id that a block of ``page`` names: the event that stands for it on the site, in the reader's language where there
    is one. One query; none without such a block.
    """
    from ..models import EventPage
    from ..public.shown import pages_shown, raw_values

    wanted = [value for _type, _id, value in raw_values(page.body, "event")]
    shown = pages_shown(place, page.locale, wanted)
    pages = (
        EventPage.objects.select_related("locale").in_bulk([each.pk for each in shown.values()])
        if shown
        else {}
    )
    return {pk: pages[each.pk] for pk, each in shown.items() if each.pk in pages}


EVENT_BLOCKS = [
    StreamBlockType("event", EventBlock, order=200),
    StreamBlockType("events", NextEventsBlock, order=210),
]
