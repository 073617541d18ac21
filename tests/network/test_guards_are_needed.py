"""Each guard is taken away in turn, and the door that it keeps opens: none of them stands there for show.

Where two stand one behind the other, the other is taken away too. What the tests of denied doors prove is then proved of
this very guard.
"""

import pytest
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.operations import translate_object

from campaign_library.models import GlossaryTerm
from editions.network import choosers, doors, guards, policies, references, viewsets
from editions.network.models import structure

from .conftest import is_refused
from .test_denied import TERM, TERM_CHOOSER, term_data
from .test_denied_pages import chapter_data, linking

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def without(monkeypatch):
    """Takes a guard away: a function of `guards`, or the method of a class that stands in front of another."""

    def take_away(*things):
        for thing in things:
            if isinstance(thing, tuple):
                owner, method = thing
                monkeypatch.setattr(owner, method, lambda self, *args, _o=owner, _m=method, **kwargs: getattr(
                    super(_o, self), _m
                )(*args, **kwargs))  # fmt: skip
            else:
                for name in ("TABLE", "CLOSED"):
                    opened = tuple(
                        doors.Door(door.pattern, guards.checks_itself) if door.guard is thing else door
                        for door in getattr(doors, name)
                    )
                    monkeypatch.setattr(doors, name, opened)

    return take_away


def opens(client, address, data=None, method="post"):
    return not is_refused(getattr(client, method)(address, data or {}))


# Viewsets and policies ---------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["edit", "delete", "copy", "unpublish"])
def test_the_object_of_a_snippet_view(network, as_editor, without, view):
    without((viewsets.OwnObject, "get_object"), (viewsets.OwnQueryset, "get_queryset"), *both_policies())
    assert opens(as_editor, reverse(f"{TERM}:{view}", args=[network.of_b.term.pk]), method="get")


def both_policies():
    return [
        (policies.OwnedPermissionPolicy, "user_has_permission_for_instance"),
        (policies.OwnedPermissionPolicy, "user_has_any_permission_for_instance"),
    ]


def test_the_list_of_snippets(network, as_editor, without):
    without((viewsets.OwnBaseQueryset, "get_base_queryset"), (viewsets.OwnQueryset, "get_queryset"))
    assert "Bravo term" in as_editor.get(reverse(f"{TERM}:list")).content.decode()


def test_the_chooser_of_snippets(network, as_editor, without):
    chosen = reverse(f"{TERM_CHOOSER}:chosen", args=[network.of_b.term.pk])
    several = reverse(f"{TERM_CHOOSER}:chosen_multiple") + f"?id={network.of_b.term.pk}"
    without((viewsets.UsableObject, "get_object"))
    assert opens(as_editor, chosen, method="get")
    without((viewsets.UsableObjects, "get_objects"))
    assert "Bravo" in as_editor.get(several).content.decode()
    without((viewsets.UsableObjectList, "get_object_list"))
    assert "Bravo term" in as_editor.get(reverse(f"{TERM_CHOOSER}:choose_results")).content.decode()


@pytest.mark.parametrize("left", ["policy", "door"])
def test_deleting_in_bulk_has_two_guards(network, as_editor, without, left):
    address = reverse("wagtail_bulk_action", args=["campaign_library", "glossaryterm", "delete"])
    if left == "policy":
        without(guards.own_selection)
    else:
        without(*both_policies())
    as_editor.post(f"{address}?id={network.of_b.term.pk}")
    assert GlossaryTerm.objects.filter(pk=network.of_b.term.pk).exists()
    without(guards.own_selection, *both_policies())
    as_editor.post(f"{address}?id={network.of_b.term.pk}")
    assert not GlossaryTerm.objects.filter(pk=network.of_b.term.pk).exists()


def test_the_owner_of_what_one_makes(network, as_editor, monkeypatch):
    def plain(self, *args, **kwargs):
        super(references.OwnedFormMixin, self).__init__(*args, **kwargs)
        self.choosable = None

    monkeypatch.setattr(references.OwnedFormMixin, "__init__", plain)
    as_editor.post(reverse(f"{TERM}:add"), {**term_data(), "owner": "", "action-publish": "1"})
    assert GlossaryTerm.objects.get(term="New words").owner is None


# Pages -------------------------------------------------------------------------------------------


def test_what_a_page_points_to(network, as_editor, without):
    address = reverse("wagtailadmin_pages:edit", args=[network.of_a.chapter.pk])
    data = chapter_data(linking(network.of_b.chapter))
    assert as_editor.post(address, data).status_code == 200
    without((references.ScopedFormMixin, "_post_clean"))
    assert as_editor.post(address, data).status_code == 302


@pytest.mark.parametrize("view", ["unpublish", "copy"])
def test_a_home(network, as_editor, monkeypatch, view):
    monkeypatch.setattr(structure.StructurePermissionTester, "_national", lambda self: True)
    assert opens(as_editor, reverse(f"wagtailadmin_pages:{view}", args=[network.of_a.home.pk]), method="get")


def test_a_folder(network, as_editor, monkeypatch):
    monkeypatch.setattr(structure.FolderPermissionTester, "_national", lambda self: True)
    assert opens(as_editor, reverse("wagtailadmin_pages:edit", args=[network.a.folder.pk]), method="get")


def test_confirming_a_move(network, as_editor, without):
    args = [network.of_a.chapter.pk, network.of_b.toolkit.pk]
    without(guards.own_pages)
    assert "Bravo" in as_editor.get(reverse("wagtailadmin_pages:move_confirm", args=args)).content.decode()


def test_choosing_a_page(network, as_editor, without, monkeypatch):
    address = reverse("wagtailadmin_choose_page_child", args=[network.of_b.home.pk])
    without(guards.page_to_browse)
    text = as_editor.get(address).content.decode()
    assert "Bravo toolkit" not in text
    monkeypatch.setitem(hooks._hooks, "construct_page_chooser_queryset", [])
    assert "Bravo toolkit" in as_editor.get(address).content.decode()


# Files -------------------------------------------------------------------------------------------


def test_files_in_the_api(network, as_editor, without):
    without((choosers.ScopedListing, "get_queryset"))
    for kind in ("images", "documents"):
        text = as_editor.get(reverse(f"wagtailadmin_api:{kind}:listing")).content.decode()
        assert "Bravo" in text


def test_a_bulk_selection_of_files(network, as_editor, without):
    address = reverse("wagtail_bulk_action", args=["wagtailimages", "image", "delete"])
    without(guards.own_selection)
    assert "Bravo image" in as_editor.get(f"{address}?id={network.of_b.image.pk}").content.decode()


# wagtail-localize --------------------------------------------------------------------------------


@pytest.fixture
def spanish(network):
    return network.locales["es"]


def test_submitting_a_page(network, as_editor, without, spanish):
    without(guards.own_page_to_translate)
    address = reverse("wagtail_localize:submit_page_translation", args=[network.of_b.toolkit.pk])
    as_editor.post(address, {"locales": [spanish.pk]})
    assert network.of_b.toolkit.has_translation(spanish)


def test_submitting_a_snippet(network, as_editor, without, spanish):
    without(guards.own_snippet_to_translate)
    args = ["campaign_library", "glossaryterm", network.of_b.term.pk]
    as_editor.post(
        reverse("wagtail_localize:submit_snippet_translation", args=args), {"locales": [spanish.pk]}
    )
    assert network.of_b.term.has_translation(spanish)


def test_updating_and_translating_a_snippet(network, as_editor, without, spanish):
    translate_object(network.of_b.term, [spanish])
    source = TranslationSource.objects.get_for_instance(network.of_b.term)
    translation, string = source.translations.get(), source.stringsegment_set.first()
    without(guards.own_source, guards.own_translation)
    assert opens(as_editor, reverse("wagtail_localize:update_translations", args=[source.pk]), method="get")
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, string.pk])
    assert as_editor.put(address, "value=Mine", "application/x-www-form-urlencoded").status_code == 201


def test_converting_into_an_alias(network, as_editor, without, spanish):
    translate_object(network.of_a.toolkit, [spanish])
    target = network.of_a.toolkit.get_translation(spanish)
    without(guards.nobody)
    as_editor.post(reverse("wagtail_localize:convert_to_alias", args=[target.pk]))
    assert Page.objects.get(pk=target.pk).alias_of_id == network.of_a.toolkit.pk


def test_synchronising_a_language(network, client, without, spanish, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("root", "root@example.org", "x"))
    without(guards.no_synchronising)
    assert opens(client, reverse("wagtaillocales:edit", args=[spanish.pk]), {"component-x-enabled": "on"})


def test_reports_and_tags(network, as_editor, without):
    without(guards.national_only)
    for name in (
        "wagtail_localize:translations_report",
        "wagtailadmin_tag_autocomplete",
        "wagtailadmin_reports:page_types_usage",
    ):
        assert opens(as_editor, reverse(name), method="get"), name
    # The rest of these doors Wagtail keeps as well: nobody in an affiliate has the permission.
    for name in ("wagtailsites:index", "wagtailusers_users:index", "wagtailredirects:index"):
        assert not opens(as_editor, reverse(name), method="get")


def test_what_is_in_no_line_of_the_table(network, as_editor, monkeypatch):
    assert not opens(as_editor, reverse("wagtailadmin_error_test"), method="get")
    monkeypatch.setattr(doors, "TABLE", (*doors.TABLE, doors.Door("*", guards.checks_itself)))
    as_editor.raise_request_exception = False
    assert as_editor.get(reverse("wagtailadmin_error_test")).status_code == 500
