"""National protects what it shares: its words stand on all sites, and the copies of affiliates stand in no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from editions.access import PROTECT
from editions.actions.errors import EditionError, NotAllowed
from editions.models import Protection, Release, Update, Version

from ..following import CopyStep, copies_of, steps_for
from ..models.base import LibrarySnippet
from ..sharing import protection_of, reach_of, withdrawal_of
from .receipt import put_on_line, record, write
from .send import version_of


class OfShared:
    """What national does with one snippet that it shares, in all its languages at once."""

    permission, refusal = "", ""

    def __init__(self, snippet: LibrarySnippet, *, user: Any = None):
        self.snippet, self.user = snippet, user

    def check(self) -> None:
        """Raises NotAllowed without the permission, EditionError for what is not national's."""
        if self.user is not None and not self.user.has_perm(self.permission):
            raise NotAllowed(self.refusal)
        if self.snippet.owner_id is not None:
            raise EditionError(_("“%(name)s” is not shared by national.") % {"name": self.snippet})

    def languages(self, *, locked: bool = False) -> list[LibrarySnippet]:
        """National's rows of it, one for each language."""
        model = type(self.snippet)
        rows = model._base_manager.filter(translation_key=self.snippet.translation_key, owner=None)
        if locked:
            list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
        return list(rows.select_related("locale").order_by("pk"))


def check_reason(reason: str, longest: int) -> None:
    if not reason:
        raise EditionError(_("Say why: editors of affiliates will ask."))
    if len(reason) > longest:
        raise EditionError(_("The reason is too long. Say it in one sentence."))


class ProtectSnippet(OfShared):
    """Nobody adapts it any more. Copies go off line, every word of theirs is kept in them and in the receipt.

    It holds at once: what is shared is shown by reference, so there is nothing to wait for. Where it is protected already, the
    reason is renewed.
    """

    permission = PROTECT

    def __init__(self, snippet: LibrarySnippet, reason: str, *, user: Any = None):
        super().__init__(snippet, user=user)
        self.reason = reason.strip()
        self.refusal = _("You may not protect national content. Ask your network manager.")

    def copies(self) -> list[LibrarySnippet]:
        """The copies that stand in now, of all languages."""
        return [copy for row in self.languages() for copy in copies_of(row)]

    @transaction.atomic
    def execute(self) -> Protection:
        self.check()
        check_reason(self.reason, Protection._meta.get_field("reason").max_length)
        rows = self.languages(locked=True)
        key = self.snippet.translation_key
        mark = protection_of(self.snippet) or Protection(source_key=key, path=[])
        mark.reason, mark.created_by = self.reason, self.user
        mark.save()
        log(self.snippet, "editions.protect", user=self.user, data={"path": [], "reason": self.reason})
        found = []
        for row in rows:
            if copies := list(copies_of(row)):
                version = version_of(row, self.user)
                found.append((row, steps_for(copies, version.content, protected=True), version))
        title = _("Protected: %(name)s") % {"name": self.snippet}
        tell(found, title=title, note=self.reason, user=self.user)
        return mark


class UnprotectSnippet(OfShared):
    """Copies that stood in before stand in again, and catch up with what national has changed since."""

    permission = PROTECT

    def __init__(self, snippet: LibrarySnippet, *, user: Any = None):
        super().__init__(snippet, user=user)
        self.refusal = _("You may not protect national content. Ask your network manager.")

    @transaction.atomic
    def execute(self) -> Release | None:
        self.check()
        rows = self.languages(locked=True)
        mark = protection_of(self.snippet)
        if mark is None:
            raise EditionError(_("“%(name)s” is not protected.") % {"name": self.snippet})
        if withdrawal_of(self.snippet) is not None:
            raise EditionError(_("It is withdrawn from all sites. Put it back first."))
        forced = stood_down(mark)
        back = {receipt["copy"] for receipt in forced.values_list("receipt", flat=True)}
        forced.filter(notified_at=None).update(notified_at=timezone.now())
        mark.delete()
        log(self.snippet, "editions.unprotect", user=self.user, data={"path": [], "reason": mark.reason})
        found = []
        for row in rows:
            copies = type(row)._base_manager.filter(adapts=row, pk__in=back, live=False)
            for copy in copies:
                put_on_line(copy)
            if copies := [copy for copy in copies_of(row) if copy.pk in back]:
                version = version_of(row, self.user)
                found.append((row, steps_for(copies, version.content), version))
        return tell(found, title=_("Free again: %(name)s") % {"name": self.snippet}, user=self.user)


def stood_down(mark: Protection) -> QuerySet[Update]:
    """What says which copies this protection took off line, and keeps their words."""
    return Update.objects.filter(
        version__source_id=None,
        version__source_key=mark.source_key,
        outcome=Update.Outcome.FORCED,
        created_at__gte=mark.created_at,
    )


def told(copy: LibrarySnippet) -> None:
    """Somebody of the affiliate has seen that national protects what the copy adapts: it is said once."""
    forced = Update.objects.filter(
        site=copy.owner.site_id, outcome=Update.Outcome.FORCED, notified_at=None, version__source_id=None
    )
    forced.filter(version__source_key=copy.adapts.translation_key).update(notified_at=timezone.now())


def tell(
    found: Iterable[tuple[LibrarySnippet, list[CopyStep], Version]],
    *,
    title: str,
    note: str = "",
    user: Any = None,
) -> Release | None:
    """The receipt of what happens to copies: one release for all languages. None where there are none."""
    found = list(found)
    if not found:
        return None
    release = record([version for _row, _steps, version in found], title=title, note=note, user=user)
    for row, steps, version in found:
        write(release, version, steps, [], reach_of([row]))
    return release
