"""National moves and reorders its pages; editions follow with the release, unless they were moved here."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from editions.actions.apply import ApplyRelease
from editions.actions.bring_back import BringBack
from editions.actions.send import Send
from editions.actions.undo import UndoRelease
from editions.actions.updates import AcceptUpdates, Hold, LiftHold
from editions.actions.versions import make_version
from editions.models import Adoption, Edition, Version
from editions.unsent import unsent_ids
from tests.editions.network import BODY, Network, texts
from tests.editions.people import editor_of, sender, writer_of
from tests.editions.test_costs import statements
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    network = Network(sites=2, chapters=4)
    network.adopt()
    return network


def fresh(page) -> SimplePage:
    return SimplePage.objects.get(pk=page.pk)


def moved(page, target, pos="last-child") -> SimplePage:
    fresh(page).move(fresh(target), pos=pos)
    return fresh(page)


def titles(network, site, above=None) -> list[str]:
    return [page.title for page in network.local(site, above or network.toolkit).get_children()]


def unsent() -> list[str]:
    return sorted(Page.objects.filter(pk__in=unsent_ids()).values_list("title", flat=True))


def sound() -> bool:
    addresses = dict(Page.objects.values_list("path", "url_path"))
    slugs = dict(Page.objects.values_list("path", "slug"))
    below = [path for path in addresses if len(path) > 8]
    return not any(Page.find_problems()) and all(
        addresses[path] == f"{addresses[path[:-4]]}{slugs[path]}/" for path in below
    )


def undo(release):
    return ApplyRelease(UndoRelease(release).execute()).execute()


def test_an_order_is_a_change_to_send_and_arrives(network):
    site, other = network.sites
    one, two, three, four = network.chapters
    own = network.add(network.local(site, network.toolkit), "Our own", [])
    moved(own, network.local(site, two), "right")
    edited = network.edit(site, four, body={"b": "Ours."})
    assert unsent() == []
    moved(four, one, "left")
    assert unsent() == ["Chapter 4"]
    (plan,) = Send([fresh(four)], network.sites).plan()
    assert plan.counts() == {"applied": 1, "merged": 1}
    assert plan.moves == 2
    release = network.send(fresh(four))
    assert unsent() == []
    assert titles(network, site) == ["Chapter 4", "Chapter 1", "Chapter 2", "Our own", "Chapter 3"]
    assert titles(network, other) == ["Chapter 4", "Chapter 1", "Chapter 2", "Chapter 3"]
    assert texts(network.local(site, four))[1] == "Ours."
    assert network.local(site, four).url_path == edited.url_path
    assert not Redirect.objects.exists()
    # A reverse order: of each, what stands before it is in place first.
    for page in (three, two, one):
        moved(page, four, "left" if page == three else "right")
    moved(four, network.toolkit)
    now = [page.title for page in fresh(network.toolkit).get_children()]
    again = network.send(*(fresh(page) for page in network.chapters))
    assert titles(network, other) == now
    assert [title for title in titles(network, site) if title != "Our own"] == now
    undo(again)
    assert titles(network, site) == ["Chapter 4", "Chapter 1", "Chapter 2", "Our own", "Chapter 3"]
    undo(release)
    assert titles(network, site) == ["Chapter 1", "Chapter 2", "Our own", "Chapter 3", "Chapter 4"]
    assert sound()


def test_a_page_goes_beneath_another_one_with_all_beneath_it_and_redirects(network, client):
    site, other = network.sites
    one, two, _three, _four = network.chapters
    deep = network.add(one, "Deep", BODY)
    network.send(deep)
    # The slug is taken where it goes on one site; a draft that was begun before is not led astray.
    network.add(network.local(site, two), "Ours", [], slug="chapter-1")
    draft = network.local(site, one)
    draft.title = "Draft"
    draft.save_revision()
    old = {each.pk: network.local(each, deep).url_path for each in network.sites}
    moved(one, two)
    assert unsent() == ["Chapter 1"]
    release = network.send(fresh(one))
    assert network.local(other, one).url_path == "/affiliates/place-1/toolkit/chapter-2/chapter-1/"
    assert network.local(site, one).url_path == "/affiliates/place-0/toolkit/chapter-2/chapter-1-2/"
    assert network.local(site, deep).url_path == "/affiliates/place-0/toolkit/chapter-2/chapter-1-2/deep/"
    network.local(site, one).get_latest_revision().publish()
    assert network.local(site, one).url_path == "/affiliates/place-0/toolkit/chapter-2/chapter-1-2/"
    assert network.local(site, one).title == "Draft"
    found = dict(Redirect.objects.filter(site=other).values_list("old_path", "redirect_page"))
    assert found == {
        "/toolkit/chapter-1": network.local(other, one).pk,
        "/toolkit/chapter-1/deep": network.local(other, deep).pk,
    }
    response = client.get("/toolkit/chapter-1/deep/", headers={"host": other.hostname})
    assert response.status_code == 301
    assert response.url.endswith("/toolkit/chapter-2/chapter-1/deep/")
    assert sound()
    undo(release)
    assert {each.pk: network.local(each, deep).url_path for each in network.sites} == old
    assert titles(network, other)[0] == "Chapter 1"
    assert sound()


def test_what_was_moved_here_stays_until_it_is_put_back(network):
    site, other = network.sites
    one, two, three, four = network.chapters
    moved(network.local(site, one), network.local(site, three))
    moved(network.local(site, four), network.local(site, two), "left")
    assert set(Edition.objects.filter(moved_here=True).values_list("source_id", flat=True)) == {
        one.pk,
        four.pk,
    }
    moved(one, two)
    moved(four, three, "left")
    plans = Send([fresh(one), fresh(four)], network.sites).plan()
    assert [plan.moves for plan in plans] == [1, 1]
    release = network.send(fresh(one), fresh(four))
    assert network.local(site, one).get_parent().pk == network.local(site, three).pk
    assert titles(network, site) == ["Chapter 4", "Chapter 2", "Chapter 3"]
    assert titles(network, other) == ["Chapter 2", "Chapter 4", "Chapter 3"]
    kept = release.updates.filter(message__contains="It was moved here")
    assert list(kept.values_list("site", flat=True)) == [site.pk] * 2
    # What national moves among the others follows, around what was moved here.
    moved(three, two, "left")
    network.send(fresh(three))
    assert titles(network, site) == ["Chapter 4", "Chapter 3", "Chapter 2"]
    moved(network.local(site, one), network.local(site, two))
    assert not network.edition(site, one).moved_here
    moved(one, network.toolkit)
    network.send(fresh(one))
    assert network.local(site, one).get_parent().pk == network.local(site, network.toolkit).pk
    assert sound()


def test_where_the_new_place_is_not_here_it_stays_and_the_receipt_says_so(network):
    site, other = network.sites
    one, two, three, _four = network.chapters
    network.local(site, two).delete()
    moved(one, two)
    release = network.send(fresh(one))
    assert "not on this site" in release.updates.get(site=site).message
    assert network.local(site, one).get_parent().pk == network.local(site, network.toolkit).pk
    assert network.local(other, one).get_parent().pk == network.local(other, two).pk
    # Once the place is there again, the next move reaches it.
    BringBack(network.edition(site, two)).execute()
    moved(one, three)
    network.send(fresh(one))
    assert network.local(site, one).get_parent().pk == network.local(site, three).pk
    # Beneath itself it cannot go.
    moved(network.local(site, network.chapters[3]), network.local(site, one))
    moved(one, network.chapters[3])
    release = network.send(fresh(one))
    assert "stands beneath it here" in release.updates.get(site=site).message
    assert network.local(other, one).get_parent().pk == network.local(other, network.chapters[3]).pk
    assert sound()


def test_held_and_asking_editions_wait_and_follow_when_they_are_let(network):
    site, other = network.sites
    one, two, _three, _four = network.chapters
    Hold(network.edition(site, one)).execute()
    Adoption.objects.filter(site=other).update(ask_first=True)
    moved(one, two)
    new = network.add(one, "Newer", BODY)
    network.send(fresh(one), new)
    for each in network.sites:
        assert network.local(each, one).get_parent().pk == network.local(each, network.toolkit).pk
    LiftHold(network.edition(site, one)).execute()
    AcceptUpdates(list(Edition.objects.of(other).undecided())).execute()
    for each in network.sites:
        assert network.local(each, one).get_parent().pk == network.local(each, two).pk
        assert network.local(each, new).url_path.endswith("/toolkit/chapter-2/chapter-1/newer/")
    assert sound()


def test_own_chapters_keep_their_place_through_adds_reorders_and_moves(network):
    site, _other = network.sites
    one, two, three, four = network.chapters
    toolkit = network.local(site, network.toolkit)
    for title, page in (("After 1", one), ("After 3", three)):
        moved(network.add(toolkit, title, []), network.local(site, page), "right")
    welcome = network.add(toolkit, "Welcome", [])
    moved(welcome, network.local(site, one), "left")
    new = moved(network.add(network.toolkit, "New", []), two, "right")
    network.send(new)
    expected = ["Welcome", "Chapter 1", "After 1", "Chapter 2", "New", "Chapter 3", "After 3", "Chapter 4"]
    assert titles(network, site) == expected
    moved(four, two, "left")
    network.send(fresh(four))
    expected = ["Welcome", "Chapter 1", "After 1", "Chapter 4", "Chapter 2", "New", "Chapter 3", "After 3"]
    assert titles(network, site) == expected
    # They go with the one that they follow, and stay behind when it leaves for another place.
    moved(one, two, "right")
    moved(three, two, "left")
    network.send(fresh(one), fresh(three))
    expected = ["Welcome", "Chapter 4", "Chapter 3", "After 3", "Chapter 2", "Chapter 1", "After 1", "New"]
    assert titles(network, site) == expected
    moved(three, two)
    network.send(fresh(three))
    expected = ["Welcome", "Chapter 4", "After 3", "Chapter 2", "Chapter 1", "After 1", "New"]
    assert titles(network, site) == expected
    # No room is left between two of them: all make some.
    for _each in range(8):
        moved(two, one, "right")
        network.send(fresh(two))
        moved(new, one, "right")
        network.send(fresh(new))
    expected = ["Welcome", "Chapter 4", "After 3", "Chapter 1", "After 1", "New", "Chapter 2"]
    assert titles(network, site) == expected
    assert sound()


def test_toolkits_keep_the_order_that_a_site_has_them_in_but_follow_beneath_one_another(network):
    site, _other = network.sites
    second = network.add(network.home, "Second", BODY)
    network.toolkit, first = second, network.toolkit
    network.adopt(site)
    moved(second, first, "left")
    assert unsent() == []
    moved(second, first)
    assert unsent() == ["Second"]
    network.send(fresh(second))
    assert network.local(site, second).url_path == "/affiliates/place-0/toolkit/second/"
    moved(second, network.home)
    network.send(fresh(second))
    assert network.local(site, second).url_path == "/affiliates/place-0/second/"
    assert sound()


def test_each_language_has_its_own_tree(network):
    site, _other = network.sites
    spanish = network.translate("es")
    network.send(*spanish.values())
    one, two = (spanish[page.pk] for page in network.chapters[:2])
    old = network.local(site, one).url_path
    moved(one, two)
    network.send(fresh(one))
    assert network.local(site, one).get_parent().pk == network.local(site, two).pk
    assert network.local(site, network.chapters[0]).get_parent().pk == network.local(site, network.toolkit).pk
    assert Redirect.objects.get(site=site).old_path == f"/es/{old.split('/', 3)[3].rstrip('/')}"


def test_a_new_address_and_a_new_place_come_together(network):
    one, two, _three, _four = network.chapters
    deep = network.add(one, "Deep", BODY)
    network.send(deep)
    network.change(one, slug="first")
    moved(one, two)
    network.send(fresh(one))
    for number, site in enumerate(network.sites):
        expected = f"/affiliates/place-{number}/toolkit/chapter-2/first/deep/"
        assert network.local(site, deep).url_path == expected
    assert sound()


def test_a_version_is_made_for_a_place_alone_and_once(network):
    one, _two, _three, four = network.chapters
    number = Version.objects.of(one).first().number
    moved(one, four, "right")
    version = make_version(fresh(one))
    assert version.number == number + 1
    assert make_version(fresh(one)) == version
    assert version.after_source_ids[0] == four.pk


def test_the_plan_says_where_pages_go(client, network):
    client.force_login(sender(network))
    one, two, three, four = network.chapters
    moved(network.local(network.sites[0], one), network.local(network.sites[0], three))
    moved(one, two)
    moved(four, two, "left")
    html = client.get(reverse("editions:plan"), {"page": [one.pk, four.pk], "to": "all"}).content.decode()
    assert "Moves beneath “Chapter 2”, on 1 site" in html
    assert "Moves to another place among its siblings, on 2 sites" in html
    assert "It was moved here" in html


def test_an_editor_puts_a_page_back_where_national_has_it(client, network):
    site, other = network.sites
    one, _two, three, four = network.chapters
    page = moved(network.local(site, one), network.local(site, three))
    moved(network.local(site, four), network.local(site, three), "left")
    client.force_login(editor_of(site))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "It stands at a place of your own" in html
    client.post(reverse("editions:follow_place", args=[network.edition(site, one).pk]))
    client.post(reverse("editions:follow_place", args=[network.edition(site, four).pk]))
    assert titles(network, site) == ["Chapter 1", "Chapter 2", "Chapter 3", "Chapter 4"]
    assert not Edition.objects.filter(moved_here=True).exists()
    assert Redirect.objects.filter(old_path="/toolkit/chapter-3/chapter-1", site=site).exists()
    page = moved(network.local(site, one), site.root_page)
    network.local(site, network.toolkit).delete()
    response = client.post(
        reverse("editions:follow_place", args=[network.edition(site, one).pk]), follow=True
    )
    assert "is not on your site" in response.content.decode()
    url = reverse("editions:follow_place", args=[network.edition(other, one).pk])
    assert client.post(url).status_code == 302
    client.force_login(writer_of(site))
    client.post(reverse("editions:follow_place", args=[network.edition(site, one).pk]))
    assert network.edition(site, one).moved_here
    assert sound()


def test_moving_costs_the_same_for_any_number():
    def cost(sites):
        network = Network(sites=sites, chapters=3)
        deep = network.add(network.chapters[0], "Deep", BODY)
        network.adopt()
        one, two, three = network.chapters
        moved(one, two)
        moved(three, two, "left")
        release = Send([fresh(one), fresh(three)], network.sites)
        counts = [statements(release.plan), statements(ApplyRelease(release.execute()).execute)]
        assert network.local(network.sites[-1], deep).url_path.endswith("/chapter-2/chapter-1/deep/")
        return counts

    cost(2)
    assert cost(3) == cost(12)
