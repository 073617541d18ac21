"""Takes what national shares off every site in one action, and puts it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from editions.access import SEND, WITHDRAW
from editions.actions.errors import EditionError, NotAllowed
from editions.actions.withdraw import check_may_withdraw
from editions.models import Protection, Version, Withdrawal
from editions.network.models import Affiliate
from editions.streams import same

from ..adapted import content_of
from ..following import copies_of, steps_for
from ..models.base import LibrarySnippet
from ..models.withdrawn import WithdrawnSnippet
from ..sharing import Reach, reach_of, withdrawal_of
from .protect import OfShared, check_reason
from .receipt import put_on_line, record, take_off_line, write
from .send import affiliates_shown, newest_version, version_of


@dataclass(frozen=True)
class Showing:
    """One snippet as it is shown: ``owner`` is None for national's own; ``reach`` are the pages that name it."""

    snippet: LibrarySnippet
    owner: Affiliate | None
    reach: Reach


class WithdrawSnippet(OfShared):
    """Off line at once, in every language, on national's site and those of all affiliates, their copies too. Every word stays
    where it is; nobody publishes it until it is put back."""

    permission = WITHDRAW

    def __init__(self, snippet: LibrarySnippet, reason: str, *, user: Any = None):
        super().__init__(snippet, user=user)
        self.reason = reason.strip()
        self.refusal = _("You may not withdraw national content. Ask your network manager.")

    def check(self) -> None:
        super().check()
        if withdrawal_of(self.snippet) is not None:
            raise EditionError(_("“%(page)s” is withdrawn already.") % {"page": self.snippet})

    def showing(self) -> list[Showing]:
        """What would go off line; nothing is written."""
        self.check()
        found = []
        for row in self.languages():
            copies = list(copies_of(row))
            if row.live:
                # A site whose copy stands in shows the copy where its pages name national's.
                found.append(Showing(row, None, reach_of([row])))
            found += [Showing(copy, copy.owner, reach_of([row, copy])) for copy in copies]
        return found

    @transaction.atomic
    def execute(self) -> Withdrawal:
        self.check()
        check_reason(self.reason, Withdrawal._meta.get_field("reason").max_length)
        kind = ContentType.objects.get_for_model(type(self.snippet))
        self.languages(locked=True)
        showing = self.showing()
        withdrawal = Withdrawal.objects.create(
            source_key=self.snippet.translation_key,
            content_type=kind,
            title=str(self.snippet)[:255],
            reason=self.reason,
            created_by=self.user,
        )
        adapting = {each.owner.pk for each in showing if each.owner is not None}
        sites = dict(Affiliate.objects.values_list("pk", "site_id"))
        rows = []
        for each in showing:
            common = {"withdrawal": withdrawal, "content_type": kind, "object_id": each.snippet.pk}
            if each.owner is not None:
                own = each.reach.pages.get(each.owner.pk, 0)
                rows.append(WithdrawnSnippet(**common, site_id=each.owner.site_id, pages=own))
                continue
            rows.append(WithdrawnSnippet(**common, pages=each.reach.national))
            rows += [
                WithdrawnSnippet(**common, site_id=sites[pk], pages=count)
                for pk, count in each.reach.pages.items()
                if pk not in adapting
            ]
        WithdrawnSnippet.objects.bulk_create(rows, batch_size=500)
        for each in showing:
            if each.owner is None:
                # What readers saw, to compare with when it is put back.
                newest_version(each.snippet)
            take_off_line(each.snippet)
            data = {"withdrawal": withdrawal.pk, "reason": self.reason}
            log(each.snippet, "editions.withdraw", user=self.user, data=data)
        return withdrawal


class PutSnippetBack:
    """Puts on line again what was. Words of national's that were written meanwhile are sent with it, with their own receipt; copies
    follow. Copies of what national protects by now stay off line."""

    def __init__(self, withdrawal: Withdrawal, *, user: Any = None):
        self.withdrawal, self.user = withdrawal, user

    def check(self) -> None:
        check_may_withdraw(self.user)
        if self.withdrawal.is_lifted:
            raise EditionError(_("“%(page)s” has been put back already.") % {"page": self.withdrawal.title})
        if self.user is not None and self.rewritten() and not self.user.has_perm(SEND):
            raise NotAllowed(
                _(
                    "It has new words, and putting it back sends them. You may not send: ask your network manager."
                )
            )

    def off(self) -> QuerySet[LibrarySnippet]:
        """What it took off line and is still."""
        model = self.withdrawal.content_type.model_class()
        taken = WithdrawnSnippet.objects.filter(withdrawal=self.withdrawal).values("object_id")
        return model._base_manager.filter(pk__in=taken, live=False).select_related("locale").order_by("pk")

    def rewritten(self) -> list[LibrarySnippet]:
        """National's that were saved since: readers will see the new words."""
        return [
            row
            for row in self.off().filter(
                owner=None, latest_revision__created_at__gt=self.withdrawal.created_at
            )
            if not same(
                Version.objects.of_snippet(row).filter(in_force=True).first().content, content_of(row)
            )
        ]

    @transaction.atomic
    def execute(self) -> Withdrawal:
        withdrawal = Withdrawal.objects.select_for_update(of=("self",)).get(pk=self.withdrawal.pk)
        self.withdrawal = withdrawal
        self.check()
        rewritten = self.rewritten()
        off = list(self.off())
        withdrawal.lifted_at, withdrawal.lifted_by = timezone.now(), self.user
        withdrawal.save(update_fields=["lifted_at", "lifted_by"])
        stay = Protection.objects.filter(source_key=withdrawal.source_key, path=[]).exists()
        for snippet in off:
            if stay and snippet.owner_id is not None:
                continue
            put_on_line(snippet)
            WithdrawnSnippet.objects.filter(withdrawal=withdrawal, object_id=snippet.pk).update(restored=True)
            log(snippet, "editions.put_back", user=self.user, data={"withdrawal": withdrawal.pk})
        for row in rewritten:
            self.send(row)
        return withdrawal

    def send(self, row: LibrarySnippet) -> None:
        row = type(row)._base_manager.select_related("locale").get(pk=row.pk)
        row.live_revision, row.has_unpublished_changes = row.latest_revision, False
        row.save(update_fields=["live_revision", "has_unpublished_changes"])
        version = version_of(row, self.user)
        release = record(
            [version],
            title=_("Put back: %(name)s") % {"name": row},
            note=self.withdrawal.reason,
            user=self.user,
        )
        sites = [affiliate.site for affiliate in affiliates_shown(row)]
        write(release, version, steps_for(copies_of(row), version.content), sites, reach_of([row]))
