"""The e-mail about what waits: to whom, in which language, and once."""

import pytest
from django.core import mail
from django.core.management import call_command
from wagtail.users.models import UserProfile

from editions.access import recipients_of
from editions.digest import send_digests
from editions.models import Adoption, Conflict, Update
from editions.tasks import apply_release
from tests.editions.network import Network
from tests.editions.people import editor_of, person, sender, writer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    network = Network()
    network.adopt()
    return network


def ask(network, site):
    Adoption.objects.filter(site=site).update(ask_first=True)
    return network.send(
        network.change(network.chapters[0], body={"a": "New."}), title="Spring", note="Why so"
    )


def test_the_people_of_one_site(network, admin_user):
    site, other = network.sites
    editor = editor_of(site)
    editor_of(other, "other")
    writer_of(site)
    sender(network)
    person("mute", pages=[site.root_page]).__class__.objects.filter(username="mute").update(email="")
    person("gone", pages=[site.root_page], is_active=False)
    assert list(recipients_of(site)) == [editor]


def test_one_message_for_all_that_waits_and_never_again(network):
    site = network.sites[0]
    editor_of(site, first_name="Ana")
    network.edit(site, network.chapters[1], body={"b": "Our two."})
    network.send(network.change(network.chapters[1], body={"b": "National two."}))
    ask(network, site)
    assert send_digests() == 1
    (message,) = mail.outbox
    assert message.to == ["editor@example.org"]
    assert message.subject == "Place 0: 2 pages wait for you"
    assert message.body.startswith("Hello Ana,")
    assert message.body.index("Chapter 2") < message.body.index("Chapter 1")
    assert "Why so" in message.body
    assert "http://" in message.body
    assert "\n\n\n" not in message.body
    assert send_digests() == 0
    assert len(mail.outbox) == 1
    call_command("send_digests")
    assert len(mail.outbox) == 1


def test_nothing_waits_nothing_is_sent(network):
    editor_of(network.sites[0])
    network.send(network.change(network.chapters[0], body={"a": "New."}))
    assert send_digests() == 0
    assert not mail.outbox
    assert not Update.objects.exclude(notified_at=None).exists()


def test_what_was_settled_meanwhile_is_not_told(network):
    site = network.sites[0]
    editor_of(site)
    network.edit(site, network.chapters[0], body={"b": "Our two."})
    network.send(network.change(network.chapters[0], body={"b": "National two."}))
    Conflict.objects.update(settled_at="2026-01-01T00:00Z", decision="keep")
    assert send_digests() == 0


def test_in_the_language_of_the_reader_and_only_if_wanted(network):
    site = network.sites[0]
    spanish, silent = editor_of(site, "spanish"), editor_of(site, "silent")
    UserProfile.objects.create(user=spanish, preferred_language="es")
    UserProfile.objects.create(user=silent, submitted_notifications=False)
    ask(network, site)
    assert send_digests() == 1
    assert mail.outbox[0].to == ["spanish@example.org"]


def test_a_release_tells_by_itself(network):
    site = network.sites[0]
    editor_of(site)
    Adoption.objects.filter(site=site).update(ask_first=True)
    from editions.actions.send import Send

    release = Send([network.change(network.chapters[0], title="Renamed")], network.sites).execute()
    apply_release.enqueue(release.pk)
    assert len(mail.outbox) == 1
