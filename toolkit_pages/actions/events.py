"""What is done to an event in one step: post, duplicate, postpone, cancel. Each writes one entry in the audit log."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from editions.actions.errors import EditionError, NotAllowed

from ..events.kinds import Status
from ..events.values import put
from ..events.when import When, same_weekday_from
from ..events.zones import words_of
from ..models import EventPage, EventsPage


def free_slug(parent: Page, title: str) -> str:
    """A slug of ``title`` that no page beneath ``parent`` has."""
    wanted = slugify(title)[:80].strip("-") or "event"
    taken = set(Page.objects.child_of(parent).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


class PostEvent:
    """Publishes a new event beneath an events page. ``data`` are fields of an event in JSON (`events.values`)."""

    def __init__(self, parent: EventsPage, data: Mapping[str, Any], *, user: Any = None) -> None:
        self.parent, self.data, self.user = parent, data, user

    def check(self) -> None:
        if self.user is None:
            return
        permissions = self.parent.permissions_for_user(self.user)
        if not (permissions.can_add_subpage() and permissions.can_publish_subpage()):
            raise NotAllowed(_("You may not post events here."))

    @transaction.atomic
    def execute(self) -> EventPage:
        self.check()
        # Two who post at once stand in line: the tree and the slug are read under this lock.
        parent = EventsPage.objects.select_for_update(of=("self",)).get(pk=self.parent.pk)
        event = EventPage(locale=parent.locale, live=False, owner=self.user)
        put(event, self.data)
        event.slug = free_slug(parent, event.title)
        parent.add_child(instance=event)
        publish(event, self.user)
        log(event, "events.post", user=self.user)
        return event


def publish(event: EventPage, user: Any) -> None:
    revision = event.save_revision(user=user, log_action=False)
    revision.publish(user=user, log_action=False, skip_permission_checks=True)
    event.refresh_from_db()


class EventAction:
    """One step on an event that exists. ``user`` None is the system, or the submitter behind an edit link."""

    def __init__(self, event: EventPage, *, user: Any = None) -> None:
        self.event, self.user = event, user

    def check(self) -> None:
        if self.user is None:
            return
        permissions = self.event.permissions_for_user(self.user)
        allowed = permissions.can_publish() if self.event.live else permissions.can_edit()
        if not allowed or permissions.page_locked():
            raise NotAllowed(_("You may not change “%(page)s”.") % {"page": self.event.title})

    def siblings(self) -> list[EventPage]:
        """The event in all languages of its site, itself first: a march is not cancelled in English only."""
        others = EventPage.objects.filter(translation_key=self.event.translation_key).exclude(
            pk=self.event.pk
        )
        return [EventPage.objects.get(pk=self.event.pk), *others]


def change(event: EventPage, fields: Mapping[str, Any], user: Any) -> None:
    """Sets ``fields`` where readers see them, and in a draft that somebody is working on, which stays a draft."""
    draft = event.get_latest_revision_as_object() if event.has_unpublished_changes else None
    for each in filter(None, [event, draft]):
        for name, value in fields.items():
            setattr(each, name, value)
    if event.live:
        publish(event, user)
        if draft is not None:
            draft.save_revision(user=user, log_action=False, clean=False)
    else:
        (draft or event).save_revision(user=user, log_action=False, clean=False)


class CancelEvent(EventAction):
    """The event does not take place. It stays to be read, and calendars show it as cancelled."""

    def __init__(self, event: EventPage, *, note: str = "", user: Any = None) -> None:
        super().__init__(event, user=user)
        self.note = note

    @transaction.atomic
    def execute(self) -> EventPage:
        self.check()
        if self.event.is_cancelled:
            raise EditionError(_("“%(page)s” is cancelled already.") % {"page": self.event.title})
        for each in self.siblings():
            change(each, {"status": Status.CANCELLED, "status_note": self.note}, self.user)
        log(self.event, "events.cancel", user=self.user, data={"note": self.note})
        self.event.refresh_from_db()
        return self.event


class PostponeEvent(EventAction):
    """The event moves to another day; without ``when`` it waits for one. What was cancelled takes place again."""

    def __init__(
        self, event: EventPage, when: When | None = None, *, note: str = "", user: Any = None
    ) -> None:
        super().__init__(event, user=user)
        self.when, self.note = when, note

    @transaction.atomic
    def execute(self) -> EventPage:
        """Raises EditionError where the new time cannot be."""
        self.check()
        before = self.event.when.starts.isoformat()
        if self.when is None:
            fields: dict[str, Any] = {"status": Status.POSTPONED, "status_note": self.note}
        else:
            problems = self.when.problems(timezone.now())
            if problems:
                raise EditionError(words_of(problems[0]))
            fields = {
                "status": Status.SCHEDULED,
                "status_note": self.note,
                "moved_from": self.moved_from(self.when),
                "date": self.when.date,
                "start_time": self.when.start_time,
                "end_date": self.when.end_date,
                "end_time": self.when.end_time,
                "time_zone": self.when.zone,
            }
        for each in self.siblings():
            change(each, fields, self.user)
        self.event.refresh_from_db()
        after = self.event.when.starts.isoformat() if self.when else ""
        log(self.event, "events.postpone", user=self.user, data={"before": before, "after": after})
        return self.event

    def moved_from(self, new: When) -> datetime.datetime | None:
        """The day that people have in mind: the first one they were told. None where it is that day again."""
        told = self.event.moved_from or self.event.when.starts
        return None if told == new.starts else told


class DuplicateEvent(EventAction):
    """A draft of the same event, whole weeks later: the next such weekday that is still to come."""

    def check(self) -> None:
        if self.user is None:
            return
        if not self.event.permissions_for_user(self.user).can_edit():
            raise NotAllowed(_("You may not copy “%(page)s”.") % {"page": self.event.title})
        if not self.event.get_parent().permissions_for_user(self.user).can_add_subpage():
            raise NotAllowed(_("You may not post events here."))

    @transaction.atomic
    def execute(self) -> EventPage:
        self.check()
        parent = EventsPage.objects.select_for_update(of=("self",)).get(pk=self.event.get_parent().pk)
        today = datetime.datetime.now(self.event.when.tz).date()
        day = same_weekday_from(self.event.date, today)
        later = day - self.event.date
        copied = self.event.copy(
            to=parent,
            update_attrs={
                "slug": free_slug(parent, self.event.title),
                "date": day,
                "end_date": self.event.end_date and self.event.end_date + later,
                "status": Status.SCHEDULED,
                "status_note": "",
                "moved_from": None,
                "expected": None,
                "attended": None,
            },
            copy_revisions=False,
            keep_live=False,
            user=self.user,
            log_action=None,
        )
        log(copied, "events.duplicate", user=self.user, data={"of": self.event.pk})
        return copied
