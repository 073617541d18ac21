"""Documents of the library within a chapter."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.campaign_library import documents
from toolkit_pages.models import LibraryPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def national():
    tree = factories.organisation("National", "national.test", default=True)
    factories._child(LibraryPage, tree.home, "Library", slug="library")
    return tree


def read(client, national, *blocks):
    kit = factories.toolkit(national.home, slug="kit")
    page = factories.chapter(kit, "One", list(blocks), slug="one")
    response = client.get("/kit/one/", headers={"host": "national.test"})
    page.delete()
    kit.delete()
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def embedded(kind, document, **fields):
    return factories.block(kind, {"document": document.pk, **fields})


def test_a_section_of_an_ordinance_is_shown_by_its_name_or_number(client, national):
    found = documents.ordinance(summary="In short.")
    by_name = read(client, national, embedded("ordinance", found, section="oversight"))
    by_number = read(client, national, embedded("ordinance", found, section="4"))
    for html in (by_name, by_number):
        assert "takes complaints about" in html
        assert "Protection of sensitive" not in html
        assert 'href="/library/ordinances/county-ordinance/#s-oversight"' in html
        # Its references lead to the ordinance's own page; its blanks say their hints where they stand.
        assert 'href="/library/ordinances/county-ordinance/#s-records">Section 2</a>' in html
        assert "[oversight body]<span" in html and "Who hears complaints" in html
        assert "<h2" in html  # the section's heading, at the level that the page has reached
    html = read(client, national, embedded("ordinance", found, section=""))
    assert "In short." in html and "takes complaints" not in html
    assert "Read the whole ordinance, 6 sections" in html


def test_demands_asks_and_letters_are_shown_whole(client, national):
    html = read(
        client,
        national,
        embedded("demand_list", documents.demand_list()),
        embedded("ask_sheet", documents.decision_maker()),
        embedded("text_template", documents.text_template()),
    )
    assert 'href="/library/demands/a-policy-agenda/#d-civil-0001"' in html
    assert "Decline requests for release dates." in html
    assert "Dear the sheriff," in html
    assert "[the last day]" in html


def test_a_case_study_leads_to_the_ordinance_that_goes_with_it(client, national):
    found = documents.ordinance()
    studies = factories.case_list(national.home)
    related = [factories.block("ordinance", {"ordinance": found.pk, "note": ""})]
    study = factories.case_study(studies, "A county decides", related=related)
    html = client.get(f"/{studies.slug}/{study.slug}/", headers={"host": "national.test"}).content.decode()
    assert 'href="/library/ordinances/county-ordinance/">County ordinance</a>' in html


def test_a_draft_is_not_shown(client, national):
    draft = documents.ordinance(title="Not yet", live=False)
    assert "Not yet" not in read(client, national, embedded("ordinance", draft, section=""))


def test_where_no_library_page_is_there_is_no_link(client, national):
    LibraryPage.objects.all().delete()
    html = read(client, national, embedded("ordinance", documents.ordinance(), section="4"))
    assert "takes complaints" in html
    assert "Read the whole ordinance" not in html


def test_the_number_of_documents_costs_nothing(client, national):
    kit = factories.toolkit(national.home, slug="kit")
    costs = []
    for size in (1, 5):
        spanish = documents.demand_list(title="Demandas", locale=factories.locale("es"))
        body = [each for _number in range(size) for each in factories.document_blocks()]
        factories.chapter(kit, "Chapter", [*body, embedded("demand_list", spanish)], slug=f"chapter-{size}")
        client.get(
            f"/kit/chapter-{size}/", headers={"host": "national.test"}
        )  # content types are kept once asked for
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/kit/chapter-{size}/", headers={"host": "national.test"})
        assert response.status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
