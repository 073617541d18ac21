"""The screens ask the database as often for many as for few."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from editions.models import Adoption, Release
from tests.editions.network import Network, paragraph
from tests.editions.people import editor_of, sender

pytestmark = pytest.mark.django_db


def body(blocks: int, words: str = "Words") -> list:
    return [paragraph(f"b{number}", f"{words} {number}.") for number in range(blocks)]


def statements(client, url: str) -> int:
    """After a first visit, so that what Wagtail caches (the roots of all sites) does not count."""
    Site.clear_site_root_paths_cache()
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def network_of(sites: int, blocks: int = 4, chapters: int = 2) -> Network:
    """Each site has two conflicts per chapter, and adapted blocks."""
    network = Network(sites=sites, chapters=chapters, body=body(blocks))
    network.adopt()
    for chapter in network.chapters:
        for site in network.sites:
            network.edit(site, chapter, body={f"b{number}": f"Ours {number}." for number in range(blocks)})
        theirs = {f"b{number}": f"Theirs {number}." for number in range(blocks)}
        network.send(network.change(chapter, body=theirs))
    return network


SIZES = [{"sites": 1, "blocks": 2, "chapters": 1}, {"sites": 3, "blocks": 9, "chapters": 3}]


def measured(client, login, urls) -> list[dict[str, int]]:
    """Statements of each address in a small and in a larger network. Each network replaces the one before."""
    found = []
    for size in SIZES:
        point = transaction.savepoint()
        network = network_of(**size)
        client.force_login(login(network))
        found.append({name: statements(client, url(network)) for name, url in urls.items()})
        transaction.savepoint_rollback(point)
    return found


def test_an_affiliates_screens(client):
    def edition(network):
        return network.edition(network.sites[0], network.chapters[0])

    small, large = measured(
        client,
        lambda network: editor_of(network.sites[0]),
        {
            "editor": lambda network: reverse("wagtailadmin_pages:edit", args=[edition(network).page_id]),
            "review": lambda network: reverse("editions:review", args=[edition(network).pk]),
            "updates": lambda network: reverse("editions:updates"),
            "changed": lambda network: reverse("editions:updates") + "?show=changed",
            "home": lambda network: reverse("wagtailadmin_home"),
            "toolkits": lambda network: reverse("editions:toolkits"),
            "adoption": lambda network: reverse(
                "editions:adoption", args=[Adoption.objects.get(site=network.sites[0]).pk]
            ),
        },
    )
    assert small == large


def test_national_screens(client):
    def plan(network):
        return f"{reverse('editions:plan')}?page={network.chapters[0].pk}&to=all"

    def unsent(network):
        for chapter in network.chapters:
            network.change(chapter, title="Renamed")
        return reverse("wagtailadmin_home")

    small, large = measured(
        client,
        sender,
        {
            "editor": lambda network: reverse("wagtailadmin_pages:edit", args=[network.chapters[0].pk]),
            "plan": plan,
            "release": lambda network: reverse("editions:release", args=[newest_release().pk]),
            "progress": lambda network: reverse("editions:release_progress", args=[newest_release().pk]),
            "releases": lambda network: reverse("editions:releases"),
            "send": lambda network: reverse("editions:send"),
            "home": unsent,
        },
    )
    assert small == large


def newest_release():
    return Release.objects.first()
