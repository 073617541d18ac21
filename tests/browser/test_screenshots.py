"""Walks through the tutorial as its readers do, and takes its pictures on the way (``make screenshots``).

The steps are those of docs/tutorial/README.md, in its order: where one stops working, this test fails.
"""

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from editions.models import Conflict, Edition, Release
from tests.browser.conftest import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.screenshots]

SAMPLES = Path(__file__).resolve().parent.parent.parent / "docs" / "samples"
TITLE = "Keep the Reading Room Open"
SANTA_CLARA, COOK_COUNTY, WASHINGTON = (
    f"{name}.localhost" for name in ("santa-clara", "cook-county", "washington-dc")
)
#: Tells a text of ours from national's, wherever it stands.
OURS = "In our own branch the chairs are gone by eight."


@pytest.fixture
def picture(screenshot):
    """``picture(page, "adopt")`` takes what is to be seen now; for docs/images with few colours, so that it stays small."""

    def take(page, name: str, docs: bool = True) -> None:
        page.wait_for_load_state("networkidle")
        page.evaluate("document.activeElement && document.activeElement.blur()")
        path = screenshot(page, f"tutorial/{name}", full_page=False)
        folder = os.environ.get("DOCS_IMAGES")
        if docs and folder:
            from PIL import Image

            Path(folder).mkdir(parents=True, exist_ok=True)
            small = Image.open(path).convert("RGB").quantize(96, dither=Image.Dither.NONE)
            small.save(Path(folder) / f"{name}.png", optimize=True)

    return take


@pytest.fixture
def at_work(new_page, login, address):
    """``at_work("santa-clara", "/admin/")`` is that person's browser, at a page of the admin."""
    open_pages = {}

    def go(username: str, path: str = "/admin/", language: str = "en"):
        if username not in open_pages:
            open_pages[username] = new_page(WIDE, language=language)
            login(open_pages[username], username)
        page = open_pages[username]
        page.goto(address(path=path))
        page.wait_for_load_state("networkidle")
        return page

    return go


def import_sample(name: str) -> None:
    call_command(
        "import_toolkit",
        str(SAMPLES / name),
        title=TITLE,
        publisher="Riverside Library Friends",
        publish=True,
        report=Path(os.devnull),
    )


def national(title: str) -> Page:
    home = Site.objects.get(is_default_site=True).root_page
    return Page.objects.descendant_of(home).get(title=title)


def edition(host: str, title: str) -> Edition:
    return Edition.objects.get(site__hostname=host, source_id=national(title).pk)


def editor_of(host: str, title: str) -> str:
    return f"/admin/pages/{edition(host, title).page_id}/edit/"


def block(page, kind: str, nth: int = 0):
    """The block of a type in the editor of a page's body."""
    return page.locator(
        f'[data-contentpath][data-streamfield-child]:has(> input[name$="-type"][value="{kind}"])'
    ).nth(nth)


def rewrite(page, kind: str, words: str) -> None:
    """Put words behind the text of the first block of a type, as somebody who types."""
    text = block(page, kind).locator("[contenteditable=true]").first
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {words}")


def choose(page, action: str) -> None:
    """One of the actions in the menu at the foot of the editor, once the draft has been saved by itself."""
    page.wait_for_timeout(2_500)
    page.wait_for_load_state("networkidle")
    button = page.locator(f'button[name="{action}"]')
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    button.click()
    # Autosaving changes the address too; only the answer to the button leads away from the editor.
    page.wait_for_url(lambda url: not url.partition("?")[0].endswith("/edit/"), timeout=60_000)
    page.wait_for_load_state("networkidle")


def open_panel(page) -> None:
    panel = page.locator(".editions-panel")
    # The editor remembers which panel was open.
    if not panel.is_visible():
        page.get_by_role("button", name="Toggle national edition").click()
    panel.wait_for()


def test_the_tutorial(demo, at_work, new_page, address, picture):
    # 1. Import -------------------------------------------------------------------------------------
    import_sample("damaged-toolkit.md")
    reader = new_page(WIDE)
    reader.goto(address(path="/keep-the-reading-room-open/prepare-the-meeting/"))
    picture(reader, "imported")

    # 2. Publish and send ---------------------------------------------------------------------------
    toolkit = national(TITLE)
    page = at_work("national", f"/admin/pages/{toolkit.pk}/edit/")
    choose(page, "action-publish-and-send")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Done").first.wait_for()

    # 3. Adopt --------------------------------------------------------------------------------------
    for username in ("cook-county", "washington-dc", "santa-clara"):
        page = at_work(username, "/admin/editions/toolkits/")
        if username == "santa-clara":
            picture(page, "adopt")
        page.locator(f'button[value="{toolkit.pk}"]').click()
        page.wait_for_url("**/admin/editions/toolkits/**")
        page.locator(".messages").wait_for()
    assert Edition.objects.filter(source_id=toolkit.pk).count() == 3

    # 4. Make it local ------------------------------------------------------------------------------
    page = at_work("santa-clara", editor_of(SANTA_CLARA, "Why the reading room matters"))
    rewrite(page, "paragraph", OURS)
    choose(page, "action-publish")
    page = at_work("santa-clara", editor_of(SANTA_CLARA, "Prepare the meeting"))
    block(page, "table").locator("[data-streamfield-action=DELETE]").first.click()
    block(page, "steps").locator("[data-streamfield-action=MOVE_UP]").first.click()
    page.locator('button[title="Insert a block"]:visible').last.click()
    page.locator("[role=option]").filter(has_text="Call-out").click()
    callout = block(page, "callout")
    callout.locator('input[name$="-title"]').fill("Parking")
    callout.locator("[contenteditable=true]").first.click()
    page.keyboard.type("The yard behind the hall is open from six.")
    choose(page, "action-publish")
    page = at_work("santa-clara", editor_of(SANTA_CLARA, "Prepare the meeting"))
    open_panel(page)
    picture(page, "make-it-local")

    # 5. National corrects and sends ------------------------------------------------------------------
    import_sample("damaged-toolkit-second.md")
    page = at_work("national", "/admin/")
    picture(page, "not-sent")
    page.get_by_role("link", name="Choose and send").click()
    page.wait_for_load_state("networkidle")
    page.fill("#send-title", "A second count")
    page.fill("#send-note", "Ten more chairs, a fourth step, and a chapter for the day itself.")
    picture(page, "send")
    page.get_by_role("button", name="See the plan").click()
    page.get_by_role("button", name="Send").wait_for()
    picture(page, "plan")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Done").first.wait_for()
    picture(page, "receipt")
    assert Release.objects.get(title="A second count").state == "done"

    # 6. Settle -------------------------------------------------------------------------------------
    page = at_work("santa-clara", "/admin/")
    picture(page, "needs-you")
    conflict = Conflict.objects.open().get(edition=edition(SANTA_CLARA, "Why the reading room matters"))
    page = at_work("santa-clara", f"/admin/editions/review/{conflict.edition_id}/")
    picture(page, "conflict")
    page.get_by_label("Write it together").check()
    picture(page, "write-it-together", docs=False)
    page.get_by_label("Keep ours").check()
    page.get_by_role("button", name="Publish").click()
    page.locator(".messages").wait_for()
    conflict.refresh_from_db()
    assert conflict.decision == "keep"

    # 7. In Spanish -----------------------------------------------------------------------------------
    after = Edition.objects.get(site__hostname=SANTA_CLARA, page__title="After the meeting")
    page = at_work("santa-clara", f"/admin/pages/{after.page_id}/edit/")
    open_panel(page)
    picture(page, "to-do-in-spanish")

    # 8. Read it --------------------------------------------------------------------------------------
    path = "/keep-the-reading-room-open/why-the-reading-room-matters/"
    reader.goto(address(SANTA_CLARA, path))
    assert OURS in reader.inner_text("main")
    picture(reader, "santa-clara")
    phone = new_page(NARROW)
    phone.goto(address(SANTA_CLARA, path))
    picture(phone, "santa-clara-phone")
    reader.goto(address(COOK_COUNTY, path))
    words = reader.inner_text("main")
    assert "fifty chairs" in words and OURS not in words
    reader.goto(address(COOK_COUNTY, "/keep-the-reading-room-open/"))
    assert "On the day" in reader.inner_text("main")
