"""What the people of the story do, each in the words that they would use. Every step goes through a real screen.

``person.page`` is that person's browser. Blocks are named by their ids: the editor has one place for each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from wagtail.models import Locale
from wagtail.models import Page as WagtailPage

#: Milliseconds. The machine may be busy with other things; nothing here measures speed.
PATIENCE = 60_000
RELEASE_IS_DONE = "[data-editions-done]"


@dataclass
class Person:
    """Somebody at work in the admin, in a browser of their own."""

    page: Page
    user: Any

    def visit(self, path: str) -> None:
        self.page.goto(path)
        ready(self.page)


def ready(page: Page) -> None:
    """Wait until a screen of the admin has started its scripts."""
    page.wait_for_load_state("load")
    page.wait_for_function("document.readyState === 'complete'")


def sign_up(username: str, *groups: Any, first_name: str = "", last_name: str = "") -> Any:
    user = get_user_model().objects.create_user(
        username,
        f"{username}@example.org",
        "long enough for a test",
        first_name=first_name,
        last_name=last_name,
    )
    user.groups.add(*groups)
    return user


def the_worker_comes_by() -> None:
    """What ``serve`` does all the time: carry out the tasks that wait in the database, then leave."""
    call_command("db_worker", batch=True, interval=0.1, startup_delay=False, verbosity=0)


# -- the page editor


def open_editor(person: Person, page: Any) -> None:
    person.visit(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    expect(person.page.locator("[data-edit-form]")).to_be_visible(timeout=PATIENCE)


def block(page: Page, block_id: str) -> Locator:
    return page.locator(f'[data-streamfield-child][data-contentpath="{block_id}"]')


def write(area: Locator, text: str) -> None:
    """Put ``text`` in place of all that stands in a rich-text area."""
    words = area.locator(".public-DraftEditor-content").first
    words.scroll_into_view_if_needed()
    words.click()
    area.page.keyboard.press("ControlOrMeta+a")
    area.page.keyboard.press("Delete")
    area.page.keyboard.type(text)
    expect(words).to_contain_text(text[-30:], timeout=PATIENCE)
    # The area hands its words to the form a moment after the last key.
    kept = area.locator("[data-draftail-editor-wrapper]").first.locator("xpath=preceding-sibling::input[1]")
    expect(kept).to_have_value(re.compile(re.escape(text.split()[-1])), timeout=PATIENCE)


def rewrite(person: Person, block_id: str, text: str) -> None:
    write(block(person.page, block_id), text)


def add_a_text_after(person: Person, block_id: str, text: str) -> None:
    children = block(person.page, block_id).locator("xpath=..").locator(":scope > [data-streamfield-child]")
    before = children.count()
    insert(block(person.page, block_id).locator("xpath=following-sibling::div[1]//button").first)
    choose_block_type(person.page, "Text")
    expect(children).to_have_count(before + 1, timeout=PATIENCE)
    write(
        block(person.page, block_id).locator("xpath=following-sibling::div[@data-streamfield-child][1]"), text
    )


def insert(button: Locator) -> None:
    """With the keyboard: the rich-text area that has the focus shows a button of its own over this one."""
    button.focus()
    button.press("Enter")


def choose_block_type(page: Page, label: str) -> None:
    page.get_by_role("option", name=label, exact=True).first.click()


def hide(person: Person, block_id: str) -> None:
    """Affiliates delete what they do not want: it is hidden on their site, and stays so."""
    child = block(person.page, block_id)
    child.locator('[data-streamfield-action="DELETE"]').first.click()
    expect(child.locator('input[name$="-deleted"]').first).to_have_value("1")


def move_down(person: Person, block_id: str) -> None:
    block(person.page, block_id).locator('[data-streamfield-action="MOVE_DOWN"]').first.click()


def more_actions(person: Person) -> Locator:
    menu = person.page.locator("footer .w-dropdown-button")
    menu.locator(".w-dropdown__toggle").click()
    return menu


def publish(person: Person) -> None:
    press(more_actions(person).locator('button[name="action-publish"]'))


def publish_and_send(person: Person) -> None:
    """Publishes, and leads to the plan."""
    more_actions(person).locator('button[name="action-publish-and-send"]').click()
    person.page.wait_for_url("**/send/plan/**", timeout=PATIENCE)


def press(button: Locator) -> None:
    """Press a button that posts, and read on the next screen that it went well.

    The page editor swallows a press while it saves by itself; a person sees nothing happen, and presses again.
    """
    try:
        with button.page.expect_navigation(timeout=PATIENCE / 3):
            button.click()
    except PlaywrightTimeout:
        with button.page.expect_navigation(timeout=PATIENCE):
            button.evaluate("one => one.click()")
    expect(button.page.locator(".messages .success")).to_be_visible(timeout=PATIENCE)


def badge(person: Person) -> Locator:
    """What the header of the page editor says about the national edition."""
    return person.page.locator("header .editions-badge, .w-slim-header .editions-badge").first


def open_the_side_panel(person: Person) -> Locator:
    toggle = person.page.locator('[data-side-panel-toggle="edition"]').first
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    panel = person.page.locator('[data-side-panel="edition"]')
    expect(panel).to_be_visible(timeout=PATIENCE)
    return panel


def write_a_new_chapter(person: Person, toolkit: Any, title: str, *texts: str) -> Any:
    """A new last chapter of a toolkit, published. Returns it."""
    person.visit(reverse("wagtailadmin_pages:add", args=["toolkit_pages", "chapterpage", toolkit.pk]))
    person.page.fill("#id_title", title)
    stream = person.page.locator("[data-contentpath='body'] [data-streamfield-stream-container]").first
    for number, text in enumerate(texts):
        insert(stream.locator(":scope > div:not([data-streamfield-child]) button").last)
        choose_block_type(person.page, "Text")
        child = stream.locator(":scope > [data-streamfield-child]").nth(number)
        expect(child).to_be_visible(timeout=PATIENCE)
        write(child, text)
    publish(person)
    return WagtailPage.objects.get(title=title).specific


# -- sending and adopting


def choose_what_to_send(person: Person, title: str, note: str) -> None:
    """Everything that the screen has ticked by itself, to everybody."""
    person.visit(reverse("editions:send"))
    person.page.fill("#send-title", title)
    person.page.fill("#send-note", note)


def see_the_plan(person: Person) -> str:
    """What the plan says, before anything is written."""
    person.page.get_by_role("button", name="See the plan").click()
    person.page.wait_for_url("**/send/plan/**", timeout=PATIENCE)
    return person.page.locator("main").inner_text()


def confirm(person: Person) -> None:
    person.page.locator('button[name="confirm"]').click()
    person.page.wait_for_url("**/releases/*/", timeout=PATIENCE)
    expect(person.page.locator("main")).to_contain_text("0 of")


def watch_it_finish(person: Person) -> str:
    """The worker does its work while the person looks on. Nobody reloads the page. Returns the receipt."""
    assert not person.page.locator(RELEASE_IS_DONE).count()
    the_worker_comes_by()
    expect(person.page.locator(RELEASE_IS_DONE)).to_be_attached(timeout=PATIENCE)
    return person.page.locator("main").inner_text()


def adopt(person: Person, title: str) -> None:
    person.visit(reverse("editions:toolkits"))
    press(person.page.locator("li", has_text=title).get_by_role("button").first)


# -- what waits


def what_needs_me(person: Person) -> list[str]:
    """The titles of what national sent and somebody has to decide on the home, most urgent first."""
    person.visit(reverse("wagtailadmin_home"))
    to_review = "#editions-needs-you-section .editions-list__name a[href*='/editions/review/']"
    return person.page.locator(to_review).all_inner_texts()


def review_the_first(person: Person) -> None:
    person.page.locator("#editions-needs-you-section .editions-list__name a").first.click()
    person.page.wait_for_url("**/review/**", timeout=PATIENCE)
    ready(person.page)


def settle_with(person: Person, text: str) -> None:
    """Writes a third text in place of both, and publishes it."""
    page = person.page
    page.get_by_label("Write it together").check()
    write(page.locator(".editions-third"), text)
    press(page.get_by_role("button", name="Publish", exact=True))


def take_it_back(person: Person, edition: Any) -> None:
    person.visit(reverse("editions:review", args=[edition.pk]))
    press(person.page.get_by_role("button", name="Take back").first)


def spanish() -> Locale:
    return Locale.objects.get(language_code="es")
