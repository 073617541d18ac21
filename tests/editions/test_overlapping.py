"""What happens in the middle of a release: another one, an editor, a page that goes away or elsewhere.

Between two batches, on any database; within one, with row locks, in ``test_review_races``.
"""

from unittest.mock import patch

import pytest
from django.core.management import call_command
from wagtail.models import Page

from editions.actions import apply as applying
from editions.actions.send import Send
from editions.models import Conflict, Release
from tests.editions.dying import Killed
from tests.editions.network import BODY, Network, texts
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    network = Network(sites=3, chapters=2)
    network.adopt()
    return network


def half_done(network, *pages) -> Release:
    """A release that has come to the first site, in batches of one, when its worker is killed."""
    release = Send(list(pages), network.sites).execute()
    done = applying.ApplyRelease.apply_to
    calls = []

    def once(self, version, editions):
        if calls:
            raise Killed
        calls.append(version)
        return done(self, version, editions)

    with (
        patch.object(applying, "BATCH", 1),
        patch.object(applying.ApplyRelease, "apply_to", once),
        pytest.raises(Killed),
    ):
        applying.ApplyRelease(release).execute()
    assert release.updates.count() == 1
    return release


def goes_on(release) -> dict[str, str]:
    """The worker is started again. Returns outcomes by site."""
    call_command("resume_releases", verbosity=0)
    release.refresh_from_db()
    assert release.state == Release.State.DONE
    assert not any(Page.find_problems())
    return dict(release.updates.values_list("site__site_name", "outcome"))


def first_lines(network, page) -> list[str]:
    return [texts(network.local(site, page))[0] for site in network.sites]


def test_a_newer_release_overtakes_an_older_one_and_nothing_goes_back(network):
    one, two, _three = network.sites
    chapter = network.chapters[0]
    network.edit(two, chapter, body={"a": "Ours."})
    older = half_done(network, network.change(chapter, body={"a": "Second."}))
    assert first_lines(network, chapter) == ["Second.", "Ours.", "One."]
    newer = Send([network.change(chapter, body={"a": "Third."})], network.sites).execute()
    applying.ApplyRelease(newer).execute()
    assert first_lines(network, chapter) == ["Third.", "Ours.", "Third."]
    asked = Conflict.objects.open().get()
    assert goes_on(older) == {"Place 0": "applied", "Place 1": "skipped", "Place 2": "skipped"}
    assert first_lines(network, chapter) == ["Third.", "Ours.", "Third."]
    # The question is about the newest words, and what was here before both.
    assert Conflict.objects.open().get() == asked
    assert [asked.base["value"], asked.national["value"]] == ["<p>One.</p>", "<p>Third.</p>"]
    assert not network.edition(one, chapter).is_behind


def test_both_at_once_of_different_pages_leave_both(network):
    first, second = network.chapters
    older = half_done(network, network.change(first, body={"a": "Of the first."}))
    other = half_done(network, network.change(second, body={"a": "Of the second."}))
    assert set(goes_on(older).values()) == {"applied"}
    other.refresh_from_db()
    assert other.state == Release.State.DONE
    assert first_lines(network, first) == ["Of the first."] * 3
    assert first_lines(network, second) == ["Of the second."] * 3


def test_an_editor_publishes_before_and_after_it_has_come(network):
    one, two, _three = network.sites
    chapter = network.chapters[0]
    early = network.local(two, chapter).get_latest_revision_as_object()
    release = half_done(network, network.change(chapter, body={"a": "Second."}))
    network.edit(one, chapter, body={"a": "After it."})
    network.publish(early, body={"a": "Before it."})
    assert goes_on(release) == {"Place 0": "applied", "Place 1": "conflict", "Place 2": "applied"}
    assert first_lines(network, chapter) == ["After it.", "Before it.", "Second."]
    assert Conflict.objects.open().get().edition == network.edition(two, chapter)


def test_a_page_moved_meanwhile_stays_where_it_was_put_and_gets_the_words(network):
    two = network.sites[1]
    chapter, other = network.chapters
    new = network.add(chapter, "Beneath it", BODY)
    release = half_done(network, network.change(chapter, body={"a": "Second."}), new)
    network.local(two, chapter).move(network.local(two, other), pos="last-child")
    goes_on(release)
    moved = network.local(two, chapter)
    assert moved.url_path == "/affiliates/place-1/toolkit/chapter-2/chapter-1/"
    assert texts(moved)[0] == "Second."
    # What belongs beneath it is put there, wherever that is.
    assert network.local(two, new).url_path == f"{moved.url_path}beneath-it/"
    assert network.local(network.sites[2], new).url_path.endswith("/toolkit/chapter-1/beneath-it/")


def test_a_page_deleted_meanwhile_is_hidden_and_so_is_what_belongs_beneath_it(network):
    two = network.sites[1]
    chapter = network.chapters[0]
    new = network.add(chapter, "Beneath it", BODY)
    release = half_done(network, network.change(chapter, body={"a": "Second."}), new)
    network.local(two, chapter).delete()
    goes_on(release)
    outcomes = set(release.updates.filter(site=two).values_list("version__source_id", "outcome"))
    assert outcomes == {(chapter.pk, "hidden"), (new.pk, "skipped")}
    assert network.edition(two, chapter).is_hidden
    assert texts(network.local(network.sites[2], new)) == ["One.", "Two.", "Three."]


@pytest.mark.parametrize("deleted", [True, False])
def test_nationals_own_page_may_go_or_move_meanwhile(network, deleted):
    """What was sent is a version: it says all that is needed."""
    chapter, other = network.chapters
    release = half_done(network, network.change(chapter, body={"a": "Second."}))
    page = SimplePage.objects.get(pk=chapter.pk)
    if deleted:
        page.delete()
    else:
        page.move(SimplePage.objects.get(pk=other.pk), pos="last-child")
    assert set(goes_on(release).values()) == {"applied"}
    assert first_lines(network, chapter) == ["Second."] * 3
    assert network.local(network.sites[2], chapter).url_path == "/affiliates/place-2/toolkit/chapter-1/"
