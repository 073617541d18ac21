"""Takes a sending of a shared snippet back: the version before it is published again, the same way."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from editions.actions.errors import EditionError
from editions.content import set_content
from editions.models import Release, Version

from ..models.base import LibrarySnippet
from .send import SendSnippet, SnippetPlan, check_may_send, plan_of


class UndoSnippet:
    """Publishes what the snippet said before ``release``, on all sites: copies merge back. A draft that there is stays one."""

    def __init__(self, release: Release, *, note: str = "", user: Any = None):
        self.release, self.note, self.user = release, note.strip(), user

    @cached_property
    def version(self) -> Version:
        items = self.release.items.select_related("version__content_type", "version__locale")
        return items.get(version__source_id=None).version

    @cached_property
    def row(self) -> LibrarySnippet | None:
        found = self.version.model._base_manager.filter(
            translation_key=self.version.source_key, locale=self.version.locale_id
        )
        return found.select_related("locale").first()

    @cached_property
    def earlier(self) -> Version | None:
        versions = Version.objects.of_snippet(self.row).filter(number__lt=self.version.number, in_force=True)
        return versions.select_related("content_type", "locale").first()

    def check(self) -> None:
        """Raises NotAllowed without the permission to send, EditionError where there is nothing to take back."""
        if self.row is None:
            raise EditionError(_("It has been deleted since."))
        check_may_send(self.row, self.user)
        if self.release.undoes_id is not None:
            raise EditionError(_("This release took another one back. To have that again, publish it again."))
        if self.earlier is None:
            raise EditionError(
                _(
                    "It was new with this release: there is nothing before it. To take it off all sites, withdraw it."
                )
            )
        newest = Version.objects.of_snippet(self.row).filter(in_force=True).first()
        if newest != self.version or not self.row.live:
            raise EditionError(_("There is nothing to take back: it has been published or taken off since."))
        if self.earlier.protected != self.version.protected:
            raise EditionError(
                _("Protecting it, or taking the protection off, is taken back where it was done.")
            )

    def plan(self) -> SnippetPlan:
        """What would be done; nothing is written."""
        self.check()
        return plan_of(self.row, self.earlier.content)

    @transaction.atomic
    def execute(self) -> Release:
        model = self.version.model
        if self.row is not None:
            self.row = model._base_manager.select_for_update(of=("self",)).get(pk=self.row.pk)
        self.check()
        row = self.row
        draft = row.get_latest_revision_as_object() if row.has_unpublished_changes else None
        back = model._base_manager.get(pk=row.pk)
        set_content(back, dict(self.earlier.content))
        back.go_live_at = None
        try:
            revision = back.save_revision(user=self.user, log_action=False)
        except ValidationError as error:
            raise EditionError(
                _("What it said before cannot be published any more: %(why)s")
                % {"why": " ".join(error.messages)}
            ) from error
        undoing = SendSnippet(
            revision, user=self.user, note=self.note, undoes=self.release, again=self.earlier
        ).execute()
        Version.objects.filter(pk=self.version.pk).update(in_force=False)
        undoing.title = (_("Taken back: %(release)s") % {"release": self.release.title})[:255]
        undoing.save(update_fields=["title"])
        if draft is not None:
            fresh = model._base_manager.get(pk=row.pk)
            draft.live_revision_id = fresh.live_revision_id
            draft.save_revision(clean=False, log_action=False)
        log(row, "editions.undo", user=self.user, data={"release": self.release.pk, "by": undoing.pk})
        return undoing
