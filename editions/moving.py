"""Puts pages of many sites elsewhere in their trees, and gives them other slugs, all at once.

Wagtail moves one page at a time, in some thirty statements; here paths and addresses are computed in memory and written in bulk,
so that the number of statements does not grow with that of the pages. No signal is sent; the former addresses redirect.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import connections, router, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat, Substr
from wagtail.models import Page

from editions import tree
from editions.plan import Destination
from editions.planting import children_of, free_slug, place
from editions.redirecting import Former, redirect_former

#: Rows in one statement: five parameters each, and every SQLite accepts 999.
BATCH_SIZE = 190


@dataclass(frozen=True)
class Move:
    """One page of a site: where it goes (None: it stays at its place), and the slug that it is to have, if that is free there
    (None: the one that it has)."""

    page_id: int
    site_id: int
    destination: Destination | None = None
    slug: str | None = None


@dataclass(frozen=True)
class Here:
    """Where a page is in the tree."""

    pk: int
    path: str
    depth: int
    slug: str
    url_path: str
    live: bool
    locale_id: int


FIELDS = ("pk", "path", "depth", "slug", "url_path", "live", "locale_id")


@transaction.atomic
def move_pages(moves: Sequence[Move]) -> dict[int, Here]:
    """Returns where the pages themselves are now, by id. No two of one site: the places are told by the trees as they are."""
    if not moves:
        return {}
    parents = {each.destination.parent for each in moves if each.destination}
    pages = locked(pk__in={each.page_id for each in moves} | parents)
    by_path = {
        each.path: each
        for each in locked(path__in={above(pages[each.page_id].path) for each in moves}).values()
    }
    before = {each.page_id: by_path[above(pages[each.page_id].path)] for each in moves}
    after = {
        each.page_id: pages[each.destination.parent] if each.destination else before[each.page_id]
        for each in moves
    }
    children: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    for path, pk, slug in children_of(after.values()):
        children[above(path)][pk] = path, slug
    moved: dict[int, Here] = {}
    roots: dict[str, str] = {pages[each.page_id].path: pages[each.page_id].path for each in moves}
    for each in moves:
        page, parent = pages[each.page_id], after[each.page_id]
        siblings = children[parent.path]
        path = page.path
        if each.destination is not None:
            paths = placed(
                parent.path, {pk: old for pk, (old, _slug) in siblings.items()}, page.pk, each.destination
            )
            path = paths.pop(page.pk)
            roots |= {siblings[pk][0]: now for pk, now in paths.items() if now != siblings[pk][0]}
        slug = free_slug(
            each.slug or page.slug, {slug for pk, (_path, slug) in siblings.items() if pk != page.pk}
        )
        roots[page.path] = path
        moved[page.pk] = replace(
            page, path=path, depth=len(path) // tree.STEP, slug=slug, url_path=f"{parent.url_path}{slug}/"
        )
    sites = {each.page_id: each.site_id for each in moves}
    former = rewrite({pk: pages[pk] for pk in moved}, moved, roots, sites)
    gone = [pk for pk in moved if before[pk].pk != after[pk].pk]
    count_children([before[pk].pk for pk in gone], [after[pk].pk for pk in gone])
    redirect_former(former)
    return moved


def placed(parent: str, paths: dict[int, str], page: int, destination: Destination) -> dict[int, str]:
    """The path of ``page`` at its destination beneath ``parent``, of what goes with it, and of all there are (``paths``), which
    may have to make room."""
    going = [page, *destination.trail]
    siblings: list[tuple[str, int | None]] = [(path, pk) for pk, path in paths.items() if pk not in going]
    behind = None if destination.at_end else [destination.behind] if destination.behind else []
    for pk in going:
        place(parent, siblings, behind, {})
        siblings = [(path, pk if other is None else other) for path, other in siblings]
        behind = [pk]
    return {pk: path for path, pk in siblings}


def above(path: str) -> str:
    return path[: -tree.STEP]


def locked(**which) -> dict[int, Here]:
    rows = Page.objects.select_for_update(no_key=True).filter(**which).order_by("pk")
    return {row[0]: Here(*row) for row in rows.values_list(*FIELDS)}


def rewrite(
    old: dict[int, Here], new: dict[int, Here], roots: dict[str, str], sites: dict[int, int]
) -> list[Former]:
    """Write the places of pages, and of all that is beneath ``roots`` (old path to new): the pages, and siblings that make room.
    Returns the addresses under which readers found what has another one now."""
    moved = {page.path: pk for pk, page in old.items()}
    rows, former = [], []
    for page in under(roots):
        # The nearest: what moves may stand beneath something that makes room.
        root = next(path for path in prefixes(page.path) if path in roots)
        path, url_path, pk = roots[root] + page.path[len(root) :], page.url_path, moved.get(root)
        if pk is not None:
            url_path = new[pk].url_path + url_path[len(old[pk].url_path) :]
        slug = new[page.pk].slug if page.pk in new else page.slug
        rows.append(replace(page, path=path, depth=len(path) // tree.STEP, url_path=url_path, slug=slug))
        if pk is not None and page.live and url_path != page.url_path:
            former.append(Former(sites[pk], page.pk, page.locale_id, page.url_path, url_path))
    write_places(rows, paths_too=any(path != now for path, now in roots.items()))
    return former


def prefixes(path: str) -> Iterable[str]:
    """A path and those above it, nearest first."""
    return (path[:end] for end in range(len(path), 0, -tree.STEP))


def under(roots: Iterable[str]) -> list[Here]:
    """The pages at some paths, and all beneath them. One statement for each depth of those."""
    by_length = defaultdict(list)
    for path in roots:
        by_length[len(path)].append(path)
    found: dict[int, Here] = {}
    for length, paths in by_length.items():
        pages = Page.objects.annotate(head=Substr("path", 1, length)).filter(head__in=paths)
        found |= {row[0]: Here(*row) for row in pages.order_by("pk").values_list(*FIELDS)}
    return list(found.values())


def write_places(rows: Sequence[Here], *, paths_too: bool = True) -> None:
    """Two statements for each batch of rows: a path is unique at every moment, so all give theirs up first."""
    ids = [row.pk for row in rows]
    for start in range(0, len(ids) if paths_too else 0, BATCH_SIZE):
        batch = Page.objects.filter(pk__in=ids[start : start + BATCH_SIZE])
        batch.update(path=Concat(Value("~"), Cast("pk", CharField())))
    connection = connections[router.db_for_write(Page)]
    table = connection.ops.quote_name(Page._meta.db_table)
    for start in range(0, len(rows), BATCH_SIZE):
        batch = rows[start : start + BATCH_SIZE]
        values = [(row.pk, row.path, row.depth, row.slug, row.url_path) for row in batch]
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                WITH pairs (target, path, depth, slug, url_path) AS (VALUES {", ".join(["(%s, %s, %s, %s, %s)"] * len(values))})
                UPDATE {table} SET path = pairs.path, depth = pairs.depth, slug = pairs.slug, url_path = pairs.url_path
                FROM pairs WHERE {table}.id = pairs.target
                """,
                [value for row in values for value in row],
            )


def count_children(fewer: Sequence[int], more: Sequence[int]) -> None:
    """By one each."""
    if fewer:
        Page.objects.filter(pk__in=fewer).update(numchild=F("numchild") - 1)
        Page.objects.filter(pk__in=more).update(numchild=F("numchild") + 1)
