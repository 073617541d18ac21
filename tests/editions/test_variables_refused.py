"""A name in braces that nobody knows is refused at the field, and nothing is lost."""

import pytest
from django.contrib.auth import get_user_model

from tests.editions.network import Network, texts
from tests.editions.tab import Form
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("editor", "editor@example.org", "x"))
    return client


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Call {{ hotlin }}.", "Did you mean {{ hotline }}?"),
        ("Call {{ telephone_of_nobody }}.", "is not known"),
        ("Call {{ hotline.", "has no end"),
        ("Call {{ <b>hot</b>line }}.", "half bold"),
        ("Call {{ the hotline! }}.", "not the name of a variable"),
    ],
)
def test_national_is_told_at_the_field(editor, written, said):
    network = Network(sites=0, chapters=1)
    tab = Form(editor, network.chapters[0])
    tab.write("b", written)
    response = editor.post(tab.url, tab.data(**{"action-publish": "1"}))
    assert said in str(response.context["form"].errors["body"])
    assert written.partition("{{")[0] in response.content.decode()
    assert texts(SimplePage.objects.get(pk=network.chapters[0].pk))[1] == "Two."


def test_a_known_name_is_saved_and_other_fields_are_checked_too(editor):
    network = Network(sites=0, chapters=1)
    tab = Form(editor, network.chapters[0])
    tab.write("b", "Call {{ hotline }}.")
    tab.publish()
    assert texts(SimplePage.objects.get(pk=network.chapters[0].pk))[1] == "Call {{ hotline }}."
    tab.intro = "{{ nobody }}"
    response = editor.post(tab.url, tab.data())
    assert "intro" in response.context["form"].errors
