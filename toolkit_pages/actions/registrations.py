"""What happens to an event that a reader registers: sent in, changed, withdrawn, approved, refused, forgotten."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from editions.actions.errors import EditionError, NotAllowed
from editions.network.models import Affiliate

from ..events import mail, tokens
from ..events.values import as_event
from ..models import EventPage, EventsPage, EventSubmission
from .events import CancelEvent, PostEvent, change

State = EventSubmission.State

#: How many registrations one page takes in an hour, and how many may wait for its people altogether.
HOURLY = 20
WAITING = 200
#: How many events one e-mail address may have waiting on one page.
PER_ADDRESS = 5
#: Days after the event, or after a refusal or withdrawal, for which the submitter's e-mail is kept.
KEPT_AFTER_EVENT = 30
KEPT_AFTER_REFUSAL = 7


class TooMany(EditionError):
    """A flood: nothing is wrong with what was sent, and it may be sent again later."""


@dataclass(frozen=True)
class Submitted:
    """A registration with its edit link's token, which is known only now."""

    submission: EventSubmission
    token: str


class RegisterEvent:
    """Keeps what a reader sent in, and mails the edit link. Counts registrations, never readers: no address is stored."""

    def __init__(self, page: EventsPage, data: Mapping[str, Any], email: str, *, address: str) -> None:
        """``address`` is the absolute address of the page for changes, to which the key is appended."""
        self.page, self.data, self.email, self.address = page, dict(data), email, address

    def check(self) -> None:
        if not self.page.takes_registrations:
            raise EditionError(_("This site takes no registrations at present."))
        here = self.page.submissions.all()
        hour_ago = timezone.now() - datetime.timedelta(hours=1)
        if (
            here.filter(created_at__gt=hour_ago).count() >= HOURLY
            or here.filter(state=State.WAITING).count() >= WAITING
        ):
            raise TooMany(
                _(
                    "Many events are being registered here at this moment. Nothing that you wrote is lost: "
                    "leave this page open, and send it again in an hour."
                )
            )
        if here.filter(email__iexact=self.email, state=State.WAITING).count() >= PER_ADDRESS:
            raise TooMany(
                _(
                    "Several events of this e-mail address are waiting already. "
                    "Send this one when they have been looked at."
                )
            )

    def execute(self) -> Submitted | None:
        """None where the same was sent in already, by a second tap. Raises TooMany, or mail.NotSent: then nothing is kept."""
        submitted = self.keep()
        if submitted is None:
            return None
        try:
            # After the transaction: a slow mail server must not keep others waiting for the database.
            mail.send_registered(submitted.submission, self.page, f"{self.address}?key={submitted.token}")
        except mail.NotSent:
            submitted.submission.delete()
            raise
        log(self.page, "events.register", data={"submission": submitted.submission.pk})
        return submitted

    @transaction.atomic
    def keep(self) -> Submitted | None:
        # Registrations of one page stand in line, so that a flood cannot slip through between counting and keeping.
        EventsPage.objects.select_for_update(of=("self",)).get(pk=self.page.pk)
        mine = self.page.submissions.filter(email__iexact=self.email, state=State.WAITING)
        if any(each.data == self.data for each in mine):
            return None
        self.check()
        token = tokens.new_edit_token()
        last_day, expires = times_of(self.data)
        submission = EventSubmission.objects.create(
            events_page=self.page,
            owner=Affiliate.objects.owning(self.page).first(),
            data=self.data,
            email=self.email,
            token=tokens.digest(token),
            token_expires=expires,
            last_day=last_day,
        )
        return Submitted(submission, token)


def times_of(data: Mapping[str, Any]) -> tuple[datetime.date, datetime.datetime]:
    """The event's last day, and until when its edit link opens: two days after."""
    last_day = as_event(data).when.last_day
    return last_day, datetime.datetime.combine(
        last_day + datetime.timedelta(days=3), datetime.time(), datetime.UTC
    )


def find(page: EventsPage, token: str) -> EventSubmission | None:
    """The registration whose edit link this is, while it opens something."""
    if not tokens.is_ours(token):
        return None
    found = page.submissions.select_related("event", "events_page").filter(token=tokens.digest(token)).first()
    if found is None or not found.is_open or found.token_expires < timezone.now():
        return None
    return found


class ReviseRegistration:
    """The submitter changes what was sent in. Once it is published, the change waits for a person again."""

    def __init__(self, submission: EventSubmission, data: Mapping[str, Any]) -> None:
        self.submission, self.data = submission, dict(data)

    @transaction.atomic
    def execute(self) -> EventSubmission:
        found = EventSubmission.objects.select_for_update(of=("self",)).get(pk=self.submission.pk)
        if not found.is_open:
            raise EditionError(_("This event can no longer be changed here."))
        if found.state == State.WAITING:
            found.data = self.data
        else:
            found.change = self.data if self.data != found.data else None
        last_day, expires = times_of(self.data)
        found.last_day, found.token_expires = max(last_day, found.last_day), max(expires, found.token_expires)
        found.save()
        log(found.events_page, "events.revise", data={"submission": found.pk})
        return found


class WithdrawRegistration:
    """The submitter takes the event back: at once, whoever is at their desk. What was published is cancelled, not hidden,
    so that calendars and whoever has the address learn of it."""

    def __init__(self, submission: EventSubmission) -> None:
        self.submission = submission

    @transaction.atomic
    def execute(self) -> EventSubmission:
        found = EventSubmission.objects.select_for_update(of=("self",)).get(pk=self.submission.pk)
        if not found.is_open:
            raise EditionError(_("This event can no longer be changed here."))
        if found.event is not None and not found.event.is_cancelled:
            CancelEvent(found.event, note=_("Withdrawn by its organiser.")).execute()
        found.state, found.change, found.decided_at = State.WITHDRAWN, None, timezone.now()
        found.save()
        log(found.events_page, "events.withdraw", data={"submission": found.pk})
        return found


class Decision:
    """A person of the site decides about a registration."""

    def __init__(self, submission: EventSubmission, *, user: Any) -> None:
        self.submission, self.user = submission, user

    def check(self) -> None:
        """Raises NotAllowed for whoever is not of the organisation, or may not publish there."""
        theirs = EventSubmission.objects.visible_to(self.user).filter(pk=self.submission.pk).exists()
        if (
            not theirs
            or not self.submission.events_page.permissions_for_user(self.user).can_publish_subpage()
        ):
            raise NotAllowed(_("You may not decide about events of this site."))

    def locked(self) -> EventSubmission:
        """The row, locked. Raises EditionError where somebody has decided meanwhile."""
        found = (
            EventSubmission.objects.select_for_update(of=("self",))
            .select_related("events_page", "event")
            .get(pk=self.submission.pk)
        )
        if not found.waits:
            raise EditionError(_("Somebody has decided about this event already."))
        return found

    def decided(self, found: EventSubmission, action: str) -> EventSubmission:
        found.decided_by, found.decided_at = self.user, timezone.now()
        found.save()
        log(found.event or found.events_page, action, user=self.user, data={"submission": found.pk})
        return found


class ApproveRegistration(Decision):
    """Publishes the event, or the change of it that waits, and tells the submitter.

    ``seen`` is the fingerprint of what the person looked at: what was changed since is not published unseen.
    """

    def __init__(self, submission: EventSubmission, *, user: Any, seen: str = "") -> None:
        super().__init__(submission, user=user)
        self.seen = seen or submission.fingerprint

    def execute(self) -> EventSubmission:
        self.check()
        found = self.approve()
        mail.send_approved(found, found.events_page)
        return found

    @transaction.atomic
    def approve(self) -> EventSubmission:
        found = self.locked()
        if found.fingerprint != self.seen:
            raise EditionError(_("The event was changed while you looked at it. Look once more."))
        if found.state == State.WAITING:
            found.event = PostEvent(found.events_page, found.data, user=self.user).execute()
            found.state = State.APPROVED
        else:
            self.take_change(found)
        return self.decided(found, "events.approve")

    def take_change(self, found: EventSubmission) -> None:
        from ..events.values import as_fields

        if found.event is None:
            raise EditionError(_("The event has been deleted. Refuse the change, or post the event anew."))
        old = as_fields(found.data)
        # Only what the submitter has changed: what you have mended meanwhile stays.
        changed = {name: value for name, value in as_fields(found.change).items() if value != old.get(name)}
        change(EventPage.objects.get(pk=found.event.pk), changed, self.user)
        found.data, found.change = found.change, None


class RefuseRegistration(Decision):
    """Does not publish the event, or the change of it, and tells the submitter why."""

    def __init__(self, submission: EventSubmission, reason: str, *, user: Any) -> None:
        super().__init__(submission, user=user)
        self.reason = reason.strip()

    def execute(self) -> EventSubmission:
        """Raises mail.NotSent where the reason reaches nobody: then nothing is decided."""
        self.check()
        if not self.reason:
            raise EditionError(_("Say why: whoever registered the event gets an answer."))
        found, before = self.refuse()
        try:
            mail.send_refused(found, found.events_page, is_change=before["state"] == State.APPROVED)
        except mail.NotSent:
            EventSubmission.objects.filter(pk=found.pk).update(**before)
            raise
        log(
            found.event or found.events_page,
            "events.refuse",
            user=self.user,
            data={"submission": found.pk, "reason": self.reason},
        )
        return found

    @transaction.atomic
    def refuse(self) -> tuple[EventSubmission, dict[str, Any]]:
        """The refused registration, and what it was before."""
        found = self.locked()
        names = ("state", "change", "reason", "decided_at", "decided_by_id")
        before = {name: getattr(found, name) for name in names}
        if found.state == State.APPROVED:
            found.change = None
        else:
            found.state = State.REFUSED
        found.reason, found.decided_by, found.decided_at = self.reason, self.user, timezone.now()
        found.save()
        return found, before


class ForgetSubmitters:
    """Empties the e-mail addresses that are no longer needed, and with them the edit links.

    They are needed until thirty days after the event's last day (somebody may ask what happened to it), and until seven
    days after a refusal or a withdrawal.
    """

    def __init__(self, now: datetime.datetime | None = None) -> None:
        self.now = now or timezone.now()

    def due(self):
        over = Q(last_day__lt=self.now.date() - datetime.timedelta(days=KEPT_AFTER_EVENT))
        closed = Q(
            state__in=(State.REFUSED, State.WITHDRAWN),
            decided_at__lt=self.now - datetime.timedelta(days=KEPT_AFTER_REFUSAL),
        )
        return EventSubmission.objects.exclude(email="").filter(over | closed)

    @transaction.atomic
    def execute(self) -> int:
        """How many were forgotten."""
        return self.due().update(email="", token="")
