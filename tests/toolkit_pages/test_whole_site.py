"""What machines read of a site: its map, its news, its rules, and what each page says of itself."""

import json
import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from tests import factories

pytestmark = pytest.mark.django_db
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def national():
    return factories.organisation("National & all", "national.test", languages=("en", "es"), default=True)


@pytest.fixture
def kit(national):
    return factories.toolkit(national.home, "Kit", slug="kit")


def get(client, path, host="national.test"):
    return client.get(path, headers={"host": host})


def tree(response):
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def published(page, day):
    moment = datetime(2026, 5, day, tzinfo=UTC)
    Page.objects.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment)


def graph(response):
    words = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())[1]
    assert "<" not in words
    return {node["@type"]: node for node in json.loads(words)["@graph"]}


def test_the_map_has_every_public_page_with_its_languages_and_nothing_else(client, national, kit):
    factories.translation_of(kit, national.homes["es"], "Guía", slug="guia")
    factories.chapter(kit, "Draft", slug="draft", live=False)
    closed = factories.chapter(kit, "Closed", slug="closed")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    factories.organisation("Other", "other.test")
    found = {url.findtext("m:loc", namespaces=MAP): url for url in tree(get(client, "/sitemap.xml"))}
    host = "http://national.test"
    assert set(found) == {f"{host}/", f"{host}/es/", f"{host}/kit/", f"{host}/es/guia/"}
    alternates = {
        link.get("hreflang"): link.get("href") for link in found[f"{host}/kit/"].findall("x:link", MAP)
    }
    assert alternates == {"en": f"{host}/kit/", "es": f"{host}/es/guia/", "x-default": f"{host}/kit/"}
    assert [
        url.findtext("m:loc", namespaces=MAP) for url in tree(get(client, "/sitemap.xml", "other.test"))
    ] == ["http://other.test/"]


def test_the_map_costs_the_same_at_any_size(client, kit):
    costs = []
    get(client, "/sitemap.xml")  # content types are kept once asked for
    for _size in range(2):
        for number in range(5):
            factories.chapter(kit, f"Chapter {number}")
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            get(client, "/sitemap.xml")
            get(client, "/feed.xml")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_robots_are_told_where_the_map_is_and_to_leave_the_search_alone(client, kit):
    lines = get(client, "/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://national.test/sitemap.xml" in lines
    assert {"Disallow: /admin/", "Disallow: /search/", "Disallow: /es/search/"} <= set(lines)


def test_the_feed_of_a_language_has_what_is_new_first_and_valid(client, national, kit):
    old = factories.chapter(kit, "Old <one>", slug="old", summary="About {{ nobody_knows }} & more.")
    new = factories.chapter(kit, "New", slug="new")
    published(old, 1)
    published(new, 2)
    published(factories.toolkit(national.homes["es"], "Guía"), 3)
    feed = tree(get(client, "/feed.xml"))
    entries = feed.findall("a:entry", ATOM)
    assert [entry.findtext("a:title", namespaces=ATOM) for entry in entries] == ["New", "Old <one>"]
    assert entries[1].findtext("a:summary", namespaces=ATOM) == "About  & more."
    assert entries[0].find("a:link", ATOM).get("href") == "http://national.test/kit/new/"
    assert feed.findtext("a:updated", namespaces=ATOM) == "2026-05-02T00:00:00+00:00"
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    assert len(set(ids)) == 2
    Page.objects.filter(pk=new.pk).update(title="Renamed", slug="renamed", url_path="/moved/")
    again = tree(get(client, "/feed.xml")).find("a:entry", ATOM)
    assert again.findtext("a:id", namespaces=ATOM) == ids[0]
    spanish = tree(get(client, "/es/feed.xml"))
    assert [e.findtext("a:title", namespaces=ATOM) for e in spanish.findall("a:entry", ATOM)] == ["Guía"]
    assert get(client, "/fr/feed.xml").status_code == 404
    assert get(client, "/en/feed.xml").headers["Location"] == "/feed.xml"


def test_a_feed_without_news_is_valid(client):
    factories.organisation("Empty", "national.test", default=True)
    assert tree(get(client, "/feed.xml")).findtext("a:updated", namespaces=ATOM)


def test_a_page_says_where_it_is_at_home_and_what_it_is(client, national, kit):
    factories.chapter(
        kit, "</script><b>{{ jurisdiction }}", slug="one", summary='Says "{{ hotline }}"', as_of="2011-11-15"
    )
    response = get(client, "/kit/one/")
    html = response.content.decode()
    assert '<link rel="canonical" href="http://national.test/kit/one/">' in html
    assert '<meta property="og:type" content="article">' in html
    found = graph(response)
    assert "{{" not in json.dumps(found)
    assert found["Article"]["headline"].startswith("</script><b>")
    assert found["Article"]["temporalCoverage"] == "2011-11-15"
    steps = found["BreadcrumbList"]["itemListElement"]
    assert [step["item"] for step in steps] == [
        f"http://national.test{path}" for path in ("/", "/kit/", "/kit/one/")
    ]
    assert graph(get(client, "/"))["Organization"]["name"]


def test_an_edition_is_at_home_on_its_own_site(client, national, kit):
    local = factories.organisation("Local", "local.test")
    mine = factories.toolkit(local.home, "Kit", slug="kit")
    factories.chapter(mine, "One", slug="one")
    html = get(client, "/kit/one/", "local.test").content.decode()
    assert '<link rel="canonical" href="http://local.test/kit/one/">' in html


def test_the_whole_toolkit_on_one_page(client, kit):
    body = factories.every_block(factories.call_to_action(), factories.glossary_term(), factories.image())
    one = factories.chapter(kit, "One", body, slug="one", as_of="2011-11-15")
    factories.chapter(one, "Part", [factories.paragraph("<p>Inside.</p>")])
    factories.chapter(kit, "Two", [factories.paragraph("<p>Last words.</p>")])
    factories.chapter(kit, "Draft", live=False)
    response = get(client, "/kit/print/")
    html = response.content.decode()
    contents = html[html.index("whole-contents") : html.index("</nav>", html.index("whole-contents"))]
    assert re.findall(r'<span class="n">([\d.]+)</span>', contents) == ["1", "1.1", "2"]
    for words in ("Inside.", "Last words.", "Who to bring", 'datetime="2011-11-15"', "Printed from"):
        assert words in html
    assert "Draft" not in html
    assert '<meta name="robots" content="noindex">' in html
    assert html.index("Inside.") < html.index("Last words.")


def test_the_whole_toolkit_shows_the_places_that_its_chapters_compare(client, national, kit):
    places = [
        factories.case_study(factories.case_list(national.home, slug=f"list-{at}"), name, place=name)
        for at, name in enumerate(("Elm City", "Oak City"))
    ]
    body = [each for each in factories.every_block(None, None, places=places) if each["type"] == "comparison"]
    factories.chapter(kit, "One", body, slug="one")
    for address in ("/kit/one/", "/kit/print/"):
        html = get(client, address).content.decode()
        assert "Elm City" in html
        # An invented place, for previews in the editor.
        assert "A county" not in html


def test_the_whole_toolkit_costs_the_same_at_any_number_of_chapters(client, kit):
    costs = []
    for _size in range(2):
        for number in range(3):
            things = (factories.call_to_action(), factories.glossary_term(), factories.image())
            factories.chapter(kit, f"Chapter {number}", factories.every_block(*things))
        get(client, "/kit/print/")
        cache.clear()
        get(client, "/kit/print/")
        with CaptureQueriesContext(connection) as queries:
            get(client, "/kit/print/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_the_navigation_names_what_the_site_has(client, national):
    html = get(client, "/").content.decode()
    assert 'class="menu"' not in html
    factories.toolkit(national.home, "A kit with a very long name", slug="kit")
    assert '<a href="/kit/">Toolkits</a>' in get(client, "/").content.decode()
    factories.toolkit(national.home, "Another", slug="other")
    html = get(client, "/kit/").content.decode()
    assert '<a href="/#toolkits" aria-current="true">Toolkits</a>' in html
    assert "very long name</a>" not in html.split("</nav>")[0]


def test_leaving_needs_no_script_and_tells_its_limits(client, national):
    html = get(client, "/es/").content.decode()
    link = re.search(r'<a class="leave-now"[^>]*>', html)[0]
    assert 'href="https://es.wikipedia.org/"' in link
    assert 'rel="noreferrer noopener"' in link
    assert 'aria-describedby="exit-limits"' in link
    assert 'id="exit-limits"' in html
