"""What readers see of events: at a glance, by place, in their language; and what it costs."""

import datetime
import json
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editions.network.models import Affiliate
from tests import factories
from tests.site.test_public_pages import follow
from toolkit_pages.events.finding import matches, near
from toolkit_pages.models import EventPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(network):
    """A national day of action with a local event on each affiliate's site."""
    found = factories.event(
        network.national,
        "Day of action",
        slug="day",
        kind="day_of_action",
        start_time=None,
        end_time=None,
        venue="",
    )
    local = {"day_of_action": found.translation_key, "kind": "rally"}
    factories.event(network.a, "Rally of Alpha", slug="rally", town="San José", region="California", **local)
    factories.event(network.b, "Rally of Bravo", slug="rally", town="Chicago", region="Illinois", **local)
    factories.event(network.b, "Bravo alone", slug="alone", town="Chicago", region="Illinois")
    return found


def json_ld(page):
    graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    return next(each for each in graph["@graph"] if each["@type"] == "Event")


def test_an_event_says_what_when_where_how_and_what_risk_before_the_button(network, html):
    event = factories.event(
        network.a,
        "March to the hall",
        slug="march",
        kind="march",
        date=datetime.date(datetime.date.today().year + 1, 7, 10),
        town="San José",
        how_to_join="Just come.",
        join_url="https://example.org/sign-up",
        languages="en,es",
        contact_role="Events team",
        contact_phone="408-555-0142",
    )
    page = html("/events/march/")
    body = page[page.index("<h1>") :]
    order = [
        "March to the hall", "6 p.m. to 8 p.m.", "Pacific time", "County Hall, steps", "Just come.", "Risk: some.", "Sign up",
    ]  # fmt: skip
    assert [body.index(words) for words in order] == sorted(body.index(words) for words in order)
    assert f'<time datetime="{event.date}T18:00:00-07:00"' in page
    assert 'href="tel:4085550142"' in page
    assert '<bdi lang="es">Español</bdi>' in page
    assert 'href="/events/march.ics"' in page


def test_times_are_said_in_the_readers_language_with_the_zone(network, html):
    eventos = factories.events_page(
        network.home_a.get_translations().get().specific, "Eventos", slug="eventos"
    )
    day = datetime.date(datetime.date.today().year + 1, 7, 10)
    factories.event(eventos, "Vigilia", slug="vigilia", date=day)
    page = html("/es/eventos/vigilia/")
    assert "julio" in page
    assert f'<time datetime="{day}T18:00:00-07:00"' in page


def test_the_meetings_address_is_shown_only_where_it_may_be(network, html):
    online = {"is_online": True, "online_url": "https://example.org/room", "venue": ""}
    factories.event(network.a, "Closed", slug="closed", **online)
    factories.event(network.a, "Open", slug="open", shows_online_url=True, **online)
    closed = html("/events/closed/") + html("/events/closed.ics")
    assert "example.org/room" not in closed
    assert "sends the link to those who sign up" in closed
    assert "example.org/room" in html("/events/open/")
    assert json_ld(html("/events/open/"))["location"] == {
        "@type": "VirtualLocation",
        "url": "https://example.org/room",
    }


def test_machines_read_the_event_whatever_is_written_in_it(network, html):
    nasty = '</script><script>alert(1)</script> "&" {{ hotline }} }} {{'
    factories.event(network.a, nasty, slug="nasty", town="San José", region="California", organiser="A & B")
    page = html("/events/nasty/")
    said = json_ld(page)
    assert "<script>alert" not in page
    assert said["name"].startswith('</script><script>alert(1)</script> "&" ')
    assert said["@type"] == "Event"
    assert said["eventStatus"] == "https://schema.org/EventScheduled"
    assert said["organizer"]["name"] == "A & B"
    assert said["location"]["address"]["addressLocality"] == "San José"
    assert datetime.datetime.fromisoformat(said["startDate"]).utcoffset() is not None


def test_an_affiliates_list_has_its_own_first_then_the_day_elsewhere(day, html):
    page = html("/events/")
    main = page[page.index("<main") :]
    own, others = main.split("In other places")
    assert 'href="/events/rally/"' in own
    assert "Day of action</a>" not in own
    assert 'href="http://national.test/events/day/"' in others
    assert 'href="http://bravo.test/events/rally/"' in others
    # What is not of the national day is Bravo's own business.
    assert "Bravo alone" not in page


def test_national_lists_the_local_events_by_place_on_the_affiliates_sites(day, html):
    page = html("/events/day/", "national.test")
    assert page.index("California") < page.index("Illinois")
    assert 'href="http://alpha.test/events/rally/"' in page
    assert 'href="http://bravo.test/events/rally/"' in page
    assert "Bravo alone" not in page
    assert 'href="/events/register/?day=' in page


def test_sites_that_are_off_the_network_are_not_listed(day, html):
    from django.utils import timezone

    Affiliate.objects.filter(slug="bravo").update(archived_at=timezone.now())
    assert "Rally of Bravo" not in html("/events/day/", "national.test")


FINDS = [
    ("place=san+jose", ["Rally of Alpha"]),
    ("place=ILLINOIS", ["Rally of Bravo"]),
    ("place=bravo+county", ["Rally of Bravo"]),
    ("kind=rally", ["Rally of Alpha", "Rally of Bravo"]),
    ("kind=vigil", []),
    ("kind=nonsense", ["Rally of Alpha", "Rally of Bravo"]),
    ("language=es", []),
    ("place=%00", ["Rally of Alpha", "Rally of Bravo"]),
]


def test_finding_by_the_name_of_a_place_and_filters(day, html):
    for query, found in FINDS:
        page = html(f"/events/?{query}")
        assert [name for name in ("Rally of Alpha", "Rally of Bravo") if name in page] == found, query


def test_a_misspelt_place_is_asked_about(day, html):
    assert 'href="/events/?place=Chicago"' in html("/events/?place=chikago")
    assert 'href="?place=Chicago#places"' in html("/events/day/?place=chikago", "national.test")


def test_words_begin_words():
    assert matches("san jo", "San José, California")
    assert not matches("ose", "San José")
    assert near("Sna Jose", ["San José", "Chicago"]) == ["San José"]


def test_what_is_over_is_folded_and_what_is_cancelled_is_marked(network, html):
    factories.event(network.a, "Long ago", days=-20, slug="ago", attended=30)
    factories.event(network.a, "Called off", slug="off", status="cancelled")
    page = html("/events/")
    assert page.index("Called off") < page.index("1 past event") < page.index("Long ago")
    assert "Cancelled" in page
    over = html("/events/ago/")
    assert "30 people came." in over
    assert "Add to calendar" not in over


def test_homes_and_chapters_show_the_next_events_of_the_site_they_are_read_on(network, html):
    block = factories.block("events", {"title": "What is on", "count": 2})
    for page, name in ((network.a, "A"), (network.b, "B")):
        home = page.get_parent().specific
        home.body = [block, {**block, "id": "again"}]
        home.save()
        for number in range(3):
            factories.event(page, f"Event {name}{number}", days=5 + number, slug=f"e{number}")
    page = html("/")
    blocks = re.findall(r'<section class="events-block".*?</section>', page, re.DOTALL)
    assert ["Event A0" in block for block in blocks] == [True, True]
    assert not any("Event A2" in block for block in blocks)
    assert "Event B0" not in page
    assert "Event B0" in html("/", "bravo.test")


def count(get, path, host):
    cache.clear()
    get(path, host)
    with CaptureQueriesContext(connection) as queries:
        assert get(path, host).status_code == 200
    return len(queries), "\n".join(query["sql"][:160] for query in queries.captured_queries)


COUNTED = [
    ("/events/", "alpha.test"),
    ("/events/", "national.test"),
    ("/events/day/", "national.test"),
    ("/events/rally/", "alpha.test"),
    ("/events/calendar.ics", "alpha.test"),
    ("/", "alpha.test"),
]


def test_the_number_of_statements_does_not_grow(network, day, get):
    home = network.a.get_parent().specific
    home.body = [factories.block("events", {"title": "", "count": 10}, f"b{number}") for number in range(3)]
    home.save()
    before = {each: count(get, *each)[0] for each in COUNTED}
    local = {"day_of_action": day.translation_key, "kind": "vigil"}
    for number in range(5):
        factories.event(network.a, f"More {number}", slug=f"more-{number}", town=f"Town {number}", **local)
        factories.event(network.b, f"More {number}", slug=f"more-{number}", town=f"Town {number}", **local)
    for each in COUNTED:
        after, statements = count(get, *each)
        assert after == before[each] <= 14, (each, statements)


def test_no_cookie_no_program_nothing_from_elsewhere(day, get):
    for path in ("/events/", "/events/rally/", "/events/register/", "/events/calendar.ics", "/events/feed/"):
        response = get(path)
        assert response.status_code == 200
        assert not response.cookies
        text = response.content.decode()
        assert all("ld+json" in tag or 'src="/static/' in tag for tag in re.findall(r"<script[^>]*>", text))
        assert not re.search(r' on\w+="| style="', text)


def test_pages_take_nothing_but_what_they_ask_for(day, client):
    assert client.post("/events/rally/", {"x": "y"}, headers={"host": "alpha.test"}).status_code == 405
    assert client.post("/", {"x": "y"}, headers={"host": "alpha.test"}).status_code == 405


def test_a_preview_of_the_list_and_of_an_event_shows_them(admin_client, day, network):
    from django.urls import reverse

    network.a.save_revision()
    event = EventPage.objects.get(title="Rally of Alpha")
    event.save_revision()
    for page in (network.a, event):
        response = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert response.status_code == 200
        assert page.title in response.content.decode()


def test_an_edition_of_a_day_of_action_stands_for_it_everywhere_on_its_site(network, html, day):
    """Its local events are listed on it, it stands once in the list, and what leads to the day leads to it."""
    mine = factories.event(
        network.a, "Our words for the day", slug="day", kind="day_of_action", start_time=None, venue=""
    )
    follow(mine, day)
    page = html("/events/day/")
    assert "Rally of Alpha" in page
    assert "Rally of Bravo" in page
    assert f"register/?day={day.translation_key}" in page
    listed = html("/events/")
    assert listed.count("Our words for the day") == 1
    assert "http://national.test/events/day/" not in listed
    assert '<a href="/events/day/">Our words for the day</a>' in html("/events/rally/")
    assert "http://national.test/events/day/" in html("/events/rally/", "bravo.test")
    # In a text, and on the page of the whole toolkit for paper.
    kit = factories.toolkit(network.home_a.specific, "Kit", slug="kit")
    factories.chapter(kit, "One", [factories.block("event", day.pk)], slug="one")
    for address in ("/kit/one/", "/kit/print/"):
        assert '<a href="/events/day/">Our words for the day</a>' in html(address)
