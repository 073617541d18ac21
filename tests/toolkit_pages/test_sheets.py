"""What the new blocks show readers, and what the editor refuses. Sheets in a browser: tests/browser/test_sheets.py."""

import re

import pytest
from django.urls import reverse

from tests import block_samples, editor, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def toolkit():
    national = factories.organisation("National", "testserver", default=True)
    return factories.toolkit(national.home)


def shown(client, page):
    html = client.get(page.url).content.decode()
    return html[html.index("<main") :]


def sample(kind, **changes):
    found = next(each for each in block_samples.all_samples() if each["type"] == kind)
    return {**found, "value": {**found["value"], **changes}}


def test_sheets_send_nothing_and_ask_no_machine_to_read_along(client, toolkit):
    body = [
        sample(kind)
        for kind in ("worksheet", "response_plan", "meeting_plan", "strategy_questions", "spectrum")
    ]
    html = shown(client, factories.chapter(toolkit, "Sheets", body))
    assert "<form" not in html
    controls = re.findall(r"<(?:input|textarea|select)\b[^>]*>", html)
    assert len(controls) > 20
    for control in controls:
        assert 'autocomplete="off"' in control
        assert "name=" not in control or 'type="radio"' in control
        if 'type="text"' in control or control.startswith("<textarea"):
            assert 'spellcheck="false"' in control, "browsers may send words away to check them"
    assert not re.search(r'\son\w+="|\sstyle="', html), "nothing that a strict content policy refuses"


def test_the_script_comes_only_where_there_is_a_sheet(client, toolkit):
    with_sheet = factories.chapter(toolkit, "With", [sample("worksheet")])
    without = factories.chapter(toolkit, "Without", [sample("accordion"), sample("tactics")])
    assert shown(client, with_sheet).count("worksheets.js") == 1
    assert "<script" not in shown(client, without)


def test_the_agenda_runs_on_a_clock(client, toolkit):
    html = shown(client, factories.chapter(toolkit, "Meeting", [sample("meeting_plan")]))
    assert re.findall(r'<bdi dir="ltr">(\d+–\d+)</bdi>', html) == ["0–5", "5–30"]


def test_tactics_stand_from_the_softest(client, toolkit):
    html = shown(client, factories.chapter(toolkit, "Tactics", [sample("tactics")]))
    assert html.index("Low risk") < html.index("Write") < html.index("High risk") < html.index("Sit in")


def test_the_overview_is_made_of_what_chapters_say_in_short(client, toolkit):
    factories.chapter(toolkit, "First", summary="Five people, one request.")
    page = factories.chapter(toolkit, "All of it", [sample("overview")], summary="At a glance.")
    html = shown(client, page)
    listed = html[html.index('class="sheet overview"') :]
    assert "Five people, one request." in listed
    assert "At a glance." in listed
    assert listed.count('type="checkbox"') == 2


def test_what_is_over_says_so(client, toolkit):
    over = factories.chapter(
        toolkit,
        "Over",
        [sample("story", consent_until="2017-01-01"), sample("background", until="2017-01-01")],
    )
    html = shown(client, over)
    assert "Ana" not in html, "consent has run out"
    assert "Tell them" in html, "what to do has not"
    assert "Written on Nov. 15, 2016. It may no longer be so." in html
    fresh = shown(
        client, factories.chapter(toolkit, "Fresh", [sample("story"), sample("background", until=None)])
    )
    assert "Ana" in fresh
    assert "no longer be so" not in fresh


def test_a_hotline_is_dialled_with_the_sites_own_number(client, toolkit):
    html = shown(client, factories.chapter(toolkit, "Call", [sample("hotline")]))
    assert 'href="tel:5555550142"' in html
    variable = shown(client, factories.chapter(toolkit, "Own", [sample("hotline", number="{{ hotline }}")]))
    assert "tel:" not in variable[variable.index('class="hotline"') :], "no number, nothing to dial"
    assert "{{" not in variable


def test_the_editor_says_at_the_field_what_is_missing(admin_client, toolkit):
    body = [
        sample("meeting_plan", minutes=20),
        sample("story", consent=False),
        sample("risk_warning", url=""),
    ]
    page = factories.chapter(toolkit, "Wrong", body)
    response = admin_client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {**editor.unchanged(admin_client, page), "action-publish": "1"},
    )
    html = response.content.decode()
    for message in (
        "The agenda takes 30 minutes.",
        "This field is required.",
        "A button needs its words and the address that it leads to.",
    ):
        assert message in html, message
