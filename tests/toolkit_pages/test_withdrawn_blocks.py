"""What national has withdrawn block by block is nowhere that readers get words: page, print, search, lists, comparisons."""

import pytest
from django.core.cache import cache

from editions.actions.withdraw import PutBack
from editions.actions.withdraw_block import WithdrawBlock
from tests import factories
from tests.factories import paragraph

from .places.conftest import get, national, places, rules  # noqa: F401

pytestmark = pytest.mark.django_db


def withdraw(page, name, number):
    return WithdrawBlock(
        page, (name, page._meta.get_field(name).value_from_object(page).raw_data[number]["id"]), "Wrong."
    ).execute()


def test_a_chapter_its_toolkit_in_print_and_search(get, national, django_capture_on_commit_callbacks):  # noqa: F811
    kit = factories.toolkit(national.home, "Kit", slug="kit")
    body = [paragraph("<p>Ask the sheriff.</p>"), paragraph("<p>Call the helpline.</p>")]
    chapter = factories.chapter(kit, "Calling", body, slug="calling")
    chapter.refresh_from_db()
    addresses = ("/kit/calling/", "/kit/print/", "/search/?q=calling")
    for address in addresses:
        assert "helpline" in get(address), address
    with django_capture_on_commit_callbacks(execute=True):
        withdrawal = withdraw(chapter, "body", 1)
    cache.clear()
    for address in (*addresses, "/search/?q=helpline"):
        html = get(address)
        assert "Call the" not in html, address
        assert "sheriff" in html or "helpline" in address
    with django_capture_on_commit_callbacks(execute=True):
        PutBack(withdrawal).execute()
    for address in addresses:
        assert "helpline" in get(address), address


def test_a_case_study_where_others_are_listed_and_compared(get, places):  # noqa: F811
    body = [factories.block("comparison", {"title": "", "places": [places.santa.pk, places.cook.pk]})]
    kit = factories.toolkit(places.list.get_parent().specific, "Kit", slug="kit")
    factories.chapter(kit, "Beside each other", body, slug="beside")
    addresses = ("/places/santa/", "/places/compare/?with=santa&with=cook", "/kit/beside/", "/places/")
    page = type(places.santa).objects.get(pk=places.santa.pk)
    for address in addresses:
        assert "No officers in the jail" in get(address), address
    withdraw(page, "details", 2)
    for address in addresses:
        assert "No officers in the jail" not in get(address), address
    haven = type(places.haven).objects.get(pk=places.haven.pk)
    compared = "/places/compare/?with=santa&with=haven"
    assert "over 12,000" in get(compared)
    withdraw(haven, "numbers", 0)
    for address in ("/places/haven/", compared):
        assert "over 12,000" not in get(address), address
