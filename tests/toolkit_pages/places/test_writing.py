"""Writing case studies and campaigns in the admin: what is refused, where, and what comes back unchanged."""

import json

import pytest
from django.urls import reverse

from editions.actions.adopt import Adopt
from editions.canonical import canonical_content
from editions.content import get_content
from editions.models import Edition
from editions.network.models import Role
from editions.streams import same
from tests import editor, factories
from tests.network.factories import AffiliateFactory, UserFactory
from toolkit_pages.models import CampaignPage, CaseStudiesPage, CaseStudyPage

RICH = "<p>Plain and <b>bold</b>.</p>"


def refused(client, page, *several, **changes):
    """Publishes the form of ``page`` with changes, which must be refused; the errors by field, as the editor is told.

    With several sets of changes: the errors of each.
    """
    data = editor.unchanged(client, page)
    found = []
    for each in several or [changes]:
        response = client.post(editor.edit_url(page), {**data, **each, "action-publish": "1"})
        assert response.status_code == 200, ("it was taken", each)
        errors = response.context["form"].errors.as_data()
        found.append(
            {name: json.dumps([editor._told(e) for e in told], default=str) for name, told in errors.items()}
        )
    return found if several else found[0]


def whole(places, rules):
    """A case study that has everything, in the editor's canonical form."""
    return factories.case_study(
        places.list,
        "Whole",
        place="Whole County",
        state="DC",
        instrument="bill",
        sponsor_name="Graham",
        sponsor_office="Councilmember",
        status="introduced",
        status_date="2011-11-15",
        status_source="Toolkit, 2011",
        summary="One.\nTwo.",
        source="Toolkit",
        details=[
            factories.answered(rules.unpaid, "yes"),
            factories.answered(rules.felony, "conditional", RICH),
            factories.answered(rules.access, "unmentioned"),
        ],
        numbers=[factories.counted(unit="cards")],
        voices=[
            factories.heard(RICH),
            factories.heard(form="gist", language="es", original="<p>Sí.</p>", permission="given"),
        ],
        lessons=[factories.block("lesson", {"kind": "trouble", "title": "Late", "text": RICH, "source": ""})],
        related=[factories.block("page", {"page": places.santa.pk, "note": ""})],
        body=[factories.paragraph()],
    )


def campaign(home, places, action):
    return factories.campaign(
        home,
        policy="municipal_id",
        summary="A card for all.",
        benefits=[
            factories.block(
                "point", {"point": "It opens doors", "evidence": RICH, "as_of": "2015", "source": "Guide"}
            )
        ],
        costs=[factories.block("point", {"point": "It costs", "evidence": "", "as_of": "", "source": ""})],
        examples=[factories.block("case_study", {"page": places.haven.pk, "note": "The first"})],
        resources=[
            factories.block(
                "link",
                {
                    "title": "Report",
                    "url": "https://example.org/",
                    "publisher": "A league",
                    "language": "es",
                    "as_of": "2014-01",
                    "note": "",
                },
            )
        ],
        next_steps=[
            factories.block("call_to_action", action.pk),
            factories.block("step", {"title": "Meet", "text": RICH, "page": places.list.pk}),
            factories.block("step", {"title": "Write", "text": "", "page": None}),
        ],
    )


def test_publishing_unchanged_changes_nothing(admin_client, national, places, rules):
    for page in (
        whole(places, rules),
        campaign(national.home, places, factories.call_to_action()),
        places.list,
    ):
        before = canonical_content(type(page), get_content(page))
        editor.publish(admin_client, page, editor.unchanged(admin_client, page))
        after = get_content(type(page).objects.get(pk=page.pk))
        assert [name for name in before if not same(before[name], after[name])] == []


WRONG = [
    ({"numbers-0-value-as_of": ""}, "numbers", "required"),
    ({"numbers-0-value-source": ""}, "numbers", "required"),
    ({"numbers-0-value-as_of": "lately"}, "numbers", "is not a day"),
    ({"numbers-0-value-as_of": "2999-01"}, "numbers", "has not come yet"),
    ({"numbers-0-value-value": "many"}, "numbers", "with digits"),
    ({"details-0-value-answer": "conditional"}, "details", "on which condition"),
    ({"voices-0-value-source": ""}, "voices", "where it can be read or heard"),
    ({"voices-0-value-permission": "unnamed"}, "voices", "leave it out"),
    ({"voices-0-value-speaker": "", "voices-0-value-role": ""}, "voices", "Say who said it"),
    ({"voices-1-value-language": ""}, "voices", "in which language"),
    ({"status_source": ""}, "status_source", "which source records"),
    ({"status": ""}, "status", "what happened on that day"),
    ({"status_date": "2011-02-30"}, "status_date", "is not a day"),
    ({"place": ""}, "place", "required"),
]


def test_what_is_wrong_is_said_at_its_field(admin_client, places, rules):
    page = whole(places, rules)
    before = get_content(CaseStudyPage.objects.get(pk=page.pk))
    told = refused(admin_client, page, *[changes for changes, _field, _message in WRONG])
    for errors, (changes, field, message) in zip(told, WRONG, strict=True):
        assert list(errors) == [field], changes
        assert message in errors[field], changes
    assert get_content(CaseStudyPage.objects.get(pk=page.pk)) == before


def test_one_provision_stands_once(admin_client, places, rules):
    errors = refused(
        admin_client, whole(places, rules), **{"details-1-value-provision": str(rules.unpaid.pk)}
    )
    assert "stands here already" in errors["details"]


def test_two_that_stood_already_keep_nobody_from_saving(admin_client, places, rules):
    page = whole(places, rules)
    page.details = [*page.details.raw_data, factories.answered(rules.unpaid, "no")]
    page.save()
    editor.publish(admin_client, page, editor.unchanged(admin_client, page, summary="New"))
    assert CaseStudyPage.objects.get(pk=page.pk).summary == "New"


def test_a_draft_may_be_unfinished(admin_client, places, rules):
    page = whole(places, rules)
    data = editor.unchanged(admin_client, page, **{"numbers-0-value-as_of": "", "voices-0-value-source": ""})
    editor.save_draft(admin_client, page, data)
    draft = CaseStudyPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.numbers[0].value["as_of"] == ""


def test_a_comparison_in_a_chapter_takes_two_to_four_different_places(admin_client, national, places):
    block = {
        "title": "",
        "places": [factories.item(places.santa.pk), factories.item(places.cook.pk)],
        "show": "all",
    }
    page = factories.chapter(factories.toolkit(national.home), body=[factories.block("comparison", block)])
    twice = refused(admin_client, page, **{"body-0-value-places-1-value": str(places.santa.pk)})
    assert "stands here twice" in twice["body"]
    one = refused(admin_client, page, **{"body-0-value-places-1-deleted": "1"})
    assert "The minimum number of items is 2" in one["body"]


def test_cards_need_a_choice(admin_client, national):
    block = {"title": "", "pick": "chosen", "places": [], "count": 3, "policy": ""}
    page = factories.chapter(factories.toolkit(national.home), body=[factories.block("case_studies", block)])
    assert "Choose one" in refused(admin_client, page)["body"]


# On an affiliate's site -----------------------------------------------------------------------------------


@pytest.fixture
def affiliate(national):
    return AffiliateFactory(name="Santa Clara Welcomes", slug="santa-clara", place="Santa Clara")


@pytest.fixture
def moderator(client, affiliate):
    client.force_login(UserFactory(of=affiliate, of__role=Role.MODERATOR))
    return client


def test_the_list_is_adopted_like_a_toolkit_and_the_screen_says_what_it_is(moderator, affiliate, places):
    screen = moderator.get(reverse("editions:toolkits"))
    html = " ".join(screen.content.decode().split())
    assert "List of case studies" in html
    assert "4 pages" in html
    moderator.post(
        reverse("editions:toolkits"), {"site": affiliate.site.pk, "toolkit": places.list.pk}, follow=True
    )
    adopted = CaseStudiesPage.objects.descendant_of(affiliate.site.root_page).get()
    assert CaseStudyPage.objects.child_of(adopted).live().count() == 3
    assert Edition.objects.filter(site=affiliate.site).count() == 4


def test_an_affiliate_writes_its_own_beneath_its_own_list(moderator, affiliate, places):
    Adopt(places.list, affiliate.site).execute()
    adopted = CaseStudiesPage.objects.descendant_of(affiliate.site.root_page).get()
    add = reverse("wagtailadmin_pages:add", args=["toolkit_pages", "casestudypage", adopted.pk])
    streams = ("details", "numbers", "voices", "lessons", "body", "related")
    data = {
        **{f"{name}-count": "0" for name in streams},
        "title": "San Jose decides",
        "slug": "san-jose",
        "place": "San Jose",
        "jurisdiction": "city",
        "state": "CA",
        "policy": "schools",
        "summary": "",
        "instrument": "",
        "sponsor_name": "",
        "sponsor_office": "",
        "status": "",
        "status_date": "",
        "status_source": "",
        "as_of": "",
        "source": "",
        "source_url": "",
        "review_by": "",
        "action-publish": "1",
    }
    response = moderator.post(add, data)
    assert response.status_code == 302, response.context["form"].errors
    page = CaseStudyPage.objects.get(slug="san-jose")
    assert page.live and page.base_version is None


@pytest.mark.parametrize("model", ["casestudiespage", "campaignpage"])
def test_nobody_writes_beneath_anothers_home(moderator, national, affiliate, model):
    add = reverse("wagtailadmin_pages:add", args=["toolkit_pages", model, national.home.pk])
    assert moderator.get(add).status_code == 302
    assert moderator.post(add, {"title": "Mine", "slug": "mine"}).status_code == 302
    assert not CampaignPage.objects.exists() and not CaseStudiesPage.objects.exists()


def test_another_affiliates_case_study_cannot_be_compared_in_a_chapter(
    moderator, affiliate, national, places
):
    other = AffiliateFactory(name="Other", slug="other")
    theirs = factories.case_study(factories.case_list(other.site.root_page), "Theirs")
    block = {
        "title": "",
        "places": [factories.item(places.santa.pk), factories.item(places.cook.pk)],
        "show": "all",
    }
    page = factories.chapter(
        factories.toolkit(affiliate.site.root_page), body=[factories.block("comparison", block)]
    )
    errors = refused(moderator, page, **{"body-0-value-places-1-value": str(theirs.pk)})
    assert "cannot be linked from here" in errors["body"]
