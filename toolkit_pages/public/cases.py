"""Case studies as readers see them: a page, a card, a column of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from wagtail.models import Locale

from campaign_library.models import Provision
from campaign_library.standing_in import affiliate_of_site
from editions.withdrawn import leave_out, with_withdrawn

from .body import local_block_ids
from .library import document_address
from .routing import Place
from .serving import PublicPageMixin, address
from .shown import ids_in, pages_shown, raw_values

if TYPE_CHECKING:
    from ..models import CaseStudyPage

#: What a list or a table does not show of a case study.
HEAVY = ("body", "voices", "lessons", "related")


@dataclass(frozen=True)
class Reply:
    """What one place's policy says on one provision. ``answer`` as in ``policies.Answer``; ``note`` is rich text."""

    provision: Provision
    answer: str
    note: str
    source: str
    is_local: bool = False

    @property
    def is_mentioned(self) -> bool:
        return self.answer != "unmentioned"


@dataclass
class Study:
    """One case study where it is shown. ``is_local``: the affiliate's own; ``is_national``: read on the national site."""

    page: CaseStudyPage
    address: str
    is_local: bool = False
    is_national: bool = False
    replies: list[Reply] = field(default_factory=list)


def provision_ids(pages: Iterable[CaseStudyPage]) -> set[int]:
    values = (value for page in pages for _type, _id, value in raw_values(page.details, "provision"))
    return {value["provision"] for value in values if isinstance(value.get("provision"), int)}


def named_provisions(place: Place, locale: Locale, pks: set[int]) -> dict[int, Provision]:
    """By the id referred to: the provision in the reader's language where the library has it. One query, none without ids.

    A provision has one code in all languages; the affiliate's own goes before national's.
    """
    if not pks:
        return {}
    codes = Provision.objects.filter(pk__in=pks).values("code")
    rows = (
        Provision.objects.usable_by(affiliate_of_site(place.root.site))
        .filter(Q(pk__in=pks) | Q(locale=locale, code__in=codes), live=True)
        .order_by("owner_id", "pk")
    )
    by_pk = {row.pk: row for row in rows}
    in_language = {row.code: row for row in by_pk.values() if row.locale_id == locale.pk and not row.owner_id}
    in_language |= {row.code: row for row in by_pk.values() if row.locale_id == locale.pk and row.owner_id}
    return {pk: in_language.get(by_pk[pk].code, by_pk[pk]) for pk in pks if pk in by_pk}


def replies_of(
    page: CaseStudyPage, named: dict[int, Provision], local: frozenset[str] = frozenset()
) -> list[Reply]:
    """In the page's order. A provision that is no longer in the library is left out: nobody could say what was answered."""
    return [
        Reply(
            provision=named[value["provision"]],
            answer=value.get("answer") or "unmentioned",
            note=value.get("note") or "",
            source=value.get("source") or "",
            is_local=pk in local,
        )
        for _type, pk, value in raw_values(page.details, "provision")
        if value.get("provision") in named
    ]


def with_replies(place: Place, locale: Locale, studies: list[Study]) -> list[Study]:
    """The same, with their provisions. One query for all."""
    named = named_provisions(place, locale, provision_ids(study.page for study in studies))
    for study in studies:
        study.replies = replies_of(study.page, named)
    return studies


def here(place: Place, page: CaseStudyPage) -> Study:
    """A case study of this site. ``page.locale`` is loaded."""
    return Study(page, address(place, page), is_local=not place.is_national and page.base_version is None)


def studies_shown(place: Place, locale: Locale, pks: Iterable[int]) -> dict[int, Study]:
    """By the id referred to: the case study that stands for it here. Two queries; none without ids."""
    from ..models import CaseStudyPage

    shown = pages_shown(place, locale, pks)
    pages = (
        with_withdrawn(CaseStudyPage.objects.filter(pk__in={each.pk for each in shown.values()}))
        .select_related("locale")
        .defer(*HEAVY)
        .in_bulk()
        if shown
        else {}
    )
    leave_out(*pages.values())
    found = {}
    for pk, each in shown.items():
        page = pages.get(each.pk)
        if page is not None:
            local = not place.is_national and not each.is_national and page.base_version is None
            found[pk] = Study(page, each.address, local, each.is_national)
    return found


def newest_here(place: Place, locale: Locale, *, policy: str = "", count: int = 12) -> list[Study]:
    """The newest case studies of this site in one language. One query."""
    from ..models import CaseStudyPage

    pages = CaseStudyPage.objects.filter(live=True, locale=locale, url_path__startswith=place.root.folder)
    if policy:
        pages = pages.filter(policy=policy)
    pages = with_withdrawn(pages).select_related("locale").defer(*HEAVY)
    newest = list(pages.order_by("-first_published_at", "-pk")[:count])
    leave_out(*newest)
    return [here(place, page) for page in newest]


@dataclass
class Cases:
    """What the blocks of one body that show case studies need, loaded for all of them at once."""

    by_id: dict[int, Study]
    newest: list[Study]

    def chosen(self, pks: Iterable[int]) -> list[Study]:
        """Each page once, even where two ids lead to it."""
        found = {self.by_id[pk].page.pk: self.by_id[pk] for pk in pks if pk in self.by_id}
        return list(found.values())


#: Newest case studies that are looked through for blocks that ask for those of one policy.
LOOKED_THROUGH = 60


def cases_in(place: Place, page: Any) -> Cases | None:
    """For the body of ``page``; None where no block shows case studies. At most four queries, however many blocks do."""
    blocks = raw_values(page.body, "comparison", "case_studies")
    if not blocks:
        return None
    chosen = {pk for _type, _id, value in blocks for pk in ids_in(value.get("places"))}
    by_id = studies_shown(place, page.locale, chosen)
    if any(type == "comparison" for type, _id, _value in blocks):
        with_replies(place, page.locale, list(by_id.values()))
    newest = []
    if any(type == "case_studies" and value.get("pick") == "newest" for type, _id, value in blocks):
        newest = newest_here(place, page.locale, count=LOOKED_THROUGH)
    return Cases(by_id, newest)


@dataclass(frozen=True)
class Row:
    """One block of a stream that a page's own template shows. ``starts_local``: the first of some that are local."""

    type: str
    value: Any
    is_local: bool = False
    starts_local: bool = False
    address: str = ""


def rows(page: Any, name: str) -> list[Row]:
    """The blocks of one stream, each told whether it is the affiliate's own."""
    local = local_block_ids(page, name)
    found = []
    before = False
    for child in getattr(page, name):
        own = child.id in local
        found.append(Row(child.block_type, child.value, own, own and not before))
        before = own
    return found


class PublicCaseStudyMixin(PublicPageMixin):
    """A case study with its provisions named and its references resolved."""

    shown_streams = ("body", "related")

    def prepare_public(self, place: Place) -> dict[str, Any]:
        context = super().prepare_public(place)
        named = named_provisions(place, self.locale, provision_ids([self]))
        context.update(
            study=here(place, self) if self.url_path else None,
            replies=replies_of(self, named, local_block_ids(self, "details")),
            numbers=rows(self, "numbers"),
            voices=rows(self, "voices"),
            lessons=rows(self, "lessons"),
            related=related_rows(place, self),
            list_address=list_address(place, self),
            is_local_page=not place.is_national and self.base_version is None and self.pk is not None,
        )
        return context


def related_rows(place: Place, page: CaseStudyPage) -> list[dict[str, Any]]:
    """What goes with a case study, in order: ``type``, ``note`` and the ``page`` shown or the ``ordinance`` with its address."""
    pages = [value.get("page") for _type, _id, value in raw_values(page.related, "page")]
    shown = pages_shown(place, page.locale, pages)
    found = []
    for number, raw in enumerate(page.related.raw_data):
        value = raw["value"]
        if raw["type"] == "page" and value.get("page") in shown:
            found.append({"type": "page", "note": value.get("note"), "page": shown[value["page"]]})
        elif raw["type"] == "ordinance":
            ordinance = page.related[number].value["ordinance"]
            if ordinance is not None and ordinance.live:
                found.append(
                    {
                        "type": "ordinance",
                        "note": value.get("note"),
                        "ordinance": ordinance,
                        "address": document_address(place, ordinance),
                    }
                )
    return found


def list_address(place: Place, page: CaseStudyPage) -> str:
    """Where the list stands that ``page`` belongs to; nothing for a page that is not in the tree yet."""
    above = page.url_path.rstrip("/").rpartition("/")[0]
    return place.root.path(f"{above}/", page.locale.language_code) if above else ""
