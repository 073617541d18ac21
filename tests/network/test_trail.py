"""The log: an affiliate reads its own, national all; filters; as many statements for many entries as for few."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import log

from editions.network.actions import UpdateProfile
from editions.network.actions.people import ChangeRoles, Invite
from editions.network.models import NationalRole, Role

from .conftest import is_refused
from .factories import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_what_was_done(network, as_administrator, client):
    a, b = network.a, network.b
    UpdateProfile(a, values={("hotline", None): "555-0100"}, user=network.administrator).execute()
    Invite(a, email="ana@example.org", role="editor", user=network.administrator).execute()
    ChangeRoles(b, network.other, ["moderator"]).execute()
    Invite(None, email="nora@example.org", role="writer").execute()
    for things, person in ((network.of_a, network.editor), (network.of_b, network.other)):
        for thing in (things.chapter, things.term, things.image):
            log(thing, "wagtail.edit", user=person)
    own = reverse("network:log_of", args=[a.pk])
    assert reverse("network:log") in as_administrator.get("/admin/").content.decode()
    assert as_administrator.get(reverse("network:log"))["Location"] == own
    shown = as_administrator.get(own).content.decode()
    for words in (
        "Changed hotline",
        "Invited ana@example.org as Editor",
        "Alpha chapter",
        "Alpha term",
        "Alpha image",
    ):
        assert words in shown, words
    assert "Bravo" not in shown
    assert "nora@example.org" not in shown

    def rows(**query):
        return [row["title"] for row in as_administrator.get(own, query).context["page_obj"]]

    assert rows(action="network.invite") == ["Alpha"]
    assert set(rows(who="editor-of-a")) == {"Alpha chapter", "Alpha term", "Alpha image"}
    assert rows(since="2999-01-01") == []
    assert rows(until="2000-01-01") == []
    assert rows(since="nonsense", action="network.invite") == ["Alpha"]

    client.force_login(network.staff)
    assert client.get(reverse("network:log"))["Location"] == reverse("network:log_all")
    shown = client.get(reverse("network:log_all")).content.decode()
    for words in (
        "Bravo chapter",
        "Alpha chapter",
        "nora@example.org",
        "from Editor to Moderator",
        "the system",
    ):
        assert words in shown, words

    other = Client()
    for person, doors in (
        (network.other, [own, reverse("network:log_all"), reverse("network:log")]),
        (network.editor, [own, reverse("network:log")]),
        (UserFactory(of=a, of__role=Role.MODERATOR), [own]),
        (StaffFactory(national=NationalRole.WRITER), [own, reverse("network:log_all")]),
        (network.administrator, [reverse("network:log_all"), reverse("network:log_of", args=[b.pk])]),
    ):
        other.force_login(person)
        assert all(is_refused(other.get(address)) for address in doors)


def test_as_many_statements_for_many(network, as_administrator, client):
    def statements(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def act(number):
        for _entry in range(number):
            person = UserFactory(of=network.a)
            log(network.of_a.chapter, "wagtail.edit", user=person)
            log(network.of_a.term, "wagtail.edit", user=person)

    addresses = [reverse("network:log_of", args=[network.a.pk]), reverse("network:log_all")]
    act(1)
    client.force_login(network.staff)
    few = [statements(address) for address in addresses]
    act(20)
    assert [statements(address) for address in addresses] == few
    paged = client.get(addresses[1], {"p": 2, "action": "wagtail.edit"})
    assert paged.status_code == 200
