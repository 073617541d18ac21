from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from editions import leaves
from editions.actions.errors import EditionError
from editions.actions.local_change import change_page, check_may_edit, locked_edition
from editions.actions.merge_up import settle_moot
from editions.conflicts import Kind
from editions.models import Conflict, Version
from editions.off_line import put_back, take_off
from editions.streams import MISSING, is_block


@dataclass(frozen=True)
class Decision:
    """What an editor chose for one conflict. ``value`` is the third text (raw, as the leaf's own value) for ``edit``."""

    choice: Conflict.Decision
    value: Any = MISSING


class SettleConflicts:
    """Settles some open conflicts of one page, and publishes the result or saves it as a draft."""

    def __init__(self, page: Page, decisions: dict[int, Decision], *, user=None, publish: bool = True):
        self.page, self.decisions, self.user, self.publish = page, decisions, user, publish

    def check(self) -> None:
        check_may_edit(self.page, self.user, publish=self.publish)
        if not self.decisions:
            raise EditionError(_("Choose what to do for at least one of the places."))
        taken = [pk for pk, each in self.decisions.items() if each.choice == Conflict.Decision.TAKE]
        asked = Conflict.objects.filter(pk__in=taken)
        if not self.publish and any(conflict.about_page for conflict in asked):
            raise EditionError(
                _("A page cannot be taken off line as a draft. Someone who may publish it has to decide.")
            )

    @transaction.atomic
    def execute(self) -> list[Conflict]:
        """Raises EditionError where a conflict was settled in the meantime; then nothing is written."""
        self.check()
        edition = locked_edition(self.page)
        conflicts = list(edition.conflicts.open().filter(pk__in=self.decisions))
        if len(conflicts) != len(self.decisions):
            raise EditionError(
                _("One of these places has been settled in the meantime. Reload the page and look again.")
            )
        remember_local(self.page, conflicts)
        changing = [
            each
            for each in conflicts
            if self.decisions[each.pk].choice != Conflict.Decision.KEEP
            and each.kind != Kind.PROTECTED
            and not each.about_page
        ]
        off = [
            each
            for each in conflicts
            if each.about_page and self.decisions[each.pk].choice == Conflict.Decision.TAKE
        ]
        if changing:
            taken = {each.place for each in changing}
            change_page(
                self.page,
                lambda content: self.changed(content, changing),
                user=self.user,
                action="editions.settle",
                publish=self.publish,
                unkeep=lambda path: any(path[: len(place)] == place for place in taken),
            )
        else:
            log_only(self.page, "editions.settle", self.user)
        if off:
            take_off([self.page.pk])
        for conflict in conflicts:
            conflict.decision = self.decisions[conflict.pk].choice
            conflict.settled_at, conflict.settled_by = timezone.now(), self.user
            conflict.save()
        return conflicts

    def changed(self, content: dict, conflicts) -> dict:
        for conflict in conflicts:
            decision = self.decisions[conflict.pk]
            content = put_at(content, conflict, chosen(conflict, decision))
        return content


def remember_local(page: Page, conflicts) -> None:
    """Keep in the record what is here now, so that every decision can be taken back."""
    content = page.specific_class.objects.get(pk=page.pk).get_content()
    for conflict in conflicts:
        if conflict.about_page:
            continue
        if conflict.kind == Kind.PROTECTED:
            # What is kept there stood on the page before national's words did.
            continue
        here = leaves.get(content, conflict.place)
        conflict.sides.pop("local", None)
        if here is not MISSING:
            conflict.sides["local"] = here


def chosen(conflict: Conflict, decision: Decision):
    """What shall stand at the place of the conflict: a whole block at a block's own path."""
    if decision.choice == Conflict.Decision.TAKE:
        return conflict.national
    for side in (conflict.local, conflict.national, conflict.base):
        if is_block(side):
            return {**side, "value": decision.value}
    return decision.value


def put_at(content: dict, conflict: Conflict, value) -> dict:
    try:
        return leaves.put(content, conflict.place, value, order=national_stream(conflict))
    except KeyError:
        raise EditionError(
            _(
                "The place of one of these conflicts has been removed from the page. Reload the page and look again."
            )
        ) from None


def national_stream(conflict: Conflict) -> list | None:
    """The national stream in which the conflict's block stood last, to put it back at its place."""
    for version in Version.objects.filter(
        source_id=conflict.version.source_id, number__lte=conflict.version.number
    ).order_by("-number"):
        if leaves.get(version.content, conflict.place) is not MISSING:
            stream = leaves.get(version.content, conflict.place[:-1])
            if isinstance(stream, dict):
                stream = stream.get("value")
            return stream if isinstance(stream, list) else None
    return None


def log_only(page: Page, action: str, user) -> None:
    from wagtail.log_actions import log

    log(page.specific, action, user=user, content_changed=False)


class Reopen:
    """Takes a decision back: the text that was here stands again, and the conflict is open."""

    def __init__(self, conflict: Conflict, *, user=None, publish: bool = True):
        self.conflict, self.user, self.publish = conflict, user, publish

    def check(self) -> None:
        if self.conflict.edition.page is None:
            raise EditionError(_("The page is hidden here."))
        about_page = self.conflict.about_page
        check_may_edit(self.conflict.edition.page, self.user, publish=self.publish or about_page)
        if about_page and not self.conflict.edition.base.gone:
            raise EditionError(_("National has put its page on line again. There is nothing to decide."))
        if self.conflict.settled_at is None:
            raise EditionError(_("This place is still open."))
        if self.conflict.edition.conflicts.open().filter(path=self.conflict.path).exists():
            raise EditionError(_("National has changed this place again. Settle the newer question instead."))

    @transaction.atomic
    def execute(self) -> Conflict:
        self.check()
        conflict = self.conflict
        edition = locked_edition(conflict.edition.page)
        conflict.refresh_from_db(fields=["settled_at", "decision", "sides"])
        self.check()
        if conflict.about_page:
            put_back([conflict.edition.page_id])
            log_only(conflict.edition.page, "editions.reopen", self.user)
        elif conflict.kind != Kind.PROTECTED and conflict.decision in (
            Conflict.Decision.TAKE,
            Conflict.Decision.EDIT,
        ):
            change_page(
                conflict.edition.page,
                lambda content: put_at(content, conflict, conflict.local),
                user=self.user,
                action="editions.reopen",
                publish=self.publish,
            )
        else:
            log_only(conflict.edition.page, "editions.reopen", self.user)
        conflict.settled_at = conflict.settled_by = None
        conflict.decision = ""
        conflict.save()
        # National may have gone on since it was settled.
        settle_moot(edition, edition.page.specific)
        conflict.refresh_from_db()
        return conflict
