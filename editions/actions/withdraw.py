"""Takes a national page and all beneath it off every site in one action, and puts it back."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from editions.access import WITHDRAW
from editions.actions.errors import EditionError, NotAllowed
from editions.copying import BATCH_SIZE, insert_for_each
from editions.indexing import reindex_pages
from editions.loading import untouched_pages
from editions.models import Edition, EditionMixin, Version, Withdrawal, WithdrawnPage
from editions.national import homes, is_national, national_site
from editions.writing import log_pages


def check_may_withdraw(user) -> None:
    if user is not None and not user.has_perm(WITHDRAW):
        raise NotAllowed(_("You may not withdraw national content. Ask your network manager."))


def check_reason(reason: str) -> None:
    if not reason:
        raise EditionError(_("Say why: editors of affiliates will ask."))
    if len(reason) > Withdrawal._meta.get_field("reason").max_length:
        raise EditionError(_("The reason is too long. Say it in one sentence."))


def national_pages(source_key: UUID) -> QuerySet[Page]:
    """National's pages of one translation key: a page in all its languages."""
    beneath = Q(pk__in=[])
    for home in homes(national_site()).values():
        beneath |= Q(path__startswith=home.path)
    return Page.objects.filter(beneath, translation_key=source_key)


def national_tree(source_key: UUID) -> QuerySet[Page]:
    """National's page with all beneath it, in all its languages."""
    beneath = Q(pk__in=[])
    for page in national_pages(source_key):
        beneath |= Q(path__startswith=page.path)
    return Page.objects.filter(beneath)


@dataclass(frozen=True)
class Reach:
    """What a withdrawal would take off line, in numbers of pages: national's, affiliates', and those of these that are adapted."""

    national: int
    local: int
    sites: int
    adapted: int


class WithdrawPage:
    """Takes a page, in all its languages and with all national pages beneath it, off every site at once: national's and the
    affiliates', adapted or not, held or not. Every word stays where it is, as a draft that nobody can publish until it is put back.

    The number of statements does not grow with the number of editions.
    """

    def __init__(self, page: Page, reason: str, *, user=None):
        self.page, self.reason, self.user = page.specific, reason.strip(), user

    def check(self) -> None:
        check_may_withdraw(self.user)
        home = self.page.translation_key == national_site().root_page.translation_key
        if (
            not isinstance(self.page, EditionMixin)
            or self.page.base_version is not None
            or home
            or not is_national(self.page)
        ):
            raise EditionError(_("“%(page)s” is not a national toolkit page.") % {"page": self.page.title})
        if Withdrawal.objects.of_pages().filter(source_key=self.page.translation_key).exists():
            raise EditionError(_("“%(page)s” is withdrawn already.") % {"page": self.page.title})

    def sources(self) -> QuerySet[Page]:
        """National's page with all beneath it, in all languages."""
        return national_tree(self.page.translation_key)

    def editions(self) -> QuerySet[Edition]:
        return Edition.objects.shown().filter(source_id__in=self.sources().values("pk"))

    def reach(self) -> Reach:
        """What would go off line; nothing is written."""
        self.check()
        editions = list(self.editions().filter(page__live=True))
        bases = Version.objects.select_related("content_type").in_bulk({each.base_id for each in editions})
        by_model = defaultdict(list)
        for edition in editions:
            by_model[bases[edition.base_id].model].append(edition)
        untouched = sum(len(untouched_pages(model, found, bases)) for model, found in by_model.items())
        return Reach(
            national=self.sources().filter(live=True).count(),
            local=len(editions),
            sites=len({edition.site_id for edition in editions}),
            adapted=len(editions) - untouched,
        )

    @transaction.atomic
    def execute(self) -> Withdrawal:
        self.check()
        check_reason(self.reason)
        withdrawal = Withdrawal.objects.create(
            source_key=self.page.translation_key,
            title=self.page.title,
            reason=self.reason,
            created_by=self.user,
        )
        # A release that is at one of these pages comes first; one that comes later sees the mark.
        editions = self.editions().filter(withdrawal=None).order_by("pk")
        ids = list(editions.select_for_update(of=("self",)).values_list("pk", flat=True))
        Edition.objects.filter(pk__in=ids).update(withdrawal=withdrawal)
        live = list(Edition.objects.filter(pk__in=ids, page__live=True).values_list("pk", "page_id"))
        own = list(self.sources().filter(live=True).values_list("pk", flat=True))
        insert_for_each(
            WithdrawnPage,
            Edition,
            [pk for pk, _page in live],
            copied={"page_id": "page_id", "site_id": "site_id"},
            withdrawal=withdrawal,
            restored=False,
        )
        insert_for_each(
            WithdrawnPage,
            Page,
            own,
            copied={"page_id": "id"},
            withdrawal=withdrawal,
            site=None,
            restored=False,
        )
        pages = Page.objects.filter(pk__in=[*own, *(page_id for _pk, page_id in live)])
        pages.update(live=False, has_unpublished_changes=True)
        tell(pages, "editions.withdraw", self.user, {"withdrawal": withdrawal.pk, "reason": self.reason})
        return withdrawal


class PutBack:
    """Puts what was withdrawn on line again, with the words that it has now: pages, or a block wherever it stands."""

    def __init__(self, withdrawal: Withdrawal, *, user=None):
        self.withdrawal, self.user = withdrawal, user

    def check(self) -> None:
        check_may_withdraw(self.user)
        if self.withdrawal.is_lifted:
            raise EditionError(_("“%(page)s” has been put back already.") % {"page": self.withdrawal.title})

    @transaction.atomic
    def execute(self) -> Withdrawal:
        withdrawal = Withdrawal.objects.select_for_update(of=("self",)).get(pk=self.withdrawal.pk)
        self.withdrawal = withdrawal
        self.check()
        withdrawal.lifted_at, withdrawal.lifted_by = timezone.now(), self.user
        withdrawal.save(update_fields=["lifted_at", "lifted_by"])
        if withdrawal.path:
            from editions.actions.withdraw_block import put_back_block

            put_back_block(withdrawal, self.user)
        else:
            self.put_back_pages(withdrawal)
        return withdrawal

    def put_back_pages(self, withdrawal: Withdrawal) -> None:
        stays = [
            pk
            for other in Withdrawal.objects.of_pages().order_by("pk")
            for pk in hand_over(withdrawal, other)
        ]
        Edition.objects.filter(withdrawal=withdrawal).update(withdrawal=None)
        # One that stopped being withdrawn by this alone, or was published since, is left as it is.
        pages = Page.objects.filter(pk__in=withdrawal.pages.values("page_id"), live=False)
        pages = pages.exclude(edition__withdrawal__isnull=False).exclude(pk__in=stays)
        ids = list(pages.values_list("pk", flat=True))
        withdrawal.pages.filter(page_id__in=ids).update(restored=True)
        found = Page.objects.filter(pk__in=ids)
        same_as_live = Q(latest_revision=None) | Q(latest_revision=F("live_revision"))
        found.update(
            live=True,
            has_unpublished_changes=Case(When(same_as_live, then=Value(False)), default=Value(True)),
        )
        tell(found, "editions.put_back", self.user, {"withdrawal": withdrawal.pk})


def hand_over(withdrawal: Withdrawal, other: Withdrawal) -> list[int]:
    """What ``other``, which stands, covers too stays off line, and comes back with that one. Returns the ids of these pages."""
    sources = national_tree(other.source_key)
    editions = Edition.objects.filter(withdrawal=withdrawal, source_id__in=sources.values("pk"))
    covered = Q(page_id__in=sources.values("pk")) | Q(page_id__in=editions.values("page_id"))
    rows = list(withdrawal.pages.filter(covered).values_list("page_id", "site_id"))
    WithdrawnPage.objects.bulk_create(
        [WithdrawnPage(withdrawal=other, page_id=page_id, site_id=site_id) for page_id, site_id in rows],
        batch_size=BATCH_SIZE,
        ignore_conflicts=True,
    )
    editions.update(withdrawal=other)
    return [page_id for page_id, _site in rows]


def tell(pages: QuerySet[Page], action: str, user, data: dict) -> None:
    """The audit log of each page, and its search entry: a fixed number of statements for each page type."""
    by_type = defaultdict(list)
    for pk, type_id in pages.values_list("pk", "content_type_id"):
        by_type[type_id].append(pk)
    for type_id, ids in sorted(by_type.items()):
        model = ContentType.objects.get_for_id(type_id).model_class()
        log_pages(action, model, ids, data=data, user=user)
        transaction.on_commit(lambda model=model, ids=ids: reindex_pages.enqueue(model._meta.label, ids))
