"""The picture of each kind of content in the guides for editors (``make screenshots``): its form, or what comes of it."""

import os
import re
from pathlib import Path

import pytest
from django.apps import apps
from wagtail.models import Page, Site

from tests.browser.conftest import NARROW, WIDE

# People log in, and pictures are kept small, as in the tutorial.
from tests.browser.test_screenshots import SAMPLES, at_work, picture  # noqa: F401

# What the screens do is asked elsewhere: without a folder for the pictures there is nothing to do.
pytestmark = [
    pytest.mark.screenshots,
    pytest.mark.skipif(not os.environ.get("DOCS_IMAGES"), reason="takes pictures only"),
]

SANTA_CLARA = "santa-clara.localhost"


def snippet(model: str) -> str:
    """The form of national's newest published snippet of a kind, in English."""
    kind = apps.get_model("campaign_library", model)
    found = kind.objects.national().filter(live=True, locale__language_code="en").order_by("pk").first()
    return f"/admin/snippets/campaign_library/{model.lower()}/edit/{found.pk}/"


def pages_of(model: str, host: str = "localhost"):
    home = Site.objects.get(hostname=host).root_page
    return apps.get_model("toolkit_pages", model).objects.descendant_of(home).live().order_by("path")


def form_of(model: str, host: str = "localhost", *, own: bool = False) -> str:
    found = pages_of(model, host).filter(base_version=None) if own else pages_of(model, host)
    return f"/admin/pages/{found.first().pk}/edit/"


def address_of(page: Page) -> str:
    return "/" + page.url_path.split("/", 3)[3]


def test_what_national_and_affiliates_write(demo, at_work, picture):  # noqa: F811
    for name, path in (
        ("call-to-action", snippet("CallToAction")),
        ("glossary-term", snippet("GlossaryTerm")),
        ("model-ordinance", snippet("ModelOrdinance")),
        ("demands", snippet("DemandList")),
        ("ask-sheet", snippet("DecisionMakerType")),
        ("letter", snippet("TextTemplate")),
        ("resource", snippet("Resource")),
        ("bill", snippet("Bill")),
        ("provision", snippet("Provision")),
        ("campaign", form_of("CampaignPage")),
        ("style-guide", "/admin/style-guide/"),
    ):
        picture(at_work("national", path), name)
    for name, path in (
        ("case-study", form_of("CaseStudyPage", SANTA_CLARA, own=True)),
        ("post-an-event", "/admin/events/post/"),
        ("events-to-decide", "/admin/events/"),
        ("from-national", "/admin/library/national/calltoaction/"),
        ("add-an-image", "/admin/images/add/"),
    ):
        picture(at_work("santa-clara", path), name)


def test_what_readers_get(demo, new_page, address, picture):  # noqa: F811
    page = new_page(WIDE)
    studies = pages_of("CaseStudiesPage").first()
    compared = "&".join(f"with={each.slug}" for each in studies.get_children().live()[:3])
    for name, path in (
        ("compare", f"{address_of(studies)}compare/?{compared}"),
        ("library", address_of(pages_of("LibraryPage").first())),
    ):
        assert page.goto(address(path=path)).status == 200
        picture(page, name)
    phone = new_page(NARROW)
    phone.goto(address(SANTA_CLARA))
    picture(phone, "home-phone")


def test_a_text_that_is_imported(demo, at_work, picture):  # noqa: F811
    page = at_work("national", "/admin/toolkit-imports/upload/")
    page.fill("[name=title]", "Ask for a night bus")
    page.set_input_files("input[type=file]", SAMPLES / "damaged-guide.md")
    page.get_by_role("button", name="Read the text").click()
    page.wait_for_url(re.compile(r"/toolkit-imports/\d+/$"))
    picture(page, "import-review")
    assert "DOCS_IMAGES" not in os.environ or Path(os.environ["DOCS_IMAGES"], "import-review.png").exists()
