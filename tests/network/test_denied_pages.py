"""Pages, files, people and what runs the network: nobody gets at another affiliate's."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from editions.network.models import NationalRole, Role
from editions.network.roles import ensure_national_groups
from toolkit_pages.models import ChapterPage

from .conftest import is_refused, rows
from .factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


# Pages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whose", ["of_b", "national"])
@pytest.mark.parametrize(
    "view",
    [
        "edit", "delete", "unpublish", "convert_alias", "copy", "move", "lock", "unlock", "set_privacy",
        "set_page_position", "add_subpage", "history", "usage", "workflow_history", "view_draft",
        "preview_on_edit", "confirm_workflow_cancellation",
    ],
)  # fmt: skip
def test_a_page_of_another_or_of_national(network, probe, whose, view):
    page = getattr(network, whose).toolkit
    method = ("get",) if view in ("history", "usage", "workflow_history", "view_draft") else ("get", "post")
    method = ("post",) if view in ("lock", "unlock", "set_page_position") else method
    data = {"new_title": "x", "new_slug": "x", "new_parent_page": network.of_a.toolkit.pk, "position": "0"}
    probe(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]), data, methods=method)


@pytest.mark.parametrize("view", ["edit", "history", "usage", "workflow_history", "copy", "move", "delete"])
def test_ones_own_page(network, as_editor, view):
    address = reverse(f"wagtailadmin_pages:{view}", args=[network.of_a.chapter.pk])
    assert as_editor.get(address).status_code == 200


def test_a_moderator_locks_and_unlocks_ones_own(network, client):
    client.force_login(UserFactory(of=network.a, of__role=Role.MODERATOR))
    for view, locked in (("lock", True), ("unlock", False)):
        client.post(reverse(f"wagtailadmin_pages:{view}", args=[network.of_a.chapter.pk]))
        network.of_a.chapter.refresh_from_db()
        assert network.of_a.chapter.locked is locked


def test_making_a_page_beneath_anothers(network, probe):
    for parent in (network.of_b.toolkit, network.national.toolkit, network.of_b.home, network.a.folder):
        kind = "toolkitpage" if parent.pk == network.of_b.home.pk else "chapterpage"
        kind = "homepage" if parent.pk == network.a.folder.pk else kind
        address = reverse("wagtailadmin_pages:add", args=["toolkit_pages", kind, parent.pk])
        probe(address, {"title": "x", "slug": "x"})


def test_moving_a_page_to_another_and_taking_one_from_there(network, probe, as_editor):
    mine, theirs = network.of_a, network.of_b
    for page, target in (
        (mine.chapter, theirs.toolkit),
        (mine.toolkit, theirs.home),
        (theirs.chapter, mine.toolkit),
        (network.national.chapter, mine.toolkit),
    ):
        probe(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))


def test_copying_a_page_to_another(network, as_editor):
    before = rows()
    response = as_editor.post(
        reverse("wagtailadmin_pages:copy", args=[network.of_a.chapter.pk]),
        {"new_title": "x", "new_slug": "x", "new_parent_page": network.of_b.toolkit.pk},
    )
    assert is_refused(response)
    assert rows() == before


@pytest.mark.parametrize("thing", ["folder", "home"])
def test_a_folder_and_a_home_stay_where_they_are(network, probe, thing):
    page = network.a.folder if thing == "folder" else network.of_a.home
    for view in ("delete", "unpublish", "move", "copy"):
        probe(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]), {"new_title": "x", "new_slug": "x"})
    if thing == "folder":
        probe(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "x", "slug": "x"})


def test_bulk_actions_on_pages_of_others(network, probe):
    for action in ("delete", "move", "publish", "unpublish"):
        for page in (network.of_b.toolkit, network.national.toolkit):
            address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
            probe(f"{address}?id={page.pk}")
        probe(f"{address}?id=all&childOf={network.of_b.home.pk}")


def test_bulk_actions_on_the_home_change_nothing(network, as_editor):
    before = rows()
    for action in ("delete", "unpublish"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        as_editor.post(f"{address}?id={network.of_a.home.pk}&id={network.a.folder.pk}")
    assert rows() == before


# What a page points to ---------------------------------------------------------------------------


def chapter_data(blocks, **data):
    return nested_form_data(
        {
            "title": "Alpha chapter",
            "slug": "alpha-chapter",
            "summary": "",
            "body": streamfield(blocks),
            "as_of": "",
            "source": "",
            "source_url": "",
            "review_by": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0},
            **data,
        }
    )


def save(client, page, blocks, **data):
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), chapter_data(blocks, **data))
    errors = response.context["form"].errors if "form" in (response.context or {}) else {}
    return response, errors


def linking(page):
    return [("paragraph", rich_text(f'<p><a linktype="page" id="{page.pk}">there</a></p>'))]


@pytest.mark.parametrize("person", ["as_editor", "as_staff"])
def test_a_page_of_another_is_refused_at_its_block(network, request, person):
    client = request.getfixturevalue(person)
    before = rows()
    response, errors = save(client, network.of_a.chapter, linking(network.of_b.chapter))
    assert response.status_code == 200
    assert list(errors) == ["body"]
    assert 0 in errors.as_data()["body"][0].block_errors
    assert "Choose one of your own" in response.content.decode()
    assert "Bravo" not in response.content.decode()
    assert {**rows(), "x": 0} == {**before, "x": 0}


@pytest.mark.parametrize("kind", ["glossary_term", "document"])
def test_other_things_of_another_are_refused(network, as_editor, kind):
    if kind == "glossary_term":
        blocks = [("glossary_term", network.of_b.term.pk)]
    else:
        blocks = [
            ("paragraph", rich_text(f'<p><a linktype="document" id="{network.of_b.document.pk}">x</a></p>'))
        ]
    before = rows()
    _response, errors = save(as_editor, network.of_a.chapter, blocks)
    assert list(errors) == ["body"]
    assert rows() == before


def test_an_image_of_another_is_refused_in_a_figure(network, as_editor):
    figure = {
        "image": {"image": network.of_b.image.pk, "decorative": "on", "alt_text": ""},
        "caption": "",
        "long_description": rich_text(""),
        "source": "",
    }
    _response, errors = save(as_editor, network.of_a.chapter, [("figure", figure)])
    assert list(errors) == ["body"]
    figure["image"]["image"] = network.national.image.pk
    _response, errors = save(as_editor, network.of_a.chapter, [("figure", figure)])
    assert not errors


def test_own_and_national_things_are_welcome(network, as_editor):
    for page in (network.of_a.toolkit, network.national.chapter):
        _response, errors = save(as_editor, network.of_a.chapter, linking(page))
        assert not errors
    blocks = [("glossary_term", network.national.term.pk), ("glossary_term", network.of_a.term.pk)]
    _response, errors = save(as_editor, network.of_a.chapter, blocks)
    assert not errors


def test_a_national_draft_is_refused(network, as_editor):
    draft = network.national.toolkit.add_child(instance=ChapterPage(title="Secret plan", live=False))
    response, errors = save(as_editor, network.of_a.chapter, linking(draft))
    assert list(errors) == ["body"]
    assert "Secret plan" not in response.content.decode()


def test_what_stood_there_before_may_stay(network, as_editor):
    chapter = network.of_a.chapter
    link = f'<p><a linktype="page" id="{network.of_b.chapter.pk}">there</a></p>'
    chapter.body = [{"type": "paragraph", "value": link, "id": "b1"}]
    chapter.save()
    _response, errors = save(as_editor, chapter, linking(network.of_b.chapter))
    assert not errors


def test_a_new_page_is_checked_too(network, as_editor):
    address = reverse(
        "wagtailadmin_pages:add", args=["toolkit_pages", "chapterpage", network.of_a.toolkit.pk]
    )
    before = ChapterPage.objects.count()
    data = chapter_data(linking(network.of_b.chapter), title="New", slug="new")
    response = as_editor.post(address, data)
    assert list(response.context["form"].errors) == ["body"]
    assert ChapterPage.objects.count() == before
    as_editor.post(address, chapter_data(linking(network.of_a.home), title="New", slug="new"))
    assert ChapterPage.objects.count() == before + 1


def test_checking_costs_few_queries(network, as_editor, django_assert_max_num_queries):
    from editions.network.references import foreign_references

    chapter = ChapterPage.objects.get(pk=network.of_a.chapter.pk)
    link = "<p>" + "".join(f'<a linktype="page" id="{page.pk}">x</a>' for page in Page.objects.all()) + "</p>"
    chapter.body = [{"type": "paragraph", "value": link, "id": str(n)} for n in range(20)]
    affiliate = network.a
    foreign_references(chapter, affiliate)
    with django_assert_max_num_queries(3):  # the comments of the page, what may be used, what exists
        assert foreign_references(chapter, affiliate)


# Choosers, images and documents ------------------------------------------------------------------


def test_the_page_chooser_offers_own_and_national(network, as_editor, probe):
    network.national.toolkit.add_child(instance=ChapterPage(title="Secret plan", live=False))
    text = ""
    for address in (
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_child", args=[network.of_a.toolkit.pk]),
        reverse("wagtailadmin_choose_page_child", args=[network.national.toolkit.pk]),
        reverse("wagtailadmin_choose_page_child", args=[network.a.folder.get_parent().pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=chapter",
        reverse("wagtailadmin_choose_page_search") + "?q=Bravo",
    ):
        response = as_editor.get(address)
        assert response.status_code == 200
        text += response.content.decode()
    assert "Alpha chapter" in text
    assert "National chapter" in text
    assert "Secret plan" not in text
    assert "Bravo" not in text
    for page in (network.of_b.home, network.of_b.toolkit, network.b.folder):
        probe(reverse("wagtailadmin_choose_page_child", args=[page.pk]), methods=("get",))


@pytest.mark.parametrize("kind", ["image", "document"])
@pytest.mark.parametrize("whose", ["of_b", "national"])
def test_files_of_another_or_of_national(network, probe, kind, whose):
    thing = getattr(getattr(network, whose), kind)
    namespace = "wagtailimages" if kind == "image" else "wagtaildocs"
    data = {"title": "Mine now", "collection": network.a.collection.pk}
    for view in ("edit", "delete"):
        probe(reverse(f"{namespace}:{view}", args=[thing.pk]), data)
    for view in ("edit_multiple", "delete_multiple"):
        address = reverse(f"{namespace}:{view}", args=[thing.pk])
        probe(address, data, methods=("post",), **{"x-requested-with": "XMLHttpRequest"})
    label = "wagtailimages" if kind == "image" else "wagtaildocs"
    for action in ("delete", "add_tags", "add_to_collection"):
        address = reverse("wagtail_bulk_action", args=[label, kind, action])
        probe(f"{address}?id={thing.pk}", {"collection": network.a.collection.pk, "tags": "x"})
        probe(f"{address}?id=all", {"collection": network.a.collection.pk, "tags": "x"})


@pytest.mark.parametrize("kind", ["image", "document"])
def test_files_of_another_in_choosers_and_in_the_api(network, as_editor, probe, kind):
    theirs, shared = getattr(network.of_b, kind), getattr(network.national, kind)
    namespace = "wagtailimages_chooser" if kind == "image" else "wagtaildocs_chooser"
    probe(reverse(f"{namespace}:chosen", args=[theirs.pk]), methods=("get",))
    several = as_editor.get(reverse(f"{namespace}:chosen_multiple") + f"?id={theirs.pk}")
    assert theirs.title not in several.content.decode()
    assert as_editor.get(reverse(f"{namespace}:chosen", args=[shared.pk])).status_code == 200
    results = as_editor.get(reverse(f"{namespace}:choose_results")).content.decode()
    assert shared.title in results
    assert theirs.title not in results
    listed = as_editor.get(reverse(f"wagtailadmin_api:{kind}s:listing")).json()
    assert {item["title"] for item in listed["items"]} == {f"Alpha {kind}", f"National {kind}"}
    probe(reverse(f"wagtailadmin_api:{kind}s:detail", args=[theirs.pk]), methods=("get",))


def test_a_file_is_not_put_into_anothers_collection(network, as_editor):
    address = reverse("wagtailimages:edit", args=[network.of_a.image.pk])
    as_editor.post(address, {"title": "x", "collection": network.b.collection.pk, "tags": ""})
    network.of_a.image.refresh_from_db()
    assert network.of_a.image.collection == network.a.collection


def test_pages_in_the_api(network, as_editor, probe):
    listed = as_editor.get(reverse("wagtailadmin_api:pages:listing")).content.decode()
    assert "Alpha" in listed
    assert "Bravo" not in listed
    for action in ("copy", "delete", "publish", "unpublish", "move", "create_alias", "copy_for_translation"):
        address = reverse("wagtailadmin_api:pages:action", args=[network.of_b.chapter.pk, action])
        probe(address, {"destination_page_id": network.of_a.toolkit.pk, "locale": "es"}, methods=("post",))
    for action in ("copy", "move", "create_alias"):
        address = reverse("wagtailadmin_api:pages:action", args=[network.of_a.chapter.pk, action])
        target = {"destination_page_id": network.of_b.toolkit.pk}
        probe(address, target, methods=("post",))


# People and what runs the network ----------------------------------------------------------------


@pytest.mark.parametrize("namespace", ["wagtailusers_users", "wagtailusers_groups"])
def test_people_and_groups(network, probe, namespace):
    probe(reverse(f"{namespace}:index"), methods=("get",))
    probe(reverse(f"{namespace}:add"), {"username": "x", "name": "x"})
    person = (
        network.staff if namespace == "wagtailusers_users" else ensure_national_groups()[NationalRole.MANAGER]
    )
    for view in ("edit", "delete", "history"):
        probe(reverse(f"{namespace}:{view}", args=[person.pk]), {"username": "x", "is_superuser": "on"})


def test_nobody_gives_themselves_more(network, as_editor, probe):
    probe(
        reverse("wagtailusers_users:edit", args=[network.editor.pk]),
        {
            "username": "editor-of-a",
            "is_superuser": "on",
            "groups": [ensure_national_groups()[NationalRole.MANAGER].pk],
        },
    )
    as_editor.post(reverse("wagtailadmin_account"), {"is_superuser": "on", "groups": [1]})
    network.editor.refresh_from_db()
    assert not network.editor.is_superuser
    address = reverse("wagtail_bulk_action", args=["auth", "user", "assign_role"])
    probe(f"{address}?id={network.editor.pk}", {"role": ensure_national_groups()[NationalRole.MANAGER].pk})


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("wagtailsites:index", []), ("wagtailsites:add", []), ("wagtailsites:edit", [1]),
        ("wagtailsites:delete", [1]), ("wagtaillocales:index", []), ("wagtaillocales:delete", [2]),
        ("wagtailadmin_collections:index", []), ("wagtailadmin_collections:add", []),
        ("wagtailadmin_collections:edit", [2]), ("wagtailadmin_collections:delete", [2]),
        ("wagtailadmin_collections:set_privacy", [2]), ("wagtailredirects:index", []),
        ("wagtailredirects:add", []), ("wagtailredirects:start_import", []),
        ("wagtailredirects:process_import", []), ("wagtailadmin_workflows:index", []),
        ("wagtailadmin_workflows:add", []), ("wagtailadmin_reports:site_history", []),
        ("wagtailadmin_reports:page_types_usage", []), ("wagtailadmin_reports:locked_pages", []),
        ("wagtailadmin_reports:workflow", []), ("wagtailadmin_reports:aging_pages", []),
        ("wagtailadmin_tag_autocomplete", []), ("wagtailsnippets:index", []),
        ("wagtailadmin_pages:type_use", ["toolkit_pages", "chapterpage"]),
    ],
)  # fmt: skip
def test_what_runs_the_network(network, probe, name, args):
    probe(reverse(name, args=args), {"name": "x", "hostname": "x", "port": "80", "root_page": "3"})


def test_doors_of_other_peoples_packages_are_closed_until_someone_opens_them(network, as_editor):
    from editions.network.doors import door_for

    assert door_for("somebody_elses:index") is None
    assert is_refused(as_editor.get(reverse("wagtailadmin_error_test")))


def test_every_door_of_this_project_is_in_the_table():
    """A new address is closed to affiliates; this says so when it comes, so that someone decides."""
    from django.urls import get_resolver

    from editions.network.doors import door_for

    meant_to_be_closed = {"wagtailadmin_error_test"}
    assert {name for name in admin_names(get_resolver()) if not door_for(name)} == meant_to_be_closed


def admin_names(resolver, namespaces=(), route=""):
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from admin_names(pattern, inner, here)
        elif here.startswith("admin/") and pattern.name:
            yield ":".join((*namespaces, pattern.name))


def test_scripts_get_403(network, as_editor):
    address = reverse("wagtailsites:index")
    response = as_editor.get(address, headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 403


def test_who_is_not_logged_in_is_asked_to(network, client):
    response = client.get(reverse("network:profiles"))
    assert response.status_code == 302
    assert "/login/" in response["Location"]


def test_somebody_without_any_affiliate(network, client):
    nobody = UserFactory()
    nobody.groups.add(ensure_group_with_access())
    client.force_login(nobody)
    for name in ("network:profiles", "network:affiliates", "wagtailsites:index"):
        response = client.get(reverse(name), follow=False)
        if response.status_code == 302 and response["Location"].endswith("/affiliates/"):
            response = client.get(response["Location"])
        assert is_refused(response)


def ensure_group_with_access():
    from django.contrib.auth.models import Group, Permission

    group = Group.objects.create(name="Visitors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group
