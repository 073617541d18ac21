"""A toolkit's way through the network, from the file to the reader, as the people in it live it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from editions.models import Conflict, Edition, Release
from tests.browser import steps
from tests.browser.steps import Person
from tests.browser.story_network import open_network
from tests.conftest import ROOT, SHARED
from toolkit_pages.models import ChapterPage, ToolkitPage

TITLE = "A toolkit to try"


def toolkit_file() -> Path:
    """A toolkit as an organisation published it, where there is one; else the sample of this repository."""
    real = sorted((SHARED / "toolkits").glob("*.txt"))
    return real[0] if real else ROOT / "docs" / "samples" / "damaged-toolkit.md"


@pytest.fixture
def database_tasks(settings):
    """Tasks wait in the database for a worker, as they do in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_the_story(database_tasks, live_server, new_page, login, screenshot, axe, address, tmp_path, capsys):
    story = Story(urlsplit(live_server.url).port, new_page, login, screenshot, axe, address, tmp_path)
    story.national_imports_a_toolkit()
    story.national_publishes_and_sends()
    story.three_affiliates_adopt()


class Story:
    def __init__(self, port, new_page, login, screenshot, axe, address, tmp_path):
        self.port, self.new_page, self.login = port, new_page, login
        self.screenshot, self.axe, self.address, self.tmp_path = screenshot, axe, address, tmp_path
        nora, self.places = open_network(port)
        self.nora = self.person(nora)
        self.pictures = 0

    def person(self, user) -> Person:
        page = self.new_page()
        page.context.set_default_timeout(steps.PATIENCE)
        self.login(page, user.username)
        return Person(page, user)

    def editor(self, slug: str) -> Person:
        return self.person(self.places[slug].editor)

    def picture(self, person, name: str) -> None:
        self.pictures += 1
        self.screenshot(getattr(person, "page", person), f"story/{self.pictures:02}-{name}")

    # -- act one

    def national_imports_a_toolkit(self) -> None:
        call_command(
            "import_toolkit", str(toolkit_file()), title=TITLE, publisher="A partner of national", publish=True
        )
        self.toolkit = ToolkitPage.objects.get(title=TITLE)
        assert self.toolkit.live and self.toolkit.get_descendants().live().count() >= 4

    def national_publishes_and_sends(self) -> None:
        steps.open_editor(self.nora, self.toolkit)
        self.picture(self.nora, "national-editor")
        steps.publish_and_send(self.nora)
        self.picture(self.nora, "plan-of-first-sending")
        steps.confirm(self.nora)
        self.picture(self.nora, "sending")
        receipt = steps.watch_it_finish(self.nora)
        self.picture(self.nora, "sent")
        print(receipt)

    def three_affiliates_adopt(self) -> None:
        for slug in self.places:
            editor = self.editor(slug)
            if slug == "santa-clara":
                editor.visit("/admin/editions/toolkits/")
                self.picture(editor, "toolkits-to-adopt")
            steps.adopt(editor, TITLE)
            self.picture(editor, f"adopted-{slug}")
        assert Edition.objects.filter(page__live=True).values("site").distinct().count() == 3
