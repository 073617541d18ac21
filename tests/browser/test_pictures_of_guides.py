"""The pictures of the guides (``make screenshots``): those of editors in English and in Spanish, and those of national staff."""

import os

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.users.models import UserProfile

from editions.models import Conflict, Edition, Release
from editions.network.actions.create_affiliate import CreateAffiliate
from editions.network.models import Role
from editions.network.roles import group_of
from tests.browser.network import CONTESTED, EDITOR, NATIONAL
from tests.browser.test_screenshots import at_work, picture  # noqa: F401
from toolkit_pages.models import ChapterPage

pytestmark = [
    pytest.mark.screenshots,
    pytest.mark.skipif(not os.environ.get("DOCS_IMAGES"), reason="takes pictures only"),
]

#: A page of Santa Clara's with blocks of its own, and with some that only its English has.
ADAPTED = "After the meeting"


@pytest.fixture
def newcomer(demo) -> str:
    """The first administrator of an affiliate opened just now."""
    affiliate = CreateAffiliate(
        name="Lake County Neighbors",
        slug="lake",
        hostname="lake.localhost",
        place="Lake County",
        languages=["en", "es"],
    ).execute()
    person = get_user_model().objects.create_user("newcomer", first_name="Ana", last_name="Example")
    person.groups.add(group_of(Role.ADMINISTRATOR, affiliate))
    return person.username


def address_of_editor(title: str, language: str) -> str:
    """The page editor of Santa Clara's edition of a chapter, in a language."""
    english = Edition.objects.get(site__hostname=f"{EDITOR}.localhost", page__title=title)
    edition = Edition.objects.get(
        site=english.site, source_key=english.source_key, locale__language_code=language
    )
    return reverse("wagtailadmin_pages:edit", args=[edition.page_id])


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_guide_for_editors(newcomer, at_work, picture, language):  # noqa: F811
    suffix = "" if language == "en" else f".{language}"
    for username in (newcomer, EDITOR):
        person = get_user_model().objects.get(username=username)
        UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": language})
    picture(at_work(newcomer, language=language), f"first-visit{suffix}")
    if language == "en":
        return  # The tutorial and the pictures of kinds have the others.
    conflict = Conflict.objects.open().get(edition__site__hostname=f"{EDITOR}.localhost")
    for name, path in (
        ("needs-you", reverse("wagtailadmin_home")),
        ("conflict", reverse("editions:review", args=[conflict.edition_id])),
        ("post-an-event", reverse("toolkit_events:post")),
    ):
        picture(at_work(EDITOR, path, language), f"{name}{suffix}")
    for name, of in (("make-it-local", "en"), ("to-do", "es")):
        page = at_work(EDITOR, address_of_editor(ADAPTED, of), language)
        if not page.locator(".editions-panel").is_visible():
            page.locator('[data-side-panel-toggle="edition"]').click()
        page.locator(".editions-panel").wait_for()
        picture(page, f"{name}{suffix}")


def test_the_guide_for_staff(demo, at_work, picture):  # noqa: F811
    chapter = ChapterPage.objects.get(title=CONTESTED, edition=None)
    release = Release.objects.get()
    for name, path in (
        ("who-shows-what", reverse("network:matrix")),
        ("protect", reverse("editions:protect", args=[chapter.pk]) + f"?place=body {chapter.body[0].id}"),
        ("withdraw", reverse("editions:withdraw", args=[chapter.pk])),
        ("take-back", reverse("editions:release_undo", args=[release.pk])),
        ("open-an-affiliate", reverse("network:open")),
    ):
        page = at_work(NATIONAL, path)
        if name in ("protect", "withdraw"):
            page.get_by_label("Why").fill(
                "Counsel has approved these words." if name == "protect" else "The law has changed."
            )
        picture(page, name)
