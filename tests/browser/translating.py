"""National's Spanish, as a translator makes it: wagtail-localize's own screens, and a PO file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
from django.urls import reverse
from playwright.sync_api import expect

from .steps import PATIENCE, Person, ready, spanish

#: Stands before each string, so that a test knows the Spanish when it sees it.
MARK = "En español: "


def translate_into_spanish(person: Person, page: Any, folder: Path) -> Any:
    """Submit a national page, translate its PO file, publish. Returns the Spanish page."""
    person.visit(reverse("wagtail_localize:submit_page_translation", args=[page.pk]))
    person.page.get_by_label("Español").check()
    person.page.get_by_role("button", name="Submit").click()
    person.page.wait_for_url("**/edit/**", timeout=PATIENCE)
    ready(person.page)
    with person.page.expect_download() as download:
        person.page.get_by_role("link", name="Download PO file").click()
    path = folder / f"{page.pk}.po"
    download.value.save_as(path)
    translate_file(path)
    person.page.locator('input[type="file"][name="file"]').first.set_input_files(str(path))
    expect(person.page.locator(".messages .success")).to_be_visible(timeout=PATIENCE)
    publish_in_spanish(person)
    return page.get_translation(spanish())


def translate_file(path: Path) -> None:
    file = polib.pofile(str(path))
    for entry in file:
        is_slug = "slug" in (entry.msgctxt or "")
        entry.msgstr = f"es-{entry.msgid}" if is_slug else f"{MARK}{entry.msgid}"
    file.save(str(path))


def publish_in_spanish(person: Person) -> None:
    person.page.get_by_role("button", name="Publish in Español").click()
    expect(person.page.locator(".messages li").first).to_contain_text("ublished", timeout=PATIENCE)


def correct_in_spanish(person: Person, page: Any, old: str, new: str) -> None:
    """Put ``new`` in place of one translated string in the translation editor, and publish."""
    translated = page.get_translation(spanish())
    person.visit(reverse("wagtailadmin_pages:edit", args=[translated.pk]))
    segment = person.page.locator("li", has_text=old).last
    segment.get_by_role("button", name="Edit").click()
    person.page.locator("textarea").fill(new)
    person.page.get_by_role("button", name="Save", exact=True).click()
    expect(person.page.locator("li", has_text=new).last).to_be_visible(timeout=PATIENCE)
    publish_in_spanish(person)
