"""Words explained in place on public pages: whose explanation, where, and when it changes."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign_library.actions import AdaptSnippet
from tests import factories
from tests.network.factories import AffiliateFactory
from toolkit_pages.models import ChapterPage, GlossaryPage

pytestmark = [pytest.mark.django_db, pytest.mark.cache]
TEXT = "<p>A detainer, and a <b>detainer</b>.</p>"


@pytest.fixture
def national():
    return factories.organisation("National", "national.test", languages=("en", "es"), default=True)


def chapter(home, *texts, slug="kit"):
    kit = factories.toolkit(home, slug=slug)
    blocks = [factories.paragraph(text) for text in texts or (TEXT,)]
    return factories.chapter(
        kit,
        "A detainer",
        [factories.block("heading", {"text": "Detainer", "level": "2"}), *blocks],
        slug="one",
    )


def read(client, host="national.test", path="/kit/one/"):
    return client.get(path, headers={"host": host}).content.decode()


def test_the_first_use_is_a_button_that_opens_its_meaning(client, national):
    term = factories.glossary_term(expansion="Form I-247", formerly="Hold")
    chapter(national.home)
    html = read(client)
    assert html.count(f'popovertarget="meaning-{term.pk}"') == 1
    assert f'<button type="button" class="word" popovertarget="meaning-{term.pk}">detainer</button>' in html
    assert f'id="meaning-{term.pk}" popover' in html
    assert "A request to hold somebody longer." in html
    assert "Form I-247" in html and "Formerly: Hold" in html
    assert re.search(r"<h2[^>]*>\s*Detainer", html) and re.search(r"<h1[^>]*>\s*A detainer", html)


def test_what_is_stored_stays_as_it_was(client, national):
    factories.glossary_term()
    page = chapter(national.home)
    before = ChapterPage.objects.get(pk=page.pk).body.raw_data
    read(client)
    assert list(ChapterPage.objects.get(pk=page.pk).body.raw_data) == list(before)


def test_a_term_that_stands_beside_the_text_is_not_explained_twice(client, national):
    term = factories.glossary_term()
    kit = factories.toolkit(national.home, slug="kit")
    factories.chapter(
        kit, "One", [factories.block("glossary_term", term.pk), factories.paragraph(TEXT)], slug="one"
    )
    assert "popovertarget" not in read(client).partition("<main")[2].partition("</main>")[0]


def test_it_leads_to_the_sites_glossary(client, national):
    term = factories.glossary_term()
    chapter(national.home)
    assert f"#term-{term.pk}" not in read(client)
    factories._child(GlossaryPage, national.home, "Words", slug="words")
    assert f'href="/words/#term-{term.pk}"' in read(client)


def test_each_language_has_its_own_words(client, national):
    factories.glossary_term(term="detención", plain="Palabra.", locale=factories.locale("es"))
    factories.glossary_term(term="Detainer")
    chapter(national.homes["es"], "<p>La detención y el detainer.</p>")
    html = read(client, path="/es/kit/one/")
    assert 'class="word"' in html and "Palabra." in html
    assert "A request to hold" not in html


def test_an_affiliates_own_and_adapted_words_win_on_its_site_only(client, national):
    cook = AffiliateFactory(name="Cook", slug="cook", hostname="cook.test")
    AffiliateFactory(name="Kane", slug="kane", hostname="kane.test")
    shared = factories.glossary_term()
    factories.glossary_term(term="jail", plain="National jail.")
    factories.glossary_term(term="Jail", plain="Cook's jail.", owner=cook)
    copy = AdaptSnippet(shared, cook).execute()
    copy.plain = "Cook's detainer."
    copy.save_revision().publish()
    text = "<p>A detainer in jail.</p>"
    chapter(national.home, text)
    chapter(cook.site.root_page.specific, text)
    local, shared_page = read(client, "cook.test"), read(client)
    assert "Cook&#x27;s detainer." in local and "Cook&#x27;s jail." in local
    assert "National jail." not in local and "A request to hold" not in local
    assert "Cook" not in shared_page and "National jail." in shared_page


def test_publishing_a_term_changes_the_pages_at_once(client, national):
    chapter(national.home)
    assert "meaning-" not in read(client)
    term = factories.glossary_term()
    assert f"meaning-{term.pk}" in read(client)
    term.plain = "Other words."
    term.save_revision().publish()
    assert "Other words." in read(client)
    term.unpublish()
    assert "meaning-" not in read(client)


def test_many_words_cost_one_statement_or_none(client, national):
    chapter(national.home, *["<p>Word a, word b, detainer.</p>"] * 3)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            read(client)
        return len(captured)

    read(client)
    factories.glossary_term()
    first = cost()
    for letter in "abcdefghij":
        factories.glossary_term(
            term=f"word {letter}", replaced_by=factories.glossary_term(term=f"new {letter}")
        )
    assert cost() == first


def test_meanings_are_escaped_and_their_variables_filled_in(client, national):
    factories.glossary_term(plain="<script>alert(1)</script> in {{ jurisdiction }}")
    chapter(national.home)
    html = read(client)
    assert "&lt;script&gt;alert(1)" in html and "in your county" in html
