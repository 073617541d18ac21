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
