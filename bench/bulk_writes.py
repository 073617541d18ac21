"""Which way of writing many pages at once is best? ``python -m bench.bulk_writes [--pages N]``

Adds one page to each of N parents, then changes that page in N places, each in several ways, and checks
that the tree is sound and that search finds every page. Figures: docs/decisions/0005-bulk-writes.md.
"""

import argparse
import json
from collections.abc import Callable
from contextlib import contextmanager

from bench.database import throwaway_database
from bench.measure import take


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    options = parser.parse_args()
    with throwaway_database() as vendor:
        Trial(options.pages, vendor).run()


class Trial:
    """One database, N parents, one national page with 40 blocks, five tags and sixteen references."""

    def __init__(self, count: int, vendor: str):
        self.count, self.vendor = count, vendor

    def run(self) -> None:
        self.prepare()
        print(f"{self.vendor}, {self.count} parents; milliseconds and statements per page or in all")
        print("-- adding a page to each parent")
        few = self.parents[: min(100, self.count)]
        self.measure("one by one: parent.add_child", lambda: self.add_one_by_one(few), len(few))
        for parent in few:
            parent.refresh_from_db()
        rollback = self.measure_and_undo
        rollback("base rows: INSERT … SELECT over JSON rows", self.add_base_rows_json)
        self.measure("base rows: Page.objects.bulk_create", self.add_base_rows, self.count)
        rollback("child rows: Model._base_manager._insert", self.add_child_rows_insert)
        rollback("child rows: INSERT … VALUES through Django's batches", self.add_child_rows_batches)
        self.measure("child rows: INSERT … SELECT", self.add_child_rows_select, self.count)
        self.measure("parents' numchild: one UPDATE", self.count_children, self.count)
        rollback("tags: bulk_create", self.tag_bulk_create)
        self.measure("tags: INSERT … SELECT", self.tag_select, self.count)
        rollback("references: create_or_update_for_object each", self.refer_one_by_one)
        rollback("references: bulk_create", self.refer_bulk_create)
        self.measure("references: INSERT … SELECT", self.refer_select, self.count)
        rollback("search: index.insert_or_update_object each", self.index_one_by_one)
        rollback("search: backend.add_bulk", self.index_bulk)
        self.measure("search: copy_index_entries", self.index_copy, self.count)
        self.check("detainer")
        print("-- changing it in each place")
        rollback("rows: one save() each", self.change_one_by_one)
        rollback("rows: bulk_update", self.change_bulk_update)
        rollback("rows: QuerySet.update(value)", self.change_update)
        self.measure("rows: UPDATE … FROM the first edition", self.change_select, self.count)
        self.measure("references: DELETE, INSERT … SELECT", self.refer_again, self.count)
        self.measure("search: copy_index_entries", self.index_copy, self.count)
        self.check("quarterly")
        print("-- moving the tail of each parent's children by one place")
        self.measure("paths: two UPDATEs over json rows", self.shift, self.count)
        self.check("quarterly")

    # -- harness

    def measure(self, label: str, action: Callable[[], object], count: int) -> None:
        from django.db import transaction

        taken = take(transaction.atomic(action))
        each = taken.seconds * 1000 / count
        print(f"{label:<58} {each:9.3f} ms/page {taken.seconds:8.2f} s {taken.statements:7d} statements")

    def measure_and_undo(self, label: str, action: Callable[[], object]) -> None:
        with undone():
            self.measure(label, action, self.count)

    def check(self, word: str) -> None:
        from wagtail.models import Page

        from tests.testapp.models import SimplePage

        ids = {page.pk for page in self.pages}
        problems = Page.find_problems()
        assert not any(problems), problems
        found = set(SimplePage.objects.search(word).get_queryset().values_list("pk", flat=True))
        assert ids <= found, f"{len(ids - found)} pages not found by {word!r}"
        page = SimplePage.objects.get(pk=self.pages[-1].pk)
        assert page.get_parent().pk == self.parents[-1].pk
        assert {tag.name for tag in page.tags.all()} == {tag.name for tag in self.national.tags.all()}
        print(f"   tree sound, {len(ids)} pages found by {word!r}")

    # -- the network

    def prepare(self) -> None:
        from wagtail.images.models import Image
        from wagtail.images.tests.utils import get_test_image_file
        from wagtail.models import Page

        from tests.testapp.models import SimplePage
        from toolkit_site.generated.words import Words

        root = Page.get_first_root_node()
        home = root.add_child(instance=Page(title="National", slug="bench-national"))
        image = Image.objects.create(title="Figure", file=get_test_image_file())
        words = Words(1)
        raw = [words.paragraph(home.pk if number % 3 == 0 else None) for number in range(40)]
        raw[4] = words.block("image", image.pk)
        self.national = home.add_child(
            instance=SimplePage(
                title="Chapter", slug="chapter", intro="detainer", image=image, body=json.dumps(raw)
            )
        )
        self.national.tags.add("one", "two", "three", "four", "five")
        self.national.save()
        folder = root.add_child(instance=Page(title="Affiliates", slug="affiliates"))
        for number in range(self.count):
            folder.add_child(instance=Page(title=f"Affiliate {number}", slug=f"affiliate-{number}"))
        self.parents = list(folder.get_children())
        for parent in self.parents[:3]:
            parent.add_child(instance=Page(title="Older", slug="older"))
            parent.refresh_from_db()

    # -- adding

    def add_one_by_one(self, parents) -> None:
        from tests.testapp.models import SimplePage

        for parent in parents:
            page = SimplePage(
                title=self.national.title,
                slug="one",
                intro=self.national.intro,
                image=self.national.image,
                body=self.national.body,
            )
            parent.add_child(instance=page)

    def add_base_rows(self) -> None:
        from django.utils import timezone
        from wagtail.models import Page

        last = last_children(self.parents)
        now = timezone.now()
        self.pages = [
            Page(
                path=next_path(parent, last.get(parent.path)),
                depth=parent.depth + 1,
                title=self.national.title,
                draft_title=self.national.title,
                slug="chapter",
                url_path=f"{parent.url_path}chapter/",
                content_type_id=self.national.content_type_id,
                locale_id=parent.locale_id,
                live=True,
                first_published_at=now,
                last_published_at=now,
            )
            for parent in self.parents
        ]
        Page.objects.bulk_create(self.pages, batch_size=500)

    def add_base_rows_json(self) -> None:
        import uuid

        from wagtail.models import Page

        last = last_children(self.parents)
        given = ["path", "depth", "url_path", "translation_key", "numchild"]
        rows = [
            [
                next_path(parent, last.get(parent.path)),
                parent.depth + 1,
                f"{parent.url_path}chapter/",
                uuid.uuid4().hex,
                0,
            ]
            for parent in self.parents
        ]
        rest = [f.column for f in Page._meta.local_concrete_fields if f.column not in (*given, "id")]
        if self.vendor == "sqlite":
            values = [f"json_extract(value, '$[{n}]')" for n in range(len(given))]
            table = "json_each(%s)"
        else:
            casts = ["varchar", "integer", "text", "uuid", "integer"]
            values = [f"(value->>{n})::{cast}" for n, cast in enumerate(casts)]
            table = "json_array_elements(%s::json)"
        for batch in batches(rows):
            execute(
                f"INSERT INTO wagtailcore_page ({', '.join([*given, *rest])}) "
                f"SELECT {', '.join([*values, *(f'source.{name}' for name in rest)])} "
                f"FROM {table}, wagtailcore_page AS source WHERE source.id = %s",
                [json.dumps(batch), self.national.pk],
            )
        ids = []
        for batch in batches([row[0] for row in rows]):
            ids += Page.objects.filter(path__in=batch).values_list("pk", "path")
        assert len(ids) == self.count

    def children(self):
        from tests.testapp.models import SimplePage

        children = []
        for base in self.pages:
            child = SimplePage(page_ptr_id=base.pk, intro=self.national.intro, image=self.national.image)
            child.body = self.national.body
            children.append(child)
        return children

    def add_child_rows_insert(self) -> None:
        from tests.testapp.models import SimplePage

        fields = SimplePage._meta.local_concrete_fields
        SimplePage._base_manager._insert(self.children(), fields=fields, using="default")

    def add_child_rows_batches(self) -> None:
        from tests.testapp.models import SimplePage

        fields = SimplePage._meta.local_concrete_fields
        query = SimplePage._base_manager.get_queryset()
        query._for_write = True
        query._batched_insert(self.children(), fields, batch_size=500)

    def add_child_rows_select(self) -> None:
        from tests.testapp.models import SimplePage

        columns = [f'"{f.column}"' for f in SimplePage._meta.local_concrete_fields if not f.primary_key]
        names = ", ".join(columns)
        for batch in batches(self.ids()):
            execute(
                f"INSERT INTO testapp_simplepage (page_ptr_id, {names}) SELECT page.id, {names} "
                f"FROM wagtailcore_page AS page, testapp_simplepage AS source "
                f"WHERE source.page_ptr_id = %s AND page.id IN ({marks(batch)})",
                [self.national.pk, *batch],
            )

    def count_children(self) -> None:
        from django.db.models import F
        from wagtail.models import Page

        for batch in batches([parent.pk for parent in self.parents]):
            Page.objects.filter(pk__in=batch).update(numchild=F("numchild") + 1)

    def tag_bulk_create(self) -> None:
        from tests.testapp.models import SimplePageTag

        tags = list(self.national.tagged_items.values_list("tag_id", flat=True))
        rows = [SimplePageTag(tag_id=tag, content_object_id=pk) for pk in self.ids() for tag in tags]
        SimplePageTag.objects.bulk_create(rows, batch_size=500)

    def tag_select(self) -> None:
        for batch in batches(self.ids()):
            execute(
                "INSERT INTO testapp_simplepagetag (content_object_id, tag_id) SELECT page.id, source.tag_id "
                "FROM testapp_simplepagetag AS source, wagtailcore_page AS page "
                f"WHERE source.content_object_id = %s AND page.id IN ({marks(batch)})",
                [self.national.pk, *batch],
            )

    def refer_one_by_one(self) -> None:
        from wagtail.models import ReferenceIndex

        from tests.testapp.models import SimplePage

        for page in SimplePage.objects.filter(pk__in=self.ids()[:100]):
            ReferenceIndex.create_or_update_for_object(page)
        print("   (the next figure is for 100 pages only: multiply by N/100)")

    def refer_bulk_create(self) -> None:
        from wagtail.models import ReferenceIndex

        source = list(ReferenceIndex.objects.filter(object_id=str(self.national.pk)).values())
        rows = []
        for pk in self.ids():
            for row in source:
                values = {**row, "object_id": str(pk)}
                del values["id"]
                rows.append(ReferenceIndex(**values))
        ReferenceIndex.objects.bulk_create(rows, batch_size=500)

    def refer_select(self) -> None:
        columns = "content_type_id, base_content_type_id, to_content_type_id, to_object_id, model_path, "
        columns += "content_path, content_path_hash"
        selected = ", ".join(f"source.{name.strip()}" for name in columns.split(","))
        for batch in batches(self.ids()):
            execute(
                f"INSERT INTO wagtailcore_referenceindex (object_id, {columns}) "
                f"SELECT CAST(page.id AS varchar(255)), {selected} "
                "FROM wagtailcore_referenceindex AS source, wagtailcore_page AS page "
                "WHERE source.object_id = %s AND source.base_content_type_id = "
                "(SELECT id FROM django_content_type WHERE app_label = 'wagtailcore' AND model = 'page') "
                f"AND page.id IN ({marks(batch)})",
                [str(self.national.pk), *batch],
            )

    def index_one_by_one(self) -> None:
        from wagtail.search import index

        from tests.testapp.models import SimplePage

        for page in SimplePage.objects.filter(pk__in=self.ids()):
            index.insert_or_update_object(page)

    def index_bulk(self) -> None:
        from wagtail.search.backends import get_search_backend

        from tests.testapp.models import SimplePage

        get_search_backend().add_bulk(SimplePage, SimplePage.objects.filter(pk__in=self.ids()))

    def index_copy(self) -> None:
        from editions.search_copy import copy_index_entries

        copy_index_entries(self.national, self.ids())

    # -- changing

    def changed(self):
        self.national.intro = "quarterly"
        return self.national

    def change_one_by_one(self) -> None:
        from tests.testapp.models import SimplePage

        for page in SimplePage.objects.filter(pk__in=self.ids()):
            page.intro, page.body = "quarterly", self.national.body
            page.save_base(raw=True)

    def change_bulk_update(self) -> None:
        from tests.testapp.models import SimplePage

        pages = list(SimplePage.objects.filter(pk__in=self.ids()))
        for page in pages:
            page.intro, page.body = "quarterly", self.national.body
        SimplePage.objects.bulk_update(pages, ["intro", "body", "title"], batch_size=500)

    def change_update(self) -> None:
        from tests.testapp.models import SimplePage

        for batch in batches(self.ids()):
            SimplePage.objects.filter(pk__in=batch).update(
                intro="quarterly", body=self.national.body, title="Chapter", draft_title="Chapter"
            )

    def change_select(self) -> None:
        from tests.testapp.models import SimplePage

        self.changed().save()
        columns = [f'"{f.column}"' for f in SimplePage._meta.local_concrete_fields if not f.primary_key]
        setters = ", ".join(f"{name} = source.{name}" for name in columns)
        for batch in batches(self.ids()):
            execute(
                f"UPDATE testapp_simplepage SET {setters} FROM testapp_simplepage AS source "
                f"WHERE source.page_ptr_id = %s AND testapp_simplepage.page_ptr_id IN ({marks(batch)})",
                [self.national.pk, *batch],
            )

    def refer_again(self) -> None:
        from wagtail.models import ReferenceIndex

        for batch in batches(self.ids()):
            ReferenceIndex.objects.filter(
                base_content_type__app_label="wagtailcore",
                base_content_type__model="page",
                object_id__in=[str(pk) for pk in batch],
            )._raw_delete("default")
        self.refer_select()

    def shift(self) -> None:
        """Every page added above (and what is below it) moves one step to the right, to make room."""
        steps = {page.path: increment(page.path) for page in self.pages}
        temporary = [(old, "~" + new) for old, new in steps.items()]
        for batch in batches(temporary):
            self.rename_branches(batch)
        execute("UPDATE wagtailcore_page SET path = substr(path, 2) WHERE path LIKE '~%%'", [])
        for page in self.pages:
            page.path = steps[page.path]

    def rename_branches(self, pairs) -> None:
        rows = json.dumps(pairs)
        if self.vendor == "sqlite":
            execute(
                "UPDATE wagtailcore_page SET path = step.new || substr(path, length(step.old) + 1) "
                "FROM (SELECT json_extract(value, '$[0]') AS old, json_extract(value, '$[1]') AS new "
                "FROM json_each(%s)) AS step WHERE path BETWEEN step.old AND step.old || 'ZZZZ'",
                [rows],
            )
        else:
            execute(
                "UPDATE wagtailcore_page SET path = step.new || substr(path, length(step.old) + 1) "
                "FROM (SELECT value->>0 AS old, value->>1 AS new FROM json_array_elements(%s::json)) AS step "
                "WHERE path BETWEEN step.old AND step.old || 'ZZZZ'",
                [rows],
            )

    def ids(self) -> list[int]:
        return [page.pk for page in self.pages]


def next_path(parent, last_child: str | None) -> str:
    return increment(last_child) if last_child else parent._get_path(parent.path, parent.depth + 1, 1)


def increment(path: str) -> str:
    from wagtail.models import Page

    step = Page._int2str(Page._str2int(path[-Page.steplen :]) + 1)
    return path[: -Page.steplen] + step.rjust(Page.steplen, Page.alphabet[0])


def last_children(parents) -> dict[str, str]:
    """The highest child path of each parent, in one query."""
    from django.db.models import Max
    from django.db.models.functions import Length, Substr
    from wagtail.models import Page

    depth = parents[0].depth
    rows = (
        Page.objects.filter(depth=depth + 1, path__startswith=parents[0].path[: -Page.steplen])
        .annotate(parent_path=Substr("path", 1, depth * Page.steplen), size=Length("path"))
        .values("parent_path")
        .annotate(last=Max("path"))
        .order_by()
    )
    return {row["parent_path"]: row["last"] for row in rows}


def batches(items: list, size: int = 500):
    for start in range(0, len(items), size):
        yield items[start : start + size]


def marks(batch) -> str:
    return ", ".join(["%s"] * len(batch))


def execute(sql: str, params: list) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, params)


@contextmanager
def undone():
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
