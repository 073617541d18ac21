"""Writes what a plan decided, for many pages at once. The engine writes as itself, never with anyone's rights."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, connections, router
from django.db.models import Case, F, Subquery, Value, When
from django.utils import timezone
from modelsearch import index
from taggit.managers import TaggableManager
from taggit.models import Tag
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from editions.background import enqueue_with_rows
from editions.content import STREAM, TAGS, content_fields, names_of, set_content
from editions.copying import BATCH_SIZE, insert_for_each, pairs_of
from editions.fields import read_once
from editions.indexing import reindex_pages
from editions.models import Version
from editions.search_copy import copy_index_entries


def columns(model, content: dict) -> tuple[dict, dict]:
    """``content`` as values for the columns of the ``Page`` table and of the type's own table."""
    of_page, own = {}, {}
    for name, kind in content_fields(model).items():
        if kind == TAGS or name not in content:
            continue
        field = model._meta.get_field(name)
        target = of_page if field.model is Page else own
        target[field.attname] = field.to_python(content[name])
    return of_page, own


def write_exactly(version: Version, page_ids: Sequence[int]) -> None:
    """Make pages exactly the version: a number of statements that does not grow with theirs (law 5).

    Their drafts stay as they are: whoever opens or publishes one, merges it up (law 6).
    """
    if not page_ids:
        return
    model = version.model
    of_page, own = columns(model, version.content)
    now = timezone.now()
    Page.objects.filter(pk__in=page_ids).update(
        **of_page,
        last_published_at=now,
        draft_title=Case(
            When(has_unpublished_changes=True, then=F("draft_title")), default=Value(of_page["title"])
        ),
    )
    pages = model._base_manager
    first_id, *others = page_ids
    own |= {"base_version": version.pk, "kept": []}
    pages.filter(pk=first_id).update(**own)
    # From row to row the database copies a long value as it lies there; sent anew, PostgreSQL compresses it for each page.
    of_first = pages.filter(pk=first_id)
    own |= {name: Subquery(of_first.values(name)) for name in names_of(model, STREAM) if name in own}
    pages.filter(pk__in=others).update(**own)
    for name in tag_fields(model):
        write_tags(model, name, page_ids, version.content.get(name, []))
    first = model.objects.get(pk=first_id)
    index_alike(first, page_ids)


def write_merged(
    pages: Iterable[Page], merged: dict[int, tuple[dict, Collection]], version: Version
) -> dict[int, int]:
    """Write merged content (raw content and kept paths by page id) onto loaded ``pages``, each with a revision.

    A page with an unpublished draft keeps it as its newest revision. Returns page id to revision id.
    """
    pages = list(pages)
    if not pages:
        return {}
    model, now = type(pages[0]), timezone.now()
    for page in pages:
        content, kept = merged[page.pk]
        set_content(page, content)
        page.kept_paths, page.base_version = kept, version.pk
        page.last_published_at = now
        if not page.has_unpublished_changes:
            page.draft_title = page.title
    # Several rows at once go to PostgreSQL as arrays, and quoting a long text within one takes longer than the statement.
    size = 1 if connection.vendor == "postgresql" else 100
    revisions = Revision.objects.bulk_create([revision_of(page, now) for page in pages], batch_size=size)
    for page, revision in zip(pages, revisions, strict=True):
        page.live_revision = revision if page.live else None
        if not page.has_unpublished_changes:
            page.latest_revision, page.latest_revision_created_at = revision, now
    write_columns(pages)
    for name in tag_fields(model):
        for page in pages:
            write_tags(model, name, [page.pk], merged[page.pk][0].get(name, []))
    ids = [page.pk for page in pages]
    enqueue_with_rows(reindex_pages, model._meta.label, ids)
    return {page.pk: revision.pk for page, revision in zip(pages, revisions, strict=True)}


def revision_of(page: Page, created_at) -> Revision:
    return Revision(
        content_type=ContentType.objects.get_for_model(type(page)),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        created_at=created_at,
        object_str=str(page),
        content=json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder)),
    )


def keep_live_revision(model, page_id: int) -> int | None:
    """Make a revision of what readers see, older than all drafts, where a live page has none. Returns its id."""
    page = model._base_manager.filter(pk=page_id, live=True, live_revision=None).first()
    if page is None:
        return None
    (revision,) = Revision.objects.bulk_create(
        [revision_of(page, page.last_published_at or page.first_published_at)]
    )
    Page.objects.filter(pk=page_id).update(live_revision=revision)
    return revision.pk


def write_columns(pages: Sequence[Page]) -> None:
    """Each page's own values, in two prepared statements: one for the ``Page`` table, one for the type's own."""
    model = type(pages[0])
    names = [name for name, kind in content_fields(model).items() if kind != TAGS]
    of_page = [
        "draft_title",
        "last_published_at",
        "live_revision",
        "latest_revision",
        "latest_revision_created_at",
    ]
    own = ["base_version", "kept"]
    for name in names:
        (of_page if model._meta.get_field(name).model is Page else own).append(name)
    for table_model, fields in ((Page, of_page), (model, own)):
        columns = [model._meta.get_field(name) for name in fields]
        assignments = ", ".join(f"{connection.ops.quote_name(column.column)} = %s" for column in columns)
        table = connection.ops.quote_name(table_model._meta.db_table)
        key = connection.ops.quote_name(table_model._meta.pk.column)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {table} SET {assignments} WHERE {key} = %s",
                [
                    [
                        *(
                            column.get_db_prep_save(column.pre_save(page, False), connection)
                            for column in columns
                        ),
                        page.pk,
                    ]
                    for page in pages
                ],
            )


def index_now(page: Page) -> None:
    """Bring the search entry and the references of one page up to date, in its transaction."""
    ReferenceIndex.create_or_update_for_object(page)
    for _name, backend in index.get_search_backends_with_name(with_auto_update=True):
        with read_once():
            backend.add(page)


def index_alike(first: Page, page_ids: Sequence[int]) -> None:
    """Make pages searchable that all hold the words of ``first``, which is one of them."""
    index_now(first)
    others = [pk for pk in page_ids if pk != first.pk]
    copy_references(dict.fromkeys(others, first.pk))
    copy_index_entries(first, others, refresh_source=False)


def tag_fields(model) -> list[str]:
    return [
        name
        for name, kind in content_fields(model).items()
        if kind == TAGS and isinstance(model._meta.get_field(name), TaggableManager)
    ]


def write_tags(model, name: str, page_ids: Sequence[int], tags: Sequence[str]) -> None:
    """Give all pages exactly these tags, in a constant number of statements."""
    through = model._meta.get_field(name).through
    through.objects.filter(content_object_id__in=page_ids).delete()
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=tags)}
    found = [known.get(tag) or Tag.objects.get_or_create(name=tag)[0] for tag in tags]
    through.objects.bulk_create(
        [through(content_object_id=pk, tag=tag) for pk in page_ids for tag in found], batch_size=500
    )


def copy_references(sources: Mapping[int, int]) -> None:
    """Give pages the references (to images, pages, snippets …) of others that hold the same words: target id to source id.

    Selected in the database: the rows of a thousand editions differ in nothing but the page (decision 5).
    """
    base_type = ContentType.objects.get_for_model(Page)
    connection = connections[router.db_for_write(ReferenceIndex)]
    quote = connection.ops.quote_name
    fields = ReferenceIndex._meta.local_concrete_fields
    names = [quote(field.column) for field in fields if field.name not in ("id", "object_id")]
    table = quote(ReferenceIndex._meta.db_table)
    targets = list(sources)
    for start in range(0, len(targets), BATCH_SIZE):
        batch = {pk: sources[pk] for pk in targets[start : start + BATCH_SIZE]}
        ReferenceIndex.objects.filter(
            base_content_type=base_type, object_id__in=[str(pk) for pk in batch]
        ).delete()
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                INSERT INTO {table} (object_id, {", ".join(names)})
                {pairs_of(batch)}
                SELECT CAST(pairs.target AS varchar(255)), {", ".join(f"reference.{name}" for name in names)}
                FROM pairs JOIN {table} AS reference
                ON reference.base_content_type_id = %s AND reference.object_id = CAST(pairs.source AS varchar(255))
                """,
                [base_type.pk],
            )


def log_pages(action: str, model, page_ids: Iterable[int], data: dict | None = None, user=None) -> None:
    """One audit-log entry for each page, under the title that it has now."""
    insert_for_each(
        PageLogEntry,
        Page,
        list(page_ids),
        copied={"page_id": "id", "label": "title"},
        content_type=ContentType.objects.get_for_model(model),
        action=action,
        timestamp=timezone.now(),
        data=data or {},
        content_changed=True,
        deleted=False,
        user=user,
    )
