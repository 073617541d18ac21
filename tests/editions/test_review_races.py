"""What happens when two of them are at it at once. On PostgreSQL only: SQLite lets one write at a time."""

import threading
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.db import connection
from wagtail.models import Page

from editions.actions import adopt as adopting
from editions.actions import apply as applying
from editions.actions.adopt import Adopt
from editions.actions.apply import ApplyRelease
from editions.actions.send import Send
from editions.actions.updates import Hold, LiftHold
from editions.models import Release
from tests.editions.network import Network, texts

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs row locks"),
]


@contextmanager
def meanwhile(target, seconds=1.5):
    """Another process begins ``target``; the body of the block goes on once it waits for a lock, or is done."""
    errors = []

    def work():
        try:
            target()
        except Exception as error:  # noqa: BLE001 (seen by the test)
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(seconds)
    yield
    thread.join(30)
    assert not thread.is_alive() and not errors, errors


class Pause:
    """Stops a function's callers at its end until somebody says ``go``."""

    def __init__(self, function):
        self.function, self.reached, self.go = function, threading.Event(), threading.Event()

    def __call__(self, *args, **kwargs):
        result = self.function(*args, **kwargs)
        if not self.reached.is_set():
            self.reached.set()
            self.go.wait(20)
        return result


def run_to(pause, target):
    """Begin ``target`` in another process and return when it has come to the pause."""
    errors = []

    def work():
        try:
            target()
        except Exception as error:  # noqa: BLE001 (seen by the test)
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    assert pause.reached.wait(20), errors

    def finish():
        pause.go.set()
        thread.join(30)
        assert not thread.is_alive() and not errors, errors

    return finish


@pytest.fixture
def network():
    network = Network()
    network.adopt()
    return network


def apply(release):
    ApplyRelease(Release.objects.get(pk=release.pk)).execute()


def test_two_releases_of_one_page_at_once_both_arrive(network):
    older = Send([network.change(network.chapters[0], body={"a": "Second."})], network.sites).execute()
    newer = Send([network.change(network.chapters[0], body={"a": "Third."})], network.sites).execute()
    pause = Pause(applying.write_steps)
    with patch.object(applying, "write_steps", pause):
        finish = run_to(pause, lambda: apply(older))
        with meanwhile(lambda: apply(newer)):
            finish()
    assert set(newer.updates.values_list("outcome", flat=True)) == {"applied"}
    for site in network.sites:
        assert texts(network.local(site, network.chapters[0]))[0] == "Third."


def test_an_editor_who_saves_during_a_batch_loses_neither_side(network):
    site = network.sites[0]
    page = network.local(site, network.chapters[0])
    release = Send([network.change(network.chapters[0], body={"a": "National."})], network.sites).execute()
    pause = Pause(applying.write_steps)
    with patch.object(applying, "write_steps", pause):
        finish = run_to(pause, lambda: apply(release))
        with meanwhile(lambda: network.publish(page, body={"b": "Ours."})):
            finish()
    assert texts(network.local(site, network.chapters[0])) == ["National.", "Ours.", "Three."]


def test_a_page_deleted_during_a_batch_is_hidden(network):
    site = network.sites[0]
    page = network.local(site, network.chapters[0])
    release = Send([network.change(network.chapters[0], body={"a": "National."})], network.sites).execute()
    pause = Pause(applying.write_steps)
    with patch.object(applying, "write_steps", pause):
        finish = run_to(pause, lambda: apply(release))
        with meanwhile(page.delete):
            finish()
    release.refresh_from_db()
    assert release.state == Release.State.DONE
    assert network.edition(site, network.chapters[0]).is_hidden


def test_a_page_moved_during_a_batch_stays_where_it_was_put(network):
    site = network.sites[0]
    page, above = (network.local(site, each) for each in network.chapters)
    release = Send([network.change(network.chapters[0], body={"a": "National."})], network.sites).execute()
    pause = Pause(applying.write_steps)
    with patch.object(applying, "write_steps", pause):
        finish = run_to(pause, lambda: apply(release))
        with meanwhile(lambda: page.move(above, pos="last-child")):
            finish()
    page = network.local(site, network.chapters[0])
    assert texts(page)[0] == "National."
    assert page.url_path == f"{above.url_path}chapter-1/"
    assert not any(Page.find_problems())


@pytest.mark.parametrize("moves", [False, True])
def test_a_page_renamed_or_moved_by_a_batch_while_it_is_moved_here_has_the_address_of_its_place(
    network, moves
):
    """Wagtail works out the new address before it waits for the release."""
    site = network.sites[0]
    chapter, other = network.chapters
    deep = network.add(chapter, "Deep", [])
    network.send(deep)
    page, above = (network.local(site, each) for each in network.chapters)
    if moves:
        Page.objects.get(pk=chapter.pk).move(Page.objects.get(pk=other.pk), pos="last-child")
        target, pos = Page.objects.get(pk=site.root_page_id), "last-child"
    else:
        target, pos = above, "last-child"
    release = Send([network.change(chapter, slug="a-longer-address")], network.sites).execute()
    pause = Pause(applying.write_steps)
    with patch.object(applying, "write_steps", pause):
        finish = run_to(pause, lambda: apply(release))
        with meanwhile(lambda: page.move(target, pos=pos)):
            finish()
    page = network.local(site, chapter)
    assert page.slug == "a-longer-address"
    assert page.url_path == f"{page.get_parent().url_path}a-longer-address/"
    assert network.local(site, deep).url_path == f"{page.url_path}deep/"
    assert not any(Page.find_problems())


def test_an_update_sent_while_a_hold_on_the_toolkit_is_lifted_arrives(network):
    site = network.sites[0]
    adoption = network.edition(site, network.chapters[0]).adoption
    Hold(adoption).execute()
    release = Send([network.change(network.chapters[0], body={"a": "Second."})], network.sites).execute()
    pause = Pause(applying.rows_of)
    with patch.object(applying, "rows_of", pause):
        finish = run_to(pause, lambda: apply(release))
        with meanwhile(lambda: LiftHold(adoption).execute()):
            finish()
    assert texts(network.local(site, network.chapters[0]))[0] == "Second."


def test_two_who_adopt_a_toolkit_that_was_never_sent_at_once_share_its_first_version():
    network = Network(sites=2)
    pause = Pause(adopting.make_version)
    with patch.object(adopting, "make_version", pause):
        finish = run_to(pause, lambda: network.adopt(network.sites[0]))
        with meanwhile(lambda: network.adopt(network.sites[1])):
            finish()
    first, second = (network.edition(site, network.toolkit) for site in network.sites)
    assert first.base == second.base


def test_who_adopts_while_a_release_is_sent_gets_it():
    network = Network(sites=2)
    network.adopt(network.sites[0])
    late = network.sites[1]
    pause = Pause(adopting.newest_versions)
    with patch.object(adopting, "newest_versions", pause):
        finish = run_to(pause, lambda: Adopt(network.toolkit, late).execute())
        release = Send([network.change(network.chapters[0], body={"a": "Second."})], network.sites).execute()
        with meanwhile(lambda: apply(release)):
            finish()
    assert texts(network.local(late, network.chapters[0]))[0] == "Second."
    assert not network.edition(late, network.chapters[0]).is_behind


def test_two_releases_of_one_new_page_at_once_add_it_once(network):
    new = network.add(network.toolkit, "Another", [])
    older = Send([new], network.sites).execute()
    newer = Send([network.change(new, title="Another one")], network.sites).execute()
    pause = Pause(applying.add_editions)
    with patch.object(applying, "add_editions", pause):
        finish = run_to(pause, lambda: apply(older))
        with meanwhile(lambda: apply(newer)):
            finish()
    newer.refresh_from_db()
    assert newer.state == Release.State.DONE
    for site in network.sites:
        assert network.local(site, new).title == "Another one"


def test_a_toolkit_deleted_while_a_chapter_is_added_stops_nothing(network):
    site = network.sites[0]
    toolkit = network.local(site, network.toolkit)
    release = Send([network.add(network.toolkit, "Another", [])], network.sites).execute()
    pause = Pause(applying.places_for)
    with patch.object(applying, "places_for", pause):
        finish = run_to(pause, lambda: apply(release))
        with meanwhile(toolkit.delete):
            finish()
    release.refresh_from_db()
    assert release.state == Release.State.DONE
    assert set(release.updates.values_list("site_id", "outcome")) == {
        (site.pk, "skipped"),
        (network.sites[1].pk, "added"),
    }
