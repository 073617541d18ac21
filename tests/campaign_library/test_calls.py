"""Calls to action in full: numbers, what one tap does, what is copied, what is scanned, what is over."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from campaign_library.models import CallToAction
from campaign_library.ways import ways_of
from tests import factories

pytestmark = pytest.mark.django_db


def shown(action, **context):
    return render_to_string("campaign_library/call_to_action.html", {"action": action, **context})


def call(**fields):
    return CallToAction(**{"title": "Act", "kind": "share", "locale": factories.locale(), **fields})


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"phone": "call us"}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"phone": "1" * 16}, "phone"),
        ({"phone": "javascript:1234"}, "phone"),
        ({"sms_keyword": "JOIN US", "sms_number": "55501"}, "sms_keyword"),
        ({"sms_keyword": "JOIN", "sms_number": "five"}, "sms_number"),
        ({"kind": "text"}, "sms_keyword"),
        ({"kind": "call"}, "phone"),
        ({"hashtag": "HereToStay"}, "hashtag"),
        ({"hashtag": "#Here To"}, "hashtag"),
        ({"goal": 0}, "goal"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_bad_input_is_refused_at_its_field(fields, at):
    with pytest.raises(ValidationError) as refused:
        call(**fields).full_clean()
    assert list(refused.value.message_dict) == [at]


@pytest.mark.parametrize(
    "fields",
    [
        {"phone": "(408) 555-0142"},
        {"phone": "+1 408.555.0142 ext. 12"},
        {"phone": "{{ hotline }}", "kind": "call"},
        {"kind": "call", "script": "<p>Good morning.</p>"},
        {"sms_keyword": "{{ text_keyword }}", "sms_number": "{{ text_number }}", "kind": "text"},
        {"hashtag": "#HereToStay", "goal": 5000},
    ],
)
def test_good_input_is_taken(fields):
    call(**fields).full_clean()


def test_an_extension_is_not_dialled():
    assert ways_of(call(phone="+1 408.555.0142 ext. 12"), {}).phone_link == "tel:+14085550142"


def test_variables_are_the_sites_own_and_a_site_without_a_number_offers_none():
    action = call(phone="{{ hotline }}", sms_keyword="{{ text_keyword }}", sms_number="{{ text_number }}")
    words = {"hotline": "(312) 555-0100", "text_keyword": "COOK", "text_number": "555-01"}
    how = ways_of(action, words)
    assert (how.phone, how.phone_link, how.sms_link) == (
        "(312) 555-0100",
        "tel:3125550100",
        "sms:55501?&body=COOK",
    )
    defaults = ways_of(
        action, {"hotline": "your local hotline", "text_keyword": "JOIN", "text_number": "our text number"}
    )
    assert not defaults.any and not defaults.qr


def test_the_code_is_an_inline_picture_with_a_name_and_no_style():
    svg = ways_of(call(sms_keyword="JOIN", sms_number="555-01"), {}).qr
    assert svg.startswith("<svg") and 'role="img"' in svg and "<title>QR code of the message</title>" in svg
    assert "style=" not in svg and "<script" not in svg
    assert ways_of(call(url="https://example.org/", button="Go"), {}).qr != svg


def test_the_code_says_what_the_button_does(tmp_path):
    segno = pytest.importorskip("segno")
    action = call(sms_keyword="JOIN", sms_number="555-01")
    path = re.search(r' d="([^"]+)"', ways_of(action, {}).qr)[1]
    expected = segno.make("SMSTO:55501:JOIN", error="m", micro=False)
    assert path in expected.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)


def test_what_is_copied_is_the_text_with_its_hashtag_once():
    html = shown(call(post_text='We stay "here" #HereToStay', hashtag="#heretostay"))
    assert 'data-copy="We stay &quot;here&quot; #HereToStay"' in html
    assert "hidden>Copy the words</button>" in html, (
        "without the script nobody sees a button that does nothing"
    )
    assert call(post_text="We stay", hashtag="#HereToStay").words_to_post == "We stay #HereToStay"


def test_risk_stands_above_the_buttons_and_goal_and_target_beside_them():
    html = shown(
        call(
            url="https://example.org/",
            button="Sign",
            risk_note="Think <twice>.",
            goal=5000,
            target="The board",
        )
    )
    assert html.index("Think &lt;twice&gt;.") < html.index("https://example.org/")
    assert "5,000" in html and "The board" in html


def test_what_is_over_has_no_code_nothing_to_copy_and_no_risk():
    html = shown(
        call(
            url="https://example.org/",
            button="Sign",
            post_text="Post me",
            risk_note="Careful",
            valid_until=datetime.date(2016, 1, 31),
        )
    )
    assert "This ended on Jan. 31, 2016." in html
    for gone in ("<svg", "Post me", "Careful", "https://example.org/"):
        assert gone not in html


def test_a_review_that_is_overdue_is_told_to_readers():
    html = shown(call(review_by=datetime.date(2016, 1, 31)))
    assert "To be reviewed by Jan. 31, 2016; that day has passed." in html


def test_the_script_comes_once_for_a_whole_page(client):
    national = factories.organisation("National", "national.test", default=True)
    kit = factories.toolkit(national.home, slug="kit")
    actions = [factories.call_to_action(title=f"Act {n}", post_text="Words") for n in range(3)]
    factories.chapter(
        kit, "One", [factories.block("call_to_action", each.pk) for each in actions], slug="one"
    )
    factories.chapter(kit, "Two", [factories.paragraph()], slug="two")
    pages = [
        client.get(f"/kit/{slug}/", headers={"host": "national.test"}).content.decode()
        for slug in ("one", "two")
    ]
    assert [page.count("campaign_library/copy") for page in pages] == [1, 0]


def test_what_is_over_or_overdue_is_found_in_the_admins_list(admin_client):
    past = datetime.date(2016, 1, 31)
    factories.call_to_action(title="Ended", valid_until=past)
    factories.call_to_action(title="Stale", review_by=past, as_of=past)
    factories.call_to_action(title="Fresh", as_of=past)
    url = "/admin/snippets/campaign_library/calltoaction/"

    def listed(needs):
        html = admin_client.get(url, {"needs": needs}).content.decode()
        return {
            title
            for title in ("Ended", "Stale", "Fresh")
            if f"{title}\n" in html or f">{title}<" in html or title in html
        }

    assert listed("over") == {"Ended"}
    assert listed("overdue") == {"Stale"}
    assert listed("undated") == {"Ended"}
