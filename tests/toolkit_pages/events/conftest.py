"""A national site and two affiliates, each with an events page in English, and people in them."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache

from editions.network.roles import ensure_national_groups
from tests import factories
from tests.network.factories import AffiliateFactory, StaffFactory, UserFactory


@dataclass
class Events:
    national: Any
    a: Any
    b: Any
    editor: Any
    other: Any
    staff: Any
    home_a: Any


@pytest.fixture
def network(db):
    tree = factories.organisation("National", "national.test", languages=("en", "es"), default=True)
    ensure_national_groups()
    sites = [
        AffiliateFactory(
            name=name,
            slug=slug,
            hostname=f"{slug}.test",
            place=place,
            languages=["en", "es"],
            time_zone="America/Los_Angeles",
        )
        for name, slug, place in (("Alpha", "alpha", "Alpha County"), ("Bravo", "bravo", "Bravo County"))
    ]
    a, b = sites
    return Events(
        national=factories.events_page(tree.home),
        a=factories.events_page(a.site.root_page.specific),
        b=factories.events_page(b.site.root_page.specific),
        editor=UserFactory(of=a, username="editor-of-a"),
        other=UserFactory(of=b, username="editor-of-b"),
        staff=StaffFactory(username="staff"),
        home_a=a.site.root_page,
    )


@pytest.fixture
def get(client):
    def fetch(path, host="alpha.test", **headers):
        return client.get(path, headers={"host": host, **headers})

    return fetch


@pytest.fixture
def html(get):
    def fetch(path, host="alpha.test", status=200):
        response = get(path, host)
        assert response.status_code == status
        return response.content.decode()

    return fetch


@pytest.fixture(autouse=True)
def _no_cached_pages():
    cache.clear()
