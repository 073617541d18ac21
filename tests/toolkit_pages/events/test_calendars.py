"""Calendars, read back by a parser that is not the one that wrote them."""

import datetime
import re

import pytest
import vobject
from django.utils import timezone

from tests import factories
from toolkit_pages.actions.events import CancelEvent, PostponeEvent
from toolkit_pages.events.calendar import sequence
from toolkit_pages.events.when import When
from toolkit_pages.models import EventPage

pytestmark = pytest.mark.django_db
SUMMER = datetime.date(timezone.now().year + 1, 7, 10)


def read(response):
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return vobject.readOne(response.content.decode())


def published(event):
    event.save_revision().publish()
    event.refresh_from_db()
    return event


@pytest.fixture
def vigil(network):
    return factories.event(
        network.a,
        "Vigil; light, hope",
        slug="vigil",
        date=SUMMER,
        town="San José",
        summary="First line.\nSecond, with a comma; and more: {{ jurisdiction }}.",
    )


def test_one_event_is_read_back(get, vigil):
    calendar = read(get("/events/vigil.ics"))
    event = calendar.vevent
    assert event.uid.value == str(vigil.translation_key)
    assert event.summary.value == "Vigil; light, hope"
    assert event.dtstart.value.isoformat() == f"{SUMMER}T18:00:00-07:00"
    assert event.dtend.value.isoformat() == f"{SUMMER}T20:00:00-07:00"
    assert event.status.value == "CONFIRMED"
    assert event.url.value == "http://alpha.test/events/vigil/"
    assert event.location.value == "County Hall, steps, San José"
    assert "First line.\nSecond, with a comma; and more: " in event.description.value
    assert "{{" not in event.description.value
    assert "Before you come" in event.description.value


def test_the_zone_is_described_as_the_law_has_it(get, vigil):
    zone = read(get("/events/vigil.ics")).vtimezone
    assert zone.tzid.value == "America/Los_Angeles"
    # What vobject made of the VTIMEZONE alone, without a database of its own.
    tz = zone.gettzinfo()
    winter = datetime.datetime(SUMMER.year, 1, 10, 12)
    summer = datetime.datetime(SUMMER.year, 7, 10, 12)
    assert tz.utcoffset(winter) == datetime.timedelta(hours=-8)
    assert tz.utcoffset(summer) == datetime.timedelta(hours=-7)


def test_who_follows_learns_that_it_moved_and_was_cancelled(get, vigil):
    vigil = published(vigil)
    seen = [read(get("/events/calendar.ics")).vevent]
    later = When(SUMMER + datetime.timedelta(days=7), datetime.time(17), None, None, vigil.time_zone)
    for step in (PostponeEvent(vigil, later), PostponeEvent(vigil), CancelEvent(vigil)):
        step.event.refresh_from_db()
        # A second later: nobody changes an event twice within one.
        EventPage.objects.filter(pk=vigil.pk).update(
            last_published_at=timezone.now() - datetime.timedelta(seconds=10 - 2 * len(seen))
        )
        step.execute()
        EventPage.objects.filter(pk=vigil.pk).update(
            last_published_at=timezone.now() + datetime.timedelta(seconds=2 * len(seen))
        )
        seen.append(read(get("/events/calendar.ics")).vevent)
    assert [event.status.value for event in seen] == ["CONFIRMED", "CONFIRMED", "TENTATIVE", "CANCELLED"]
    assert len({event.uid.value for event in seen}) == 1
    numbers = [int(event.sequence.value) for event in seen]
    assert numbers == sorted(set(numbers))
    assert seen[1].dtstart.value.date() == later.date
    assert seen[3].summary.value.startswith("Cancelled: ")


def test_sequence_is_an_integer_of_the_format_for_as_long_as_anybody_plans():
    assert sequence(datetime.datetime(2019, 1, 1, tzinfo=datetime.UTC)) == 0
    assert 0 < sequence(timezone.now()) < sequence(timezone.now() + datetime.timedelta(seconds=2)) < 2**31


def test_a_whole_day_has_dates_and_its_end_is_not_part_of_it(get, network):
    factories.event(network.a, "Day", slug="day", date=SUMMER, start_time=None, end_time=None)
    event = read(get("/events/day.ics")).vevent
    assert event.dtstart.value == SUMMER
    assert event.dtend.value == SUMMER + datetime.timedelta(days=1)


def test_a_feed_for_each_site_and_language(get, network, vigil):
    spanish = factories.events_page(
        network.home_a.get_translations().get().specific,
        "Eventos",
        slug="eventos",
        translation_key=network.a.translation_key,
    )
    factories.translation_of(
        vigil,
        spanish,
        "Vigilia",
        slug="vigilia",
        date=SUMMER,
        time_zone=vigil.time_zone,
        start_time=datetime.time(18),
    )
    factories.event(network.b, "Of Bravo")
    english = read(get("/events/calendar.ics"))
    assert [event.summary.value for event in english.vevent_list] == ["Vigil; light, hope"]
    assert english.x_wr_calname.value == "Alpha: Events"
    spanish = read(get("/es/eventos/calendar.ics"))
    assert [event.summary.value for event in spanish.vevent_list] == ["Vigilia"]
    # One event in two languages is one event to a calendar.
    assert spanish.vevent.uid.value == english.vevent.uid.value


def test_a_feed_that_has_not_changed_is_not_sent_again(get, vigil):
    tag = get("/events/calendar.ics").headers["ETag"]
    assert get("/events/calendar.ics", **{"If-None-Match": tag}).status_code == 304


def test_drafts_private_events_and_what_is_not_there_are_404(get, network, vigil):
    from wagtail.models import PageViewRestriction

    factories.event(network.a, "Draft", slug="draft", live=False)
    hidden = factories.event(network.a, "Hidden", slug="hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password="x")
    for name in ("draft", "hidden", "nothing"):
        assert get(f"/events/{name}.ics").status_code == 404
    assert b"Hidden" not in get("/events/calendar.ics").content
    assert b"Hidden" not in get("/events/").content


def test_lines_are_folded_and_end_as_the_format_wants(get, network):
    factories.event(network.a, "Ñandú " * 25, slug="long")
    content = get("/events/long.ics").content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_the_atom_feed_is_well_formed_and_names_each_event_for_ever(get, network, vigil):
    import xml.etree.ElementTree as ET

    root = ET.fromstring(get("/events/feed/").content)
    atom = "{http://www.w3.org/2005/Atom}"
    (entry,) = root.findall(f"{atom}entry")
    assert entry.find(f"{atom}id").text == f"urn:uuid:{vigil.translation_key}"
    assert entry.find(f"{atom}title").text == "Vigil; light, hope"
    assert re.match(r"http://alpha\.test/events/vigil/", entry.find(f"{atom}link").get("href"))
