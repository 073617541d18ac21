"""Sheets in a reader's browser: kept only when asked, wiped when asked, sent nowhere; and every block in every look."""

from __future__ import annotations

import json

import pikepdf
import pytest
from playwright.sync_api import expect

from tests import block_samples, factories
from tests.browser.conftest import NARROW, WIDE

#: How far the page can be scrolled sideways.
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: Controls lower than a thumb; a box or a dot is as large as its label, which is one target with it.
SMALL = """() => [...document.querySelectorAll('main button, main summary, main select, main label, main .fill > *')]
    .filter(one => one.offsetParent && (one.matches('button, summary, select, .fill > *') || one.querySelector('input')))
    .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML.slice(0, 120))"""


def sample(kind):
    return next(each for each in block_samples.all_samples() if each["type"] == kind)


@pytest.fixture
def chapter(migrated_database):
    national = factories.organisation("National", "localhost", default=True)
    body = [sample("worksheet"), sample("spectrum"), sample("strategy_chart")]
    return factories.chapter(factories.toolkit(national.home, slug="kit"), "Sheets", body, slug="sheets")


SHEET = "/kit/sheets/"


def test_what_is_typed_stays_and_goes_when_the_reader_says_so(new_page, address, chapter):
    page = new_page(viewport=NARROW)
    page.goto(address(path=SHEET))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    sheet = page.locator(".worksheet")
    state = sheet.get_by_role("status")
    expect(state).to_contain_text("sent nowhere")

    sheet.get_by_label("Field line").fill("The sheriff")
    sheet.get_by_label("Field tick").check()
    sheet.get_by_role("radio", name="Not known").check()
    sheet.get_by_label("Field day").fill("2017-03-01")
    assert page.evaluate("localStorage.length") == 0, "nothing is kept before the reader says so"

    sheet.get_by_role("button", name="Keep on this device").click()
    expect(state).to_contain_text("Kept in this browser only")
    expect(state).to_be_focused()
    text = sheet.get_by_label("Field text")
    height = text.bounding_box()["height"]
    text.fill("\n".join("A long answer." for _ in range(12)))
    assert text.bounding_box()["height"] > height * 2, "the room grows with the words"
    assert asked == [], "nothing typed asks the network for anything"
    kept = json.loads(page.evaluate("Object.values(localStorage)[0]"))
    assert sorted(kept.values())[:3] == [
        "2017-03-01",
        "A long answer.\n" * 11 + "A long answer.",
        "The sheriff",
    ]

    page.reload()
    expect(sheet.get_by_label("Field line")).to_have_value("The sheriff")
    expect(sheet.get_by_role("radio", name="Not known")).to_be_checked()
    page.on("dialog", lambda dialog: dialog.accept())
    sheet.get_by_role("button", name="Wipe").click()
    expect(state).to_contain_text("Nothing of it is left")
    expect(sheet.get_by_label("Field line")).to_have_value("")
    assert page.evaluate("localStorage.length") == 0
    assert page.context.cookies() == []


def test_stakeholders_are_placed_by_choosing_and_one_sheet_is_printed(page, address, chapter, screenshot):
    page.goto(address(path=SHEET))
    sheet = page.locator(".spectrum")
    sheet.get_by_label("Congregations").select_option("passive_allies")
    sheet.get_by_label("Another one: number 1").fill("The library")
    sheet.get_by_label("Where number 1 stands").select_option("neutral")
    expect(sheet.get_by_role("row", name="Passive allies").get_by_role("cell")).to_have_text("Congregations")
    expect(sheet.get_by_role("row", name="Neutral").get_by_role("cell")).to_have_text("The library")
    # What the printer gets: this sheet and nothing else of the page.
    page.evaluate("window.print = () => {}")
    sheet.get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    expect(sheet.get_by_role("table")).to_be_visible()
    expect(page.locator(".worksheet")).to_be_hidden()
    expect(page.locator("h1")).to_be_hidden()
    screenshot(page, "sheets/spectrum-printed")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("h1")).to_be_visible()


def test_the_strategy_chart_prints_on_one_sheet_on_its_side(page, address, chapter, tmp_path):
    page.goto(address(path=SHEET))
    page.evaluate("window.print = () => {}")
    page.locator(".chart").get_by_role("button", name="Print").click()
    page.pdf(path=str(tmp_path / "chart.pdf"), prefer_css_page_size=True)
    with pikepdf.open(tmp_path / "chart.pdf") as pdf:
        ((_left, _bottom, width, height),) = [each.mediabox for each in pdf.pages]
    assert width > height


def test_without_scripts_a_sheet_is_lines_to_write_on(new_page, address, chapter, screenshot):
    page = new_page(viewport=NARROW, javascript=False)
    page.goto(address(path=SHEET))
    sheet = page.locator(".worksheet")
    expect(sheet.get_by_text("Field line")).to_be_visible()
    expect(sheet.get_by_role("button", include_hidden=True).first).to_be_hidden()
    expect(sheet.locator("textarea")).to_be_hidden()
    assert sheet.locator(".kind-text .fill").bounding_box()["height"] > 80, "room to write stays"
    expect(page.get_by_role("row", name="Active allies")).to_be_visible()
    expect(page.locator(".placing select").first).to_be_hidden()
    screenshot(page, "sheets/no-scripts")


@pytest.mark.parametrize(
    ("viewport", "theme", "direction"),
    [(NARROW, "light", "rtl"), (WIDE, "dark", "ltr")],
    ids=["narrow-light-rtl", "wide-dark-ltr"],
)
def test_every_block_in_every_state(new_page, address, axe, login, admin_user, viewport, theme, direction):
    """Both themes, directions and widths in two loads of a long page; widths that are left only for their layout."""
    factories.organisation("National", "localhost", default=True)
    page = new_page(viewport=viewport)
    login(page, admin_user.username)
    response = page.goto(address(path=f"/admin/style-guide/?theme={theme}&direction={direction}"))
    assert response.ok
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper.startswith("rgb(20," if theme == "dark" else "rgb(255,")
    # The same block stands there once for each state, under the same name.
    axe(page, skip=["landmark-unique"])
    assert page.evaluate(SMALL) == []
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OVERFLOW) == 0, width
