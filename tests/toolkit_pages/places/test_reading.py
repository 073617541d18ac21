"""What readers get of case studies: the page, the list with its filters, the table."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from campaign_library.models import Provision
from editions.actions.adopt import Adopt
from tests import factories
from toolkit_pages.models import CaseStudiesPage, CaseStudyPage


def words(html):
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def rows_of(html):
    """The table's rows by their headings: a list of the texts of their cells."""
    table = BeautifulSoup(html, "html.parser").find("table")
    found = {}
    for row in table.find_all("tr"):
        heading = row.find("th", scope="row")
        if heading is not None:
            cells = [cell.find("div").get_text(" ", strip=True) for cell in row.find_all("td")]
            found[heading.get_text(" ", strip=True)] = [" ".join(cell.split()) for cell in cells]
    return found


# One place -----------------------------------------------------------------------------------------


def test_a_page_says_what_is_on_record(get, places):
    text = words(get("/places/santa/"))
    assert "Santa Clara County" in text
    assert "Adopted, as the source implies as recorded in Toolkit, 2011" in text
    assert "Yes Holds nobody unpaid" in text
    assert "On conditions Only for a felony If it pays ." in text


def test_a_number_stands_with_its_day_and_source(get, places):
    assert "over 12,000 Cards As of 2014 · Report" in words(get("/places/haven/")).replace(
        "  ", " · "
    ).replace("2014 Report", "2014 · Report")


def test_a_place_whose_status_nobody_records_says_so(get, places):
    factories.case_study(places.list, "Nowhere", slug="nowhere")
    assert "Status Not recorded" in words(get("/places/nowhere/"))


def test_voices_say_who_where_and_in_which_language(get, places):
    factories.case_study(
        places.list,
        "Voices",
        slug="voices",
        voices=[
            factories.heard(form="gist", text="<p>A bright line.</p>"),
            factories.heard(
                text="<p>We call now.</p>",
                speaker="",
                role="A neighbour",
                permission="unnamed",
                language="es",
                original="<p>Ahora llamamos.</p>",
            ),
        ],
    )
    html = get("/places/voices/")
    page = BeautifulSoup(html, "html.parser")
    gist, quote = page.select("figure.voice")
    assert gist.blockquote is None
    assert "Told in our words" in gist.get_text()
    assert "A member" in gist.get_text()
    original = quote.select_one("blockquote[lang=es]")
    assert original.get_text(strip=True) == "Ahora llamamos."
    assert "Name withheld" in quote.get_text()
    assert "Translated for this page" in quote.get_text()


def test_a_page_past_its_review_says_so_calmly(get, places):
    past, future = datetime.date(2020, 1, 1), datetime.date(2999, 1, 1)
    factories.case_study(places.list, "Old", slug="old", review_by=past)
    factories.case_study(places.list, "Fresh", slug="fresh", review_by=future)
    assert "was to be looked at again by Jan. 1, 2020" in words(get("/places/old/"))
    assert "looked at again" not in words(get("/places/fresh/"))
    table = rows_of(get("/places/compare/?with=old&with=fresh"))
    assert ["Due to be looked at again" in cell for cell in table["As of"]] == [True, False]


def test_a_provision_taken_out_of_the_library_is_left_out_and_the_page_stands(get, places, rules):
    rules.felony.delete()
    text = words(get("/places/santa/"))
    assert "Only for a felony" not in text
    assert "Holds nobody unpaid" in text
    assert "Only for a felony" not in words(get("/places/compare/?with=santa&with=cook"))


def test_a_provision_is_named_in_the_language_of_the_page(get, national, places, rules):
    factories.provision(
        "felony",
        label="Solo por delito grave",
        locale=factories.locale("es"),
        translation_key=rules.felony.translation_key,
    )
    spanish = factories.translation_of(places.list, national.homes["es"], "Lugares", slug="lugares")
    # As wagtail-localize copies it: the id is still that of the English provision.
    factories.translation_of(
        places.santa,
        spanish,
        "Santa Clara",
        slug="santa",
        place="Santa Clara",
        details=places.santa.details.raw_data,
    )
    assert "Solo por delito grave" in words(get("/es/lugares/santa/"))


# The list --------------------------------------------------------------------------------------------


def listed(html):
    return [title.get_text(strip=True) for title in BeautifulSoup(html, "html.parser").select(".places h2")]


def test_the_list_holds_all_by_state_and_place(get, places):
    assert listed(get("/places/")) == ["Santa Clara decides", "New Haven prints a card", "Cook decides"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("policy=municipal_id", ["New Haven prints a card"]),
        ("state=CA", ["Santa Clara decides"]),
        ("jurisdiction=county", ["Santa Clara decides", "Cook decides"]),
        ("status=implied&state=IL", ["Cook decides"]),
        ("provision=no-unpaid", ["Santa Clara decides", "Cook decides"]),
        # Cook's page says no to it, and a "no" is not having it.
        ("provision=felony", ["Santa Clara decides"]),
        ("policy=municipal_id&state=CA", []),
    ],
)
def test_filters(get, places, query, titles):
    html = get(f"/places/?{query}")
    assert listed(html) == titles
    assert f"{len(titles)} of 3 case studies" in words(html)


def test_a_filter_counts_what_a_choice_would_leave(get, places):
    page = BeautifulSoup(get("/places/?jurisdiction=county"), "html.parser")
    states = {o["value"]: o.get_text() for o in page.select("select[name=state] option") if o["value"]}
    assert states == {"CA": "California (1)", "CT": "Connecticut (0)", "IL": "Illinois (1)"}
    assert "jurisdiction=county" in page.select_one(".facets a")["href"]


def test_an_unknown_filter_is_named_and_left_out(get, places):
    html = get("/places/?state=ZZ&policy=%3Cscript%3E")
    assert "<script>" not in html
    assert "is none of the choices" in words(html)
    assert len(listed(html)) == 3


def test_an_empty_list_says_so(get, national):
    factories.case_list(national.home, slug="places")
    assert "Nothing is published here yet." in words(get("/places/"))
    assert "Nothing is published here yet." in words(get("/places/compare/"))


def test_drafts_are_neither_listed_nor_compared(get, places):
    factories.case_study(places.list, "Draft", slug="draft", live=False)
    assert "Draft" not in listed(get("/places/"))
    assert "“draft” is not among" in words(get("/places/compare/?with=santa&with=draft"))


def test_an_affiliates_list_holds_the_inherited_and_its_own_in_its_voice(get, local, places):
    Adopt(places.list, local.site).execute()
    own = CaseStudiesPage.objects.descendant_of(local.home).get()
    factories.case_study(own, "San Jose schools decide", slug="san-jose", place="San Jose", state="CA")
    html = get("/places/", "local.test")
    assert listed(html) == [
        "San Jose schools decide",
        "Santa Clara decides",
        "New Haven prints a card",
        "Cook decides",
    ]
    marked = [
        item
        for item in BeautifulSoup(html, "html.parser").select(".places li")
        if "Santa Clara adds" in item.text
    ]
    assert ["San Jose schools decide" in item.text for item in marked] == [True]
    assert "Santa Clara adds" in words(get("/places/san-jose/", "local.test"))
    assert "San Jose" in words(get("/places/compare/?with=san-jose&with=cook", "local.test"))
    assert "San Jose" not in get("/places/")


# Side by side ------------------------------------------------------------------------------------------


def test_two_places_line_by_line(get, places):
    table = rows_of(get("/places/compare/?with=santa&with=cook"))
    assert table["Kind of place"] == ["County, California", "County, Illinois"]
    assert table["Holds nobody unpaid"] == ["Yes", "Yes"]
    assert table["Only for a felony"] == ["On conditions If it pays .", "No"]
    assert table["No officers in the jail"] == ["Yes", "Not mentioned"]
    assert table["Instrument"] == ["Not mentioned", "Not mentioned"]


def test_the_order_and_the_short_form_of_the_address_are_the_readers(get, places):
    page = BeautifulSoup(get("/places/compare/?with=haven,cook"), "html.parser")
    heads = [th.get_text(strip=True) for th in page.select("thead th")]
    assert heads == ["New Haven", "Cook County"]
    assert all(th["scope"] == "col" for th in page.select("thead th"))


@pytest.mark.parametrize(
    ("query", "message", "has_table"),
    [
        ("", "Choose two to four places", False),
        ("with=santa", "Choose two to four places", False),
        ("with=santa&with=santa", "Choose two to four places", False),
        ("with=santa&with=nowhere", "“nowhere” is not among the case studies here.", False),
        (
            "with=santa&with=cook&with=gone&with=lost",
            "These are not among the case studies here: “gone”, “lost”.",
            True,
        ),
        ("with=a,b,c,d,e&with=%00%3Cb%3E", "These are not among", False),
    ],
)
def test_what_cannot_be_compared_says_why(get, places, query, message, has_table):
    html = get(f"/places/compare/?{query}")
    assert message in words(html)
    assert ('class="compare"' in html) is has_table
    if not has_table:
        assert len(listed(html)) == 3


def test_more_than_four_are_given_back_to_choose_from(get, places):
    slugs = ["santa", "cook", "haven"]
    for number in range(2):
        factories.case_study(places.list, f"Place {number}", slug=f"place-{number}")
        slugs.append(f"place-{number}")
    html = get("/places/compare/?" + "&".join(f"with={slug}" for slug in slugs))
    assert "You chose 5 places. At most four fit side by side" in words(html)
    assert len(BeautifulSoup(html, "html.parser").select("input[name=with][checked]")) == 5
    four = get("/places/compare/?" + "&".join(f"with={slug}" for slug in slugs[:4]))
    assert len(BeautifulSoup(four, "html.parser").select("thead th")) == 4


def test_from_a_place_to_the_list_with_the_place_ticked(get, places):
    link = BeautifulSoup(get("/places/cook/"), "html.parser").select_one(".compare-link a")["href"]
    assert link == "/places/?with=cook#places"
    assert re.search(r'value="cook" checked', get(link.partition("#")[0]))


def test_the_switcher_keeps_the_comparison_where_it_is_translated(get, national, places):
    spanish = factories.translation_of(places.list, national.homes["es"], "Lugares", slug="lugares")
    factories.translation_of(places.santa, spanish, "Santa Clara", slug="santa-es", place="Santa Clara")
    one = get("/places/compare/?with=santa&with=cook")
    assert 'hreflang="es"' in one
    assert "santa-es" not in one
    factories.translation_of(places.cook, spanish, "Cook", slug="cook-es", place="Cook")
    both = get("/places/compare/?with=santa&with=cook")
    assert 'href="/es/lugares/compare/?with=santa-es&amp;with=cook-es"' in both


# What it costs -------------------------------------------------------------------------------------------


def statements(get, path, host="national.test"):
    get(path, host)
    with CaptureQueriesContext(connection) as found:
        get(path, host)
    return len(found)


def grow(places, rules, count):
    for number in range(count):
        rule = factories.provision(f"rule-{number}")
        factories.case_study(
            places.list,
            f"More {number}",
            slug=f"more-{number}",
            details=[factories.answered(rules.unpaid), factories.answered(rule, "no")],
            voices=[factories.heard(f"<p>{factories.link_to(places.list)}</p>")],
            related=[factories.block("page", {"page": places.santa.pk, "note": ""})],
        )


@pytest.mark.parametrize(
    "path", ["/places/", "/places/?state=CA", "/places/compare/?with=santa&with=cook", "/places/more-0/"]
)
def test_the_number_of_statements_does_not_grow(get, places, rules, path):
    grow(places, rules, 1)
    before = statements(get, path)
    page = CaseStudyPage.objects.get(slug="more-0")
    more = [factories.answered(factories.provision(f"own-{n}")) for n in range(8)]
    links = [factories.block("page", {"page": each.pk, "note": ""}) for each in (places.cook, places.haven)]
    page.details = [*page.details.raw_data, *more]
    page.related = [*page.related.raw_data, *links]
    page.save()
    for number in range(8):
        factories.case_study(
            places.list, f"Yet {number}", slug=f"yet-{number}", details=[factories.answered(rules.access)]
        )
    assert statements(get, path) == before
    assert before <= 12


def test_deep_pages_of_the_tree_are_not_confused_with_views(client, places):
    assert client.get("/places/compare/more/", headers={"host": "national.test"}).status_code == 404
    assert client.get("/places/santa/compare/", headers={"host": "national.test"}).status_code == 404
    assert Page.objects.filter(slug="compare").count() == 0
    assert Provision.objects.count() == 3
