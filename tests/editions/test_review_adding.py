"""A page that cannot be added on one site stops nothing."""

from unittest.mock import patch

import pytest

from editions.actions import apply as applying
from editions.actions.apply import ApplyRelease
from editions.actions.retry import RetryFailed
from editions.actions.send import Send
from editions.models import Release
from tests.editions.network import Network

pytestmark = pytest.mark.django_db


def test_a_page_that_cannot_be_added_on_one_site_does_not_stop_the_others():
    network = Network()
    network.adopt()
    pages = [
        network.add(network.toolkit, "Another", []),
        network.change(network.chapters[0], body={"a": "One, corrected."}),
    ]
    release = Send(pages, network.sites).execute()
    bad = network.sites[0].pk
    added = applying.add_editions

    def failing(version, places):
        if any(place.site_id == bad for place in places):
            raise ValueError("the disk is full")
        return added(version, places)

    with patch.object(applying, "add_editions", failing):
        ApplyRelease(release).execute()
    assert release.state == Release.State.DONE
    failed = release.updates.get(outcome="failed")
    assert failed.site_id == bad and "the disk is full" in failed.message
    assert release.updates.filter(outcome="added").count() == 1
    assert release.updates.filter(outcome="applied").count() == 2
    ApplyRelease(RetryFailed(release).execute()).execute()
    assert release.updates.filter(outcome="added").count() == 2
