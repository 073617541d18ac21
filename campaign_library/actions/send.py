"""Publishing what national shares is sending it: one way for every door that publishes, with a plan, a receipt and a way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.permissions import policy_registry

from editions.access import SEND
from editions.actions.errors import EditionError, NotAllowed
from editions.models import Release, Version
from editions.network.models import Affiliate
from editions.protecting import marks_of
from editions.streams import same

from ..adapted import content_of
from ..following import CopyStep, copies_of, steps_for
from ..models.base import LibrarySnippet
from ..sharing import Reach, reach_of, withdrawal_of
from .receipt import record, write


@dataclass(frozen=True)
class SnippetPlan:
    """What publishing would do, before anything is written. ``before`` is what readers see now, None where they see nothing."""

    snippet: LibrarySnippet
    before: Mapping[str, Any] | None
    content: Mapping[str, Any]
    affiliates: Sequence[Affiliate]
    reach: Reach = field(default_factory=Reach)
    steps: Sequence[CopyStep] = ()

    @property
    def changed(self) -> list[str]:
        """The fields that say something else than before."""
        before = self.before or {}
        return [name for name, value in self.content.items() if not same(before.get(name), value)]


def may_send_snippet(user: Any, model: type[LibrarySnippet]) -> bool:
    return user.has_perm(SEND) and policy_registry.get_by_type(model).user_has_permission(user, "publish")


def check_may_send(snippet: LibrarySnippet, user: Any) -> None:
    """Raises NotAllowed without the permission, EditionError while it is withdrawn."""
    if user is not None and not may_send_snippet(user, type(snippet)):
        raise NotAllowed(
            _(
                "What national shares is published by those who may send to affiliates. Ask your network manager."
            )
        )
    withdrawal = withdrawal_of(snippet)
    if withdrawal is not None:
        raise EditionError(_("It is withdrawn from all sites: %(reason)s") % {"reason": withdrawal.reason})


def affiliates_shown(snippet: LibrarySnippet) -> list[Affiliate]:
    """Those whose site shows what national shares in this language. One statement."""
    language = snippet.locale.language_code
    active = Affiliate.objects.active().select_related("site").order_by("name", "pk")
    return [affiliate for affiliate in active if affiliate.offers(language)]


def plan_of(snippet: LibrarySnippet, content: Mapping[str, Any]) -> SnippetPlan:
    """What ``content`` would do in the place of what ``snippet`` says now. A fixed number of statements, and what reading the
    copies costs."""
    row = type(snippet)._base_manager.select_related("locale").get(pk=snippet.pk)
    return SnippetPlan(
        snippet=row,
        before=content_of(row) if row.live else None,
        content=content,
        affiliates=affiliates_shown(row),
        reach=reach_of([row]),
        steps=steps_for(copies_of(row), content),
    )


class SendSnippet:
    """Publishes ``revision`` of a snippet that national shares: on all sites at once, as they show it by reference.

    The copies of affiliates follow by the merge. ``user`` None is the system (a schedule, a command). ``how`` is handed on to
    Wagtail's own publishing. A revision whose time has not come is only scheduled: it is sent when Wagtail publishes it.
    ``undoes`` and ``again``: the release that this one takes back, and the version that comes back.
    """

    def __init__(
        self,
        revision: Revision,
        *,
        user: Any = None,
        note: str = "",
        undoes: Release | None = None,
        again: Version | None = None,
        **how: Any,
    ):
        self.revision, self.user, self.note, self.undoes, self.again = (
            revision,
            user,
            note.strip(),
            undoes,
            again,
        )
        # Asked by this action itself, whoever calls.
        how.pop("skip_permission_checks", None)
        self.how = how

    @cached_property
    def draft(self) -> LibrarySnippet:
        return self.revision.as_object()

    @property
    def is_for_later(self) -> bool:
        at = self.draft.go_live_at
        return at is not None and at > timezone.now()

    def check(self) -> None:
        check_may_send(self.draft, self.user)

    def plan(self) -> SnippetPlan:
        self.check()
        return plan_of(self.draft, content_of(self.draft))

    @transaction.atomic
    def execute(self) -> Release | None:
        """The release; None where it is only scheduled, says nothing new, or is new and concerns nobody yet."""
        self.check()
        model = type(self.draft)
        row = model._base_manager.select_for_update(of=("self",)).get(pk=self.draft.pk)
        before = None if self.is_for_later else newest_version(row)
        if self.is_for_later:
            keep_on_line(row)
        # Read again: the row that it was read with may be an older one.
        revision = Revision.objects.get(pk=self.revision.pk)
        PublishRevisionAction(revision, user=self.user, **self.how).execute(skip_permission_checks=True)
        if self.is_for_later:
            log(row, "editions.schedule", user=self.user, data={"at": self.draft.go_live_at.isoformat()})
            return None
        row = model._base_manager.select_related("locale").get(pk=row.pk)
        version = self.again or version_of(row, self.author)
        if before is not None and before.pk == version.pk:
            return None
        plan = plan_of(row, version.content)
        if before is None and not plan.reach.pages and not plan.steps:
            return None
        release = record([version], title=str(row), note=self.note, user=self.author, undoes=self.undoes)
        write(release, version, plan.steps, [each.site for each in plan.affiliates], plan.reach)
        log(row, "editions.send", user=self.user, data={"release": release.pk, "title": release.title})
        return release

    @property
    def author(self) -> Any:
        return self.user or self.revision.user


def keep_on_line(row: LibrarySnippet) -> None:
    """Wagtail takes what is on line without a revision of its own off line when a change of it is scheduled."""
    if not row.live or row.live_revision_id is not None:
        return
    newest = row.latest_revision
    row.live_revision = row.save_revision(changed=False, clean=False)
    if newest is not None:
        # Older than all drafts.
        Revision.objects.filter(pk=row.live_revision.pk).update(
            created_at=newest.created_at - timezone.timedelta(seconds=1)
        )
        row.latest_revision = newest
    row.save(update_fields=["live_revision", "latest_revision"])


def newest_version(row: LibrarySnippet) -> Version | None:
    """The version that readers see; made where they see something that none says. None for what is off line."""
    return version_of(row) if row.live else None


def version_of(row: LibrarySnippet, user: Any = None) -> Version:
    """The version of what ``row`` says now: the newest in force, or a new one. The row is locked."""
    versions = Version.objects.of_snippet(row)
    content, marks = content_of(row), marks_of(row.translation_key)
    newest = versions.filter(in_force=True).first()
    if newest is not None and same(newest.content, content) and newest.protected == marks:
        return newest
    last = versions.first()
    return Version.objects.create(
        content_type=ContentType.objects.get_for_model(type(row)),
        source_key=row.translation_key,
        locale_id=row.locale_id,
        number=last.number + 1 if last else 1,
        content=content,
        protected=marks,
        slug="",
        created_by=user,
    )
