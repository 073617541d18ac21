"""What national has withdrawn from all sites block by block: readers get every page without it, whatever the page holds.

Nothing in a page is rewritten, so merging knows nothing of it, and putting back is to stop leaving out
(docs/decisions/0015-withdrawing-a-block.md). Whoever shows the words of pages to readers asks here.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Func, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from modelsearch.index import AutocompleteField, BaseField, SearchField
from wagtail.fields import StreamField

from editions.streams import Path

#: Where a page keeps the places that are withdrawn, and that it has been left without them.
PLACES, PRUNED = "withdrawn_places", "_without_withdrawn"


class Lines(Func):
    """The values of all rows of a subquery, one a line; null where there is none."""

    function, template = "GROUP_CONCAT", "%(function)s(%(expressions)s, char(10))"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        template = "%(function)s(%(expressions)s, chr(10))"
        return self.as_sql(compiler, connection, function="STRING_AGG", template=template, **context)


def with_withdrawn(pages: Any) -> QuerySet:
    """``pages`` (a queryset or manager of one type that has editions), each loaded with what is withdrawn of it.

    For those who count statements: ``leave_out`` asks nothing more about such pages.
    """
    from editions.models import Version, Withdrawal

    followed = Version.objects.filter(pk=OuterRef(OuterRef("base_version"))).values("source_key")
    standing = Withdrawal.objects.of_blocks().filter(
        Q(source_key=OuterRef("translation_key")) | Q(source_key=Subquery(followed))
    )
    places = standing.order_by().values(places=Lines(Cast("path", TextField())))
    return pages.annotate(**{PLACES: Subquery(places)})


def load_withdrawn(pages: Iterable[Any]) -> None:
    """Makes each page know what is withdrawn of it. One statement for all that do not yet, two where something is."""
    from editions.models import Version, Withdrawal

    pages = [page for page in pages if PLACES not in page.__dict__]
    if not pages:
        return
    keys, bases = {page.translation_key for page in pages}, {page.base_version for page in pages} - {None}
    versions = Version.objects.filter(pk__in=bases)
    standing = Withdrawal.objects.of_blocks().filter(
        Q(source_key__in=keys) | Q(source_key__in=versions.values("source_key"))
    )
    rows = list(standing.values_list("source_key", "path"))
    followed = dict(versions.values_list("pk", "source_key")) if rows and bases else {}
    for page in pages:
        own = (page.translation_key, followed.get(page.base_version))
        page.__dict__[PLACES] = frozenset(tuple(path) for key, path in rows if key in own)


def withdrawn_places(page: Any) -> frozenset[Path]:
    """The places of a page that are withdrawn: field name and block id."""
    load_withdrawn([page])
    places = page.__dict__[PLACES]
    if not isinstance(places, frozenset):
        lines = places.split("\n") if places else []
        places = page.__dict__[PLACES] = frozenset(tuple(json.loads(line)) for line in lines)
    return places


def leave_out(*pages: Any) -> None:
    """Takes what is withdrawn out of pages in memory; from then on they are for readers, and refuse to be saved.

    Fields that are not loaded are left alone. Anything but a page that can have editions is, too.
    """
    from editions.models import EditionMixin

    pages = [page for page in pages if isinstance(page, EditionMixin)]
    load_withdrawn(pages)
    for page in pages:
        for name in {path[0] for path in withdrawn_places(page)} - page.get_deferred_fields():
            without(page, name, {path[1] for path in withdrawn_places(page) if path[0] == name})


def without(page: Any, name: str, block_ids: set[str]) -> None:
    stream = getattr(page, name, None)
    raw = [] if stream is None else list(stream.raw_data)
    left = [block for block in raw if block.get("id") not in block_ids]
    if len(left) < len(raw):
        setattr(page, name, page._meta.get_field(name).to_python(left))
        page.__dict__[PRUNED] = True


def readable(page: Any) -> Any:
    """``page`` as readers get it: itself, or a copy without what is withdrawn."""
    if not withdrawn_places(page):
        return page
    page = copy.copy(page)
    leave_out(page)
    return page


@cache
def readers_field(field: BaseField) -> BaseField:
    """A search field that takes what readers get: what is withdrawn is not found."""
    found = copy.copy(field)
    found.get_value = lambda obj: field.get_value(readable(obj))
    return found


def readers_fields(model: type, fields: list[Any]) -> list[Any]:
    """The search fields of a page type, those of streams without what is withdrawn."""
    streams = {each.name for each in model._meta.concrete_fields if isinstance(each, StreamField)}
    return [
        readers_field(field)
        if isinstance(field, SearchField | AutocompleteField) and field.field_name in streams
        else field
        for field in fields
    ]
