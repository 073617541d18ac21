"""No word of one affiliate reaches another, nor of national's drafts, through any address of the admin or an API, and no row of
others changes. The addresses come from the URL resolver and the rows from the models: what is added to either is covered.

Then each guard is taken away, and what it keeps is asked again: the crawl must find something.

What decides is Python, the same on every database: the crawl is made on SQLite only. What a search finds is asked on each.
"""

import logging

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.urls import reverse
from wagtail import hooks

from editions.network import audit, choosers, doors, fronts, guards, viewsets
from editions.network.models import Role
from editions.network.views import trail

from . import world as worlds
from .addresses import Addresses, B, of_few_kinds
from .conftest import is_refused
from .visiting import Rows, Visitor

pytestmark = pytest.mark.django_db
once = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="asks the same Python on every database: asked on SQLite"
)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once: each test, and each visit, undoes what it changed."""
    everything = transaction.atomic()
    # As Django's own tests do: what asks for a transaction of its own gets a savepoint.
    everything._from_testcase = True
    with django_db_blocker.unblock(), everything:
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def rows(world):
    rows = Rows(world)
    rows.remember()
    return rows


@pytest.fixture(autouse=True)
def _quiet():
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def visitor(world, rows):
    """Somebody with the widest role."""
    return visitor_as(world, rows, list(Role)[-1])


def visitor_as(world, rows, role):
    visitor = Visitor(world, world.people[role], rows)
    rows.remember()
    return visitor


def test_there_is_something_of_everything_to_find(world):
    none = {model._meta.label for model, keys in world.numbers[B].items() if not keys}
    assert none <= worlds.NATIONALS | worlds.BOOKKEEPING | {"wagtailcore.CollectionViewRestriction_groups"} | {
        "wagtailcore.PageViewRestriction_groups", "auth.User_user_permissions",
    }  # fmt: skip


@once
def test_nothing_of_another_is_read_or_changed(world, visitor):
    findings = visitor.visit(Addresses(world).all())
    assert not findings, "\n".join(map(str, findings))
    assert visitor.asked > 1500
    assert not [crash for crash in visitor.crashes if crash.startswith("get ")]


DIFFERS = (
    "network", "wagtailadmin_home", "wagtailadmin_explore", "wagtailadmin_reports", "editions:",
    *(f"wagtailadmin_pages:{name}" for name in ("search", "add_subpage", "edit", "lock", "unlock", "delete", "workflow_")),
    *(f"wagtailsnippets_campaign_library_glossaryterm:{name}" for name in ("list", "edit", "lock", "delete", "history")),
)  # fmt: skip
"""What says another thing to a lesser role: who may do less is told so, and reads who may."""


@once
@pytest.mark.parametrize("role", list(Role)[:-1])
def test_nor_by_somebody_with_a_lesser_role(world, rows, role):
    """Each role may all that the one before it may: a lesser one is asked where it is shown or told something else."""
    visitor = visitor_as(world, rows, role)
    asked = Addresses(world).all(lambda name: name.startswith(DIFFERS) and of_few_kinds(name))
    findings = visitor.visit(each for each in asked if each.whose in (B, ""))
    assert not findings, "\n".join(map(str, findings))
    assert visitor.asked > 100
    assert not [crash for crash in visitor.crashes if crash.startswith("get ")]


def test_an_administrator_reaches_the_screens_of_their_own_affiliate(world, visitor):
    for affiliate, person, opens in (
        (world.a, world.people[Role.EDITOR], True),
        (world.b, world.of_b[get_user_model()], False),
    ):
        for name, args in (
            ("profile", [affiliate.pk]),
            ("log_of", [affiliate.pk]),
            ("people_of", [affiliate.pk]),
            ("person_of", [affiliate.pk, person.pk]),
        ):
            response = visitor.client.get(reverse(f"network:{name}", args=args))
            assert (response.status_code == 200) is opens, (name, opens)
            assert opens or is_refused(response)


def test_national_published_content_is_read_and_chosen(world, visitor):
    for name, word in (
        ("wagtailadmin_choose_page_search", "toolkit"),
        ("wagtailimages_chooser:choose_results", ""),
        ("wagtaildocs_chooser:choose_results", ""),
        ("wagtailsnippetchoosers_campaign_library_glossaryterm:choose_results", ""),
        ("wagtailsnippetchoosers_campaign_library_glossaryterm:choose_results", worlds.OF_NATIONAL),
    ):
        text = visitor.client.get(reverse(name), {"q": word} if word else {}).content.decode()
        assert worlds.OF_NATIONAL in text, name
        assert worlds.OF_A in text or word == worlds.OF_NATIONAL, name


# Each guard is needed ----------------------------------------------------------------------------

TERM_CHOOSER = "wagtailsnippetchoosers_campaign_library_glossaryterm"
PROBES = {
    # guard → the names of views that it keeps
    guards.national_only: ("wagtailadmin_tag_autocomplete", "wagtail_localize:translations_report"),
    guards.nobody: (),  # of what is one's own: test_guards_are_needed
    guards.no_synchronising: (),  # of the whole network: test_guards_are_needed
    guards.own_pages: ("wagtailadmin_pages:move_confirm",),
    guards.pages_to_name: ("wagtailadmin_pages:copy",),
    guards.page_to_browse: ("wagtailadmin_choose_page_child",),
    guards.own_selection: ("wagtail_bulk_action",),
    guards.own_page_to_translate: ("wagtail_localize:submit_page_translation",),
    guards.own_snippet_to_translate: ("wagtail_localize:submit_snippet_translation",),
    guards.own_source: ("wagtail_localize:update_translations",),
    guards.own_translation: ("wagtail_localize:download_pofile",),
    fronts.OwnFilters: ("wagtailimages:index",),
    fronts.OwnChoices: ("wagtailadmin_pages:set_privacy",),
    fronts.OwnHistory: ("wagtailadmin_pages:history",),
    fronts.OwnTags: ("wagtailimages_chooser:choose",),
    viewsets.UsableObject: (f"{TERM_CHOOSER}:chosen",),
    viewsets.UsableObjects: (f"{TERM_CHOOSER}:chosen_multiple",),
    viewsets.UsableObjectList: (f"{TERM_CHOOSER}:choose",),
    choosers.ScopedListing: ("wagtailadmin_api:images:listing",),
    audit.NamesItsOwn: ("wagtailadmin_pages:history",),
    audit.hide_people_elsewhere: ("network:log_of",),
    choosers.pages_to_choose: ("wagtailadmin_choose_page_search",),
}


def all_guards():
    of_doors = {door.guard for door in doors.TABLE} - {guards.checks_itself}
    return (
        of_doors
        | set(fronts.FRONTS)
        | set(viewsets.CHOOSER.values())
        | {choosers.ScopedListing, choosers.pages_to_choose, audit.NamesItsOwn, audit.hide_people_elsewhere}
    )


def test_every_guard_says_what_it_keeps():
    assert all_guards() == set(PROBES)


@once
@pytest.mark.parametrize(
    "guard", [guard for guard, names in PROBES.items() if names], ids=lambda each: each.__name__
)
def test_without_this_guard_something_crosses(world, visitor, monkeypatch, guard):
    """With it nothing does: the crawl has asked the same."""
    take_away(monkeypatch, guard)
    assert visitor.visit(Addresses(world).all(lambda name: name in PROBES[guard]))


def take_away(monkeypatch, guard):
    if guard is audit.hide_people_elsewhere:
        monkeypatch.setattr(trail, "hide_people_elsewhere", lambda user, entries: None)
        return
    if guard is choosers.pages_to_choose:
        monkeypatch.setitem(hooks._hooks, "construct_page_chooser_queryset", [])
        return
    if not isinstance(guard, type):
        table = [
            doors.Door(each.pattern, guards.checks_itself) if each.guard is guard else each
            for each in doors.TABLE
        ]
        monkeypatch.setattr(doors, "TABLE", tuple(table))
        return
    for method in [name for name in vars(guard) if not name.startswith("_")]:
        if guard is audit.NamesItsOwn:
            monkeypatch.setattr(guard, method, lambda self, entry: self.formatter.format_message(entry))
        elif guard is fronts.OwnFilters:
            monkeypatch.setattr(fronts, "_narrowed", lambda filterset_class: filterset_class)
        else:
            monkeypatch.setattr(
                guard,
                method,
                lambda self, *args, _m=method, **kwargs: getattr(super(guard, self), _m)(*args, **kwargs),
            )
