"""What is left for the background is lost by no kill: neither between a commit and its task, nor with a task half done."""

from unittest.mock import patch

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from editions.actions.apply import ApplyRelease
from editions.actions.send import Send
from editions.background import enqueue_with_rows
from editions.indexing import reindex_pages
from editions.models import Release
from tests.editions.dying import dying
from tests.editions.network import Network
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(settings):
    network = Network(sites=1, chapters=1)
    network.adopt()
    network.edit(network.sites[0], network.chapters[0], body={"b": "Ours."})
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return network


def indexing():
    return DBTaskResult.objects.filter(task_path=reindex_pages.module_path)


def found(word: str) -> set[int]:
    return {page.pk for page in SimplePage.objects.search(word)}


def work() -> None:
    # The worker looks after its own connections; here it has the test's.
    with patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def test_the_indexing_of_merged_pages_is_in_their_transaction(network):
    release = Send(
        [network.change(network.chapters[0], body={"a": "Sesquipedalian."})], network.sites
    ).execute()
    # Nothing here commits, so a task that waited for the commit would not be there.
    ApplyRelease(release).execute()
    assert indexing().count() == 1
    work()
    assert network.local(network.sites[0], network.chapters[0]).pk in found("Sesquipedalian")


def test_a_batch_that_dies_leaves_no_task_behind(network):
    release = Send([network.change(network.chapters[0], body={"a": "One more."})], network.sites).execute()
    for moment in range(1, 60):
        with dying(moment) as died:
            ApplyRelease(Release.objects.get(pk=release.pk)).execute()
        if not died:
            break
        merged = Release.objects.get(pk=release.pk).updates.filter(outcome="merged").exists()
        assert indexing().exists() == merged
    assert moment > 5
    assert indexing().exists()


def test_indexing_that_a_killed_worker_was_at_is_done_when_it_is_started_again(network):
    release = Send(
        [network.change(network.chapters[0], body={"a": "Sesquipedalian."})], network.sites
    ).execute()
    ApplyRelease(release).execute()
    task = indexing().get()
    task.claim("a worker that was killed")
    work()
    local = network.local(network.sites[0], network.chapters[0]).pk
    assert local not in found("Sesquipedalian")
    call_command("resume_releases", verbosity=0)
    work()
    assert local in found("Sesquipedalian")
    task.refresh_from_db()
    assert task.status == "SUCCESSFUL"


def test_a_backend_that_keeps_its_tasks_elsewhere_gets_them_after_the_commit(
    settings, network, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    backend = reindex_pages.get_backend()
    with django_capture_on_commit_callbacks(execute=True):
        enqueue_with_rows(reindex_pages, Page._meta.label, [])
        assert not backend.results
    assert len(backend.results) == 1
