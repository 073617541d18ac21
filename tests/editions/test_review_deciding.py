"""Open questions stay true while national goes on, and decisions leave nothing else undone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from editions.actions.adopt import Adopt
from editions.actions.bring_back import BringBack
from editions.actions.errors import EditionError
from editions.actions.follow import FollowAgain
from editions.actions.settle import Decision, Reopen, SettleConflicts
from editions.models import Adoption, Conflict
from tests.editions.network import Network, paragraph, texts

pytestmark = pytest.mark.django_db

TAKE = Conflict.Decision.TAKE


@pytest.fixture
def network():
    network = Network(sites=1)
    network.adopt()
    return network


@pytest.fixture
def site(network):
    return network.sites[0]


@pytest.fixture
def conflict(network, site):
    network.edit(site, network.chapters[0], body={"b": "Our two."})
    network.send(network.change(network.chapters[0], body={"b": "National two."}))
    return Conflict.objects.get()


def local(network, site):
    return network.local(site, network.chapters[0])


def settle(conflict, choice, **kwargs):
    SettleConflicts(conflict.edition.page, {conflict.pk: Decision(choice)}, **kwargs).execute()


def test_a_question_settles_itself_when_national_comes_to_say_our_words(network, site, conflict):
    network.send(network.change(network.chapters[0], body={"b": "Our two."}))
    assert not Conflict.objects.open().exists()
    assert texts(local(network, site))[1] == "Our two."


def test_a_decision_taken_back_asks_about_what_national_says_now(network, site, conflict):
    settle(conflict, TAKE)
    network.send(network.change(network.chapters[0], body={"b": "National two, later."}))
    conflict.refresh_from_db()
    Reopen(conflict).execute()
    conflict.refresh_from_db()
    assert texts(local(network, site))[1] == "Our two."
    assert conflict.national["value"] == "<p>National two, later.</p>"


def test_a_page_brought_back_asks_nothing_about_the_one_that_was_deleted(network, site, conflict):
    local(network, site).delete()
    BringBack(network.edition(site, network.chapters[0])).execute()
    assert not Conflict.objects.open().exists()


def test_what_was_here_when_following_again_can_be_taken_back(network, site, conflict):
    network.edit(site, network.chapters[0], body={"b": "Our two, better."})
    FollowAgain(local(network, site), ("body", "b")).execute()
    conflict.refresh_from_db()
    Reopen(conflict).execute()
    assert texts(local(network, site))[1] == "Our two, better."


def test_a_removed_block_whose_field_was_in_question_asks_once(network, site, conflict):
    network.send(network.change(network.chapters[0], body=[paragraph("a", "One."), paragraph("c", "Three.")]))
    assert Conflict.objects.open().get().kind == "removed-nationally-changed-locally"


def test_settling_leaves_a_scheduled_draft_scheduled(network, site, conflict):
    page = local(network, site)
    page.title = "Scheduled"
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert local(network, site).scheduled_revision is not None
    settle(conflict, TAKE)
    page = local(network, site)
    assert page.title == "Chapter 1" and texts(page)[1] == "National two."
    scheduled = page.scheduled_revision
    assert scheduled is not None
    assert scheduled.as_object().title == "Scheduled"
    assert texts(scheduled.as_object())[1] == "National two."


def test_a_part_of_a_toolkit_that_is_here_already_is_not_adopted_again(network, site):
    with pytest.raises(EditionError, match="already"):
        Adopt(network.chapters[0], site).execute()
    assert Adoption.objects.count() == 1


def test_nationals_home_is_not_adopted():
    network = Network(sites=1)
    with pytest.raises(EditionError, match="not a national toolkit"):
        Adopt(network.home, network.sites[0]).execute()
