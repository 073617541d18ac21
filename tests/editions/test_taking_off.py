"""National unpublishes or deletes a page: untouched editions go off line with the release, adapted ones ask."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from editions.actions.apply import ApplyRelease
from editions.actions.bring_back import BringBack
from editions.actions.errors import EditionError
from editions.actions.send import Send, send_now
from editions.actions.stop_following import StopFollowing
from editions.actions.undo import UndoRelease
from editions.actions.updates import AcceptUpdates, Hold, LiftHold
from editions.actions.withdraw import WithdrawPage
from editions.models import Adoption, Conflict, Edition, Version
from editions.unsent import count_unsent, taken_off
from tests.editions.network import Network, texts
from tests.editions.people import editor_of, sender, writer_of
from tests.editions.test_costs import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    network = Network(sites=3)
    network.adopt()
    return network


def unpublish(page) -> int:
    Page.objects.get(pk=page.pk).specific.unpublish()
    return page.pk


def send_gone(network, *sources, **kwargs):
    return send_now([], network.sites, gone=sources, **kwargs)


def live(network, page) -> list[bool]:
    return [network.local(site, page).live for site in network.sites]


def outcomes(release) -> dict:
    return dict(release.updates.values_list("site__site_name", "outcome"))


def test_untouched_ones_go_off_adapted_ones_ask_and_publishing_brings_all_back(network):
    one, two, _three = network.sites
    chapter = network.chapters[0]
    network.edit(one, chapter, body={"b": "Ours."})
    assert count_unsent() == 0
    unpublish(chapter)
    assert [version.source_id for version in taken_off()] == [chapter.pk]
    (plan,) = Send([], network.sites, gone=[chapter.pk]).plan()
    assert plan.counts() == {"conflict": 1, "off": 2}
    assert live(network, chapter) == [True] * 3
    release = send_gone(network, chapter.pk)
    assert outcomes(release) == {"Place 0": "conflict", "Place 1": "off", "Place 2": "off"}
    assert live(network, chapter) == [True, False, False]
    assert Conflict.objects.open().get().about_page
    assert count_unsent() == 0
    assert PageLogEntry.objects.filter(action="editions.off").count() == 2
    # The same again changes nothing.
    assert set(outcomes(send_gone(network, chapter.pk)).values()) == {"skipped"}
    # Published again: all that went comes back, and nothing is asked any more.
    release = network.send(network.change(chapter, body={"a": "Again."}))
    assert outcomes(release) == {"Place 0": "merged", "Place 1": "applied", "Place 2": "applied"}
    assert live(network, chapter) == [True] * 3
    assert texts(network.local(one, chapter))[:2] == ["Again.", "Ours."]
    assert not Conflict.objects.open().exists()
    assert not Edition.objects.filter(taken_off=True).exists()
    assert not network.local(two, chapter).has_unpublished_changes


def test_what_was_off_line_here_stays_so_and_what_was_deleted_nationally_is_told_by_its_versions(network):
    one, two, three = network.sites
    chapter, other = network.chapters
    network.local(one, chapter).unpublish()
    network.local(two, chapter).delete()
    number = Version.objects.of(chapter).first().number
    pk = chapter.pk
    Page.objects.get(pk=pk).delete()
    assert [version.title for version in taken_off()] == ["Chapter 1"]
    release = send_gone(network, pk)
    assert outcomes(release) == {"Place 0": "off", "Place 1": "hidden", "Place 2": "off"}
    assert not Edition.objects.get(site=one, source_id=pk).taken_off
    assert Edition.objects.get(site=three, source_id=pk).taken_off
    assert Version.objects.filter(source_id=pk, gone=True, number=number + 1).exists()
    assert PageLogEntry.objects.filter(page=network.home.pk, action="editions.send").exists()
    with pytest.raises(EditionError):
        BringBack(Edition.objects.get(site=two, source_id=pk)).execute()
    # Taking the release back puts it on line where it went off.
    ApplyRelease(UndoRelease(release).execute()).execute()
    assert [Edition.objects.get(site=site, source_id=pk).page.live for site in (one, three)] == [False, True]
    assert count_unsent() == 1
    for wrong in (other.pk, 999999):
        with pytest.raises(EditionError):
            Send([], network.sites, gone=[wrong]).plan()


def test_held_and_asking_ones_wait(network):
    one, two, _three = network.sites
    chapter = network.chapters[0]
    Hold(network.edition(one, chapter)).execute()
    Adoption.objects.filter(site=two).update(ask_first=True)
    send_gone(network, unpublish(chapter))
    assert live(network, chapter) == [True, True, False]
    LiftHold(network.edition(one, chapter)).execute()
    AcceptUpdates([network.edition(two, chapter)]).execute()
    assert live(network, chapter) == [False] * 3


def test_an_affiliate_keeps_it_or_takes_it_off_and_can_take_that_back(client, network):
    one, two, _three = network.sites
    chapter = network.chapters[0]
    for site in (one, two):
        network.edit(site, chapter, body={"b": "Ours."})
    send_gone(network, unpublish(chapter))
    conflict = Conflict.objects.open().get(edition__site=one)
    url = reverse("editions:review", args=[conflict.edition_id])
    client.force_login(writer_of(one))
    client.post(url, {f"choice_{conflict.pk}": "take", "draft": "1"})
    assert live(network, chapter) == [True, True, False]
    client.force_login(editor_of(one))
    page = network.local(one, chapter)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "National has taken this page off" in html
    html = client.get(url).content.decode()
    assert "Take it off line too" in html and "The whole page" in html
    html = client.post(url, {f"choice_{conflict.pk}": "take", "draft": "1"}).content.decode()
    assert "cannot be taken off line as a draft" in html
    client.post(
        reverse("editions:review_preview", args=[conflict.edition_id]), {f"choice_{conflict.pk}": "take"}
    )
    client.post(url, {f"choice_{conflict.pk}": "take", "publish": "1"})
    assert live(network, chapter) == [False, True, False]
    assert "taken off by national" in client.get(url).content.decode()
    client.post(reverse("editions:reopen", args=[conflict.edition_id, conflict.pk]))
    assert live(network, chapter) == [True, True, False]
    client.post(url, {f"choice_{conflict.pk}": "keep", "publish": "1"})
    assert live(network, chapter) == [True, True, False]
    assert list(Conflict.objects.open().values_list("edition__site", flat=True)) == [two.pk]


def test_a_question_about_words_stays_open_beside_that_about_the_page(network):
    one, _two, _three = network.sites
    chapter = network.chapters[0]
    network.edit(one, chapter, body={"b": "Ours."})
    network.send(network.change(chapter, body={"b": "National's."}))
    send_gone(network, unpublish(chapter))
    assert Conflict.objects.open().count() == 2
    network.send(network.change(chapter, title="Back"))
    assert Conflict.objects.open().get().place == ("body", "b")


def test_staff_send_it_from_the_list(client, network, django_capture_on_commit_callbacks):
    client.force_login(sender(network))
    chapter, other = network.chapters
    unpublish(chapter)
    assert "1 published change not sent" in client.get(reverse("wagtailadmin_home")).content.decode()
    html = client.get(reverse("wagtailadmin_pages:edit", args=[chapter.pk])).content.decode()
    assert "Still on the sites of affiliates" in html
    html = client.get(reverse("editions:send")).content.decode()
    assert f'name="gone" value="{chapter.pk}"' in html
    data = {"gone": chapter.pk, "to": "all"}
    html = client.post(reverse("editions:plan"), data).content.decode()
    assert "3 going off line" in html
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("editions:plan"), data | {"confirm": "1"})
    assert "taken off line" in client.get(response.url).content.decode()
    assert live(network, chapter) == [False] * 3
    # What is withdrawn is off everywhere already.
    WithdrawPage(other, "The law changed.").execute()
    assert taken_off() == []


def test_adopting_begins_with_no_page_that_is_gone(network):
    chapter = network.chapters[0]
    send_gone(network, unpublish(chapter))
    late = network.sites[2]
    StopFollowing(network.edition(late, chapter).adoption).execute()
    network.change(chapter, title="Published, not sent")
    network.adopt(late)
    edition = network.edition(late, chapter)
    assert not edition.base.gone
    assert edition.page.title == "Published, not sent"


def test_taking_off_costs_the_same_for_any_number():
    def cost(sites):
        network = Network(sites=sites, chapters=1)
        network.adopt()
        source = unpublish(network.chapters[0])
        send = Send([], network.sites, gone=[source])
        counts = [statements(send.plan), statements(ApplyRelease(send.execute()).execute)]
        back = Send([network.change(network.chapters[0], title="Back")], network.sites).execute()
        return [*counts, statements(ApplyRelease(back).execute)]

    cost(2)
    assert cost(3) == cost(12)
