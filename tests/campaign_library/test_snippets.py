"""Calls to action and glossary terms: when they hold, what they refuse, and how they are shown."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse

from campaign_library.models import CallToAction, GlossaryTerm
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 5, 19)
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "standing"),
    [
        (None, None, "open"),
        (TODAY, TODAY, "open"),
        (TODAY + DAY, None, "early"),
        (None, TODAY - DAY, "over"),
        (TODAY - DAY, TODAY + DAY, "open"),
    ],
)
def test_both_days_of_its_validity_count(valid_from, valid_until, standing):
    action = CallToAction(title="Act", valid_from=valid_from, valid_until=valid_until)
    assert action.standing(TODAY) == standing


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"button": "Go"}, "url"),
        ({"url": "https://example.org/"}, "button"),
        ({"sms_keyword": "JOIN"}, "sms_number"),
        ({"sms_number": "55501"}, "sms_keyword"),
        ({"valid_from": TODAY, "valid_until": TODAY - DAY}, "valid_until"),
    ],
)
def test_halves_are_refused_at_the_field(fields, at):
    action = CallToAction(title="Act", kind="sign", locale=factories.locale(), **fields)
    with pytest.raises(ValidationError) as refused:
        action.full_clean()
    assert at in refused.value.message_dict


def shown(action):
    return render_to_string("campaign_library/call_to_action.html", {"action": action})


def test_what_is_over_says_so_and_offers_no_button():
    action = factories.call_to_action(
        button="Sign", url="https://example.org/", phone="555-0100", valid_until=datetime.date(2016, 1, 31)
    )
    html = shown(action)
    assert "This ended on Jan. 31, 2016." in html
    assert "https://example.org/" not in html
    assert "tel:" not in html


def test_an_open_one_offers_every_way():
    action = factories.call_to_action(
        title="Act <now>",
        button="Sign",
        url="https://example.org/",
        phone="(408) 555-0142",
        sms_keyword="JOIN",
        sms_number="555-01",
    )
    html = shown(action)
    assert 'href="https://example.org/"' in html
    assert 'href="tel:4085550142"' in html
    assert 'href="sms:55501?&amp;body=JOIN"' in html
    assert "Act &lt;now&gt;" in html


def test_a_term_is_shown_with_its_older_names():
    term = factories.glossary_term(formerly="Hold", long="<p>More.</p>")
    html = render_to_string("campaign_library/glossary_term.html", {"term": term})
    assert "<dfn>Detainer</dfn>" in html
    assert "Hold" in html
    assert "More." in html


@pytest.mark.parametrize("model", [CallToAction, GlossaryTerm])
def test_they_are_edited_in_the_admin(admin_client, model):
    name = model._meta.model_name
    response = admin_client.get(reverse(f"wagtailsnippets_campaign_library_{name}:add"))
    assert response.status_code == 200
    assert admin_client.get(reverse(f"wagtailsnippets_campaign_library_{name}:list")).status_code == 200


def test_drafts_are_not_shown_on_pages(client):
    national = factories.organisation("National", "national.test", default=True)
    draft = factories.glossary_term(live=False, plain="Not yet.")
    kit = factories.toolkit(national.home, slug="kit")
    factories.chapter(kit, "One", [factories.block("glossary_term", draft.pk)], slug="one")
    assert "Not yet." not in client.get("/kit/one/", headers={"host": "national.test"}).content.decode()
