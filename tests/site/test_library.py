"""The library page: what each site shows of the documents, where, in which language, at what cost."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign_library.models import ModelOrdinance
from editions.network.models import Affiliate, ProfileValue
from tests import factories
from tests.campaign_library import documents
from toolkit_pages.models import LibraryPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def national():
    tree = factories.organisation("National", "national.test", languages=("en", "es"), default=True)
    english = library(tree.homes["en"])
    library(tree.homes["es"], "Biblioteca", translation_key=english.translation_key)
    return tree


@pytest.fixture
def local(national):
    tree = factories.organisation("Santa Clara Welcomes", "local.test", languages=("en",))
    affiliate = Affiliate.objects.create(
        name="Santa Clara Welcomes", slug="santa-clara", place="Santa Clara", site=tree.site, folder=tree.folder,
        collection=factories.root_collection().add_child(name="Santa Clara"), languages=["en"],
    )  # fmt: skip
    library(tree.home)
    for name, value in (
        ("oversight_body", "Civilian <Panel>"),
        ("record_days", "10"),
        ("sheriff", "Sheriff Ana Example"),
    ):
        ProfileValue.objects.create(affiliate=affiliate, name=name, value=value)
    return affiliate


def library(home, title="Library", **fields):
    return factories._child(LibraryPage, home, title, slug="library", **fields)


def get(client, path, host="national.test"):
    return client.get(path, headers={"host": host})


def read(client, path, host="national.test"):
    response = get(client, path, host)
    assert response.status_code == 200, response
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_library_lists_what_there_is(client, national):
    documents.ordinance(summary="What it does.")
    documents.demand_list()
    documents.decision_maker()
    documents.text_template()
    html = read(client, "/library/")
    for path in (
        "ordinances/county-ordinance",
        "demands/a-policy-agenda",
        "asks/sheriff",
        "texts/letter-to-the-sheriff",
    ):
        assert f'href="/library/{path}/"' in html
        assert get(client, f"/library/{path}/").status_code == 200
    assert "County ordinance" in read(client, "/library/ordinances/")
    assert "A policy agenda" not in read(client, "/library/ordinances/")


@pytest.mark.parametrize(
    "path", ["nothing/", "ordinances/nothing/", "nothing/county-ordinance/", "ordinances/draft/"]
)
def test_what_is_not_there_is_a_404(client, national, path):
    documents.ordinance()
    documents.ordinance(title="Draft", live=False)
    assert get(client, f"/library/{path}").status_code == 404


def test_an_ordinance_is_numbered_and_explained(client, national):
    provision = factories.provision("no-sharing", label="Tells nobody outside", plain="It stays here.")
    documents.ordinance(sections=documents.county(provision))
    html = read(client, "/library/ordinances/county-ordinance/")
    assert '<span class="law-number">4</span> Enforcement and oversight' in html
    assert '<span class="clause-number">1.2</span>' in html
    assert '<span class="item-number">(b)</span>' in html
    assert "The county keeps what it knows" in html
    assert "Tells nobody outside" in html
    assert '<bdi dir="ltr">8 U.S.C. 1373</bdi>' in html
    assert "Without the word staff" in html
    assert "Should have been checked again by March 1, 2018." in html
    # A reference is a link with the number of what it names.
    assert 'href="#p-savings">Section 1.3</a>' in html
    assert 'id="p-savings"' in html
    assert "[[" not in html


def test_blanks_are_open_at_national_and_filled_in_at_an_affiliate(client, national, local):
    documents.ordinance()
    html = read(client, "/library/ordinances/county-ordinance/")
    assert (
        'href="#blank-oversight_body"><span class="visually-hidden">Blank: </span>[oversight body]</a>'
        in html
    )
    assert "[oversight body’s]</a> report comes out" in html
    assert "Who hears complaints about the sheriff here." in html
    html = read(client, "/library/ordinances/county-ordinance/", "local.test")
    assert 'The <span class="filled">Civilian &lt;Panel&gt;</span> takes complaints' in html
    assert '<span class="filled">Civilian &lt;Panel&gt;’s</span> report' in html
    assert 'within <span class="filled">10</span> days' in html
    assert "all are filled in here" in html
    # What is no blank of the document is an ordinary variable.
    assert "Every employee of your county is told" in html


def test_a_value_that_does_not_fit_stays_a_blank_and_says_why(client, national, local):
    documents.ordinance()
    ProfileValue.objects.filter(name="record_days").update(value="soon")
    html = read(client, "/library/ordinances/county-ordinance/", "local.test")
    assert "[number of days]</a> days" in html
    assert "What the profile says is not a whole number." in html
    ProfileValue.objects.filter(name="record_days").update(value="400")
    html = read(client, "/library/ordinances/county-ordinance/", "local.test")
    assert "What the profile says is more than 90." in html


def test_a_variant_says_how_it_differs(client, national):
    county = documents.ordinance()
    sections = documents.county()[1:5]
    sections[0]["value"]["provisions"][0]["value"]["text"] = "<p>Whoever receives a request says so.</p>"
    sections.append(documents.section("Effective at once", "<p>It holds from tomorrow.</p>"))
    documents.ordinance(title="City ordinance", level="city", variant_of=county, sections=sections)
    html = read(client, "/library/ordinances/city-ordinance/")
    assert 'href="/library/ordinances/county-ordinance/">County ordinance</a>' in html
    assert "<ins>says so</ins>" in html
    told = re.findall(r'class="difference (\S+)".*?</li>', html)
    assert told == ["changed", "same", "same", "same", "added", "left-out", "left-out"]
    assert "City ordinance" in read(client, "/library/ordinances/county-ordinance/")


def test_demands_keep_their_addresses(client, national):
    found = documents.demand_list()
    html = read(client, "/library/demands/a-policy-agenda/")
    assert 'href="#d-civil-0001" aria-label="Link to number 2(b)(i)">(i)</a>' in html
    assert "As of Dec. 1, 2016" in html and "City paper" in html
    found.demands = [documents.demand("<p>New and first.</p>"), *list(found.demands.raw_data)]
    found.save()
    html = read(client, "/library/demands/a-policy-agenda/")
    assert 'href="#d-civil-0001" aria-label="Link to number 3(b)(i)">(i)</a>' in html


def test_an_ask_sheet_names_the_local_office(client, national, local):
    provision = factories.provision("no-release-dates", label="No release dates")
    documents.decision_maker(provision)
    html = read(client, "/library/asks/sheriff/", "local.test")
    assert "<strong>Sheriff Ana Example</strong>" in html
    assert "No release dates" in html and "Usually elected." in html
    assert "Sheriff Ana Example" not in read(client, "/library/asks/sheriff/")


def test_a_letter_is_filled_in_and_can_be_copied(client, national, local):
    documents.text_template()
    html = read(client, "/library/texts/letter-to-the-sheriff/", "local.test")
    assert "<p>Dear Sheriff Ana Example,</p>" in html
    assert "[the last day]" in html
    assert "Example Church, Springfield" in html
    assert 'type="module" src="/static/campaign_library/letters.js"' in html
    ProfileValue.objects.create(affiliate=local, name="last_day", value="2027-01-31")
    html = read(client, "/library/texts/letter-to-the-sheriff/", "local.test")
    assert '<span class="filled">Jan. 31, 2027</span>' in html


def test_an_affiliates_own_stands_before_nationals_and_on_its_own_site_only(client, national, local):
    documents.ordinance(title="National text", slug="same")
    documents.ordinance(title="Our text", slug="same", owner=local)
    documents.decision_maker(title="Our mayor", owner=local)
    assert "<h1>Our text</h1>" in read(client, "/library/ordinances/same/", "local.test")
    assert "<h1>National text</h1>" in read(client, "/library/ordinances/same/")
    assert "Our mayor" not in read(client, "/library/")
    assert get(client, "/library/asks/our-mayor/").status_code == 404
    assert "Santa Clara adds" in read(client, "/library/asks/our-mayor/", "local.test")


def test_each_language_has_its_own_and_says_where_the_others_are(client, national):
    english = documents.ordinance()
    spanish = english.copy_for_translation(factories.locale("es"))
    spanish.title, spanish.slug, spanish.live = "Ordenanza del condado", "ordenanza", True
    spanish.save()
    html = read(client, "/library/ordinances/county-ordinance/")
    assert 'hreflang="es" href="http://national.test/es/library/ordinances/ordenanza/"' in html
    assert "Ordenanza del condado" in read(client, "/es/library/ordinances/ordenanza/")
    assert get(client, "/es/library/ordinances/county-ordinance/").status_code == 404
    html = read(client, "/library/ordinances/")
    assert 'hreflang="es" href="http://national.test/es/library/ordinances/"' in html


def test_a_provision_is_named_in_the_language_of_the_page_and_not_at_all_once_unpublished(client, national):
    english = factories.provision("no-sharing", label="Tells nobody")
    spanish = english.copy_for_translation(factories.locale("es"))
    spanish.label, spanish.live = "No lo dice a nadie", True
    spanish.save()
    found = documents.ordinance(sections=documents.county(english))
    translated = found.copy_for_translation(factories.locale("es"))
    translated.live = True
    translated.save()
    assert "No lo dice a nadie" in read(client, "/es/library/ordinances/county-ordinance/")
    english.live = False
    english.save()
    html = read(client, "/library/ordinances/county-ordinance/")
    assert "Tells nobody" not in html
    assert "No officer gives information" in html


def test_documents_are_found_in_the_search_of_the_site(client, national, local):
    documents.ordinance()
    documents.ordinance(title="Of the affiliate", owner=local)
    documents.demand_list(title="A draft of sensitive things", live=False)
    for host, titles in (
        ("national.test", ["county-ordinance"]),
        ("local.test", ["county-ordinance", "of-the-affiliate"]),
    ):
        html = read(client, "/search/?q=sensitive+information", host)
        assert re.findall(r'<h3><a href="/library/ordinances/([a-z-]+)/"', html) == titles
    LibraryPage.objects.all().delete()
    assert "county-ordinance" not in read(client, "/search/?q=sensitive+information")


def test_pages_cost_the_same_at_any_size(client, national, local):
    for number in range(2):
        documents.ordinance(title=f"Ordinance {number}", variant_of=ModelOrdinance.objects.first())
    documents.demand_list()
    documents.decision_maker()
    documents.text_template()
    paths = (
        "",
        "ordinances/ordinance-1/",
        "demands/a-policy-agenda/",
        "asks/sheriff/",
        "texts/letter-to-the-sheriff/",
    )
    before = [statements(client, f"/library/{path}") for path in paths]
    for number in range(2, 8):
        provision = factories.provision(f"provision-{number}")
        documents.ordinance(title=f"Ordinance {number}", sections=documents.county(provision) * 3)
        documents.demand_list(title=f"List {number}")
        documents.decision_maker(provision, title=f"Office {number}")
        documents.text_template(title=f"Letter {number}", owner=local)
    found = ModelOrdinance.objects.get(slug="ordinance-1")
    found.sections = documents.county(provision) * 3
    found.save()
    after = [statements(client, f"/library/{path}") for path in paths]
    # One more where an ordinance names provisions at all.
    before[1] += 1
    assert after == before
    assert max(after) <= 16


def statements(client, path):
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert get(client, path, "local.test").status_code == 200
    return len(queries)
