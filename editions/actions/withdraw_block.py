"""Takes one block of a national page off every site in one action. What the pages hold is not rewritten."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Page

from editions import leaves
from editions.actions.errors import EditionError
from editions.actions.withdraw import check_may_withdraw, check_reason, national_pages
from editions.background import enqueue_with_rows
from editions.content import STREAM, content_fields, raw
from editions.copying import insert_for_each
from editions.indexing import reindex_pages
from editions.loading import untouched_pages
from editions.models import Edition, EditionMixin, Version, Withdrawal, WithdrawnPage
from editions.national import is_national
from editions.places import place_of
from editions.search_copy import BATCH_SIZE, forget_entries
from editions.streams import MISSING, Json, Path, same
from editions.writing import index_alike, log_pages


@dataclass
class Group:
    """Editions that stand on one version: the ids of the pages that are exactly it, and the others."""

    version: Version
    untouched: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)


@dataclass
class Standing:
    """Where a block stands for readers: ``words`` is the raw block by page id, where an affiliate has changed it."""

    national: list[int] = field(default_factory=list)
    local: list[int] = field(default_factory=list)
    words: dict[int, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class BlockReach:
    """Where readers would miss a block, in numbers: national's pages, affiliates' pages, their sites, the languages, and those of
    the affiliates' pages that say it in words of their own."""

    national: int
    local: int
    sites: int
    languages: int
    adapted: int


def groups_of(source_key: UUID) -> list[Group]:
    """All editions of a national page in all its languages, by version: told by the database, without loading a page."""
    groups: dict[int, Group] = {}
    editions = list(Edition.objects.shown().filter(source_key=source_key).order_by("pk"))
    bases = Version.objects.select_related("content_type").in_bulk({each.base_id for each in editions})
    by_model = defaultdict(list)
    for edition in editions:
        by_model[bases[edition.base_id].model].append(edition)
    for model, found in by_model.items():
        untouched = untouched_pages(model, found, bases)
        for edition in found:
            group = groups.setdefault(edition.base_id, Group(bases[edition.base_id]))
            of = group.untouched if edition.page_id in untouched else group.others
            of.append(edition.page_id)
    return list(groups.values())


def check_may_withdraw_of(page: Page, user) -> None:
    """Raises NotAllowed without the permission, EditionError for a page that is not national's."""
    check_may_withdraw(user)
    if not isinstance(page, EditionMixin) or page.base_version is not None or not is_national(page):
        raise EditionError(_("“%(page)s” is not a national toolkit page.") % {"page": page.title})


class WithdrawBlock:
    """Takes a block of a stream, in all languages of its page, off every site at once: national's and the affiliates', whatever
    they have made of it, hold or are asked first.

    No page is written: from now on readers, search and print get pages without it (``editions.withdrawn``). The number of
    statements does not grow with the number of editions.
    """

    def __init__(self, page: Page, path: Path, reason: str, *, user=None):
        self.page, self.path, self.reason, self.user = page.specific, tuple(path), reason.strip(), user

    def check(self) -> None:
        check_may_withdraw_of(self.page, self.user)
        fields = content_fields(type(self.page))
        is_block = len(self.path) == 2 and fields.get(self.path[0]) == STREAM
        if not is_block or all(leaves.get(each, self.path) is MISSING for each in self.contents):
            raise EditionError(_("There is nothing at this place of the page any more. Choose again."))
        standing = Withdrawal.objects.of_blocks().filter(source_key=self.page.translation_key)
        if self.path in {each.place for each in standing}:
            raise EditionError(_("“%(place)s” is withdrawn already.") % {"place": self.label})

    @cached_property
    def contents(self) -> list[dict]:
        """What national's page says, in the editor and on line, and what it said when it was sent last."""
        return contents_of(self.page)

    @property
    def label(self) -> str:
        return place_of(type(self.page), self.path, *self.contents).label

    def groups(self) -> list[Group]:
        return groups_of(self.page.translation_key)

    def standing(self, groups: list[Group]) -> Standing:
        """Where readers see the block."""
        found = Standing(
            national=list(self.pages_with_it(type(self.page), national_pages(self.page.translation_key)))
        )
        for group in groups:
            inherited = leaves.get(group.version.content, self.path)
            if inherited is not MISSING:
                live = Page.objects.filter(pk__in=group.untouched, live=True)
                found.local += live.values_list("pk", flat=True)
            pages = group.version.model.objects.filter(pk__in=group.others)
            for pk, block in self.pages_with_it(group.version.model, pages).items():
                found.local.append(pk)
                if not same(block, inherited):
                    found.words[pk] = block
        return found

    def pages_with_it(self, model, pages) -> dict[int, Json]:
        """The raw block by the id of each live page that has it."""
        name = self.path[0]
        column = model._meta.get_field(name)
        live = model.objects.filter(pk__in=pages.values("pk"), live=True).only(name)
        found = {
            page.pk: leaves.get({name: raw(column.get_prep_value(getattr(page, name)))}, self.path)
            for page in live
        }
        return {pk: block for pk, block in found.items() if block is not MISSING}

    def reach(self) -> BlockReach:
        """What would be taken off; nothing is written."""
        self.check()
        standing = self.standing(self.groups())
        editions = Edition.objects.filter(page__in=standing.local).values_list("site_id", "locale_id")
        places = list(editions)
        languages = set(Page.objects.filter(pk__in=standing.national).values_list("locale_id", flat=True))
        return BlockReach(
            national=len(standing.national),
            local=len(standing.local),
            sites=len({site for site, _locale in places}),
            languages=len(languages | {locale for _site, locale in places}),
            adapted=len(standing.words),
        )

    @transaction.atomic
    def execute(self) -> Withdrawal:
        # Two who withdraw the same block at once: the second waits here. So does a release at one of the editions.
        list(Page.objects.select_for_update(no_key=True).filter(pk=self.page.pk).values_list("pk"))
        self.check()
        check_reason(self.reason)
        editions = Edition.objects.filter(source_key=self.page.translation_key).order_by("pk")
        list(editions.select_for_update(of=("self",)).values_list("pk"))
        groups = self.groups()
        standing = self.standing(groups)
        title = f"{self.page.title} › {self.label}"
        withdrawal = Withdrawal.objects.create(
            source_key=self.page.translation_key,
            path=list(self.path),
            title=title[: Withdrawal._meta.get_field("title").max_length],
            reason=self.reason,
            created_by=self.user,
        )
        self.write_receipt(withdrawal, standing)
        data = {"withdrawal": withdrawal.pk, "place": self.label, "reason": self.reason}
        log_blocks("editions.withdraw_block", [*standing.national, *standing.local], data, self.user)
        renew_entries(self.page.translation_key, groups, forget=True)
        self.withdrawal = withdrawal
        return withdrawal

    def write_receipt(self, withdrawal: Withdrawal, standing: Standing) -> None:
        constants = {"withdrawal": withdrawal, "restored": False}
        insert_for_each(
            WithdrawnPage, Page, standing.national, copied={"page_id": "id"}, site=None, **constants
        )
        as_sent = Edition.objects.filter(page__in=standing.local).exclude(page__in=list(standing.words))
        insert_for_each(
            WithdrawnPage,
            Edition,
            list(as_sent.values_list("pk", flat=True)),
            copied={"page_id": "page_id", "site_id": "site_id"},
            **constants,
        )
        sites = dict(Edition.objects.filter(page__in=list(standing.words)).values_list("page_id", "site_id"))
        WithdrawnPage.objects.bulk_create(
            [
                WithdrawnPage(withdrawal=withdrawal, page_id=pk, site_id=sites[pk], words=block)
                for pk, block in standing.words.items()
            ],
            batch_size=BATCH_SIZE,
        )


def contents_of(page) -> list[dict]:
    """What a national page says in the editor, on line, and in the version that was sent last."""
    newest = Version.objects.of(page).first()
    contents = [page.get_latest_revision_as_object().get_content(), page.get_content()]
    return [*contents, *([newest.content] if newest else [])]


def put_back_block(withdrawal: Withdrawal, user) -> None:
    """What is left to do where a withdrawal that took a block off has just been lifted."""
    withdrawal.pages.update(restored=True)
    data = {"withdrawal": withdrawal.pk, "place": withdrawal.title}
    ids = list(withdrawal.pages.values_list("page_id", flat=True))
    log_blocks("editions.put_back_block", ids, data, user)
    renew_entries(withdrawal.source_key, groups_of(withdrawal.source_key), forget=False)


def log_blocks(action: str, page_ids: list[int], data: dict, user) -> None:
    for model, ids in by_type(Page.objects.filter(pk__in=page_ids)):
        log_pages(action, model, ids, data=data, user=user)


def by_type(pages) -> Iterator[tuple[type[Page], list[int]]]:
    found = defaultdict(list)
    for pk, type_id in pages.values_list("pk", "content_type_id"):
        found[type_id].append(pk)
    for type_id, ids in sorted(found.items()):
        yield ContentType.objects.get_for_id(type_id).model_class(), ids


def renew_entries(source_key: UUID, groups: list[Group], *, forget: bool) -> None:
    """Make search know what readers of all these pages get by now.

    Pages that say the same get copies of one entry. The others are indexed one by one in the background; until then they are not
    found at all if they are to ``forget`` words.
    """
    for group in groups:
        if group.untouched:
            index_alike(group.version.model.objects.get(pk=group.untouched[0]), group.untouched)
    rest = [pk for group in groups for pk in group.others]
    rest += national_pages(source_key).values_list("pk", flat=True)
    for model, ids in by_type(Page.objects.filter(pk__in=rest)):
        if forget:
            forget_entries(model, ids)
        for start in range(0, len(ids), BATCH_SIZE):
            enqueue_with_rows(reindex_pages, model._meta.label, ids[start : start + BATCH_SIZE])
