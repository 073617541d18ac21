"""No stale tag, address or schedule comes back, and nothing goes off line."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page

from editions.models import Conflict
from tests.editions.network import Network, texts
from tests.editions.test_no_stale_text import Form, fresh
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    network = Network(sites=1)
    network.adopt()
    return network


@pytest.fixture
def page(network):
    return network.local(network.sites[0], network.chapters[0])


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("editor", "editor@example.org", "x"))
    return client


def test_a_stale_tab_takes_no_new_tag_away(network, page, editor):
    tab = Form(editor, page)
    tab.write("b", "Our two.")
    network.send(network.change(network.chapters[0], tags=["jail"]))
    tab.publish()
    assert texts(fresh(page))[1] == "Our two."
    assert list(fresh(page).tags.names()) == ["jail"]


def test_a_stale_tab_brings_no_old_address_back(network, page, editor):
    tab = Form(editor, page)
    tab.write("b", "Our two.")
    network.send(network.change(network.chapters[0], slug="first"))
    tab.publish()
    assert fresh(page).slug == "first"


def test_a_draft_brings_no_old_address_back(network, page):
    page.title = "Draft"
    revision = page.save_revision()
    network.send(network.change(network.chapters[0], slug="first"))
    revision.refresh_from_db()
    revision.publish()
    assert fresh(page).title == "Draft"
    assert fresh(page).slug == "first"
    assert fresh(page).url_path.endswith("/first/")


def test_an_address_changed_in_a_draft_stays_so(network, page):
    page.slug = "ours"
    revision = page.save_revision()
    network.send(network.change(network.chapters[0], slug="first"))
    revision.refresh_from_db()
    revision.publish()
    assert fresh(page).slug == "ours"


def test_the_revision_of_a_merge_has_the_new_address(network, page):
    network.edit(network.sites[0], network.chapters[0], body={"b": "Our two."})
    network.send(network.change(network.chapters[0], slug="first", body={"a": "One, corrected."}))
    assert fresh(page).slug == "first"
    fresh(page).latest_revision.publish()
    assert fresh(page).slug == "first"


def test_a_save_that_began_before_a_page_was_added_keeps_the_tree_sound(network):
    site = network.sites[0]
    toolkit = network.local(site, network.toolkit)
    toolkit.title = "Ours"
    network.send(network.add(network.toolkit, "Another", []))
    toolkit.save()
    assert Page.find_problems() == ([], [], [], [], [])
    assert network.local(site, network.toolkit).numchild == 3


def test_what_a_draft_asks_is_not_forgotten_when_it_is_merged_up_twice(network, page):
    page.body = [
        {**each, "value": "<p>Draft.</p>"} if each["id"] == "a" else each
        for each in page.get_content()["body"]
    ]
    revision = page.save_revision()
    network.send(network.change(network.chapters[0], body={"a": "National one."}))
    opened = type(revision).objects.get(pk=revision.pk).as_object()
    network.send(network.change(network.chapters[0], body={"c": "Three, corrected."}))
    opened.save_revision()
    assert [conflict.place for conflict in Conflict.objects.open()] == [("body", "a")]
    assert texts(SimplePage.objects.get(pk=page.pk))[0] == "National one."


def test_scheduling_a_change_leaves_an_untouched_page_on_line(network, page):
    page.title = "Later"
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    page = fresh(page)
    assert page.live and page.title == "Chapter 1"
    assert page.scheduled_revision is not None
    assert page.latest_revision.as_object().title == "Later"


def test_a_release_puts_no_page_on_line_that_is_off(network, page):
    network.edit(network.sites[0], network.chapters[0], body={"b": "Our two."})
    fresh(page).unpublish()
    network.send(network.change(network.chapters[0], body={"a": "One, corrected."}))
    page = fresh(page)
    assert not page.live and page.live_revision is None
    assert texts(page.get_latest_revision_as_object()) == ["One, corrected.", "Our two.", "Three."]
