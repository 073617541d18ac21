"""An affiliate's own copy of a national snippet: where it stands in, how it hears of national, how it goes back."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from campaign_library.actions import AdaptSnippet, CannotAdapt, FollowNationalAgain, MergeNational
from campaign_library.adapted import has_national_changed, national_changes
from campaign_library.models import CallToAction, GlossaryTerm
from editions.actions.errors import NotAllowed
from tests import factories
from tests.network.factories import UserFactory

pytestmark = pytest.mark.django_db
TERMS = "wagtailsnippets_campaign_library_glossaryterm"


@pytest.fixture
def editor(cook):
    return UserFactory(of=cook)


@pytest.fixture
def term():
    return factories.glossary_term(
        term="Detainer", plain="National words.", long="<p>Long <strong>words</strong>.</p>"
    )


def adapted(term, affiliate, **words):
    copy = AdaptSnippet(term, affiliate).execute()
    for name, value in words.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return GlossaryTerm.objects.get(pk=copy.pk)


def chapter_with(home, *terms):
    kit = factories.toolkit(home, slug="kit")
    factories.chapter(kit, "One", [factories.block("glossary_term", term.pk) for term in terms], slug="one")


def read(client, host):
    return client.get("/kit/one/", headers={"host": host}).content.decode()


def test_a_copy_is_a_draft_with_nationals_words_and_topics(term, cook, editor):
    copy = AdaptSnippet(term, cook, user=editor).execute()
    assert (copy.plain, copy.live, copy.owner) == ("National words.", False, cook)
    assert copy.translation_key != term.translation_key
    assert not has_national_changed(copy)
    assert AdaptSnippet(term, cook, user=editor).execute() == copy
    assert ModelLogEntry.objects.filter(action="campaign_library.adapt").count() == 1


def test_it_stands_in_on_its_own_site_only(client, national, cook, kane, term):
    for home in (national.home, cook.site.root_page.specific, kane.site.root_page.specific):
        chapter_with(home, term)
    adapted(term, cook, plain="Cook's words.")
    assert "Cook&#x27;s words." in read(client, "cook.test") and "National words." not in read(
        client, "cook.test"
    )
    for host in ("kane.test", "national.test"):
        assert (
            "National words." in read(client, host) and "Cook" not in read(client, host).partition("<main")[2]
        )


def test_an_unpublished_copy_stands_in_nowhere(client, cook, term):
    chapter_with(cook.site.root_page.specific, term)
    AdaptSnippet(term, cook).execute()
    assert "National words." in read(client, "cook.test")


def test_stand_ins_cost_no_query_of_their_own(client, cook, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(number, slug):
        terms = [factories.glossary_term(term=f"Word {slug} {i}") for i in range(number)]
        for each in terms[::2]:
            adapted(each, cook)
        kit = factories.toolkit(cook.site.root_page.specific, slug=slug)
        factories.chapter(
            kit, "One", [factories.block("glossary_term", each.pk) for each in terms], slug="one"
        )
        client.get(f"/{slug}/one/", headers={"host": "cook.test"})
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(f"/{slug}/one/", headers={"host": "cook.test"})
        return len(captured)

    assert queries(2, "few") == queries(12, "many")


def test_listings_show_the_copy_instead_of_nationals(cook, kane, term):
    copy = adapted(term, cook)
    assert list(GlossaryTerm.objects.shown_by(cook, term.locale)) == [copy]
    assert list(GlossaryTerm.objects.shown_by(kane, term.locale)) == [term]
    assert list(GlossaryTerm.objects.shown_by(None, term.locale)) == [term]


def test_what_national_changes_is_told_and_merged_field_by_field(term, cook):
    copy = adapted(term, cook, plain="Cook's words.")
    term.formerly = "Hold"
    term.plain = "New national words."
    term.save()
    copy = GlossaryTerm.objects.get(pk=copy.pk)
    changes = {change.name: change for change in national_changes(copy)}
    assert set(changes) == {"formerly", "plain"}
    assert changes["plain"].collides and not changes["formerly"].collides
    assert "New national" in changes["plain"].difference and "Cook&#x27;s" in changes["plain"].ours
    merged = MergeNational(copy).execute()
    assert (merged.formerly, merged.plain, merged.live) == ("Hold", "Cook's words.", True)
    assert not has_national_changed(merged)


def test_nationals_words_are_taken_where_one_says_so(term, cook):
    copy = adapted(term, cook, plain="Cook's words.")
    term.plain = "New national words."
    term.save()
    assert MergeNational(copy, take={"plain"}).execute().plain == "New national words."


def test_a_draft_stays_a_draft_when_national_is_merged(term, cook):
    copy = adapted(term, cook)
    copy.plain = "Half a sent"
    copy.save_revision()
    term.formerly = "Hold"
    term.save()
    merged = MergeNational(GlossaryTerm.objects.get(pk=copy.pk)).execute()
    assert merged.plain == "National words." and merged.has_unpublished_changes
    draft = merged.get_latest_revision_as_object()
    assert (draft.plain, draft.formerly) == ("Half a sent", "Hold")


def test_the_editors_own_form_of_a_text_is_no_change_of_the_affiliates(term, cook):
    copy = adapted(term, cook, long="<p>Long <b>words</b>.</p>")
    term.long = "<p>Longer <strong>words</strong>.</p>"
    term.save()
    copy = GlossaryTerm.objects.get(pk=copy.pk)
    assert [(change.name, change.collides) for change in national_changes(copy)] == [("long", False)]


def test_going_back_keeps_the_copy(client, cook, term):
    chapter_with(cook.site.root_page.specific, term)
    copy = adapted(term, cook, plain="Cook's words.")
    FollowNationalAgain(copy).execute()
    assert "National words." in read(client, "cook.test")
    assert AdaptSnippet(term, cook).execute().plain == "Cook's words."


@pytest.mark.parametrize("action", [MergeNational, FollowNationalAgain])
def test_others_may_not_touch_a_copy(term, cook, kane, action):
    copy = adapted(term, cook)
    with pytest.raises(NotAllowed):
        action(copy, user=UserFactory(of=kane)).execute()
    assert GlossaryTerm.objects.get(pk=copy.pk).live


def test_nobody_adapts_for_another_affiliate(term, cook, kane):
    with pytest.raises(NotAllowed):
        AdaptSnippet(term, cook, user=UserFactory(of=kane)).execute()
    assert not GlossaryTerm.objects.filter(owner=cook).exists()


def test_only_nationals_published_ones_are_adapted(cook, kane):
    theirs = factories.glossary_term(owner=kane)
    draft = factories.glossary_term(live=False)
    for each in (theirs, draft):
        with pytest.raises(CannotAdapt):
            AdaptSnippet(each, cook).execute()


# In the admin ---------------------------------------------------------------------------------------


def test_an_editor_adapts_from_the_list_and_hears_of_national(client, term, cook, editor):
    client.force_login(editor)
    listed = client.get(reverse(f"{TERMS}:list")).content.decode()
    national = reverse("library:national", args=["glossaryterm"])
    assert national in listed
    assert "Detainer" in client.get(national).content.decode()
    made = client.post(reverse("library:adapt", args=["glossaryterm", term.pk]))
    copy = GlossaryTerm.objects.get(owner=cook)
    assert made["Location"] == reverse(f"{TERMS}:edit", args=[copy.pk])
    copy.save_revision().publish()
    term.plain = "New national words."
    term.save()
    assert "National has changed its words" in client.get(made["Location"]).content.decode()
    assert "National has changed its own since" in client.get(national).content.decode()
    compare = reverse("library:compare", args=["glossaryterm", copy.pk])
    assert "New national" in client.get(compare).content.decode()
    client.post(compare, {"do": "merge"})
    assert GlossaryTerm.objects.get(pk=copy.pk).plain == "New national words."
    client.post(compare, {"do": "follow"})
    assert not GlossaryTerm.objects.get(pk=copy.pk).live


def test_no_address_shows_or_changes_anothers_copy(client, term, cook, kane):
    copy = adapted(term, cook, plain="Cook's secret.")
    client.force_login(UserFactory(of=kane))
    compare = reverse("library:compare", args=["glossaryterm", copy.pk])
    for answer in (client.get(compare), client.post(compare, {"do": "follow"})):
        assert answer.status_code == 302 and answer["Location"] == "/admin/"
    assert "secret" not in client.get(reverse("library:national", args=["glossaryterm"])).content.decode()
    theirs = factories.call_to_action(owner=cook)
    assert client.post(reverse("library:adapt", args=["calltoaction", theirs.pk])).status_code == 404
    assert GlossaryTerm.objects.get(pk=copy.pk).live and not CallToAction.objects.filter(owner=kane).exists()


def test_the_list_of_copies_costs_the_same_for_many(client, cook, editor):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(editor)
    url = reverse("library:national", args=["glossaryterm"])

    def queries(number):
        for i in range(number):
            adapted(factories.glossary_term(term=f"T{number}-{i}"), cook)
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    assert queries(2) == queries(8)
