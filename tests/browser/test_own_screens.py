"""Every screen of our own in the admin: on a phone and on a laptop, in light and in dark, in Spanish. `screens` finds them."""

from __future__ import annotations

import re

import polib
import pytest
from django.urls import reverse
from wagtail.models import Page

from tests.browser import screens
from tests.browser.conftest import NARROW, ROOT, WIDE, photograph
from tests.browser.network import CONTESTED, NATIONAL
from tests.browser.test_admin import TROUBLE
from toolkit_pages.models import ChapterPage

pytestmark = pytest.mark.usefixtures("demo")

#: Both widths and both schemes; each with the other would find nothing more, and axe is what takes the time.
LOOKS = [(NARROW, "light"), (WIDE, "dark")]
#: The style guide shows the same block again and again, in all its states and in the language of its samples.
STYLE_GUIDE = "toolkit_style_guide"
#: The words of a screen, but for what is marked as being in a language of its own, and which are cut off at an edge.
WORDS = """() => {
    const edge = document.documentElement.clientWidth + 1, words = [], cut = [];
    const root = document.querySelector('main') || document.body;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.textContent.trim().replace(/\\s+/g, ' '), one = walker.currentNode.parentElement;
        const shown = one.checkVisibility({visibilityProperty: true});
        if (!text || !shown || one.closest('header, .w-sr-only, script, style, main [lang]')) continue;
        words.push(text);
        let scrolls = false;
        for (let up = one; up && up !== root; up = up.parentElement)
            scrolls ||= /auto|scroll/.test(getComputedStyle(up).overflowX);
        if (!scrolls && one.getBoundingClientRect().right > edge) cut.push('cut off: ' + text);
    }
    return {words, cut};
}"""


@pytest.fixture
def look(axe):
    """What is wrong with the screen that a page shows, in each of the looks; it is loaded once."""

    def at(page, skip: list[str]) -> list[str]:
        found = []
        for viewport, scheme in LOOKS:
            if page.viewport_size != viewport:
                page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=scheme)
            # Buttons change their colours in a fifth of a second.
            page.evaluate("Promise.all(document.getAnimations().map(each => each.finished.catch(() => 0)))")
            try:
                axe(page, skip=skip)
            except AssertionError as violations:
                found.append(f"{scheme}: {violations}")
            root = "main" if page.locator("main").count() else "body"
            found += page.evaluate(TROUBLE, root) + page.evaluate(WORDS)["cut"]
        return found

    return at


def test_every_screen(new_page, login, look):
    screens.prepare(language="es")
    found, lost = screens.screens()
    assert not lost, f"Nothing leads to these. Say in tests/browser/screens.py what they show: {lost}"
    assert len(found) > 50
    page, trouble = new_page(NARROW, language="es"), []
    page.context.set_default_timeout(60_000)
    catalogue = polib.pofile(str(ROOT / "locale" / "es" / "LC_MESSAGES" / "django.po"))
    english = {entry.msgid for entry in catalogue if entry.translated() and entry.msgstr != entry.msgid}
    english -= {entry.msgstr for entry in catalogue} | {
        *Page.objects.values_list("title", flat=True),
        screens.ADAPTED_TERM,
    }
    for who, its in screens.by_person(found):
        page.context.clear_cookies()
        if who:
            login(page, who)
        for screen in its:
            page.goto(screen.path)
            page.wait_for_load_state("load")
            is_sample = screen.name == STYLE_GUIDE
            wrong = look(page, skip=["landmark-unique"] if is_sample else [])
            words = [] if is_sample else page.evaluate(WORDS)["words"]
            wrong += [f"in English: {word}" for word in words if word in english]
            if wrong:
                photograph(page, f"failed/{screen.name.replace(':', '-')}")
                trouble.append("\n".join([f"{screen.name} as {who or 'nobody'}: {screen.path}", *wrong]))
    assert not trouble, "\n\n".join(trouble)


def tab_to(page, selector: str) -> None:
    """As who has no mouse gets there; what has the focus is to be seen."""
    for _press in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            assert page.evaluate("document.activeElement.checkVisibility()")
            return
    raise AssertionError(f"The Tab key does not lead to {selector} on {page.url}")


def test_by_keyboard_alone(new_page, login):
    """Who shows what, narrowed to a page and a state, and what is behind a cell; then a page is withdrawn."""
    page = new_page(WIDE)
    page.context.set_default_timeout(60_000)
    login(page, NATIONAL)
    page.goto(reverse("network:matrix"))
    tab_to(page, "select[name=page]")
    page.keyboard.type(CONTESTED)
    tab_to(page, "select[name=state]")
    page.keyboard.type("Conflict")
    tab_to(page, ".matrix-filters button")
    page.keyboard.press("Enter")
    page.wait_for_url("**state=conflict**")
    tab_to(page, "a.matrix-cell--conflict")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/matrix/\d+/$"))
    assert CONTESTED in page.inner_text("main")
    chapter = ChapterPage.objects.get(title=CONTESTED, edition=None)
    page.goto(reverse("editions:withdraw", args=[chapter.pk]))
    tab_to(page, "input[name=reason]")
    page.keyboard.type("The law has changed.")
    tab_to(page, "main button.no")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/withdrawals/\d+/$"))
    chapter.refresh_from_db()
    assert not chapter.live
