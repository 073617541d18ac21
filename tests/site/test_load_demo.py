"""The demo network, loaded once for all tests here and rolled back at their end."""

import re
from collections import Counter
from contextlib import contextmanager

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Page, PageLogEntry, Revision, Site
from wagtail_localize.models import StringTranslation, Translation

from editions.actions.apply import ApplyRelease
from editions.models import Conflict, Edition, Release, Update
from editions.network.membership import national_roles, role_in
from editions.network.models import Affiliate, NationalRole
from toolkit_pages.models import EventPage
from toolkit_site.demo import blocks, content
from toolkit_site.demo.loading import DemoNetwork, NotEmpty, translating
from toolkit_site.demo.loading.network import RECORDS
from toolkit_site.demo.loading.people import AFFILIATE_LOGINS, NATIONAL_LOGINS

AFFILIATES = ("cook-county", "santa-clara", "washington-dc")

# Each test's own transaction is a savepoint within the module's; the mark also makes the test database.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The network, loaded in three goes of which two are interrupted. Undone when the module is through."""
    with django_db_blocker.unblock(), transaction.atomic():
        with interrupted(translating.Translation, "save_target", on_call=25):
            DemoNetwork(port=8000, say=lambda line: None).load()
        with interrupted(ApplyRelease, "update_batch", on_call=8):
            DemoNetwork(port=8000, say=lambda line: None).load()
        network = DemoNetwork(port=8000, say=lambda line: None)
        network.load()
        yield network
        transaction.set_rollback(True)


@contextmanager
def interrupted(owner, method, on_call):
    """Ctrl-C at the n-th call of a method."""
    calls, real = Counter(), getattr(owner, method)

    def stop(*args, **kwargs):
        calls["all"] += 1
        if calls["all"] == on_call:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, method, stop)
        with pytest.raises(KeyboardInterrupt):
            yield


def site_of(slug):
    return Affiliate.objects.get(slug=slug).site


def counts():
    models = (Page, Revision, PageLogEntry, Edition, Update, Release, Conflict, StringTranslation, Affiliate)
    return {model.__name__: model.objects.count() for model in models}


def test_second_run_changes_nothing(demo):
    before = counts()
    DemoNetwork(port=8000, say=lambda line: None).load()
    assert counts() == before


def test_another_port_moves_the_sites_and_nothing_else(demo):
    before = counts()
    DemoNetwork(port=9000, say=lambda line: None).load()
    assert set(Site.objects.values_list("port", flat=True)) == {9000}
    assert counts() == before


def test_hand_made_changes_stay(demo):
    page = demo.national.page("team")
    page.summary = "By hand."
    page.save_revision().publish()
    DemoNetwork(port=8000, say=lambda line: None).load()
    assert demo.national.page("team").summary == "By hand."


def test_sites(demo):
    assert {site.hostname: site.is_default_site for site in Site.objects.all()} == {
        "localhost": True,
        **{f"{slug}.localhost": False for slug in AFFILIATES},
    }
    for slug in AFFILIATES:
        affiliate = Affiliate.objects.get(slug=slug)
        assert affiliate.languages == ["en", "es"]
        assert affiliate.logo is not None
        assert all(home.specific.intro and home.live for home in affiliate.homes())


def documents(language):
    second = [document for document, _after in content.second(language).new]
    return [*content.national(language), *second]


def test_spanish_pages_are_complete_translations_of_the_english_ones(demo):
    """Every word of the Spanish files stands on the Spanish page, and a Translation keeps it there."""
    spanish = demo.national.spanish
    corrected = {(one.page, one.block) for one in content.second("es").changes}
    for document in documents("es"):
        page = demo.national.page(document["key"], spanish)
        assert page.live
        for name in {"title", "slug", "summary", "intro"} & document.keys():
            assert getattr(page, name) == document[name], (document["key"], name)
        wanted = demo.national.raw_body(document)
        found = page.get_content()["body"]
        assert [block["id"] for block in found] == [block["id"] for block in wanted]
        for block, theirs, words in zip(wanted, found, document.get("block", []), strict=True):
            if (document["key"], words["key"]) in corrected:
                continue
            # The Spanish page refers to the Spanish picture, to Spanish terms and pages.
            assert words_of(theirs["value"]) == words_of(block["value"]), (document["key"], words["key"])
    assert Translation.objects.filter(target_locale=spanish, enabled=True).count() == (
        len(documents("es")) + 1 + len([kind for kind, _one in content.library("es") if kind not in RECORDS])
    )


def words_of(value):
    """Raw data without the numbers of what it refers to."""
    if isinstance(value, dict):
        return {name: words_of(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [words_of(inner) for inner in value]
    if isinstance(value, str):
        return re.sub(r'<a [^>]*linktype="page"[^>]*>', "<a page>", value)
    return "number" if isinstance(value, int) else value


def comparable(value):
    """Raw data with the attributes of links in one order: wagtail-localize sorts them."""
    if isinstance(value, dict):
        return {name: comparable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [comparable(inner) for inner in value]
    if isinstance(value, str):
        return re.sub(r'<a (id="\d+") (linktype="page")>', r"<a \2 \1>", value)
    return value


def test_spanish_pages_show_spanish_snippets(demo):
    page = demo.national.page("team", demo.national.spanish)
    shown = [block.value for block in page.body if block.block_type == "call_to_action"]
    assert [action.title for action in shown] == ["Venga a una noche de preparación"]


def test_new_chapter_stands_in_its_place_in_both_languages_and_on_every_site(demo):
    for locale in (demo.national.english, demo.national.spanish):
        toolkit = demo.national.page("toolkit", locale)
        keys = list(toolkit.get_children().live().values_list("translation_key", flat=True))
        allies = keys.index(demo.national.page("allies").translation_key)
        assert keys[allies - 1] == demo.national.page("questions").translation_key
        for slug in AFFILIATES:
            editions = Edition.objects.filter(site=site_of(slug), locale=locale)
            local = editions.get(source_key=toolkit.translation_key).page
            sources = [page.edition.source_key for page in local.get_children().select_related("edition")]
            assert sources == keys


def test_cook_county_is_as_national_is(demo):
    for edition in Edition.objects.filter(site=site_of("cook-county")).select_related("page"):
        page, national = edition.page.specific, Page.objects.get(pk=edition.source_id).specific
        assert comparable(page.get_content()) == comparable(national.get_content())


def test_each_affiliate_stands_where_the_story_wants_it(demo):
    states = {}
    for slug in AFFILIATES:
        editions = Edition.objects.filter(site=site_of(slug))
        outcomes = Counter(
            Update.objects.filter(site=site_of(slug), release__title=content.second("en").title).values_list(
                "outcome", flat=True
            )
        )
        states[slug] = (editions.in_conflict().count(), editions.filter(on_hold=True).count(), outcomes)
    assert states["cook-county"] == (0, 0, Counter(applied=10, added=2))
    assert states["santa-clara"] == (1, 0, Counter(applied=7, merged=2, added=2, conflict=1))
    assert states["washington-dc"] == (0, 2, Counter(applied=6, merged=2, added=2, held=2))


def test_the_one_conflict(demo):
    conflict = Conflict.objects.get()
    assert conflict.settled_at is None
    assert conflict.edition.locale == demo.national.english
    assert conflict.path == ["body", blocks.block_id("team", "size")]
    page = conflict.edition.page.specific
    assert "youth commission" in page.get_content()["body"][0]["value"]


def ids(page):
    return [block["id"] for block in page.get_content()["body"]]


def local(slug, key, language, demo):
    return Edition.objects.get(
        site=site_of(slug),
        source_key=demo.national.page(key).translation_key,
        locale__language_code=language,
    ).page.specific


def test_santa_clara_has_changed_hidden_added_and_moved(demo):
    for language in content.LANGUAGES:
        assert blocks.block_id("programmes", "date-points") not in ids(
            local("santa-clara", "programmes", language, demo)
        )
        board = ids(local("santa-clara", "decides", language, demo))
        assert board[:2] == [blocks.block_id("decides", "here"), blocks.block_id("decides", "board-days")]
        meeting = ids(local("santa-clara", "meeting", language, demo))
        before = meeting.index(blocks.block_id("meeting", "before"))
        assert meeting[before + 1] == blocks.block_id("meeting", "checklist")


def test_washingtons_title_and_nationals_text_meet_in_one_block(demo):
    page = local("washington-dc", "washington", "en", demo)
    status = next(b for b in page.get_content()["body"] if b["id"] == blocks.block_id("washington", "status"))
    assert status["value"]["title"] == "Our own council, November 2011"
    assert "council members is the natural reading" in status["value"]["text"]


def test_logins(demo):
    people = {user.username: user for user in get_user_model().objects.all()}
    assert set(people) == {"admin", "national", *AFFILIATES, *NATIONAL_LOGINS, *AFFILIATE_LOGINS}
    assert all(user.check_password(demo.password) for user in people.values())
    assert people["admin"].is_superuser
    assert not people["national"].is_superuser
    for slug in AFFILIATES:
        home = Affiliate.objects.get(slug=slug).site.root_page
        assert home.permissions_for_user(people[slug]).can_publish()
        assert not demo.national.page("team").permissions_for_user(people[slug]).can_edit()
    assert {role for name in NATIONAL_LOGINS for role in national_roles(people[name])} == set(
        NationalRole
    ) - {NationalRole.ADMINISTRATOR}
    for name, (slug, role) in AFFILIATE_LOGINS.items():
        assert role_in(people[name], Affiliate.objects.get(slug=slug)) == role


def test_refuses_a_public_server(demo, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="--force"):
        call_command("load_demo")


def test_refuses_somebody_elses_network(demo):
    home = demo.national.page("home")
    Page.objects.filter(pk=home.pk).update(translation_key=blocks.block_uuid("somebody", "else"))
    before = counts()
    with pytest.raises(NotEmpty):
        DemoNetwork(say=lambda line: None).load()
    assert counts() == before


def test_affiliates_have_pages_of_their_own_in_both_languages(demo):
    """Events, and one case study: no editions of anything, beneath their editions of national's lists."""
    own = {}
    for slug in AFFILIATES:
        homes = Affiliate.objects.get(slug=slug).homes()
        for home in homes:
            pages = Page.objects.descendant_of(home).live().filter(edition=None)
            own[slug, home.locale.language_code] = Counter(page.specific_class.__name__ for page in pages)
    for language in content.LANGUAGES:
        assert own["santa-clara", language] == Counter(EventPage=4, CaseStudyPage=1)
        assert own["cook-county", language] == own["washington-dc", language] == Counter(EventPage=2)


def test_local_events_belong_to_the_national_day(demo):
    key = demo.national.page("event-sample-day").translation_key
    local = EventPage.objects.live().filter(day_of_action=key, locale=demo.national.english)
    assert set(local.values_list("title", flat=True)) == {
        "Our visit on the sample day",
        "Lanterns on the sample day",
    }


def test_arabic_is_a_home_a_toolkit_and_a_chapter(demo):
    pages = Page.objects.filter(locale=demo.national.locale("ar"), live=True)
    assert [page.specific_class.__name__ for page in pages.order_by("path")] == [
        "HomePage",
        "ToolkitPage",
        "ChapterPage",
    ]
