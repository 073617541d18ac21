"""Makes many pages searchable by copying one page's index entry, instead of indexing each page anew.

Untouched editions hold the same words as one another. Wagtail would load, extract, split and index each one by
itself (about 5 ms a page); here the database copies one finished entry in one statement per backend, however
many pages there are.
"""

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.db import connections, router, transaction
from django.db.models import Model
from django_tasks import task
from modelsearch.backends import get_search_backend, get_search_backends_with_name
from modelsearch.backends.base import BaseIndex, BaseSearchBackend
from modelsearch.conf import get_app_config
from wagtail.models import Page

#: Ids in one statement. SQLite accepts 32,766 parameters, older builds 999.
BATCH_SIZE = 500

_ENTRY_KEY = ("content_type_id", "object_id")


class IndexCopyError(Exception):
    """The entry cannot be copied; the message names the pages."""


def copy_index_entries(source_page: Page, target_ids: Iterable[int], *, refresh_source: bool = True) -> int:
    """Give each page of ``target_ids`` the search entry of ``source_page``; return how many pages that were.

    The targets must be of the source's own type and hold the same searchable words. ``source_page`` may be one
    of the targets' own kind (the first of a batch) when the national page has moved on since. Its own entry is
    written anew first, as Wagtail indexes in the background and the entry may be missing or older than the row;
    pass ``refresh_source=False`` for the second and later batches of the same page.

    Statements: constant for up to ``BATCH_SIZE`` targets, then the same again for each further batch. Existing
    entries are replaced. Search backends outside the database (OpenSearch, Elasticsearch) get one background job
    per batch that indexes the pages themselves.

    Raises ``IndexCopyError`` when a target does not exist or has another type; then nothing was written.
    """
    source = source_page.specific
    ids = sorted({int(pk) for pk in target_ids} - {source.pk})
    if not ids or not source.get_search_fields():
        return 0
    backends = list(get_search_backends_with_name(with_auto_update=True))
    copying = [backend for _, backend in backends if _keeps_entries(backend)]
    indexing = [
        name for name, backend in backends if not _keeps_entries(backend) and _has_index(backend, source)
    ]
    with transaction.atomic():
        if refresh_source and copying:
            copying[0].add(source)
        for start in range(0, len(ids), BATCH_SIZE):
            batch = ids[start : start + BATCH_SIZE]
            if copying:
                # All database backends of a project share the one table, so one copy serves them all.
                _copy_in_database(source, batch)
            for name in indexing:
                _enqueue_on_commit(name, source, batch)
    return len(ids)


@task()
def index_pages(backend_name: str, model_label: str, ids: list[int]) -> None:
    """Index pages in one search backend, in the worker. ``model_label`` is ``app.Model`` of their own type."""
    model = apps.get_model(model_label)
    get_search_backend(backend_name).add_bulk(model, model._default_manager.filter(pk__in=ids))


def _keeps_entries(backend: BaseSearchBackend) -> bool:
    """Whether the backend's index is the entry table of this project's own database."""
    return type(backend).__name__ in {"SQLiteSearchBackend", "PostgresSearchBackend"}


def _has_index(backend: BaseSearchBackend, source: Page) -> bool:
    """False for backends that read the pages' own columns (``database.fallback``) and so have nothing to fill."""
    return type(backend.get_index_for_object(source)) is not BaseIndex


def _enqueue_on_commit(backend_name: str, source: Page, batch: Sequence[int]) -> None:
    transaction.on_commit(lambda: index_pages.enqueue(backend_name, source._meta.label, list(batch)))


def _copy_in_database(source: Page, batch: Sequence[int]) -> None:
    """One ``INSERT … SELECT`` for the batch. On SQLite the entry table's own triggers fill the FTS5 table."""
    entry: type[Model] = get_app_config().get_model("IndexEntry")
    connection = connections[router.db_for_write(entry)]
    quote = connection.ops.quote_name
    copied = [
        quote(field.column)
        for field in entry._meta.local_concrete_fields
        if not field.primary_key and field.attname not in _ENTRY_KEY
    ]
    table, pages = quote(entry._meta.db_table), quote(Page._meta.db_table)
    sql = f"""
        INSERT INTO {table} (content_type_id, object_id, {", ".join(copied)})
        SELECT page.content_type_id, CAST(page.id AS varchar(50)), {", ".join(f"entry.{name}" for name in copied)}
        FROM {pages} AS page
        JOIN {table} AS entry ON entry.content_type_id = page.content_type_id AND entry.object_id = %s
        WHERE page.id IN ({", ".join(["%s"] * len(batch))})
        ON CONFLICT (content_type_id, object_id) DO UPDATE
        SET {", ".join(f"{name} = excluded.{name}" for name in copied)}
    """  # noqa: S608 (names come from the model, values are parameters)
    with connection.cursor() as cursor:
        cursor.execute(sql, [str(source.pk), *batch])
        if cursor.rowcount != len(batch):
            raise IndexCopyError(
                f"{len(batch) - cursor.rowcount} of {len(batch)} pages do not exist, have another type than page "
                f"{source.pk} ({source._meta.label}), or that page has no search entry"
            )
