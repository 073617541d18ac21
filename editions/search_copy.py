"""Makes many pages searchable by copying one page's index entry, instead of indexing each page anew.

Untouched editions hold the same words as one another. Wagtail would load, extract and index each one by
itself (7 to 20 ms a page); here the database copies one finished entry in one statement, however many pages
there are. The figures are in docs/decisions/0005-bulk-writes.md.
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

#: Ids in one statement: every SQLite accepts 999 parameters.
BATCH_SIZE = 500

_ENTRY_KEY = ("content_type_id", "object_id")
#: Both backends take a weight of exactly 1 for "not weighed yet" and rewrite all such entries each time any
#: page is indexed. A title of just the average length has that weight; a thousand copies of it must not.
_WEIGHED = "CASE WHEN entry.title_norm = 1.0 THEN 1.000001 ELSE entry.title_norm END"


class IndexCopyError(Exception):
    """The entry cannot be copied; the message names the pages."""


def copy_index_entries(source_page: Page, target_ids: Iterable[int], *, refresh_source: bool = True) -> int:
    """Give each page of ``target_ids`` the search entry of ``source_page``; return how many pages that were.

    The targets must be of the source's own type and hold the same searchable words. When the national page
    has moved on since, one of the targets may be the source. The source's entry is written anew first, as
    Wagtail indexes in the background and the entry may be missing or older than the row; pass
    ``refresh_source=False`` for the second and later batches of the same page.

    Statements: constant for up to ``BATCH_SIZE`` targets, then one more for each further batch. Entries that
    exist are replaced. A search backend outside the database (OpenSearch, Elasticsearch) gets one background
    job per batch, which indexes the pages themselves.

    Raises ``IndexCopyError`` when a target does not exist or has another type; then nothing was written.
    """
    source = source_page.specific
    ids = sorted({int(pk) for pk in target_ids} - {source.pk})
    if not ids or not source.get_search_fields():
        return 0
    backends = dict(get_search_backends_with_name(with_auto_update=True))
    copying = [backend for backend in backends.values() if _keeps_entries(backend)]
    indexing = [name for name, backend in backends.items() if _is_elsewhere(backend, source)]
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
    """Index pages in one search backend, in the worker. ``model_label`` is ``app.Model`` of their type."""
    model = apps.get_model(model_label)
    get_search_backend(backend_name).add_bulk(model, model._default_manager.filter(pk__in=ids))


def _keeps_entries(backend: BaseSearchBackend) -> bool:
    """Whether the backend's index is the entry table of this project's own database."""
    return type(backend).__name__ in {"SQLiteSearchBackend", "PostgresSearchBackend"}


def _is_elsewhere(backend: BaseSearchBackend, source: Page) -> bool:
    """Whether pages must be handed over. ``database.fallback`` reads their own columns and keeps nothing."""
    return not _keeps_entries(backend) and type(backend.get_index_for_object(source)) is not BaseIndex


def _enqueue_on_commit(backend_name: str, source: Page, batch: Sequence[int]) -> None:
    transaction.on_commit(lambda: index_pages.enqueue(backend_name, source._meta.label, list(batch)))


def _copy_in_database(source: Page, batch: Sequence[int]) -> None:
    """One ``INSERT … SELECT`` for the batch. On SQLite the entry table's own triggers fill the FTS5 table."""
    entry: type[Model] = get_app_config().get_model("IndexEntry")
    connection = connections[router.db_for_write(entry)]
    quote = connection.ops.quote_name
    columns = [
        field.column
        for field in entry._meta.local_concrete_fields
        if not field.primary_key and field.attname not in _ENTRY_KEY
    ]
    names = [quote(name) for name in columns]
    values = [_WEIGHED if name == "title_norm" else f"entry.{quote(name)}" for name in columns]
    table, pages = quote(entry._meta.db_table), quote(Page._meta.db_table)
    sql = f"""
        INSERT INTO {table} (content_type_id, object_id, {", ".join(names)})
        SELECT page.content_type_id, CAST(page.id AS varchar(50)), {", ".join(values)}
        FROM {pages} AS page
        JOIN {table} AS entry ON entry.content_type_id = page.content_type_id AND entry.object_id = %s
        WHERE page.id IN ({", ".join(["%s"] * len(batch))})
        ON CONFLICT (content_type_id, object_id) DO UPDATE
        SET {", ".join(f"{name} = excluded.{name}" for name in names)}
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [str(source.pk), *batch])
        copied = cursor.rowcount
    if copied != len(batch):
        raise IndexCopyError(
            f"{len(batch) - copied} of {len(batch)} pages do not exist or have another type than page "
            f"{source.pk} ({source._meta.label}), or that page has no search entry"
        )
