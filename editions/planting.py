"""Puts many pages into the tree at once: one under each of many parents, or a whole tree under one.

treebeard adds one page at a time (about 180 ms each under a full parent); here paths are computed in memory and rows written
in bulk, so the number of statements does not grow with the number of pages.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import connection, router, transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from wagtail.models import Page

from editions import tree
from editions.content import get_content
from editions.copying import copy_rows
from editions.loading import tag_names
from editions.models import Version
from editions.search_copy import copy_each, having_entries
from editions.streams import same
from editions.writing import columns, copy_references, index_alike, tag_fields, write_tags


@dataclass
class Planting:
    """One page to be made: an edition of ``version`` under ``parent``.

    ``parent`` is a page, or another planting that stands earlier in the list. ``after`` holds ids of siblings, nearest first:
    the page is put behind the first of them that is there, at the end where none is named, else at the start.
    """

    version: Version
    parent: "Page | Planting"
    translation_key: UUID
    after: Sequence[int] | None = None
    live: bool = True
    page: Page | None = field(default=None, repr=False)


def free_slug(slug: str, taken: set[str]) -> str:
    """``slug``, with a number behind it where a sibling has it already."""
    candidate, count = slug, 1
    while candidate in taken:
        count += 1
        candidate = f"{slug}-{count}"
    return candidate


@transaction.atomic
def plant(plantings: Sequence[Planting]) -> list[Page]:
    """Make all the pages in one go, live but for those that are to wait. Parents stand before their children."""
    if not plantings:
        return []
    parents = {each.parent.pk: each.parent for each in plantings if isinstance(each.parent, Page)}
    # Locked, and read anew, since paths are computed from them.
    parents = {
        page.pk: page for page in Page.objects.select_for_update().filter(pk__in=parents).order_by("pk")
    }
    children: dict[str, list[tuple[str, int | None]]] = defaultdict(list)
    slugs: dict[str, set[str]] = defaultdict(set)
    for path, pk, slug in children_of(parents.values()):
        children[path[: -tree.STEP]].append((path, pk))
        slugs[path[: -tree.STEP]].add(slug)
    moved: dict[str, str] = {}
    for each in plantings:
        parent = parents[each.parent.pk] if isinstance(each.parent, Page) else each.parent.page
        path = place(parent.path, children[parent.path], each.after, moved)
        slug = free_slug(each.version.slug, slugs[parent.path])
        slugs[parent.path].add(slug)
        each.page = new_page(each, parent, path, slug)
    shift(moved)
    write_pages(plantings)
    grown = defaultdict(int)
    for each in plantings:
        if isinstance(each.parent, Page):
            grown[each.parent.pk] += 1
    by_count = defaultdict(list)
    for pk, count in grown.items():
        by_count[count].append(pk)
    for count, pks in by_count.items():
        Page.objects.filter(pk__in=pks).update(numchild=F("numchild") + count)
    finish(plantings)
    return [each.page for each in plantings]


def children_of(parents) -> list[tuple[str, int, str]]:
    """``(path, id, slug)`` of all children of ``parents``, in one query however many they are."""
    parents = list(parents)
    if not parents:
        return []
    depths = {page.depth + 1 for page in parents}
    paths = [page.path for page in parents]
    pages = Page.objects.filter(depth__in=depths).annotate(
        above=Substr("path", 1, F("depth") * tree.STEP - tree.STEP)
    )
    return list(pages.filter(above__in=paths).order_by("path").values_list("path", "pk", "slug"))


def place(
    parent: str, siblings: list[tuple[str, int | None]], after: Sequence[int] | None, moved: dict[str, str]
) -> str:
    """The path of one more child; ``siblings`` and ``moved`` (old to new path) are brought up to date."""
    siblings.sort()
    index = len(siblings)
    if after is not None:
        ids = [pk for _path, pk in siblings]
        index = next((ids.index(pk) + 1 for pk in after if pk in ids), 0)
    before = siblings[index - 1][0] if index else None
    behind = siblings[index][0] if index < len(siblings) else None
    path = tree.between(parent, before, behind)
    if path is None:
        path, changed = tree.spread(parent, [each for each, _pk in siblings], index)
        siblings[:] = [(changed.get(each, each), pk) for each, pk in siblings]
        moved.update(changed)
    siblings.insert(index, (path, None))
    return path


def shift(moved: dict[str, str]) -> None:
    """Give subtrees their new paths. Through paths that no page can have, since a path is unique at every moment."""
    if not moved:
        return
    old = Case(
        *[
            When(path__startswith=path, then=Concat(Value("~" + new[1:]), Substr("path", len(path) + 1)))
            for path, new in moved.items()
        ]
    )
    within = Page.objects.none()
    for path in moved:
        within = within | Page.objects.filter(path__startswith=path)
    within.update(path=old)
    for new in {path[0] for path in moved.values()}:
        Page.objects.filter(path__startswith="~").update(path=Concat(Value(new), Substr("path", 2)))


def new_page(each: Planting, parent: Page, path: str, slug: str) -> Page:
    now = timezone.now()
    version, model = each.version, each.version.model
    of_page, own = columns(model, version.content)
    page = model(
        **of_page,
        **own,
        base_version=version.pk,
        draft_title=of_page["title"],
        slug=slug,
        path=path,
        depth=len(path) // tree.STEP,
        numchild=0,
        url_path=f"{parent.url_path}{slug}/",
        live=each.live,
        has_unpublished_changes=not each.live,
        first_published_at=now if each.live else None,
        last_published_at=now if each.live else None,
        locale_id=version.locale_id,
        translation_key=each.translation_key,
    )
    page.content_type = ContentType.objects.get_for_model(model)
    return page


def write_pages(plantings: Sequence[Planting]) -> None:
    """Insert the rows: those of the ``Page`` table, then those of each type's own table.

    There all editions of one version say the same, so the database copies the first one's row to the others.
    """
    for each in plantings:
        if isinstance(each.parent, Planting):
            each.parent.page.numchild += 1
    inherited = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = Page.objects.bulk_create(
        [Page(**{name: getattr(each.page, name) for name in inherited}) for each in plantings], batch_size=500
    )
    first: dict[int, Page] = {}
    copied: dict[type[Page], dict[int, int]] = defaultdict(dict)
    for each, row in zip(plantings, rows, strict=True):
        page = each.page
        page.pk = page.id = page.page_ptr_id = row.pk
        page._state.adding, page._state.db = False, router.db_for_write(type(page))
        if first.setdefault(each.version.pk, page) is not page:
            copied[type(page)][page.pk] = first[each.version.pk].pk
    by_model = defaultdict(list)
    for page in first.values():
        by_model[type(page)].append(page)
    for model, pages in by_model.items():
        # Django refuses bulk_create for a type with a parent table; with the parent's rows there, its own insert does.
        manager, fields = model._base_manager, model._meta.local_concrete_fields
        size = connection.ops.bulk_batch_size(fields, pages)
        for start in range(0, len(pages), size):
            manager._insert(pages[start : start + size], fields=fields, using=router.db_for_write(model))
    for model, sources in copied.items():
        copy_rows(model, sources)


def finish(plantings: Sequence[Planting]) -> None:
    """Tags, references and search entries: copied from national's page, or made once for each version and then copied."""
    by_version: dict[int, list[Planting]] = defaultdict(list)
    for each in plantings:
        by_version[each.version.pk].append(each)
    groups = list(by_version.values())
    for group in groups:
        version = group[0].version
        for name in tag_fields(version.model):
            tags = version.content.get(name, [])
            if tags:
                write_tags(version.model, name, [each.page.pk for each in group], tags)
    twins = national_twins([group[0].version for group in groups])
    copied: dict[type[Page], dict[int, int]] = defaultdict(dict)
    for group in groups:
        version, ids = group[0].version, [each.page.pk for each in group]
        if version.pk in twins:
            copied[version.model] |= dict.fromkeys(ids, version.source_id)
        else:
            index_alike(version.model.objects.get(pk=ids[0]), ids)
    for model, sources in copied.items():
        copy_references(sources)
        copy_each(model, sources)


def national_twins(versions: Sequence[Version]) -> set[int]:
    """Ids of the versions that national's page still is, word for word, with a search entry to copy from.

    That entry is of these words: making a version indexes the page (``actions.versions``).
    """
    by_model: dict[type[Page], list[Version]] = defaultdict(list)
    for version in versions:
        by_model[version.model].append(version)
    found = set()
    for model, of_model in by_model.items():
        indexed = having_entries(model, [version.source_id for version in of_model])
        pages = model.objects.filter(live=True).prefetch_related(*tag_names(model)).in_bulk(indexed)
        found |= {
            version.pk
            for version in of_model
            if version.source_id in pages and same(get_content(pages[version.source_id]), version.content)
        }
    return found
