"""A release is taken back by the same merge, everywhere or for one affiliate; one is scheduled, and cancelled."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from editions.actions.apply import ApplyRelease
from editions.actions.errors import EditionError
from editions.actions.send import Send, send_now
from editions.actions.undo import UndoRelease
from editions.models import Adoption, Conflict, Edition, Release, Update, Version
from tests.editions.network import Network, texts
from tests.editions.people import editor_of, person, sender
from tests.editions.test_costs import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    network = Network(sites=3)
    network.adopt(*network.sites[:2])
    return network


def undo(release, sites=None, **kwargs) -> Release:
    return ApplyRelease(UndoRelease(release, sites, **kwargs).execute()).execute()


def test_everything_goes_back_and_local_words_stand(network):
    one, two, late = network.sites
    chapter = network.chapters[0]
    network.edit(one, chapter, body={"b": "Our two."})
    before = texts(network.local(one, chapter)), texts(network.local(two, chapter))
    release = network.send(network.change(chapter, body={"a": "Wrong."}, title="Wrong title"))
    plan = UndoRelease(release).plan()[0]
    assert plan.counts() == {"merged": 1, "applied": 1, "skipped": 1}
    undoing = undo(release, note="It was wrong.")
    assert (texts(network.local(one, chapter)), texts(network.local(two, chapter))) == before
    assert network.local(two, chapter).title == "Chapter 1"
    assert (undoing.undoes, undoing.note, undoing.state) == (release, "It was wrong.", "done")
    assert dict(undoing.updates.values_list("site__site_name", "outcome")) == {
        "Place 0": "merged",
        "Place 1": "applied",
        "Place 2": "skipped",
    }
    assert PageLogEntry.objects.filter(page=chapter.pk, action="editions.undo").exists()
    # Who adopts now begins with what is in force; who follows is not behind.
    network.adopt(late)
    assert texts(network.local(late, chapter))[0] == "One."
    assert not Edition.objects.behind().exists()
    # The same again changes nothing, and says so.
    with pytest.raises(EditionError):
        UndoRelease(release).execute()
    with pytest.raises(EditionError):
        UndoRelease(undoing).execute()
    # It can be sent again.
    network.send(network.change(chapter))
    assert [texts(network.local(site, chapter))[0] for site in network.sites] == ["Wrong."] * 3
    assert texts(network.local(one, chapter))[1] == "Our two."


def test_for_one_affiliate_the_others_keep_it(network):
    one, two, late = network.sites
    chapter = network.chapters[0]
    release = network.send(network.change(chapter, body={"a": "New."}))
    undo(release, [one])
    assert texts(network.local(one, chapter))[0] == "One."
    assert texts(network.local(two, chapter))[0] == "New."
    network.adopt(late)
    assert texts(network.local(late, chapter))[0] == "New."
    undo(release)
    assert texts(network.local(two, chapter))[0] == "One."


def test_what_came_since_what_waits_and_what_both_changed(network):
    one, two, _late = network.sites
    first, second = network.chapters
    Adoption.objects.filter(site=two).update(ask_first=True)
    release = network.send(
        network.change(first, body={"a": "New."}), network.change(second, body={"a": "New."})
    )
    assert texts(network.local(two, first))[0] == "One."
    network.edit(one, first, body={"a": "Ours since."})
    network.send(network.change(second, body={"b": "Newer."}))
    undo(release)
    # Changed here after it came: asked, and theirs stands until then.
    assert texts(network.local(one, first))[0] == "Ours since."
    assert Conflict.objects.open().get().national["value"] == "<p>One.</p>"
    # Something newer was sent: left alone.
    assert texts(network.local(one, second))[:2] == ["New.", "Newer."]
    # It had not arrived: it does not wait any more.
    assert not network.edition(two, first).is_behind
    assert network.edition(two, second).is_behind
    assert (
        Update.objects.filter(
            release__undoes=release, outcome="skipped", version__source_id=second.pk
        ).count()
        == 3
    )


def test_a_page_that_was_new_stays(network):
    new = network.add(network.toolkit, "Another", [])
    release = network.send(new)
    with pytest.raises(EditionError):
        UndoRelease(release).execute()
    both = send_now([new, network.change(network.chapters[0], title="X")], network.sites)
    assert UndoRelease(both).added == [Version.objects.get(source_id=new.pk)]
    undo(both)
    assert network.local(network.sites[0], new).live


def test_scheduled_words_are_fixed_and_go_out_at_their_time(network, client):
    one, _two, late = network.sites
    chapter = network.change(network.chapters[0], body={"a": "For Monday."})
    at = timezone.now() + timedelta(days=1)
    release = Send([chapter], network.sites, at=at).execute()
    assert (release.state, release.send_at) == ("scheduled", at)
    call_command("resume_releases", verbosity=0)
    ApplyRelease(release).execute()
    assert texts(network.local(one, chapter))[0] == "One."
    client.force_login(sender(network))
    assert "Everything published has been sent." in client.get(reverse("wagtailadmin_home")).content.decode()
    network.adopt(late)
    assert texts(network.local(late, chapter))[0] == "One."
    network.change(chapter, body={"b": "Not for Monday."})
    Release.objects.filter(pk=release.pk).update(send_at=timezone.now())
    call_command("resume_releases", verbosity=0)
    release.refresh_from_db()
    assert release.state == "done"
    assert [texts(network.local(site, chapter))[:2] for site in network.sites] == [
        ["For Monday.", "Two."]
    ] * 3


def test_staff_schedule_cancel_and_take_back_in_the_admin(
    client, network, django_capture_on_commit_callbacks
):
    client.force_login(sender(network))
    chapter = network.change(network.chapters[0], body={"a": "New."})
    data = {"page": chapter.pk, "to": "all", "title": "Monday", "confirm": "1", "when": "later"}
    html = client.post(reverse("editions:plan"), data | {"at": "2001-01-01 10:00"}).content.decode()
    assert "Choose a time in the future" in html
    assert not Release.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("editions:plan"), data | {"at": "2999-01-01 10:00"})
    release = Release.objects.get()
    html = client.get(response.url).content.decode()
    assert "Goes out on Jan. 1, 2999" in html
    assert "goes out" in client.get(reverse("editions:releases")).content.decode()
    client.post(reverse("editions:release_cancel", args=[release.pk]))
    release.refresh_from_db()
    assert release.state == "cancelled"
    assert "Cancelled before it was sent" in client.get(response.url).content.decode()
    client.post(reverse("editions:release_cancel", args=[release.pk]))
    assert PageLogEntry.objects.filter(action="editions.cancel").count() == 1
    Release.objects.filter(pk=release.pk).update(send_at=timezone.now())
    ApplyRelease(release).execute()
    assert texts(network.local(network.sites[0], chapter))[0] == "One."
    assert "1 published change not sent" in client.get(reverse("wagtailadmin_home")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("editions:plan"), data | {"when": "now"})
    release = Release.objects.latest("pk")
    assert texts(network.local(network.sites[0], chapter))[0] == "New."
    undo_url = reverse("editions:release_undo", args=[release.pk])
    assert undo_url in client.get(reverse("editions:release", args=[release.pk])).content.decode()
    html = client.get(undo_url, {"site": network.sites[1].pk}).content.decode()
    assert "back to version 1" in html
    assert "1 changing at once" in html
    assert client.get(undo_url, {"site": "999999"}).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        client.post(undo_url, {"site": network.sites[1].pk, "note": "Oops", "confirm": "1"})
    assert texts(network.local(network.sites[0], chapter))[0] == "New."
    assert texts(network.local(network.sites[1], chapter))[0] == "One."
    html = client.get(reverse("editions:release", args=[release.pk])).content.decode()
    assert "Taken back on" in html


def test_who_may_not(client, network):
    chapter = network.change(network.chapters[0], title="New")
    done = network.send(chapter)
    later = Send([chapter], network.sites, at=timezone.now() + timedelta(days=1)).execute()
    urls = [
        ("get", reverse("editions:release_undo", args=[done.pk])),
        ("post", reverse("editions:release_undo", args=[done.pk])),
        ("post", reverse("editions:release_cancel", args=[later.pk])),
    ]
    for user in (editor_of(network.sites[0]), person("national", pages=[network.root])):
        client.force_login(user)
        for method, url in urls:
            assert getattr(client, method)(url, {"confirm": "1"}).status_code == 302
        assert set(Release.objects.values_list("state", flat=True)) == {"done", "scheduled"}
        assert network.local(network.sites[0], chapter).title == "New"


def test_taking_back_costs_the_same_for_any_number():
    def cost(sites):
        network = Network(sites=sites, chapters=1)
        network.adopt()
        release = network.send(network.change(network.chapters[0], title="New"))
        assert statements(UndoRelease(release).plan) < 60
        return statements(ApplyRelease(UndoRelease(release).execute()).execute)

    cost(2)
    assert cost(3) == cost(12)
