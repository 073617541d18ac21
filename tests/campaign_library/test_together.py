"""Snippets of several kinds, read in one statement: what comes out is what each model's own query gives."""

import datetime

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone
from wagtail.models import Collection

from campaign_library import models
from campaign_library.models.base import LibrarySnippet
from campaign_library.standing_in import current, shown_for
from campaign_library.together import load, meet
from editions.network.models import Affiliate
from tests import factories, library_records
from tests.campaign_library import documents
from toolkit_pages.models import ChapterPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_asked_once")]
BODY = ChapterPage._meta.get_field("body").stream_block
KINDS = [
    models.Bill,
    models.CallToAction,
    models.DecisionMakerType,
    models.DemandList,
    models.GlossaryTerm,
    models.ModelOrdinance,
    models.Organisation,
    models.Provision,
    models.Resource,
    models.StatePolicy,
    models.TextTemplate,
]


@pytest.fixture
def _asked_once():
    """SQLite is asked once by each connection whether it knows JSON."""
    assert connection.features.supports_json_field


@pytest.fixture
def library():
    rule = factories.provision()
    newer = factories.glossary_term(term="PEP-Comm", as_of=datetime.date(2015, 7, 1))
    factories.glossary_term(term="S-Comm", replaced_by=newer, first_published_at=timezone.now())
    factories.call_to_action(valid_from=datetime.date(2016, 1, 1), adapted_from={"title": "Older “words”"})
    bill = library_records.bill()
    library_records.bill("HB 2", copies_of=bill)
    library_records.resource(publisher=library_records.organisation())
    library_records.state_policy()
    documents.ordinance(sections=documents.county(rule))
    documents.demand_list()
    documents.decision_maker(rule)
    documents.text_template()


def test_every_kind_comes_out_as_from_its_own_query(library, django_assert_num_queries):
    known = apps.get_app_config("campaign_library").get_models()
    assert set(KINDS) == {kind for kind in known if issubclass(kind, LibrarySnippet)}
    with django_assert_num_queries(1):
        found = load({kind: kind._base_manager.all() for kind in KINDS})
    for kind in KINDS:
        plain = {each.pk: each for each in kind._base_manager.select_related(*kind.shown_with)}
        assert plain, kind
        assert {each.pk for each in found[kind]} == set(plain)
        for each in found[kind]:
            with django_assert_num_queries(0):
                assert as_values(each) == as_values(plain[each.pk])
                for name in kind.shown_with:
                    assert as_values(getattr(each, name)) == as_values(getattr(plain[each.pk], name))


def as_values(found):
    return found and {
        field.attname: getattr(field.value_from_object(found), "raw_data", field.value_from_object(found))
        for field in found._meta.concrete_fields
        if not hasattr(field, "stream_block")
    } | {
        field.name: list(field.value_from_object(found).raw_data)
        for field in found._meta.concrete_fields
        if hasattr(field, "stream_block")
    }


def test_an_affiliates_copy_stands_in_and_what_is_no_id_harms_nobody(django_assert_num_queries):
    tree = factories.organisation("Cook", "cook.test")
    cook = Affiliate.objects.create(
        name="Cook",
        slug="cook",
        place="Cook",
        site=tree.site,
        folder=tree.folder,
        collection=Collection.get_first_root_node().add_child(name="Cook"),
        languages=["en"],
    )
    action, term = factories.call_to_action(), factories.glossary_term()
    copy = factories.call_to_action(title="Ours", adapts=action, owner=cook)
    factories.glossary_term(term="A draft", adapts=term, owner=cook, live=False)
    odd = [factories.block("glossary_term", "no id"), factories.block("bills", {"title": "", "bills": None})]
    stream = BODY.to_python(
        [factories.block("call_to_action", action.pk), factories.block("glossary_term", term.pk), *odd]
    )
    with shown_for(cook):
        with django_assert_num_queries(1):
            meet([stream])
        assert current().met == {
            models.CallToAction: {action.pk: copy},
            models.GlossaryTerm: {term.pk: term},
        }
        with django_assert_num_queries(0):
            meet([stream])
