"""Readers register an event: without an account, a cookie or a script; moderated; changed and withdrawn by e-mail link."""

import datetime
import re
import time

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editions.actions.errors import NotAllowed
from tests import factories
from tests.network.conftest import is_refused
from toolkit_pages.actions import registrations
from toolkit_pages.actions.registrations import ApproveRegistration, RefuseRegistration
from toolkit_pages.events import tokens
from toolkit_pages.models import EventPage, EventSubmission

from .test_actions import short_form

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
FORM = "/events/register/"


@pytest.fixture
def reader():
    """A browser that has never been here, and in which Django checks for CSRF as it does on line."""
    return Client(enforce_csrf_checks=True, headers={"host": "alpha.test"})


def stamp(page, seconds=60):
    return tokens.stamp(page.pk, time.time() - seconds)


def filled(page, **fields):
    data = {**short_form(), "email": "who@example.org", "website": "", "stamp": stamp(page)}
    return {**data, **fields}


@pytest.fixture
def sent(network, reader):
    """A registration that waits, and its edit link."""
    response = reader.post(FORM, filled(network.a))
    assert response.status_code == 303, response.context["form"].errors
    link = re.search(r"http://alpha\.test(\S+)", mail.outbox[-1].body)[1]
    return EventSubmission.objects.get(), link


def decide(client, network, submission, **data):
    client.force_login(network.editor)
    return client.post(reverse("toolkit_events:submission", args=[submission.pk]), data)


def test_an_event_is_registered_without_a_cookie(network, reader, html):
    form = reader.get(FORM)
    assert form.status_code == 200
    assert "no-store" in form.headers["Cache-Control"]
    response = reader.post(FORM, filled(network.a))
    assert response.status_code == 303
    assert response["Location"] == "/events/register/thanks/"
    assert not response.cookies and not reader.cookies
    found = EventSubmission.objects.get()
    assert (found.owner.slug, found.state, found.email) == ("alpha", "waiting", "who@example.org")
    assert "Thank you" in html("/events/register/thanks/")
    assert not EventPage.objects.exists()
    assert "Vigil at the hall" not in html("/events/")


def test_the_mail_repeats_nothing_of_the_form_and_the_database_does_not_know_the_link(sent):
    submission, link = sent
    message = mail.outbox[-1]
    assert message.to == ["who@example.org"]
    assert "Vigil at the hall" not in message.subject + message.body
    key = link.partition("key=")[2]
    assert submission.token == tokens.digest(key)
    assert key not in str(EventSubmission.objects.values().get())


WRONG = [
    ({"end_time": "17:00"}, "end before it starts"),
    ({"time_zone": ""}, "required"),
    ({"date": "2027-03-14", "start_time": "02:30", "end_time": ""}, "no such time that day"),
    ({"website": "http://spam.example"}, "Leave this field empty"),
    ({"email": "nobody"}, "valid email"),
    ({"stamp": ""}, "send it again"),
    ({"stamp": "made:up"}, "send it again"),
]


def test_what_is_wrong_is_said_and_nothing_is_lost(network, reader):
    for fields, words in WRONG:
        response = reader.post(FORM, filled(network.a, **fields))
        text = response.content.decode()
        assert response.status_code == 422, fields
        assert words in text
        assert 'value="Vigil at the hall"' in text
        assert "We stand together." in text
        again = re.search(r'name="stamp" value="([^"]+)"', text)[1]
        assert tokens.stamp_age(again, network.a.pk, time.time()) is not None
    assert not EventSubmission.objects.exists() and not mail.outbox


def test_too_fast_or_too_old_is_sent_again(network, reader):
    for seconds in (1, 3 * 24 * 3600):
        response = reader.post(FORM, filled(network.a, stamp=stamp(network.a, seconds)))
        assert response.status_code == 422
    assert not EventSubmission.objects.exists()


def test_a_form_of_another_page_or_site_is_not_taken(network, reader):
    assert reader.post(FORM, filled(network.a, stamp=stamp(network.b))).status_code == 422
    foreign = reader.post(FORM, filled(network.a), headers={"origin": "https://evil.example"})
    assert foreign.status_code == 422
    assert not EventSubmission.objects.exists()


def test_a_flood_is_refused_politely_and_loses_nothing(network, reader, monkeypatch):
    monkeypatch.setattr(registrations, "HOURLY", 3)
    for number in range(3):
        reader.post(FORM, filled(network.a, email=f"p{number}@example.org"))
    response = reader.post(FORM, filled(network.a, email="last@example.org"))
    text = response.content.decode()
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"
    assert "Nothing that you wrote is lost" in text
    assert 'value="Vigil at the hall"' in text and 'value="last@example.org"' in text
    assert EventSubmission.objects.count() == 3 and len(mail.outbox) == 3
    # Another site takes what this one does not, and this one again an hour later.
    other = Client(headers={"host": "bravo.test"})
    assert other.post(FORM, filled(network.b)).status_code == 303
    EventSubmission.objects.update(created_at=timezone.now() - datetime.timedelta(hours=2))
    assert reader.post(FORM, filled(network.a, email="last@example.org")).status_code == 303


def test_nobodys_mailbox_is_filled(network, reader, monkeypatch):
    monkeypatch.setattr(registrations, "PER_ADDRESS", 1)
    reader.post(FORM, filled(network.a))
    again = filled(network.a, email="WHO@example.org", title="Another")
    assert reader.post(FORM, again).status_code == 429
    assert len(mail.outbox) == 1


def test_without_the_mail_nothing_is_kept(network, reader, monkeypatch):
    def broken(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("toolkit_pages.events.mail.send_mail", broken)
    response = reader.post(FORM, filled(network.a))
    assert response.status_code == 503
    assert 'value="Vigil at the hall"' in response.content.decode()
    assert not EventSubmission.objects.exists()


def test_a_site_may_take_none(network, reader):
    network.a.takes_registrations = False
    network.a.save()
    assert reader.get(FORM).status_code == 404
    assert reader.post(FORM, filled(network.a)).status_code == 404
    assert "Register your event" not in reader.get("/events/").content.decode()


def test_approving_makes_a_page_and_writes_to_the_submitter(client, network, sent, html):
    submission, _link = sent
    assert "Vigil at the hall" in _list(client, network)
    decide(client, network, submission, approve="1")
    submission.refresh_from_db()
    event = EventPage.objects.get()
    assert (submission.state, submission.event, submission.decided_by) == ("approved", event, network.editor)
    assert event.get_parent().pk == network.a.pk and event.live
    assert "Vigil at the hall" in html("/events/")
    assert "http://alpha.test/events/vigil-at-the-hall/" in mail.outbox[-1].body


def _list(client, network):
    client.force_login(network.editor)
    return client.get(reverse("toolkit_events:index"), {"show": "decide"}).content.decode()


def test_refusing_needs_a_reason_and_sends_it(client, network, sent):
    submission, link = sent
    response = decide(client, network, submission, refuse="1", reason=" ")
    assert response.context["form"].errors["reason"]
    decide(client, network, submission, refuse="1", reason="We do not list private parties.")
    submission.refresh_from_db()
    assert submission.state == "refused" and not EventPage.objects.exists()
    assert "We do not list private parties." in mail.outbox[-1].body
    assert client.get(link, headers={"host": "alpha.test"}).status_code == 404


def test_nothing_is_published_that_nobody_has_looked_at(client, network, reader, sent):
    submission, link = sent
    seen = submission.fingerprint
    reader.post(link, short_form(title="Something else"))
    decide(client, network, submission, approve="1", seen=seen)
    assert not EventPage.objects.exists()
    submission.refresh_from_db()
    assert submission.state == "waiting"


def test_a_refusal_that_cannot_be_mailed_decides_nothing(client, network, sent, monkeypatch):
    submission, _link = sent

    def broken(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("toolkit_pages.events.mail.send_mail", broken)
    response = decide(client, network, submission, refuse="1", reason="No room for it.")
    assert "No room for it." in response.content.decode()
    submission.refresh_from_db()
    assert (submission.state, submission.reason, submission.decided_at) == ("waiting", "", None)


def test_a_second_tap_registers_nothing_twice(network, reader, sent):
    assert reader.post(FORM, filled(network.a)).status_code == 303
    assert EventSubmission.objects.count() == 1
    assert len(mail.outbox) == 1


def test_nobody_decides_twice(client, network, sent):
    submission, _link = sent
    decide(client, network, submission, approve="1")
    decide(client, network, submission, approve="1")
    assert EventPage.objects.count() == 1


def test_only_the_organisations_people_see_what_was_sent_in(client, network, sent):
    submission, _link = sent
    for user in (network.other, network.staff):
        refused_to(client, user, submission)
    assert not EventPage.objects.exists()


def refused_to(client, user, submission):
    client.force_login(user)
    address = reverse("toolkit_events:submission", args=[submission.pk])
    assert is_refused(client.get(address))
    assert is_refused(client.post(address, {"approve": "1"}))
    for tab in ("decide", "decided", "coming"):
        text = client.get(reverse("toolkit_events:index"), {"show": tab}).content.decode()
        assert "Vigil at the hall" not in text and "who@example.org" not in text
    assert "Vigil at the hall" not in client.get("/admin/").content.decode()
    for action in (
        ApproveRegistration(submission, user=user),
        RefuseRegistration(submission, "No", user=user),
    ):
        with pytest.raises(NotAllowed):
            action.execute()


def test_it_waits_on_the_home_of_who_decides(client, network, sent):
    client.force_login(network.editor)
    assert "Vigil at the hall" in client.get("/admin/").content.decode()


def test_the_link_changes_what_waits(network, reader, sent):
    submission, link = sent
    assert 'value="Vigil at the hall"' in reader.get(link).content.decode()
    reader.post(link, short_form(title="Vigil, later"))
    submission.refresh_from_db()
    assert submission.title == "Vigil, later" and submission.change is None


def test_a_change_of_what_is_published_waits_again(client, network, reader, sent, html):
    submission, link = sent
    decide(client, network, submission, approve="1")
    # What a person of the site mended meanwhile stays.
    event = EventPage.objects.get()
    event.access = "Two ramps."
    event.save_revision().publish()
    reader.post(link, short_form(title="Vigil, new place", venue="Library"))
    assert "Vigil at the hall" in html("/events/vigil-at-the-hall/")
    screen = client.get(reverse("toolkit_events:submission", args=[submission.pk])).content.decode()
    assert "Library" in screen and "Vigil, new place" in screen
    decide(client, network, submission, approve="1")
    event.refresh_from_db()
    assert (event.title, event.venue, event.access) == ("Vigil, new place", "Library", "Two ramps.")


def test_a_refused_change_leaves_the_event(client, network, reader, sent):
    submission, link = sent
    decide(client, network, submission, approve="1")
    reader.post(link, short_form(title="Changed"))
    decide(client, network, submission, refuse="1", reason="Not this.")
    submission.refresh_from_db()
    assert (submission.state, submission.change) == ("approved", None)
    assert EventPage.objects.get().title == "Vigil at the hall"
    assert "stays published" in mail.outbox[-1].body
    assert reader.get(link).status_code == 200


def test_withdrawing_before_and_after(client, network, reader, sent, html):
    submission, link = sent
    assert reader.post(link, {"withdraw": "1"}).status_code == 422
    decide(client, network, submission, approve="1")
    assert reader.post(link, {"withdraw": "1", "sure": "on"}).status_code == 200
    submission.refresh_from_db()
    assert submission.state == "withdrawn"
    assert EventPage.objects.get().is_cancelled
    assert "Withdrawn by its organiser." in html("/events/vigil-at-the-hall/")
    assert reader.get(link).status_code == 404


def test_links_that_are_made_up_cut_old_or_of_another_site_open_nothing(network, reader, sent):
    _submission, link = sent
    other = Client(headers={"host": "bravo.test"})
    made = f"/events/register/change/?key={tokens.new_edit_token()}"
    for address in (link[:-3], made, "/events/register/change/"):
        assert reader.get(address).status_code == 404
    assert other.get(link).status_code == 404
    EventSubmission.objects.update(token_expires=timezone.now() - datetime.timedelta(minutes=1))
    assert reader.get(link).status_code == 404


def test_addresses_are_forgotten_when_they_are_no_longer_needed(network, reader, sent, capsys):
    submission, link = sent

    def still(**fields):
        EventSubmission.objects.filter(pk=submission.pk).update(
            **{"email": "who@example.org", "token": submission.token, **fields}
        )
        call_command("forget_submitters")
        return EventSubmission.objects.get(pk=submission.pk)

    today = timezone.now().date()
    week, month = datetime.timedelta(days=8), datetime.timedelta(days=31)
    assert still().email
    assert still(last_day=today - datetime.timedelta(days=29)).email
    assert still(last_day=today, state="refused", decided_at=timezone.now()).email
    for fields in (
        {"last_day": today, "state": "refused", "decided_at": timezone.now() - week},
        {"state": "withdrawn", "decided_at": timezone.now() - week},
        {"state": "approved", "last_day": today - month},
    ):
        found = still(**fields)
        assert (found.email, found.token) == ("", "")
    assert reader.get(link).status_code == 404


def test_no_address_of_a_reader_is_stored(network, reader, sent):
    fields = {field.name for field in EventSubmission._meta.get_fields()}
    assert not {name for name in fields if name == "ip" or "address" in name or "agent" in name}
    assert "127.0.0.1" not in str(EventSubmission.objects.values().get())


def test_national_decides_about_its_own(client, network):
    day = factories.event(network.national, "Day", slug="day", kind="day_of_action", days=20)
    reader = Client(headers={"host": "national.test"})
    form = reader.get(f"{FORM}?day={day.translation_key}").context["form"]
    assert str(form["day_of_action"].value()) == str(day.translation_key)
    reader.post(FORM, filled(network.national, day_of_action=str(day.translation_key)))
    submission = EventSubmission.objects.get()
    assert submission.owner is None
    client.force_login(network.editor)
    assert is_refused(client.get(reverse("toolkit_events:submission", args=[submission.pk])))
    client.force_login(network.staff)
    client.post(reverse("toolkit_events:submission", args=[submission.pk]), {"approve": "1"})
    assert EventPage.objects.get(title="Vigil at the hall").day_of_action == day.translation_key
