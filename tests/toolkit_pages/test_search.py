"""Search in one site and one language, the same on SQLite and PostgreSQL."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction

from campaign_library.models import Bill, GlossaryTerm, Organisation, Resource
from tests import factories
from tests.factories import paragraph
from toolkit_pages.models import ActionsPage, DirectoryPage, GlossaryPage, ResourcesPage, TrackerPage
from toolkit_pages.public.searching import results as answering
from toolkit_pages.public.searching.sources import SearchSource

pytestmark = pytest.mark.django_db


@pytest.fixture
def national():
    return factories.organisation("National", "national.test", languages=("en", "es"), default=True)


@pytest.fixture
def kit(national):
    return factories.toolkit(national.home, "Asking a county", slug="kit")


def ask(client, words, path="/search/", host="national.test", **more):
    return client.get(path, {"q": words, **more}, headers={"host": host})


def main(response):
    html = response.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def titles(response):
    found = re.findall(r"<h3><a[^>]*>(.*?)</a></h3>", main(response))
    return [re.sub(r"</?mark>", "", title) for title in found]


def test_words_of_titles_and_texts_are_found_with_their_place_marked(client, kit):
    factories.chapter(kit, "What a detainer is", [paragraph("<p>A request, not an order.</p>")], slug="one")
    factories.chapter(kit, "Who decides", [paragraph("<p>The sheriff answers detainers.</p>")], slug="two")
    response = ask(client, "detainer")
    assert titles(response) == ["What a detainer is", "Who decides"]
    assert '<a href="/kit/one/">What a <mark>detainer</mark> is</a>' in main(response)
    assert "The sheriff answers <mark>detainers</mark>." in main(response)
    assert "2 results" in main(response)
    assert titles(ask(client, "SHERIFF answ")) == ["Who decides"]


def test_accents_and_case_do_not_matter(client, national):
    kit = factories.toolkit(national.homes["es"], "Guía", slug="guia")
    factories.chapter(kit, "Qué es una detención", [paragraph("<p>Más información aquí.</p>")], slug="uno")
    for words in ("detencion", "DETENCIÓN", "informacion", "mas", "¿Qué es?"):
        assert titles(ask(client, words, "/es/search/")) == ["Qué es una detención"], words
    assert "<mark>detención</mark>" in main(ask(client, "detencion", "/es/search/"))


def test_arabic_is_found_and_marked(client):
    tree = factories.organisation("شبكة", "ar.test", languages=("ar",), default=True)
    kit = factories.toolkit(tree.home, "دليل", slug="kit")
    factories.chapter(kit, "من يقرر", [paragraph("<p>يقرر مأمور المقاطعة في الاحتجاز.</p>")], slug="one")
    response = ask(client, "المقاطعة", host="ar.test")
    assert titles(response) == ["من يقرر"]
    assert "<mark>المقاطعة</mark>" in main(response)


def test_a_citation_is_found_as_it_is_written(client, kit):
    factories.chapter(kit, "Law", [paragraph("<p>See 8 U.S.C. 1373 and 287(g).</p>")])
    factories.chapter(kit, "Other", [paragraph("<p>Room 8 of 13.</p>")])
    for words in ("8 U.S.C. 1373", "u.s.c.", "287(g)", "287(g"):
        assert titles(ask(client, words)) == ["Law"], words


def test_only_what_readers_of_this_site_may_read_in_this_language(client, national, kit):
    factories.chapter(kit, "Open", [paragraph("<p>detainer</p>")])
    factories.chapter(kit, "Draft", [paragraph("<p>detainer</p>")], live=False)
    closed = factories.chapter(kit, "Closed", [paragraph("<p>detainer</p>")])
    factories.chapter(closed, "Within", [paragraph("<p>detainer</p>")])
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="x")
    spanish = factories.toolkit(national.homes["es"], "Guía")
    factories.chapter(spanish, "Abierto", [paragraph("<p>detainer</p>")])
    other = factories.organisation("Other", "other.test")
    factories.chapter(factories.toolkit(other.home, "Theirs"), "Elsewhere", [paragraph("<p>detainer</p>")])
    assert titles(ask(client, "detainer")) == ["Open"]
    assert titles(ask(client, "detainer", "/es/search/")) == ["Abierto"]
    assert titles(ask(client, "detainer", host="other.test")) == ["Elsewhere"]
    assert ask(client, "detainer", "/es/search/", host="other.test").status_code == 404


def test_all_words_first_then_some_of_them_said_so(client, kit):
    factories.chapter(kit, "Both", [paragraph("<p>sheriff and council</p>")])
    factories.chapter(kit, "One", [paragraph("<p>sheriff alone</p>")])
    assert titles(ask(client, "council sheriff")) == ["Both"]
    partial = ask(client, "sheriff mayor")
    assert titles(partial) == ["Both", "One"]
    assert "Nothing has all of these words" in main(partial)


def test_a_slip_of_the_pen_gets_a_suggestion_that_works(client, kit):
    factories.chapter(kit, "What a detainer is", [paragraph("<p>The sheriff.</p>")])
    response = ask(client, "sherrif")
    assert "Nothing found" in main(response)
    assert '<a href="/search/?q=sheriff">sheriff</a>' in main(response)
    assert "Nothing found" in main(ask(client, "zzzzzz"))


def test_empty_too_short_and_hostile_questions_are_answered(client, kit):
    assert client.get("/search/", headers={"host": "national.test"}).status_code == 200
    assert "longer word" in main(ask(client, "x"))
    assert "longer word" in main(ask(client, "?!"))
    hostile = (
        '"', "'", "\\", "a OR", "NOT", "title:x", "x*", "^x", "NEAR(a b)", "a & | !", "((", "a\x00b", "%", "a'b:*",
        "{{ hotline }}", "é" * 5000, "<script>alert(1)</script>", "-- ; DROP TABLE", "😀", "\u202e abc", "' \\",
    )  # fmt: skip
    for words in hostile:
        response = ask(client, words)
        assert response.status_code == 200, words
        assert "<script>alert" not in response.content.decode()
    assert ask(client, "kit", page="zzz").status_code == 200
    assert ask(client, "asking", page="999", kind="nothing").status_code == 200


def test_what_was_found_is_escaped_and_has_its_variables_filled_in(client, kit):
    factories.chapter(
        kit, "A <b>bold</b> title", [paragraph("<p>Call {{ jurisdiction }} &lt; today &amp; later.</p>")]
    )
    html = main(ask(client, "today"))
    assert "A &lt;b&gt;bold&lt;/b&gt; title" in html
    assert "&lt; <mark>today</mark> &amp; later" in html
    assert "{{" not in html


def test_kinds_narrow_and_screens_turn(client, kit, monkeypatch):
    monkeypatch.setattr(answering, "PER_SCREEN", 2)
    for number in range(3):
        factories.chapter(kit, f"Asking {number}")
    everything = main(ask(client, "asking"))
    assert re.search(r'kind=toolkitpage"[^>]*>Toolkit <span class="n">1</span>', everything)
    assert re.search(r'rel="next"[^>]*href="/search/\?q=asking&amp;page=2"', everything)
    assert titles(ask(client, "asking", kind="toolkitpage")) == ["Asking a county"]
    chapters = ask(client, "asking", kind="chapterpage", page="2")
    assert titles(chapters) == ["Asking 2"]
    assert "&amp;page=1&amp;kind=chapterpage" in main(chapters)


def test_apps_register_what_else_is_found(client, national, kit):
    factories.glossary_term(term="Detainer", plain="A request.")
    factories.glossary_term(term="Detainer draft", live=False)
    factories.glossary_term(term="Detainer elsewhere")
    source = SearchSource(
        name="terms",
        kind="Glossary",
        model=GlossaryTerm,
        found=lambda place: GlossaryTerm.objects.filter(
            live=True, locale__language_code=place.wanted, owner=None
        ),
        label="term",
        where="term",
        address=lambda place, where: None if "elsewhere" in where else f"/glossary/#{where.lower()}",
    )
    with hooks.register_temporarily("register_search_sources", lambda: [source]):
        response = ask(client, "detainer")
    assert titles(response) == ["Detainer"]
    assert 'href="/glossary/#detainer"' in main(response)
    assert "Glossary" in main(response)


def test_the_library_is_found_where_the_site_has_a_page_for_it(client, national, kit):
    term = factories.glossary_term(term="Detainer", plain="A request to hold somebody.")
    factories.call_to_action(title="Ask about detainers")
    for model, name in ((Bill, "title"), (Resource, "title"), (Organisation, "name")):
        model.objects.create(**{name: f"Detainer {name}"}, locale=kit.locale)
    assert titles(ask(client, "detainer")) == []
    for model in (GlossaryPage, ActionsPage, TrackerPage, ResourcesPage, DirectoryPage):
        home = Page.objects.get(pk=national.home.pk)
        home.add_child(instance=model(title=model.__name__, slug=model.__name__.lower(), locale=kit.locale))
    response = ask(client, "detainer")
    assert sorted(titles(response)) == [
        "Ask about detainers", "Detainer", "Detainer name", "Detainer title", "Detainer title",
    ]  # fmt: skip
    assert f'href="/glossarypage/#term-{term.pk}"' in main(response)
    assert titles(ask(client, "detainer", kind="directorypage")) == ["Detainer name"]


def test_no_trace_and_no_index(client, kit):
    response = ask(client, "asking")
    assert not response.cookies
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert client.post("/search/", {"q": "x"}, headers={"host": "national.test"}).status_code == 405


def test_the_first_language_has_no_prefix_and_the_others_lead_to_their_own_search(client, national):
    response = client.get("/en/search/?q=x", headers={"host": "national.test"})
    assert (response.status_code, response.headers["Location"]) == (301, "/search/?q=x")
    assert 'hreflang="es" href="/es/search/"' in ask(client, "abc").content.decode()
    centro = factories.organisation("Centro", "centro.test", languages=("es", "en"))
    factories.toolkit(centro.homes["es"], "Guía")
    assert titles(ask(client, "guia", host="centro.test")) == ["Guía"]
    assert ask(client, "guia", "/en/search/", host="centro.test").status_code == 200


@pytest.mark.parametrize(("words", "most"), [("detainer", 1), ("detainer nobody", 2), ("detayner", 2)])
def test_searching_costs_at_most_three_statements_at_any_size(client, national, kit, words, most):
    costs = []
    for _size in range(2):
        for number in range(6):
            factories.chapter(kit, f"Chapter {number}", [paragraph("<p>A detainer and the sheriff.</p>")])
        other = factories.organisation("Other", f"other-{len(costs)}.test")
        factories.chapter(factories.toolkit(other.home), "Detainer")
        cache.clear()
        ask(client, words)
        with CaptureQueriesContext(connection) as queries:
            ask(client, words)
        searching = [query["sql"] for query in queries if "indexentry" in query["sql"]]
        costs.append((len(searching), len(queries)))
    assert costs[0] == costs[1]
    assert costs[1][0] <= most
