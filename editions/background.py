"""Hands work to the background in such a way that no killed process loses it."""

from collections.abc import Collection

from django.db import router, transaction
from django_tasks_db.backend import DatabaseBackend
from wagtail.models import Page

#: Tasks that may be done twice, also at the same time: each brings an index up to date with the rows as they are.
REPEATABLE = frozenset(
    {
        "editions.indexing.reindex_pages",
        "editions.search_copy.index_pages",
        "modelsearch.tasks.insert_or_update_object_task",
        "wagtail.tasks.update_reference_index_task",
    }
)


def enqueue_with_rows(task, *args) -> None:
    """Enqueue ``task`` for rows that the open transaction writes: both are there, or neither.

    A backend that keeps its tasks elsewhere gets it after the commit; killed just between the two, it is lost.
    """
    if keeps_tasks_beside_pages(task):
        task.enqueue(*args)
    else:
        transaction.on_commit(lambda: task.enqueue(*args))


def keeps_tasks_beside_pages(task) -> bool:
    if not isinstance(task.get_backend(), DatabaseBackend):
        return False
    from django_tasks_db.models import DBTaskResult

    return router.db_for_write(DBTaskResult) == router.db_for_write(Page)


def put_back(paths: Collection[str] = REPEATABLE) -> int:
    """Make tasks that a killed worker left *running* ready again; returns their number. The backend itself never does.

    One that a living worker is at just then is done twice.
    """
    from django.apps import apps

    if not apps.is_installed("django_tasks_db"):
        return 0
    from django_tasks_db.models import DBTaskResult

    # The statuses of a row: ``RUNNING`` was claimed by a worker, ``READY`` waits for one.
    left = DBTaskResult.objects.running().filter(task_path__in=paths)
    return left.update(status="READY", started_at=None)
