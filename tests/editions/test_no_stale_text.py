"""Law 6, through the admin's own forms: whatever was made on an older version is merged up before it is saved or published."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Task, Workflow, WorkflowPage, WorkflowTask

from editions.models import Conflict
from editions.streams import without_block_keys
from tests.editions.network import Network, texts
from tests.editions.tab import Form
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    network = Network(sites=1)
    network.adopt()
    return network


@pytest.fixture
def page(network):
    return network.local(network.sites[0], network.chapters[0])


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("editor", "editor@example.org", "x"))
    return client


def national_changes(network, **words):
    return network.send(network.change(network.chapters[0], body=words or {"a": "One, corrected."}))


def fresh(page):
    return SimplePage.objects.get(pk=page.pk)


def test_an_untouched_page_published_unchanged_adapts_nothing(network, page, editor):
    Form(editor, page).publish()
    assert fresh(page).live_revision_id
    release = national_changes(network)
    assert release.updates.get().outcome == "applied"
    assert texts(fresh(page))[0] == "One, corrected."


def test_a_stale_tab_brings_no_old_word_back(network, page, editor):
    tab = Form(editor, page)
    tab.write("b", "Our two.")
    national_changes(network)
    tab.publish()
    assert texts(fresh(page)) == ["One, corrected.", "Our two.", "Three."]
    edition = network.edition(network.sites[0], network.chapters[0])
    assert fresh(page).base_version == edition.base_id


def test_a_stale_tab_that_changed_the_same_block_opens_a_conflict(network, page, editor):
    tab = Form(editor, page)
    tab.write("a", "Our one.")
    national_changes(network)
    tab.publish()
    assert texts(fresh(page))[0] == "Our one."
    conflict = Conflict.objects.open().get()
    assert without_block_keys(conflict.national["value"]) == "<p>One, corrected.</p>"
    assert without_block_keys(conflict.base["value"]) == "<p>One.</p>"


def test_a_second_stale_save_from_the_same_tab_is_merged_again(network, page, editor):
    tab = Form(editor, page)
    tab.write("b", "Our two.")
    national_changes(network)
    tab.save()
    tab.write("b", "Our two, better.")
    tab.publish()
    assert texts(fresh(page)) == ["One, corrected.", "Our two, better.", "Three."]


def test_autosave_over_a_release_goes_on(network, page, editor):
    tab = Form(editor, page)
    tab.write("b", "Our two.")
    answer = tab.autosave()
    assert answer["success"], answer
    national_changes(network)
    tab.write("b", "Our two, better.")
    answer = tab.autosave(overwrite_revision_id=str(answer["revision_id"]))
    assert answer["success"], answer
    draft = fresh(page).get_latest_revision_as_object()
    assert texts(draft) == ["One, corrected.", "Our two, better.", "Three."]
    assert texts(fresh(page)) == ["One, corrected.", "Two.", "Three."]


def test_autosave_after_a_merge_made_a_revision_goes_on(network, page, editor):
    network.edit(network.sites[0], network.chapters[0], body={"c": "Our three."})
    tab = Form(editor, fresh(page))
    tab.write("b", "Our two.")
    national_changes(network)
    assert fresh(page).latest_revision.user is None
    answer = tab.autosave()
    assert answer["success"], answer
    tab.publish()
    assert texts(fresh(page)) == ["One, corrected.", "Our two.", "Our three."]


def test_an_own_autosave_that_a_merge_overtook_is_saved_anew(network, page, editor):
    network.edit(network.sites[0], network.chapters[0], body={"c": "Our three."})
    tab = Form(editor, fresh(page))
    tab.write("b", "Our two.")
    saved = tab.autosave()
    fresh(page).get_latest_revision().publish()
    national_changes(network)
    tab.write("b", "Our two, better.")
    answer = tab.autosave(overwrite_revision_id=str(saved["revision_id"]))
    assert answer["success"], answer


def test_a_draft_older_than_the_release_is_merged_up_when_published(network, page):
    page.body[1].value.source = "<p>Our draft.</p>"
    page.body = [
        {**block, "value": "<p>Our draft.</p>"} if block["id"] == "b" else block
        for block in page.get_content()["body"]
    ]
    revision = page.save_revision()
    national_changes(network)
    assert texts(fresh(page)) == ["One, corrected.", "Two.", "Three."]
    revision.publish()
    assert texts(fresh(page)) == ["One, corrected.", "Our draft.", "Three."]


def test_a_draft_of_an_adapted_page_stays_the_newest_revision(network, page):
    network.edit(network.sites[0], network.chapters[0], body={"c": "Our three."})
    page = fresh(page)
    page.body = [
        {**block, "value": "<p>Draft.</p>"} if block["id"] == "b" else block
        for block in page.get_content()["body"]
    ]
    draft = page.save_revision()
    national_changes(network)
    page = fresh(page)
    assert page.latest_revision_id == draft.pk
    assert texts(page) == ["One, corrected.", "Two.", "Our three."]
    assert texts(page.get_latest_revision_as_object()) == ["One, corrected.", "Draft.", "Our three."]


def test_a_scheduled_revision_is_merged_up_when_it_goes_live(network, page, editor):
    page.body = [
        {**block, "value": "<p>Scheduled.</p>"} if block["id"] == "c" else block
        for block in page.get_content()["body"]
    ]
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    national_changes(network)
    scheduled = fresh(page).scheduled_revision
    assert scheduled is not None
    content = dict(scheduled.content)
    content["go_live_at"] = None
    scheduled.content = content
    scheduled.save()
    scheduled.publish()
    assert texts(fresh(page)) == ["One, corrected.", "Two.", "Scheduled."]


def test_reverting_brings_own_words_back_and_no_national_ones(network, page, editor):
    network.edit(network.sites[0], network.chapters[0], body={"b": "Our first two."})
    old = fresh(page).latest_revision
    network.edit(network.sites[0], network.chapters[0], body={"b": "Our second two."})
    national_changes(network)
    Form(editor, fresh(page), revision=old).publish()
    assert texts(fresh(page)) == ["One, corrected.", "Our first two.", "Three."]


def test_a_workflow_that_was_started_before_the_release_publishes_no_old_word(network, page, editor):
    workflow = Workflow.objects.create(name="Moderation")
    task = Task.objects.first() or Task.objects.create(name="Approve")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    page.body = [
        {**block, "value": "<p>Moderated.</p>"} if block["id"] == "b" else block
        for block in page.get_content()["body"]
    ]
    page.save_revision()
    user = get_user_model().objects.get(username="editor")
    state = workflow.start(page, user)
    national_changes(network)
    task_state = state.current_task_state
    task_state.task.specific.on_action(task_state, user, "approve")
    assert texts(fresh(page)) == ["One, corrected.", "Moderated.", "Three."]


def test_a_form_of_another_page_is_refused_at_the_form(network, page, editor):
    other = network.local(network.sites[0], network.chapters[1])
    tab = Form(editor, page)
    tab.base = other.base_version
    national_changes(network)
    response = editor.post(tab.url, tab.data())
    assert "edition_base" in response.context["form"].errors
    assert texts(fresh(page)) == ["One, corrected.", "Two.", "Three."]


def test_a_copy_of_an_edition_follows_nothing(network, page):
    network.edit(network.sites[0], network.chapters[0], body={"b": "Our two."})
    copy = fresh(page).copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert copy.base_version is None
    copy = fresh(copy)
    copy.save_revision().publish()
    national_changes(network)
    assert texts(fresh(copy)) == ["One.", "Our two.", "Three."]
    assert fresh(copy).base_version is None
