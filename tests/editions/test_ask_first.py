"""Where an affiliate asks first, a new page of national's waits on its site, off line, until an editor accepts it."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from editions.actions.send import Send
from editions.digest import send_digests
from editions.models import Adoption, Edition
from tests.editions.network import Network, texts
from tests.editions.people import editor_of, writer_of
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    network = Network()
    network.adopt()
    Adoption.objects.filter(site=network.sites[0]).update(ask_first=True)
    return network


def new_chapter(network) -> SimplePage:
    return network.add(network.toolkit, "Another", [{"type": "paragraph", "value": "<p>New.</p>", "id": "x"}])


@pytest.fixture
def offered(network) -> Edition:
    page = new_chapter(network)
    (plan,) = Send([page], network.sites).plan()
    assert plan.counts() == {"added": len(network.sites) - 1, "waiting": 1}
    release = network.send(page)
    outcomes = dict(release.updates.values_list("site", "outcome"))
    assert outcomes.pop(network.sites[0].pk) == "waiting"
    assert set(outcomes.values()) == {"added"}
    return network.edition(network.sites[0], page)


def test_it_is_not_read_until_it_is_accepted(client, network, offered, mailoutbox):
    assert not offered.page.live
    assert all(
        network.local(site, SimplePage.objects.get(pk=offered.source_id)).live for site in network.sites[1:]
    )
    client.force_login(editor_of(network.sites[0]))
    send_digests()
    assert "Another" in mailoutbox[0].body
    assert "new page waiting" in client.get(reverse("editions:updates")).content.decode()
    screen = client.get(reverse("editions:review", args=[offered.pk])).content.decode()
    assert "It is a new page, and not on your site yet." in screen
    client.post(reverse("editions:updates"), {"edition": [offered.pk]})
    page = SimplePage.objects.get(pk=offered.page_id)
    assert page.live and not page.has_unpublished_changes and page.first_published_at
    assert offered.updates.get().outcome == "added"
    assert not Edition.objects.waiting().filter(pk=offered.pk).exists()
    assert not any(Page.find_problems())


def test_it_may_be_changed_and_published_in_its_editor(network, offered):
    network.edit(network.sites[0], SimplePage.objects.get(pk=offered.source_id), body={"x": "Ours."})
    page = SimplePage.objects.get(pk=offered.page_id)
    assert page.live and texts(page) == ["Ours."]
    assert not Edition.objects.waiting().filter(pk=offered.pk).exists()


def test_what_national_corrects_meanwhile_comes_with_it(client, network, offered):
    national = SimplePage.objects.get(pk=offered.source_id)
    network.send(network.change(national, body={"x": "Corrected."}))
    client.force_login(editor_of(network.sites[0]))
    client.post(reverse("editions:review", args=[offered.pk]), {"accept": "1"})
    page = SimplePage.objects.get(pk=offered.page_id)
    assert page.live and texts(page) == ["Corrected."]


def test_who_may_not_publish_does_not_accept(client, network, offered):
    client.force_login(writer_of(network.sites[0]))
    client.post(reverse("editions:updates"), {"edition": [offered.pk]})
    assert not SimplePage.objects.get(pk=offered.page_id).live
    client.force_login(editor_of(network.sites[1], name="other"))
    client.post(reverse("editions:updates"), {"edition": [offered.pk]})
    assert not SimplePage.objects.get(pk=offered.page_id).live
