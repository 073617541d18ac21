"""Makes many pages searchable by copying one page's index entry, instead of indexing each page anew.

Untouched editions hold the same words as one another. Wagtail would load, extract and index each one by
itself (7 to 20 ms a page); here the database copies one finished entry in one statement, however many pages
there are. The figures are in docs/decisions/0005-bulk-writes.md.
"""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connections, router, transaction
from django.db.models import Model
from django_tasks import task
from modelsearch.backends import get_search_backend, get_search_backends_with_name
from modelsearch.backends.base import BaseIndex, BaseSearchBackend
from modelsearch.conf import get_app_config
from wagtail.models import Page

from editions.background import enqueue_with_rows
from editions.copying import pairs_of
from editions.models import EditionMixin
from editions.withdrawn import load_withdrawn

#: Pairs of ids in one statement.
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
    with transaction.atomic():
        copying = backends_in_database()
        if refresh_source and copying:
            copying[0].add(source)
        copy_each(type(source), dict.fromkeys(ids, source.pk))
    return len(ids)


def copy_each(model: type[Page], sources: Mapping[int, int]) -> None:
    """``copy_index_entries`` for many pairs of one type: target id to the id of the page whose entry it gets.

    The sources' entries are taken as they are. Statements: one for each ``BATCH_SIZE`` targets. Raises as above.
    """
    copying, indexing = backends_in_database(), backends_elsewhere(model)
    targets = sorted(sources)
    for start in range(0, len(targets), BATCH_SIZE):
        batch = {pk: sources[pk] for pk in targets[start : start + BATCH_SIZE]}
        if copying:
            # All database backends of a project share the one table, so one copy serves them all.
            _copy_in_database(model, batch)
        for name in indexing:
            enqueue_with_rows(index_pages, name, model._meta.label, list(batch))


def having_entries(model: type[Page], ids: Iterable[int]) -> set[int]:
    """Those of ``ids`` from which can be copied: they have an entry, or no backend keeps any in the database."""
    ids = set(ids)
    if not backends_in_database():
        return ids
    entries = entry_model().objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id__in=[str(pk) for pk in ids]
    )
    return {int(pk) for pk in entries.values_list("object_id", flat=True)}


def forget_entries(model: type[Page], ids: Iterable[int]) -> None:
    """Take pages of one type out of the index in this project's database; one statement. Others renew theirs in the background."""
    for backend in backends_in_database()[:1]:
        entries = entry_model().objects.filter(
            content_type=ContentType.objects.get_for_model(model), object_id__in=[str(pk) for pk in ids]
        )
        # As the backend itself deletes: the table's own triggers do the rest.
        entries._raw_delete(using=backend.get_index_for_model(model).write_connection.alias)


def backends_in_database() -> list[BaseSearchBackend]:
    """The backends whose index is the entry table of this project's own database."""
    return [backend for _name, backend in _backends() if _keeps_entries(backend)]


def backends_elsewhere(model: type[Page]) -> list[str]:
    """Names of the backends to which pages must be handed over. ``database.fallback`` reads their own columns and keeps nothing."""
    return [
        name
        for name, backend in _backends()
        if not _keeps_entries(backend) and type(backend.get_index_for_model(model)) is not BaseIndex
    ]


def _backends() -> list[tuple[str, BaseSearchBackend]]:
    return list(get_search_backends_with_name(with_auto_update=True))


def _keeps_entries(backend: BaseSearchBackend) -> bool:
    return type(backend).__name__ in {"SQLiteSearchBackend", "PostgresSearchBackend"}


def entry_model() -> type[Model]:
    return get_app_config().get_model("IndexEntry")


@task()
def index_pages(backend_name: str, model_label: str, ids: list[int]) -> None:
    """Index pages in one search backend, in the worker. ``model_label`` is ``app.Model`` of their type."""
    model = apps.get_model(model_label)
    pages = list(model._default_manager.filter(pk__in=ids))
    load_withdrawn(page for page in pages if isinstance(page, EditionMixin))
    get_search_backend(backend_name).add_bulk(model, pages)


def _copy_in_database(model: type[Page], batch: Mapping[int, int]) -> None:
    """One ``INSERT … SELECT`` for the batch. On SQLite the entry table's own triggers fill the FTS5 table."""
    entry = entry_model()
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
        {pairs_of(batch)}
        SELECT page.content_type_id, CAST(page.id AS varchar(50)), {", ".join(values)}
        FROM pairs
        JOIN {pages} AS page ON page.id = pairs.target
        JOIN {table} AS entry
        ON entry.content_type_id = page.content_type_id AND entry.object_id = CAST(pairs.source AS varchar(50))
        WHERE true
        ON CONFLICT (content_type_id, object_id) DO UPDATE
        SET {", ".join(f"{name} = excluded.{name}" for name in names)}
    """
    with connection.cursor() as cursor:
        cursor.execute(sql)
        copied = cursor.rowcount
    if copied != len(batch):
        raise IndexCopyError(
            f"{len(batch) - copied} of {len(batch)} pages ({model._meta.label}) do not exist or have another type than the pages "
            "whose search entries they should get, or those have none"
        )
