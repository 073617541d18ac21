"""The admin's home: what needs an editor, a first visit that is guided, and what staff have to know."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from campaign_library.models import TextTemplate
from editions.actions.adopt import Adopt
from editions.actions.ask_first import AskFirst
from editions.actions.send import send_now
from editions.models import Edition
from editions.network.models import Role
from tests.editions.test_admin_costs import statements
from toolkit_pages.models import ChapterPage, HomePage

from .factories import AffiliateFactory, StaffFactory, UserFactory
from .test_matrix import add_toolkit, local, publish

HOME = reverse("wagtailadmin_home")


def titles(client, panel="editions-needs-you-section"):
    html = client.get(HOME).content.decode().partition(f'id="{panel}"')[2].partition("</section>")[0]
    return [
        re.sub(r"<[^>]*>", "", name).strip()
        for name in re.findall(r'editions-list__name">(.*?)</span>', html, re.S)
    ]


@pytest.fixture
def home_of_one(client, national_home):
    """An affiliate in two languages with a toolkit, and its administrator logged in."""
    pages = add_toolkit(national_home, "A toolkit", 2)
    affiliate = AffiliateFactory(name="Alpha", slug="alpha", languages=["en", "es"])
    client.force_login(UserFactory(of=affiliate, of__role=Role.ADMINISTRATOR))
    return affiliate, pages


def test_a_first_visit_ends_with_one_change_published(client, home_of_one):
    affiliate, pages = home_of_one
    panel = "network-first-visit-section"
    assert titles(client, panel) == [
        "Say who you are",
        "Adopt a toolkit",
        "Change one paragraph, and publish",
    ]
    client.post(
        reverse("editions:toolkits"), {"adopt": str(pages[0].translation_key), "site": affiliate.site.pk}
    )
    if not Edition.objects.exists():
        Adopt(pages[0], affiliate.site).execute()
    edit = reverse("wagtailadmin_pages:edit", args=[local(affiliate, pages[1]).pk])
    assert edit in client.get(HOME).content.decode()
    publish(local(affiliate, pages[1]), "What is true here.")
    assert titles(client, panel) == []


def test_most_urgent_first_and_one_click_away(client, home_of_one):
    affiliate, pages = home_of_one
    adopted = Adopt(pages[0], affiliate.site).execute()
    publish(local(affiliate, pages[1]), "Ours.")
    send_now([publish(pages[1], "Theirs.")], [affiliate.site])
    AskFirst(adopted, True).execute()
    send_now([publish(pages[2], "New words.")], [affiliate.site])
    own = affiliate.site.root_page.add_child(
        instance=add_own(
            affiliate, review_by=timezone.localdate() - timedelta(days=1), summary="Call {{ hotline }}"
        )
    )
    found = titles(client)
    assert found == ["Chapter 0", "Chapter 1", own.title, "Words of your profile"]
    html = client.get(HOME).content.decode()
    for address in (
        reverse("editions:review", args=[local(affiliate, pages[1]).edition.pk]),
        reverse("wagtailadmin_pages:edit", args=[own.pk]),
        reverse("network:profile", args=[affiliate.pk]),
    ):
        assert address in html


def missing_on_home(client) -> list[str]:
    html = client.get(HOME).content.decode().partition("Words of your profile")[2]
    return re.findall(r"(\d+) missing", html)[:1]


def test_only_words_that_a_text_says_are_missing(client, home_of_one):
    """On a page of the affiliate's or in the library; a letter's own blank is its own, and nobody nags where all is said."""
    affiliate, pages = home_of_one
    values = affiliate.values
    values.all().delete()
    assert missing_on_home(client) == []
    TextTemplate.objects.create(
        title="A letter",
        locale=affiliate.site.root_page.locale,
        live=True,
        body=[{"type": "passage", "id": "p", "value": "On {{ state }} in {{ sheriff }}."}],
        blanks=[{"type": "text", "id": "b", "value": {"name": "sheriff", "label": "who"}}],
    )
    assert missing_on_home(client) == ["1"]
    few = statements(client, HOME)
    page = affiliate.site.root_page
    page.search_description = "Call {{\u00a0hotline }}"
    page.save()
    ChapterPage.objects.filter(pk=pages[1].pk).update(summary="{{ legislature }} of nobody here")
    assert missing_on_home(client) == ["2"]
    assert statements(client, HOME) == few
    for name in ("state", "hotline"):
        values.create(name=name, value="Ours")
    assert missing_on_home(client) == []


def add_own(affiliate, **fields):
    page = ChapterPage(title="Our own chapter", locale=affiliate.site.root_page.locale, live=True, **fields)
    page.body = []
    return page


def test_editors_hear_nothing_of_a_profile_that_they_may_not_set(client, home_of_one):
    affiliate, _pages = home_of_one
    client.force_login(UserFactory(of=affiliate))
    assert titles(client) == []
    assert "Say who you are" not in titles(client, "network-first-visit-section")


def test_words_in_one_language_only(client, home_of_one, national_home):
    affiliate, pages = home_of_one
    spanish = Locale.objects.get(language_code="es")
    key = national_home.translation_key
    national_home.get_parent().add_child(
        instance=HomePage(title="Nacional", slug="es", locale=spanish, translation_key=key)
    )
    for page in pages[:2]:
        translated = page.copy_for_translation(spanish)
        translated.save_revision().publish()
    Adopt(pages[0], affiliate.site).execute()
    assert Edition.objects.filter(locale=spanish).exists()
    publish(local(affiliate, pages[1]), "Ours in English.")
    assert any("Chapter 0" in title for title in titles(client))
    assert "Yours in another language, but not in Spanish" in client.get(HOME).content.decode().replace(
        "español", "Spanish"
    ).replace("Español", "Spanish")


def test_staff_hear_who_is_behind_and_what_is_due(client, home_of_one):
    affiliate, pages = home_of_one
    adopted = Adopt(pages[0], affiliate.site).execute()
    AskFirst(adopted, True).execute()
    chapter = pages[2]
    chapter.review_by = timezone.localdate() - timedelta(days=3)
    chapter.save()
    send_now([publish(pages[1], "New words.")], [affiliate.site])
    client.force_login(StaffFactory())
    assert titles(client, "editions-staff-section")[:2] == ["Who is behind", "Chapter 1"]


def test_statements_of_the_home_do_not_grow(client, home_of_one):
    affiliate, pages = home_of_one
    Adopt(pages[0], affiliate.site).execute()
    publish(local(affiliate, pages[1]), "Ours.")
    send_now([publish(pages[1], "Theirs.")], [affiliate.site])
    few = statements(client, HOME)
    more = add_toolkit(pages[0].get_parent(), "More", 8)
    Adopt(more[0], affiliate.site).execute()
    for page in more[1:]:
        publish(local(affiliate, page), "Ours.")
        publish(page, "Theirs.")
    send_now([ChapterPage.objects.get(pk=page.pk) for page in more[1:]], [affiliate.site])
    assert statements(client, HOME) == few
