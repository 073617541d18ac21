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
