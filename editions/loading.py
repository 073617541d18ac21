"""Loads editions as rows of ``editions.plan``, in a number of queries that does not grow with theirs."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from editions.content import STREAM, TAGS, content_fields, get_content, identified, merge_options
from editions.models import Adoption, Edition, SiteSettings, Version
from editions.plan import Row, Target
from editions.spots import spots_of


def target_of(version: Version, *, undoes: Version | None = None) -> Target:
    content = identified(version.model, version.content)
    return Target(
        version.pk,
        version.number,
        content,
        protected=version.protected_paths,
        undoes=undoes and undoes.pk,
        after=version.after_source_ids,
        gone=version.gone,
        **merge_options(version.model),
    )


def rows_of(version: Version, editions: Sequence[Edition]) -> tuple[list[Row], dict[int, object]]:
    """Rows for ``editions`` (which follow the version's source), and the pages that are not exactly their base, by id.

    ``editions`` come with ``adoption`` and ``sent`` selected.
    """
    model = version.model
    ask_first = sites_asking_first()
    shown = [edition for edition in editions if edition.page_id]
    bases = Version.objects.in_bulk({edition.base_id for edition in shown})
    untouched = untouched_pages(model, shown, bases)
    contents: dict[int, dict] = {}
    touched = [edition.page_id for edition in shown if edition.page_id not in untouched]
    pages = {
        page.pk: page for page in model.objects.filter(pk__in=touched).prefetch_related(*tag_names(model))
    }
    spots = spots_of(version, shown, bases)
    rows = []
    for edition in editions:
        page = pages.get(edition.page_id)
        if page and edition.base_id not in contents:
            contents[edition.base_id] = identified(model, bases[edition.base_id].content)
        rows.append(
            Row(
                edition_id=edition.pk,
                page_id=edition.page_id,
                site_id=edition.site_id,
                sent_number=edition.sent.number,
                sent_id=edition.sent_id,
                base_id=edition.base_id,
                held=edition.held,
                asks_first=asks_first(edition.adoption, edition.site_id, ask_first),
                untouched=edition.page_id in untouched,
                base=contents[edition.base_id] if page else None,
                local=get_content(page) if page else None,
                kept=page.kept_paths if page else frozenset(),
                spot=spots.get(edition.page_id),
                live=page is None or page.live,
            )
        )
    return rows, pages


def locked_editions(editions: QuerySet[Edition]) -> list[Edition]:
    """``editions`` (in order), locked until the transaction ends, with what ``rows_of`` needs.

    In two statements. While it waits for a lock, PostgreSQL looks again at the row that it waits for, but not at the rows that are
    joined to it: with ``sent`` selected at once, an edition that another release has just changed would be left out.
    """
    ids = list(editions.select_for_update(of=("self",)).values_list("pk", flat=True))
    loaded = Edition.objects.select_related("adoption", "sent").defer("sent__content").filter(pk__in=ids)
    return list(loaded.order_by("pk"))


def sites_asking_first() -> set[int]:
    return set(SiteSettings.objects.filter(ask_first=True).values_list("site_id", flat=True))


def asks_first(adoption: Adoption | None, site_id: int, asking: set[int]) -> bool:
    """Whether updates wait for an editor: the adopted toolkit's own setting, else the site's (``asking`` are the sites that do)."""
    if adoption is not None and adoption.ask_first is not None:
        return adoption.ask_first
    return site_id in asking


def tag_names(model) -> list[str]:
    return [name for name, kind in content_fields(model).items() if kind == TAGS]


def untouched_pages(model, editions: Iterable[Edition], bases: dict[int, Version]) -> set[int]:
    """Ids of the pages that are exactly their base, told by the database without loading a word of them.

    One query per base (editions of one source stand on few versions), one more where the type has tags. A page that is equal
    but written otherwise (other block keys, other order of keys) is not found here; the merge finds it.
    """
    by_base = defaultdict(list)
    for edition in editions:
        by_base[edition.base_id].append(edition.page_id)
    found: set[int] = set()
    for base_id, page_ids in by_base.items():
        same = where_equal(model.objects.filter(pk__in=page_ids), bases[base_id].content)
        found |= without_other_tags(model, set(same.values_list("pk", flat=True)), bases[base_id].content)
    return found


def where_equal(pages: QuerySet, content: dict) -> QuerySet:
    """The pages whose columns hold ``content``, and which keep nothing. Tags are in another table."""
    conditions: dict = {"kept": []}
    for name, kind in content_fields(pages.model).items():
        if kind == TAGS:
            continue
        if name not in content:
            return pages.none()
        if kind == STREAM and connection.vendor == "sqlite":
            # SQLite keeps JSON as the text that was written, so the text is compared.
            pages = pages.annotate(**{f"{name}_text": Cast(name, TextField())})
            conditions[f"{name}_text"] = json.dumps(content[name], cls=DjangoJSONEncoder)
        elif content[name] is None:
            conditions[f"{name}__isnull"] = True
        else:
            conditions[name] = content[name]
    return pages.filter(**conditions)


def without_other_tags(model, page_ids: set[int], content: dict) -> set[int]:
    for name in tag_names(model):
        tags = defaultdict(list)
        key = f"{name}__name" if hasattr(model._meta.get_field(name), "through") else f"{name}__pk"
        for pk, value in model.objects.filter(pk__in=page_ids).values_list("pk", key):
            if value is not None:
                tags[pk].append(value)
        page_ids = {pk for pk in page_ids if sorted(tags[pk]) == sorted(content.get(name, []))}
    return page_ids
