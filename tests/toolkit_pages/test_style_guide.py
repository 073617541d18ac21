"""The style guide shows whatever the registry offers, and looks as it is asked to."""

import pytest
from django.urls import reverse
from wagtail import blocks, hooks

from editions.blocks import StreamBlockType, reset, stream_block_types
from editions.network.doors import is_closed_to_affiliates
from toolkit_pages.style_guide.states import LONG, states_of

GUIDE = reverse("toolkit_style_guide")


class ForeignBlock(blocks.StructBlock):
    words = blocks.CharBlock(default="")
    note = blocks.CharBlock(required=False, default="")
    until = blocks.DateBlock(required=False)

    class Meta:
        label = "From an add-on"
        template = "toolkit_pages/blocks/quote.html"
        preview_value = {"words": "Said", "note": "aside", "until": None}


@pytest.fixture
def add_on():
    with hooks.register_temporarily(
        "register_stream_blocks", lambda: [StreamBlockType("foreign", ForeignBlock)]
    ):
        reset()
        yield
    reset()


@pytest.mark.django_db
def test_every_block_is_there_an_add_ons_too(admin_client, add_on):
    html = admin_client.get(GUIDE).content.decode()
    for kind in stream_block_types("chapter"):
        assert f'id="block-{kind.name}"' in html
    assert "From an add-on" in html


@pytest.mark.django_db
def test_it_is_for_people_who_work_here(client):
    response = client.get(GUIDE)
    assert response.status_code == 302
    assert reverse("wagtailadmin_login") in response.url


def test_affiliates_may_look_at_it():
    assert not is_closed_to_affiliates("toolkit_style_guide")
    assert not is_closed_to_affiliates("toolkit_style_guide_css")


@pytest.mark.django_db
def test_a_look_that_there_is_not(admin_client):
    assert admin_client.get(GUIDE, {"block": "nothing"}).status_code == 404
    assert 'dir="ltr"' in admin_client.get(GUIDE, {"block": "steps", "direction": "up"}).content.decode()
    assert admin_client.get(GUIDE + "dark/secrets.css").status_code == 404


@pytest.mark.django_db
def test_a_theme_is_chosen_in_the_stylesheet(admin_client):
    dark = admin_client.get(GUIDE + "dark/site.css")
    assert dark["Content-Type"].startswith("text/css")
    text = dark.content.decode()
    assert "prefers-color-scheme" not in text
    assert "@media screen and (min-width: 0) {" in text
    assert "@media screen and (max-width: 0) {" in admin_client.get(GUIDE + "light/site.css").content.decode()


def test_states_are_made_from_the_preview():
    states = {state.name: state.value for state in states_of(ForeignBlock())}
    assert list(states) == ["preview", "bare", "long", "expired", "empty"]
    assert states["bare"]["words"] == "Said"
    assert states["bare"]["note"] == ""
    assert states["long"]["words"].endswith(LONG)
    assert states["expired"]["until"].year == 2001
    assert states["empty"]["words"] == ""


def test_a_block_without_days_is_never_out_of_date():
    kind = next(each for each in stream_block_types("chapter") if each.name == "accordion")
    assert "expired" not in [state.name for state in states_of(kind.factory())]
