"""Listing pages of the library: what they show, how they are narrowed, what they cost."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories, library_records
from tests.network.factories import AffiliateFactory
from toolkit_pages.models import ActionsPage, DirectoryPage, GlossaryPage, ResourcesPage, TrackerPage

pytestmark = pytest.mark.django_db
HOST = {"host": "national.test"}
PAST = datetime.date(2016, 1, 31)


@pytest.fixture
def national():
    return factories.organisation("National", "national.test", default=True)


def listing(model, home, slug="list", **fields):
    return factories._child(model, home, "The list", slug=slug, **fields)


def read(client, query="", host="national.test", slug="list"):
    response = client.get(f"/{slug}/{query}", headers={"host": host})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def main(html):
    return html.partition("<main")[2].partition("</main>")[0]


# Words ------------------------------------------------------------------------------------------------


def test_words_stand_under_their_letters_with_an_anchor_each(client, national):
    listing(GlossaryPage, national.home)
    terms = [factories.glossary_term(term=term) for term in ("Zeta", "éclair", "Eagle", "287(g)")]
    html = read(client)
    assert re.findall(r'<h2 id="letter-\d"[^>]*>(.*?)</h2>', html) == ["0–9", "E", "Z"]
    assert [html.index(f'id="term-{terms[n].pk}"') for n in (3, 2, 1, 0)] == sorted(
        html.index(f'id="term-{term.pk}"') for term in terms
    )


def test_a_page_without_words_says_so(client, national):
    listing(GlossaryPage, national.home)
    assert "No words are explained here yet." in read(client)


# Resources ----------------------------------------------------------------------------------------------


@pytest.fixture
def resources(national):
    listing(ResourcesPage, national.home)
    library_records.resource("Plain report", "Schools", languages=["en"], kind="report")
    library_records.resource("Spanish film", languages=["es", "en"], kind="film")
    library_records.resource("Only a draft", live=False)


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("", ["Plain report", "Spanish film", "2 resources"], []),
        ("?language=es", ["Spanish film", "1 of 2"], ["Plain report"]),
        ("?type=report", ["Plain report"], ["Spanish film"]),
        ("?topic=schools", ["Plain report"], ["Spanish film"]),
        ("?language=es&type=report", ["0 of 2"], ["Plain report", "Spanish film"]),
        ("?language=<script>&type=nonsense&p=9", ["Plain report", "Spanish film"], ["<script>&"]),
    ],
)
def test_resources_are_narrowed_by_the_address(client, resources, query, shown, hidden):
    html = main(read(client, query))
    assert all(words in html for words in shown)
    assert "Only a draft" not in html
    for words in hidden:
        assert words not in html


def test_choices_say_how_many_they_leave(client, resources):
    html = main(read(client, "?type=film"))
    assert '<a href="?language=es&amp;type=film#list"' in html or "type=film&amp;language=es" in html
    assert 'aria-current="true">Film' in html


# Organisations ----------------------------------------------------------------------------------------------


def test_organisations_by_area_and_language(client, national):
    listing(DirectoryPage, national.home)
    library_records.organisation("Everywhere", languages=["en"])
    library_records.organisation(
        "Lone Star", state="TX", languages=["es"], email="office@example.org", phone="(512) 555-0100"
    )
    html = main(read(client))
    assert re.findall(r'<h2 id="area-\d">(.*?)</h2>', html) == ["Nationwide", "Texas"]
    assert 'href="mailto:office@example.org"' in html and 'href="tel:5125550100"' in html
    assert "Everywhere" not in main(read(client, "?state=TX"))
    assert "Lone Star" not in main(read(client, "?language=en"))


# Bills --------------------------------------------------------------------------------------------------


def test_bills_by_state_and_stance_and_the_table_of_states(client, national):
    listing(TrackerPage, national.home)
    original = library_records.bill("SB 1070", stance="oppose")
    library_records.bill("HB 87", jurisdiction="GA", stance="oppose", copies_of=original)
    library_records.bill("AB 60", jurisdiction="CA", stance="support", stages=[])
    library_records.state_policy("Licence for all", "CA", "NV")
    library_records.state_policy("Tuition", "CA", "TX")
    html = main(read(client))
    assert html.index("Signed into law") < html.index("Introduced")
    assert "AZ SB 1070 (2010)" in html and "No stage is recorded." in html
    assert html.count('<th scope="row">Nevada</th>') == 1
    assert html.count("not listed") == 2
    narrowed = main(read(client, "?state=CA"))
    assert "AB 60" in narrowed and "SB 1070" not in narrowed and "Nevada" not in narrowed
    assert "AB 60" not in main(read(client, "?stance=oppose"))


# Actions ------------------------------------------------------------------------------------------------


def test_actions_by_effort_open_ones_first_over_ones_folded(client, national):
    listing(ActionsPage, national.home)
    factories.call_to_action(title="Long one", effort="day")
    factories.call_to_action(title="Quick one", effort="minute")
    factories.call_to_action(title="Old one", valid_until=PAST)
    factories.call_to_action(title="Later one", valid_from=datetime.date(2099, 1, 1))
    html = main(read(client))
    places = [html.index(words) for words in ("Quick one", "Long one", "Later one", "Old one")]
    assert places == sorted(places)
    assert html.index('<details class="over-actions">') < html.index("Old one")
    assert "3 things to do" in html


def test_nothing_open_says_so(client, national):
    listing(ActionsPage, national.home)
    factories.call_to_action(title="Old one", valid_until=PAST)
    assert "Nothing is open right now." in read(client)


# All of them ------------------------------------------------------------------------------------------------

ALL = [ActionsPage, DirectoryPage, GlossaryPage, ResourcesPage, TrackerPage]


def fill(number, offset=0):
    for i in range(offset, offset + number):
        factories.glossary_term(term=f"Word {i}", replaced_by=factories.glossary_term(term=f"New {i}"))
        factories.call_to_action(title=f"Act {i}").tags.set([])
        who = library_records.organisation(f"Org {i}", f"Topic {i}")
        library_records.resource(f"Paper {i}", f"Topic {i}", publisher=who)
        library_records.bill(f"SB {i}", f"Topic {i}", copies_of=library_records.bill(f"HB {i}"))
        library_records.state_policy(f"Policy {i}")


@pytest.mark.parametrize("model", ALL)
def test_a_list_costs_the_same_for_few_and_many(client, national, model):
    listing(model, national.home)

    def queries():
        read(client)
        with CaptureQueriesContext(connection) as captured:
            read(client)
        return len(captured)

    fill(2)
    few = queries()
    fill(6, offset=2)
    assert queries() == few
    assert few <= 12


@pytest.mark.parametrize("model", ALL)
def test_affiliates_have_lists_of_their_own(client, national, model):
    cook = AffiliateFactory(name="Cook", slug="cook", hostname="cook.test")
    kane = AffiliateFactory(name="Kane", slug="kane", hostname="kane.test")
    fill(1)
    for owner, name in ((cook, "Cook's very own"), (kane, "Kane's very own")):
        factories.glossary_term(term=name, owner=owner)
        factories.call_to_action(title=name, owner=owner)
        library_records.organisation(name, owner=owner)
        library_records.resource(name, owner=owner)
        library_records.bill("SB 9", title=name, owner=owner)
    listing(model, cook.site.root_page.specific)
    html = read(client, host="cook.test")
    assert "Cook&#x27;s very own" in html
    assert "Kane" not in html


@pytest.mark.parametrize("model", ALL)
def test_they_are_made_in_the_admin(admin_client, national, model):
    name = model._meta.model_name
    response = admin_client.get(f"/admin/pages/add/toolkit_pages/{name}/{national.home.pk}/")
    assert response.status_code == 200
