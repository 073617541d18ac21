"""One step each: post, duplicate, postpone, cancel, through the admin's own screens; and who may not."""

import datetime

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from editions.actions.errors import EditionError, NotAllowed
from editions.canonical import canonical_content
from editions.content import get_content
from editions.streams import same
from tests import editor, factories
from tests.network.conftest import is_refused
from toolkit_pages.actions.events import CancelEvent, DuplicateEvent, PostEvent, PostponeEvent
from toolkit_pages.events.kinds import Status
from toolkit_pages.events.when import When
from toolkit_pages.models import EventPage

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
NEXT_YEAR = datetime.date.today().year + 1


def short_form(**fields):
    """What the short form posts."""
    return {
        "title": "Vigil at the hall",
        "kind": "vigil",
        "summary": "We stand together.",
        "date": f"{NEXT_YEAR}-07-10",
        "start_time": "18:00",
        "end_time": "20:00",
        "time_zone": "America/Los_Angeles",
        "venue": "County Hall",
        "town": "San José",
        "languages": ["en", "es"],
        **fields,
    }


@pytest.fixture
def as_editor(client, network):
    client.force_login(network.editor)
    return client


@pytest.fixture
def vigil(network):
    return factories.event(network.a, "Vigil", slug="vigil", expected=40)


def log_of(event):
    return list(
        PageLogEntry.objects.filter(page=event.pk, action__startswith="events.").values_list(
            "action", flat=True
        )
    )


def test_an_event_is_posted_with_one_form(as_editor, network, html):
    response = as_editor.post(reverse("toolkit_events:post"), short_form())
    assert response.status_code == 302, response.context["form"].errors
    event = EventPage.objects.get(title="Vigil at the hall")
    assert event.live
    assert event.get_parent().pk == network.a.pk
    assert event.owner == network.editor
    assert event.languages == "en,es"
    assert log_of(event) == ["events.post"]
    assert "Vigil at the hall" in html("/events/")


def test_the_zone_comes_from_the_profile(as_editor, network):
    form = as_editor.get(reverse("toolkit_events:post")).context["form"]
    assert form["time_zone"].value() == "America/Los_Angeles"
    add = reverse("wagtailadmin_pages:add", args=["toolkit_pages", "eventpage", network.a.pk])
    assert as_editor.get(add).context["form"]["time_zone"].value() == "America/Los_Angeles"


BAD = [
    ({"end_time": "17:00"}, "end_time", "end before it starts"),
    ({"end_date": f"{NEXT_YEAR}-07-09"}, "end_date", "end before it starts"),
    ({"time_zone": ""}, "time_zone", "required"),
    ({"time_zone": "Mars/Olympus"}, "time_zone", "Select a valid choice"),
    ({"date": "2027-03-14", "start_time": "02:30", "end_time": ""}, "start_time", "no such time that day"),
    ({"date": "2027-11-07", "start_time": "01:30", "end_time": ""}, "start_time", "comes twice"),
    ({"date": "2020-01-01"}, "date", "past"),
    ({"date": "32 July"}, "date", "valid date"),
    ({"venue": ""}, "venue", "Say where"),
    ({"online_url": "javascript:alert(1)", "is_online": "on"}, "online_url", "valid URL"),
    ({"summary": "{{ hotline }}"}, "summary", "double braces"),
    ({"title": "x" * 161}, "title", "160"),
]


def test_bad_input_is_named_at_its_field_and_nothing_is_written(as_editor, network):
    for fields, field, words in BAD:
        response = as_editor.post(reverse("toolkit_events:post"), short_form(**fields))
        assert response.status_code == 200, fields
        assert words in " ".join(response.context["form"].errors[field])
    assert not EventPage.objects.exists()


def test_the_page_editor_refuses_them_too(as_editor, vigil):
    data = editor.unchanged(as_editor, vigil)
    for changes, field in (
        ({"start_time": "18:00", "end_time": "17:00"}, "end_time"),
        ({"date": "2027-03-14", "start_time": "02:30", "end_time": ""}, "start_time"),
    ):
        response = as_editor.post(editor.edit_url(vigil), {**data, **changes, "action-publish": "1"})
        assert response.status_code == 200
        assert field in response.context["form"].errors


def test_publishing_an_event_unchanged_changes_nothing(as_editor, network):
    """Whatever its form does to what it holds: no edition of it would look adapted."""
    day = factories.event(network.national, "Day", slug="day", kind="day_of_action", days=30)
    event = factories.event(
        network.a,
        "Vigil",
        slug="whole",
        days=-5,
        kind="vigil",
        summary="One.\nTwo.",
        languages="en,es",
        risk="high",
        risk_note="Leave papers at home.",
        day_of_action=day.translation_key,
        is_online=True,
        online_url="https://example.org/room",
        body=[factories.paragraph("<p>Agenda</p>")],
        as_of=datetime.date(2026, 11, 1),
    )
    before = canonical_content(EventPage, get_content(event))
    editor.publish(as_editor, event, editor.unchanged(as_editor, event))
    after = get_content(EventPage.objects.get(pk=event.pk))
    assert [name for name in before if not same(before[name], after[name])] == []


def test_a_duplicate_is_a_draft_on_the_next_such_weekday(as_editor, vigil):
    EventPage.objects.filter(pk=vigil.pk).update(status=Status.CANCELLED, attended=12, status_note="Storm")
    response = as_editor.post(reverse("toolkit_events:duplicate", args=[vigil.pk]))
    copied = EventPage.objects.exclude(pk=vigil.pk).get()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[copied.pk])
    assert not copied.live
    assert copied.date == vigil.date + datetime.timedelta(weeks=1)
    assert (copied.status, copied.status_note, copied.expected, copied.attended) == (
        "scheduled",
        "",
        None,
        None,
    )
    assert copied.translation_key != vigil.translation_key
    assert log_of(copied) == ["events.duplicate"]


def test_postponing_to_another_day_says_from_when(as_editor, vigil, html):
    day = vigil.date + datetime.timedelta(days=30)
    data = {"date": day.isoformat(), "start_time": "17:30", "end_time": "19:00", "note": "Rain"}
    as_editor.post(reverse("toolkit_events:postpone", args=[vigil.pk]), data)
    moved = EventPage.objects.get(pk=vigil.pk)
    assert (moved.date, moved.start_time, moved.status) == (day, datetime.time(17, 30), "scheduled")
    assert moved.moved_from == vigil.when.starts
    page = html("/events/vigil/")
    assert "Moved." in page and "Rain" in page
    assert "EventRescheduled" in page
    assert log_of(moved) == ["events.postpone"]


def test_back_on_the_first_day_nothing_has_moved(vigil):
    first = When(vigil.date, vigil.start_time, zone=vigil.time_zone)
    later = When(vigil.date + datetime.timedelta(days=7), vigil.start_time, zone=vigil.time_zone)
    moved = PostponeEvent(vigil, later).execute()
    assert moved.moved_from == first.starts
    back = PostponeEvent(moved, first).execute()
    assert back.moved_from is None and back.takes_place


def test_postponing_without_a_day(as_editor, vigil, html):
    as_editor.post(
        reverse("toolkit_events:postpone", args=[vigil.pk]), {"start_time": "18:00", "end_time": "20:00"}
    )
    assert EventPage.objects.get(pk=vigil.pk).status == Status.POSTPONED
    assert "Postponed." in html("/events/vigil/")


def test_postponing_to_a_day_that_is_past_is_refused(as_editor, vigil):
    response = as_editor.post(reverse("toolkit_events:postpone", args=[vigil.pk]), {"date": "2020-01-01"})
    assert "past" in str(response.context["form"].errors["date"])
    with pytest.raises(EditionError):
        PostponeEvent(vigil, When(datetime.date(2020, 1, 1), zone=vigil.time_zone)).execute()
    assert EventPage.objects.get(pk=vigil.pk).date == vigil.date


def test_cancelling_holds_in_all_languages_and_leaves_a_draft_a_draft(as_editor, network, vigil, html):
    spanish = factories.events_page(
        network.home_a.get_translations().get().specific,
        "Eventos",
        slug="eventos",
        translation_key=network.a.translation_key,
    )
    other = factories.translation_of(
        vigil, spanish, "Vigilia", slug="vigilia", date=vigil.date, time_zone=vigil.time_zone
    )
    draft = EventPage.objects.get(pk=vigil.pk)
    draft.summary = "Only a draft"
    draft.save_revision()
    as_editor.post(reverse("toolkit_events:cancel", args=[vigil.pk]), {"note": "Storm warning"})
    for pk in (vigil.pk, other.pk):
        assert EventPage.objects.get(pk=pk).status == Status.CANCELLED
    page = html("/events/vigil/")
    assert "Cancelled." in page and "Storm warning" in page
    assert "Only a draft" not in page
    assert "EventCancelled" in page
    latest = EventPage.objects.get(pk=vigil.pk).get_latest_revision_as_object()
    assert (latest.summary, latest.status) == ("Only a draft", Status.CANCELLED)
    assert log_of(vigil) == ["events.cancel"]
    with pytest.raises(EditionError):
        CancelEvent(EventPage.objects.get(pk=vigil.pk)).execute()


def test_nobody_takes_a_step_on_anothers_event(client, network, vigil):
    client.force_login(network.other)
    before = EventPage.objects.values().get(pk=vigil.pk)
    for step in ("cancel", "postpone", "duplicate"):
        for method in ("get", "post"):
            assert is_refused(getattr(client, method)(reverse(f"toolkit_events:{step}", args=[vigil.pk])))
    assert EventPage.objects.values().get() == before


def test_actions_refuse_by_themselves(network, vigil):
    for action in (
        PostEvent(network.a, {"title": "X"}, user=network.other),
        CancelEvent(vigil, user=network.other),
        PostponeEvent(vigil, user=network.other),
        DuplicateEvent(vigil, user=network.other),
    ):
        with pytest.raises(NotAllowed):
            action.execute()


def test_nobody_posts_on_anothers_page(as_editor, network):
    assert is_refused(as_editor.post(reverse("toolkit_events:post"), short_form(page=network.b.pk)))
    assert is_refused(as_editor.post(reverse("toolkit_events:post"), short_form(page=network.national.pk)))
    assert not EventPage.objects.exists()


def test_the_list_names_ones_own_only(as_editor, network, vigil):
    factories.event(network.b, "Of Bravo")
    text = as_editor.get(reverse("toolkit_events:index")).content.decode()
    assert "Vigil" in text
    assert "Of Bravo" not in text
    for tab in ("past", "decide", "decided"):
        assert as_editor.get(reverse("toolkit_events:index"), {"show": tab}).status_code == 200


def test_the_page_offers_the_steps(as_editor, vigil):
    text = as_editor.get(editor.edit_url(vigil)).content.decode()
    for step in ("cancel", "postpone", "duplicate"):
        assert reverse(f"toolkit_events:{step}", args=[vigil.pk]) in text
