"""Law 5: what a release costs does not grow with the number of untouched editions. Counted, not timed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editions.actions.adopt import Adopt
from editions.actions.apply import ApplyRelease
from editions.actions.send import Send
from tests.editions.network import BODY, Network

pytestmark = pytest.mark.django_db


def statements(act) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        act()
    return len(queries)


def network_of(sites: int, chapters: int = 1) -> Network:
    network = Network(sites=sites, chapters=chapters)
    network.adopt()
    return network


def cost_of_sending(sites: int) -> int:
    network = network_of(sites)
    chapter = network.change(network.chapters[0], body={"a": "Corrected."}, tags=["jail"])
    release = Send([chapter], network.sites).execute()
    return statements(ApplyRelease(release).execute)


def test_sending_to_untouched_editions_costs_the_same_for_any_number():
    cost_of_sending(2)  # fills caches (content types)
    assert cost_of_sending(3) == cost_of_sending(12)


def cost_of_planning(sites: int) -> int:
    network = network_of(sites)
    chapter = network.change(network.chapters[0], body={"a": "Corrected."})
    return statements(Send([chapter], network.sites).plan)


def test_planning_costs_the_same_for_any_number():
    assert cost_of_planning(3) == cost_of_planning(12)


def test_planning_for_adapted_editions_costs_the_same_for_any_number():
    def cost(sites):
        network = network_of(sites)
        for site in network.sites:
            network.edit(site, network.chapters[0], body={"b": "Ours."})
        chapter = network.change(network.chapters[0], body={"a": "Corrected.", "b": "National."})
        return statements(Send([chapter], network.sites).plan)

    assert cost(2) == cost(6)


def cost_of_adding(sites: int) -> int:
    network = network_of(sites)
    new = network.add(network.toolkit, "Another", BODY)
    release = Send([new], network.sites).execute()
    return statements(ApplyRelease(release).execute)


def test_adding_a_chapter_costs_the_same_for_any_number():
    assert cost_of_adding(3) == cost_of_adding(12)


def test_adopting_grows_by_less_than_a_copy_for_each_page():
    def cost(chapters):
        network = Network(sites=2, chapters=chapters)
        Adopt(network.toolkit, network.sites[0]).execute()
        return statements(Adopt(network.toolkit, network.sites[1]).execute)

    few, many = cost(2), cost(12)
    # Each page has words of its own, so tags, references and search are written for each; nothing else is.
    assert (many - few) / 10 <= 12, (few, many)
