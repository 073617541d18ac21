"""What readers get: addresses, languages, numbers, links, words; and how much it costs."""

import re
from itertools import pairwise

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page

from editions.models import Edition, Version, Withdrawal
from editions.network.models import Affiliate, ProfileValue
from tests import factories
from toolkit_pages.models import ChapterPage

pytestmark = [pytest.mark.django_db, pytest.mark.cache]


@pytest.fixture
def national():
    return factories.organisation("National", "national.test", languages=("en", "es"), default=True)


@pytest.fixture
def local(national):
    tree = factories.organisation("Santa Clara Welcomes", "local.test", languages=("en", "es"))
    affiliate = Affiliate.objects.create(
        name="Santa Clara Welcomes",
        slug="santa-clara",
        place="Santa Clara",
        site=tree.site,
        folder=tree.folder,
        collection=factories.root_collection().add_child(name="Santa Clara"),
        languages=["en", "es"],
        logo=factories.image("Logo"),
        colour_1="#123456",
        colour_2="#654321",
    )
    ProfileValue.objects.create(affiliate=affiliate, name="hotline", value="408-555-0142")
    ProfileValue.objects.create(affiliate=affiliate, name="jurisdiction", value="Santa Clara County")
    return tree


def get(client, path, host="national.test", **headers):
    return client.get(path, headers={"host": host, **headers})


def text(response):
    return response.content.decode()


def follow(page, source):
    """Makes ``page`` an edition of ``source``, in step with its newest version."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Site

    from editions.content import get_content

    version = Version.objects.create(
        content_type=ContentType.objects.get_for_model(source),
        source_id=source.pk,
        source_key=source.translation_key,
        locale=source.locale,
        number=Version.objects.filter(source_id=source.pk).count() + 1,
        content=get_content(source),
        slug=source.slug,
    )
    type(page).objects.filter(pk=page.pk).update(base_version=version.pk)
    sites = Site.objects.filter(root_page__depth__gt=2).select_related("root_page")
    site = next(site for site in sites if page.path.startswith(site.root_page.path[:-4]))
    return Edition.objects.create(
        page_id=page.pk,
        site=site,
        locale=page.locale,
        source_id=source.pk,
        source_key=source.translation_key,
        base=version,
        sent=version,
    )


# Addresses and languages ---------------------------------------------------------------------------


def test_each_level_answers(client, national):
    kit = factories.toolkit(national.home, "Kit", slug="kit")
    part = factories.chapter(factories.chapter(kit, "One", slug="one"), "Part", slug="part")
    for path, title in (
        ("/", national.home.title),
        ("/kit/", "Kit"),
        ("/kit/one/", "One"),
        ("/kit/one/part/", part.title),
    ):
        response = get(client, path)
        assert response.status_code == 200
        assert f"<h1>{title}</h1>" in text(response)


def test_the_host_decides_whose_page_it_is(client, national, local):
    factories.toolkit(national.home, "National kit", slug="kit")
    factories.toolkit(local.home, "Local kit", slug="kit")
    assert "National kit" in text(get(client, "/kit/"))
    assert "Local kit" in text(get(client, "/kit/", "local.test"))


@pytest.mark.parametrize(
    "path", ["/nope/", "/kit/nope/", "/es/kit/", "/fr/", "/fr/kit/", "/home-es/", "/kit"]
)
def test_what_is_not_there_is_a_404_or_a_redirect(client, national, path):
    factories.toolkit(national.home, "Kit", slug="kit")
    response = get(client, path)
    assert response.status_code == (301 if path == "/kit" else 404)


def test_drafts_and_folders_are_not_served(client, national):
    kit = factories.toolkit(national.home, "Kit", slug="kit")
    factories.chapter(kit, "Draft", slug="draft", live=False)
    assert get(client, "/kit/draft/").status_code == 404
    assert get(client, f"/{national.folder.slug}/").status_code == 404


def test_a_language_that_the_site_does_not_offer_is_a_404_never_english(client):
    factories.organisation("English only", "national.test", default=True)
    response = get(client, "/es/")
    assert response.status_code == 404
    assert 'lang="en"' in text(response)


def test_each_page_says_its_language_and_names_the_others_in_themselves(client, national):
    kit = factories.toolkit(national.home, "Kit", slug="kit")
    factories.translation_of(kit, national.homes["es"], "Guía", slug="guia")
    spanish = get(client, "/es/guia/")
    assert spanish.headers["Content-Language"] == "es"
    assert '<html lang="es" dir="ltr">' in text(spanish)
    assert re.search(r'lang="en"[^>]*hreflang="en" href="/kit/"[^>]*>English</a>', text(spanish))
    assert 'hreflang="x-default" href="http://national.test/kit/"' in text(spanish)
    assert 'hreflang="es" href="http://national.test/es/guia/"' in text(spanish)


def test_a_page_without_a_translation_offers_the_home_in_it(client, national):
    factories.toolkit(national.home, "Kit", slug="kit")
    html = text(get(client, "/kit/"))
    assert re.search(r'hreflang="es" href="/es/" data-untranslated>Español', html)
    assert 'rel="alternate" hreflang' not in html


def test_a_site_whose_first_language_is_not_the_servers_has_it_without_prefix(client, national):
    factories.organisation("Centro", "centro.test", languages=("es", "en"))
    assert '<html lang="es"' in text(get(client, "/", "centro.test"))
    assert '<html lang="en"' in text(get(client, "/en/", "centro.test"))
    moved = get(client, "/es/", "centro.test")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/")


def test_the_prefix_of_the_first_language_leads_to_the_address_without(client, national):
    factories.toolkit(national.home, "Kit", slug="kit")
    response = get(client, "/en/kit/?from=mail")
    assert (response.status_code, response.headers["Location"]) == (301, "/kit/?from=mail")


def test_a_fallback_is_marked_and_says_so(client, national, local):
    factories.toolkit(local.homes["en"], "Kit", slug="kit")
    assert get(client, "/es/kit/", "local.test").status_code == 404
    Affiliate.objects.update(shows_first_language=True)
    response = get(client, "/es/kit/", "local.test")
    assert response.status_code == 200
    html = text(response)
    assert '<html lang="es"' in html
    assert '<main id="main" tabindex="-1" lang="en"' in html
    assert 'class="notice"' in html


def test_the_head_says_whose_site_it_is(client, national, local):
    html = text(get(client, "/", "local.test"))
    assert "Santa Clara Welcomes" in html
    assert ":root{--brand-1:#123456;--brand-2:#654321;" in html
    assert 'class="mark-logo"' in html
    assert 'href="tel:4085550142"' in html
    assert "#123456" not in text(get(client, "/"))


def test_a_language_taken_from_the_profile_is_gone(client, national, local):
    assert get(client, "/es/", "local.test").status_code == 200
    Affiliate.objects.update(languages=["en"])
    assert get(client, "/es/", "local.test").status_code == 404
    assert "Español" not in text(get(client, "/", "local.test"))


# A chapter --------------------------------------------------------------------------------------------


def test_numbers_neighbours_and_place_are_computed(client, national):
    kit = factories.toolkit(national.home, "Kit", slug="kit")
    one = factories.chapter(kit, "One", slug="one")
    factories.chapter(kit, "Hidden", slug="hidden", live=False)
    two = factories.chapter(kit, "Two", slug="two")
    factories.chapter(two, "Two a", slug="a")
    factories.chapter(two, "Two b", slug="b")
    html = text(get(client, "/kit/two/"))
    assert "Chapter 2 of 2" in html
    assert 'rel="prev" href="/kit/one/"' in html
    assert 'rel="next" class="after" href="/kit/two/a/"' in html
    part = text(get(client, "/kit/two/b/"))
    assert "Part 2.2" in part
    assert "Chapter 2: Two" in part
    Page.objects.get(pk=two.pk).move(Page.objects.get(pk=one.pk), pos="left")
    assert "Chapter 1 of 2" in text(get(client, "/kit/two/"))


def test_the_line_of_facts(client, national):
    kit = factories.toolkit(national.home, "Kit", slug="kit")
    factories.chapter(
        kit,
        "One",
        slug="one",
        as_of="2011-11-15",
        source="Minutes",
        source_url="https://example.org/m",
        checked_by="Legal team",
        review_by="2030-01-01",
    )
    html = text(get(client, "/kit/one/"))
    assert 'datetime="2011-11-15"' in html
    assert '<a href="https://example.org/m" rel="noreferrer">Minutes</a>' in html
    assert "Legal team" in html
    assert "2030" not in html


def test_every_block_is_shown_and_headings_skip_no_level(client, national):
    body = factories.every_block(
        factories.call_to_action(url="https://example.org/", button="Go"),
        factories.glossary_term(),
        factories.image(),
    )
    factories.chapter(factories.toolkit(national.home, slug="kit"), "One", body, slug="one")
    html = text(get(client, "/kit/one/"))
    for words in (
        "Who to bring",
        "Before the meeting",
        "Who decides?",
        "Ask first",
        "A supervisor",
        "Drawn here",
        "Sheriff",
        "It costs money",
        "Ask for a meeting",
        "A request to hold somebody longer.",
    ):
        assert words in html
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_only_what_the_affiliate_added_is_marked_as_its_own(client, national, local):
    kit, mine = factories.toolkit(national.home, slug="kit"), factories.toolkit(local.home, slug="kit")
    source = factories.chapter(kit, "One", [factories.paragraph("<p>Shared.</p>", "a")], slug="one")
    page = factories.chapter(mine, "One", [factories.paragraph("<p>Shared.</p>", "a")], slug="one")
    follow(page, source)
    assert 'class="local' not in text(get(client, "/kit/one/", "local.test"))
    page = ChapterPage.objects.get(pk=page.pk)
    ChapterPage.objects.filter(pk=page.pk).update(
        body=[factories.paragraph("<p>Changed.</p>", "a"), factories.paragraph("<p>Ours.</p>", "b")]
    )
    html = text(get(client, "/kit/one/", "local.test"))
    assert html.count('<div class="local') == 1
    assert "Santa Clara adds" in html
    assert 'class="local' not in text(get(client, "/kit/one/"))


def test_a_chapter_of_its_own_is_marked_as_a_whole(client, national, local):
    factories.chapter(factories.toolkit(local.home, slug="kit"), "Ours", slug="ours")
    assert 'class="local-tag"' in text(get(client, "/kit/ours/", "local.test"))
    factories.chapter(factories.toolkit(national.home, slug="kit"), "Theirs", slug="theirs")
    assert 'class="local-tag"' not in text(get(client, "/kit/theirs/"))


# Links and variables ------------------------------------------------------------------------------------


@pytest.fixture
def linked(national, local):
    """A national page that links to three others; the affiliate has an edition of it and of the first."""
    kit, mine = factories.toolkit(national.home, slug="kit"), factories.toolkit(local.home, slug="kit")
    own = factories.chapter(kit, "Own", slug="own")
    theirs = factories.chapter(kit, "Theirs", slug="theirs")
    gone = factories.chapter(kit, "Gone", slug="gone", live=False)
    words = " ".join(factories.link_to(page, page.title) for page in (own, theirs, gone))
    body = [factories.paragraph(f'<p>{words} <a id="99999" linktype="page">Dead</a></p>', "a")]
    source = factories.chapter(kit, "Links", body, slug="links")
    copy = factories.chapter(mine, "Links", body, slug="links")
    follow(copy, source)
    follow(factories.chapter(mine, "Our own", slug="our-own"), own)
    return source


def test_national_links_lead_to_the_affiliates_own_editions(client, linked):
    html = text(get(client, "/kit/links/", "local.test"))
    assert '<a href="/kit/our-own/">Own</a>' in html
    assert '<a class="national-link" href="http://national.test/kit/theirs/">Theirs' in html
    assert "(national site)" in html


def test_dead_links_are_plain_words(client, linked):
    html = text(get(client, "/kit/links/", "local.test"))
    assert "Gone" in html
    assert not re.search(r"<a[^>]*>(Gone|Dead)", html)
    assert "link-" not in re.sub(r'class="national-link"', "", html)


def test_on_the_national_site_links_stay_there(client, linked):
    html = text(get(client, "/kit/links/"))
    assert '<a href="/kit/own/">Own</a>' in html
    assert "national-link" not in html


def test_links_take_the_readers_language(client, national, linked):
    source = ChapterPage.objects.get(pk=linked.pk)
    own = ChapterPage.objects.get(slug="own")
    kit = factories.translation_of(source.get_parent().specific, national.homes["es"], "Guía", slug="guia")
    factories.translation_of(own, kit, "Propio", slug="propio")
    factories.translation_of(source, kit, "Enlaces", slug="enlaces", body=source.body.get_prep_value())
    html = text(get(client, "/es/guia/enlaces/"))
    assert '<a href="/es/guia/propio/">Own</a>' in html
    assert '<a href="/kit/theirs/">Theirs</a>' in html


def test_variables_are_filled_in_escaped_and_never_shown_raw(client, national, monkeypatch):
    from toolkit_pages.public import routing

    monkeypatch.setattr(routing, "own_values", lambda site, locale: {"hotline": '555-0100 <b>"&'})
    kit = factories.toolkit(national.home, "Kit for {{ hotline }}", slug="kit")
    factories.chapter(
        kit, "One", [factories.paragraph("<p>Call {{ hotline }}, {{ nobody_knows }}.</p>")], slug="one"
    )
    html = text(get(client, "/kit/one/"))
    assert "Call 555-0100 &lt;b&gt;&quot;&amp;, ." in html
    assert "{{" not in html
    assert '"tel:5550100"' in html


# Cost and manners ----------------------------------------------------------------------------------------


def count(client, path, host):
    cache.clear()
    get(client, path, host)  # versions and renditions are made and kept once
    with CaptureQueriesContext(connection) as queries:
        response = get(client, path, host)
    assert response.status_code == 200
    return len(queries), [query["sql"][:150] for query in queries.captured_queries]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_chapter_costs_at_most_twelve_statements_at_any_size(client, national, local, language):
    """With every kind of block there is, several of each, and what the affiliate has adapted."""
    prefix = "" if language == "en" else "/es"
    costs = []
    calendars = [factories.events_page(tree.homes[language]) for tree in (national, local)]
    studies = factories.case_list(national.homes[language])
    rule = factories.provision(locale=studies.locale)
    for size in (1, 4):
        kits = [
            factories.toolkit(tree.homes[language], f"Kit {size}", slug=f"kit-{size}")
            for tree in (national, local)
        ]
        targets = [factories.chapter(kits[0], f"Target {number}") for number in range(size)]
        body = []
        for target in targets:
            action = factories.call_to_action(locale=target.locale)
            factories.call_to_action(
                locale=target.locale, title="Ours", adapts=action, owner=Affiliate.objects.get()
            )
            for calendar in calendars:
                happening = factories.event(calendar)
            body += factories.every_block(
                action,
                factories.glossary_term(locale=target.locale),
                factories.image(),
                [factories.case_study(studies, details=[factories.answered(rule)]) for _each in range(2)],
                happening,
            )
            body += factories.document_blocks(target.locale)
            body.append(factories.paragraph(f"<p>{factories.link_to(target)} {{{{ jurisdiction }}}}</p>"))
        body.append(factories.paragraph("<p>Withdrawn.</p>"))
        source = factories.chapter(kits[0], "Big", body, slug="big")
        page = factories.chapter(kits[1], "Big", body, slug="big")
        follow(page, source)
        Withdrawal.objects.create(source_key=source.translation_key, path=["body", body[-1]["id"]])
        for number in range(size):
            follow(factories.chapter(kits[1], f"Mine {number}"), targets[number])
        assert "Withdrawn." not in text(get(client, f"{prefix}/kit-{size}/big/", "local.test"))
        costs.append(count(client, f"{prefix}/kit-{size}/big/", "local.test"))
    (small, _), (big, statements) = costs
    assert small == big, "\n".join(statements)
    assert big <= 12, "\n".join(statements)


def test_home_and_cover_cost_the_same_at_any_size(client, national):
    for path in ("/", "/kit/"):
        if path == "/kit/":
            kit = factories.toolkit(national.home, slug="kit", chapters=1)
        before, _ = count(client, path, "national.test")
        for number in range(6):
            if path == "/":
                factories.toolkit(national.home, f"Another {number}")
            else:
                factories.chapter(kit, f"Another {number}")
        after, statements = count(client, path, "national.test")
        assert before == after, "\n".join(statements)


def test_no_cookie_and_nothing_from_elsewhere(client, national):
    factories.chapter(
        factories.toolkit(national.home, slug="kit"), "One", [factories.paragraph()], slug="one"
    )
    for path in ("/", "/kit/", "/kit/one/", "/nope/"):
        response = get(client, path)
        assert not response.cookies
        html = text(response)
        for script in re.findall(r"<script[^>]*>", html):
            assert script == '<script type="application/ld+json">' or re.search(
                r'src="/[^"]*" defer', script
            ), script
        assert not re.search(r'\son\w+="|javascript:', html)
        for source in re.findall(
            r'(?:src|srcset)="([^"]*)"|<link[^>]*rel="stylesheet"[^>]*href="([^"]*)"', html
        ):
            assert "".join(source).startswith("/"), source


def test_a_private_page_asks_for_its_password(client, national):
    from wagtail.models import PageViewRestriction

    kit = factories.toolkit(national.home, "Kit", slug="kit")
    PageViewRestriction.objects.create(page=kit, restriction_type="password", password="x")
    assert "<h1>Kit</h1>" not in text(get(client, "/kit/"))


def test_a_page_that_is_not_there_looks_like_the_site(client, national, local):
    response = get(client, "/nope/", "local.test")
    assert response.status_code == 404
    assert "Santa Clara" in text(response)
    spanish = get(client, "/es/nope/", "local.test")
    assert spanish.status_code == 404
    assert '<html lang="es"' in text(spanish)
    assert spanish.headers["Content-Language"] == "es"


def test_the_error_page_needs_no_database(django_assert_num_queries, rf):
    from toolkit_pages.views import server_error

    with django_assert_num_queries(0), translation.override("en"):
        response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Something went wrong" in text(response)


def test_a_draft_is_previewed_as_readers_will_see_it(admin_client, national):
    from django.urls import reverse

    kit = factories.toolkit(national.home, slug="kit")
    page = factories.chapter(kit, "One", [factories.paragraph("<p>Live.</p>")], slug="one", live=False)
    page.body = [factories.paragraph("<p>Only a draft.</p>")]
    page.save_revision()
    response = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.status_code == 200
    assert "Only a draft." in text(response)
    assert "<h1>One</h1>" in text(response)
