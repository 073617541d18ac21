"""Campaign pages, and case studies within other texts: references lead to the site's own editions."""

import pytest
from bs4 import BeautifulSoup

from editions.actions.adopt import Adopt
from tests import factories
from tests.toolkit_pages.places.test_reading import statements, words
from tests.toolkit_pages.places.test_writing import campaign
from toolkit_pages.models import CampaignPage, CaseStudiesPage, CaseStudyPage


@pytest.fixture
def chapter(national, places):
    """A national chapter that compares two places and shows a card of the third."""
    return factories.chapter(
        factories.toolkit(national.home, slug="kit"),
        slug="chapter",
        body=[
            factories.block(
                "comparison",
                {
                    "title": "Two counties",
                    "places": [factories.item(places.santa.pk), factories.item(places.cook.pk)],
                    "show": "all",
                },
            ),
            factories.block(
                "case_studies",
                {
                    "title": "And",
                    "pick": "chosen",
                    "places": [factories.item(places.haven.pk)],
                    "count": 3,
                    "policy": "",
                },
            ),
        ],
    )


def links(html):
    return {
        a.get_text(" ", strip=True): a["href"]
        for a in BeautifulSoup(html, "html.parser").select("main a[href]")
    }


def test_a_chapter_compares_places(get, chapter):
    html = get("/kit/chapter/")
    found = links(html)
    assert found["Santa Clara County"] == "/places/santa/"
    assert found["New Haven prints a card"] == "/places/haven/"
    assert "On conditions" in words(html)


def test_on_an_affiliates_site_references_lead_to_its_own_editions(get, local, places, chapter):
    Adopt(places.list, local.site).execute()
    Adopt(chapter.get_parent(), local.site).execute()
    own = CaseStudyPage.objects.descendant_of(local.home).get(slug="santa")
    own.place = "Our county"
    own.save()
    html = get("/kit/chapter/", "local.test")
    assert links(html)["Our county"] == "/places/santa/"
    assert "national-link" not in html


def test_without_an_edition_they_lead_to_national_marked(get, local, places, chapter):
    Adopt(chapter.get_parent(), local.site).execute()
    html = get("/kit/chapter/", "local.test")
    found = links(html)
    assert found["Santa Clara County (national site)"] == "http://national.test/places/santa/"
    assert found["New Haven prints a card (national site)"] == "http://national.test/places/haven/"


def test_what_is_taken_off_line_is_left_out(get, places, chapter):
    places.cook.unpublish()
    html = get("/kit/chapter/")
    assert "These places are not published here." in words(html)
    assert "Cook" not in words(html)


def test_only_the_facts_or_only_the_provisions(get, national, places):
    both = [factories.item(places.santa.pk), factories.item(places.cook.pk)]
    for show, kept, gone in (
        ("facts", "Kind of place", "Holds nobody"),
        ("provisions", "Holds nobody", "Kind of place"),
    ):
        block = factories.block("comparison", {"title": "", "places": both, "show": show})
        factories.chapter(factories.toolkit(national.home, slug=f"kit-{show}"), slug="one", body=[block])
        text = words(get(f"/kit-{show}/one/"))
        assert kept in text
        assert gone not in text


def test_the_newest_are_the_sites_own(get, national, local, places):
    block = {"title": "New", "pick": "newest", "places": [], "count": 2, "policy": ""}
    cards = {**block, "policy": "municipal_id"}
    for tree in (national, local):
        body = [factories.block("case_studies", block), factories.block("case_studies", cards)]
        factories.chapter(factories.toolkit(tree.home, slug="kit"), slug="new", body=body)
    shown = [
        a.get_text(strip=True) for a in BeautifulSoup(get("/kit/new/"), "html.parser").select(".card-title a")
    ]
    assert shown == ["New Haven prints a card", "Cook decides", "New Haven prints a card"]
    assert "Nothing is published here yet." in words(get("/kit/new/", "local.test"))


def test_many_such_blocks_cost_no_more_statements_than_one(get, places, chapter):
    before = statements(get, "/kit/chapter/")
    newest = {"title": "", "pick": "newest", "places": [], "count": 3, "policy": ""}
    for number in range(4):
        factories.case_study(places.list, f"More {number}", slug=f"more-{number}")
    chapter.body = [
        *chapter.body.raw_data,
        *[factories.block(raw["type"], raw["value"]) for raw in list(chapter.body.raw_data) * 4],
    ]
    chapter.save()
    assert statements(get, "/kit/chapter/") == before
    chapter.body = [*chapter.body.raw_data, factories.block("case_studies", newest)]
    chapter.save()
    assert statements(get, "/kit/chapter/") == before + 1


# Campaigns --------------------------------------------------------------------------------------------------


def test_a_campaign_gives_reasons_examples_and_a_next_step(get, national, places):
    campaign(national.home, places, factories.call_to_action(title="Sign here"))
    path = "/" + CampaignPage.objects.get().slug + "/"
    html = get(path)
    text = words(html)
    for words_of_it in ("It opens doors", "Source: Guide", "It costs", "The first", "Sign here", "A league"):
        assert words_of_it in text
    assert links(html)["New Haven prints a card"] == "/places/haven/"
    assert links(html)["Case studies"] == "/places/"
    assert BeautifulSoup(html, "html.parser").select_one('a[hreflang="es"][href="https://example.org/"]')


def test_without_chosen_examples_those_of_the_same_policy_are_shown(get, national, places):
    factories.campaign(national.home, slug="id", policy="municipal_id")
    assert "New Haven prints a card" in links(get("/id/"))
    factories.campaign(national.home, slug="tuition", policy="tuition")
    assert "Where it was done" not in words(get("/tuition/"))


def test_an_adopted_campaign_refers_to_the_affiliates_own_pages(get, national, local, places):
    page = campaign(national.home, places, factories.call_to_action())
    Adopt(places.list, local.site).execute()
    Adopt(page, local.site).execute()
    html = get(f"/{page.slug}/", "local.test")
    assert links(html)["New Haven prints a card"] == "/places/haven/"
    assert links(html)["Case studies"] == "/places/"
    assert CaseStudiesPage.objects.descendant_of(local.home).count() == 1


def test_a_campaign_costs_a_fixed_number_of_statements(get, national, places):
    page = campaign(national.home, places, factories.call_to_action())
    before = statements(get, f"/{page.slug}/")
    for name in ("benefits", "examples", "resources", "next_steps"):
        raw = getattr(page, name).raw_data
        setattr(page, name, [*raw, *[factories.block(each["type"], each["value"]) for each in list(raw) * 3]])
    page.save()
    assert statements(get, f"/{page.slug}/") == before
    assert before <= 14


# Records of the library -------------------------------------------------------------------------------------


def test_records_of_the_library_are_shown_with_the_way_to_them(get, national, places):
    from campaign_library.models import Bill, ModelOrdinance, Resource
    from toolkit_pages.models import LibraryPage

    language = factories.locale()
    ordinance = ModelOrdinance.objects.create(title="County ordinance", slug="county", locale=language)
    resource = Resource.objects.create(title="Counting holds", url="https://example.org/r", locale=language)
    bill = Bill.objects.create(
        number="SB 1", title="A bill", jurisdiction="CA", session="2015", locale=language
    )
    draft = Resource.objects.create(
        title="Unfinished", url="https://example.org/u", locale=language, live=False
    )
    page = factories.case_study(
        places.list,
        "With a model",
        slug="model",
        related=[factories.block("ordinance", {"ordinance": ordinance.pk, "note": "The same in law"})],
    )
    records = (("ordinance", ordinance), ("resource", resource), ("bill", bill), ("resource", draft))
    factories.campaign(
        national.home,
        slug="id",
        resources=[factories.block(kind, {"record": each.pk, "note": ""}) for kind, each in records],
    )
    # Without a library page there is a title, and nowhere to go.
    assert "County ordinance" in words(get("/places/model/"))
    assert "County ordinance" not in links(get("/places/model/"))
    factories._child(LibraryPage, national.home, "Library", slug="library")
    assert links(get("/places/model/"))["County ordinance"] == "/library/ordinances/county/"
    html = get("/id/")
    assert links(html)["County ordinance"] == "/library/ordinances/county/"
    assert links(html)["Counting holds"] == "https://example.org/r"
    assert "SB 1 A bill" in words(html)
    assert "Unfinished" not in words(html)
    ordinance.delete()
    assert "The same in law" not in words(get(f"/places/{page.slug}/"))


def test_every_word_of_a_case_study_can_be_translated_and_nothing_else(places, rules):
    from wagtail_localize.segments import StringSegmentValue
    from wagtail_localize.segments.extract import extract_segments

    from tests.toolkit_pages.places.test_writing import whole

    found = {
        str(each.path): each.render_text()
        for each in extract_segments(whole(places, rules))
        if isinstance(each, StringSegmentValue) and not each.is_empty()
    }
    said = set(found.values())
    assert {
        "Whole County",
        "bill",
        "Toolkit, 2011",
        "Cards",
        "3,000",
        "Minutes",
        "Late",
        "of the board",
    } <= said
    # Days, answers and choices are the same in all languages.
    assert not said & {"2011-11-15", "2013-08", "2011", "yes", "conditional", "public", "trouble", "DC"}
