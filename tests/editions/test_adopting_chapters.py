"""A site adopts single chapters, and the whole toolkit later."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from editions.actions.adopt import Adopt
from editions.actions.errors import EditionError
from editions.models import Adoption, Edition
from tests.editions.network import Network, texts
from tests.editions.people import editor_of
from tests.editions.test_admin_affiliate import page_html
from tests.editions.test_admin_costs import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    network = Network(chapters=3)
    network.translate("es")
    return network


def titles(parent):
    return [page.title for page in Page.objects.get(pk=parent.pk).get_children()]


def test_one_chapter_follows_and_is_taken_in_later(client, network):
    site, chapter = network.sites[0], network.chapters[1]
    client.force_login(editor_of(site))
    screen = reverse("editions:chapters", args=[network.toolkit.pk])
    assert screen in page_html(client, reverse("editions:toolkits"))
    assert page_html(client, screen).count('name="toolkit"') == 3
    client.post(screen, {"toolkit": chapter.pk, "site": site.pk})
    # In both languages, beneath the home of each.
    assert [each.base.title for each in Edition.objects.of(site).order_by("pk")] == [
        "Chapter 2",
        "Chapter 2 es",
    ]
    assert network.local(site, chapter).get_parent().pk == site.root_page.pk
    html = page_html(client, reverse("editions:toolkits"))
    assert "Adopted by themselves" in html
    html = page_html(client, screen)
    assert html.count('name="toolkit"') == 2
    assert "on your site" in html

    network.edit(site, chapter, body={"b": "Our two."})
    network.send(network.change(chapter, body={"a": "One, new."}))
    here = network.local(site, chapter)
    assert [("One, new." in each, "Our two." in each) for each in texts(here)[:2]] == [
        (True, False),
        (False, True),
    ]

    client.post(reverse("editions:toolkits"), {"toolkit": network.toolkit.pk, "site": site.pk})
    toolkit = network.local(site, network.toolkit)
    assert titles(toolkit) == ["Chapter 1", "Chapter 2", "Chapter 3"]
    assert network.local(site, chapter).pk == here.pk
    assert "Our two." in texts(network.local(site, chapter))[1]
    assert Adoption.objects.get(site=site).editions.count() == 8
    assert Redirect.objects.filter(site=site, redirect_page=here).exists()
    assert not any(Page.find_problems())


def test_a_chapter_goes_beneath_the_page_that_is_here(network):
    site, first = network.sites[0], network.chapters[0]
    inner = network.add(first, "Inner", [])
    Adopt(inner, site).execute()
    Adopt(first, site).execute()
    assert titles(network.local(site, first)) == ["Inner"]
    assert Adoption.objects.get(site=site).source_key == first.translation_key
    # Another one that national has never sent: into its place among what is here.
    later = network.add(first, "Later", [])
    Adopt(later, site).execute()
    assert titles(network.local(site, first)) == ["Inner", "Later"]


def test_what_was_decided_for_a_chapter_stands(network):
    site, chapter = network.sites[0], network.chapters[0]
    Adopt(chapter, site).execute()
    Adoption.objects.filter(site=site).update(on_hold=True, hold_until=None)
    Adopt(network.chapters[1], site).execute()
    hidden = network.local(site, network.chapters[1])
    hidden.delete()
    Adopt(network.toolkit, site).execute()
    assert network.edition(site, chapter).held
    assert network.local(site, chapter).get_parent().pk == network.local(site, network.toolkit).pk
    # Hidden stays hidden.
    assert network.edition(site, network.chapters[1]).is_hidden
    assert titles(network.local(site, network.toolkit)) == ["Chapter 1", "Chapter 3"]
    with pytest.raises(EditionError, match="on your site already"):
        Adopt(network.chapters[2], site).execute()


def test_a_chapter_put_above_others_takes_nothing_from_the_adopted_toolkit(network):
    site = network.sites[0]
    Adopt(network.toolkit, site).execute()
    whole = Adoption.objects.get(site=site)
    new = network.add(network.toolkit, "New", [])
    Page.objects.get(pk=network.chapters[0].pk).move(Page.objects.get(pk=new.pk), pos="last-child")
    Adopt(Page.objects.get(pk=new.pk), site).execute()
    assert whole.editions.count() == 8
    assert network.edition(site, network.chapters[0]).adoption == whole


def test_not_for_others_nor_of_others(client, network):
    mine, other = network.sites
    client.force_login(editor_of(mine))
    screen = reverse("editions:chapters", args=[network.toolkit.pk])
    assert client.get(f"{screen}?site={other.pk}").status_code == 404
    assert client.post(screen, {"toolkit": network.chapters[0].pk, "site": other.pk}).status_code == 404
    Adopt(network.toolkit, other).execute()
    theirs = network.local(other, network.toolkit)
    assert client.get(reverse("editions:chapters", args=[theirs.pk])).status_code == 404
    response = client.post(screen, {"toolkit": network.local(other, network.chapters[0]).pk, "site": mine.pk})
    assert "not a national toolkit" in str(list(get_messages(response.wsgi_request))[-1])
    Page.objects.filter(pk=network.toolkit.pk).update(live=False, last_published_at=timezone.now())
    assert client.get(screen).status_code == 404
    assert not Edition.objects.of(mine).exists()


def test_the_screen_costs_the_same_for_many_chapters(client, network):
    client.force_login(editor_of(network.sites[0]))
    screen = reverse("editions:chapters", args=[network.toolkit.pk])
    few = statements(client, screen)
    for number in range(4, 9):
        network.add(network.toolkit, f"Chapter {number}", [])
    assert statements(client, screen) == few
