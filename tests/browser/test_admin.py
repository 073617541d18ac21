"""What is done on our screens in the admin, on an old laptop and on a phone. How they look is asked in `test_own_screens`."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from editions.models import Conflict, Edition
from tests.browser.conftest import NARROW, WIDE
from tests.browser.network import CONTESTED, EDITOR, NATIONAL
from tests.browser.steps import Person, open_editor, open_the_side_panel
from tests.browser.test_screenshots import SAMPLES
from toolkit_pages.models import ChapterPage, ToolkitPage

pytestmark = pytest.mark.usefixtures("demo")

WIDTHS = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
#: Controls that lie outside the screen or are too small for a thumb (WCAG 2.2, 2.5.8). Headers, the heads of panels and the dates
#: in Wagtail's lists are Wagtail's; a table may have a scroll bar of its own.
TROUBLE = """root => {
    const scrolls = one => one && one !== document.body
        && (/auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth || scrolls(one.parentElement));
    const edge = document.documentElement.clientWidth + 1;
    const found = document.documentElement.scrollWidth > edge ? ['the page scrolls sideways'] : [];
    const controls = ':is(a, button, input:not([type=hidden]), select, textarea, summary)';
    for (const one of document.querySelectorAll(`${root} ${controls}`)) {
        const box = one.getBoundingClientRect(), said = one.outerHTML.slice(0, 100);
        const shown = one.checkVisibility({visibilityProperty: true}) && box.width > 1;
        if (!shown || one.closest('header, .w-panel__header, .w-human-readable-date')) continue;
        if ((box.left < -1 || box.right > edge) && !scrolls(one.parentElement)) found.push('outside: ' + said);
        if (one.matches('button, summary, select') && box.height < 24) found.push('too small: ' + said);
    }
    return found;
}"""


@pytest.fixture
def look(axe, screenshot):
    """Checks one screen, and takes its picture."""

    def at(person: Person, name: str, include: str | None = None, full_page: bool = True) -> None:
        page = person.page
        screenshot(page, f"admin/{name}-{page.viewport_size['width']}", full_page=full_page)
        axe(page, include=include)
        trouble = page.evaluate(TROUBLE, include or "main")
        assert not trouble, f"{name}:\n" + "\n".join(trouble)

    return at


@pytest.fixture
def at_work(new_page, login):
    def start(username: str, viewport: dict = WIDE, language: str = "en") -> Person:
        page = new_page(viewport=viewport, language=language)
        page.context.set_default_timeout(60_000)
        login(page, username)
        return Person(page, username)

    return start


@WIDTHS
def test_the_side_panel_of_the_page_editor(at_work, look, viewport):
    """Wagtail's own parts of the editor are Wagtail's to check; the badge and the panel are ours."""
    panel = '[data-side-panel="edition"]'
    editor, staff = at_work(EDITOR, viewport), at_work(NATIONAL, viewport)
    edition = Edition.objects.select_related("page").get(
        site__hostname=f"{EDITOR}.localhost", page__title=CONTESTED
    )
    open_editor(editor, edition.page)
    badge = editor.page.locator(".editions-badge").first
    expect(badge).to_contain_text("1 conflict")
    open_the_side_panel(editor)
    look(editor, "editor-affiliate", include=panel, full_page=False)
    open_editor(staff, ChapterPage.objects.get(title=CONTESTED, edition=None))
    open_the_side_panel(staff)
    look(staff, "editor-national", include=panel, full_page=False)


def test_a_row_of_the_panel_leads_to_its_block(at_work):
    """Also on a phone, where the panel covers the form."""
    editor = at_work(EDITOR, NARROW)
    edition = Edition.objects.select_related("page").get(
        site__hostname=f"{EDITOR}.localhost", page__title=CONTESTED
    )
    open_editor(editor, edition.page)
    panel = open_the_side_panel(editor)
    row = panel.locator(".editions-row__name").first
    target = row.get_attribute("href").removeprefix("#")
    row.click()
    expect(editor.page.locator(f"[id='{target}']")).to_be_in_viewport()
    expect(panel).to_be_hidden()


def test_deciding_on_a_phone(at_work, screenshot):
    """The third text appears with its choice; the preview shows it; the bar with the buttons covers no choice."""
    editor = at_work(EDITOR, NARROW)
    conflict = Conflict.objects.open().get(edition__site__hostname=f"{EDITOR}.localhost")
    editor.visit(reverse("editions:review", args=[conflict.edition_id]))
    third = editor.page.locator(".editions-third")
    expect(third).to_be_hidden()
    editor.page.get_by_label("Write it together").check()
    expect(third).to_be_visible()
    editor.page.get_by_label("Take national's").check()
    expect(third).to_be_hidden()
    editor.page.get_by_role("button", name="Preview the page").click()
    frame = editor.page.frame_locator('iframe[name="editions-preview"]')
    expect(frame.locator("main")).to_contain_text("never bring more than six")
    screenshot(editor.page, "admin/preview-of-a-decision-390")
    assert Conflict.objects.open().count() == 1, "a preview writes nothing"


def test_a_text_becomes_a_toolkit(at_work, look):
    staff = at_work(NATIONAL, NARROW)
    page = staff.page
    staff.visit(reverse("toolkit_imports:upload"))
    look(staff, "import-upload")
    page.fill("[name=title]", "Ask for a night bus")
    page.set_input_files("input[type=file]", SAMPLES / "damaged-guide.md")
    page.get_by_role("button", name="Read the text").click()
    page.wait_for_url(re.compile(r"/toolkit-imports/\d+/$"))
    look(staff, "import-review")
    page.get_by_role("button", name="Import as drafts").click()
    page.wait_for_url(re.compile(r"/toolkit-imports/receipt/\d+/$"))
    look(staff, "import-receipt")
    assert ToolkitPage.objects.get(title="Ask for a night bus").live is False
    staff.visit(reverse("toolkit_imports:index"))
    look(staff, "imports")
