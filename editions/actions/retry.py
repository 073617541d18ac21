from django.db import transaction
from django.utils.translation import gettext as _

from editions.actions.errors import EditionError, NotAllowed
from editions.models import Release, Update


class RetryFailed:
    """Forgets the failures of a release, so that carrying it out again tries those pages again. Others are
    not touched."""

    def __init__(self, release: Release, *, user=None):
        self.release, self.user = release, user

    def check(self) -> None:
        if self.user is not None and not self.user.has_perm("editions.send_release"):
            raise NotAllowed(_("You may not send updates to affiliates. Ask your network manager."))
        if not self.release.updates.filter(outcome=Update.Outcome.FAILED).exists():
            raise EditionError(_("Nothing failed in this release."))

    @transaction.atomic
    def execute(self) -> Release:
        self.check()
        self.release.updates.filter(outcome=Update.Outcome.FAILED).delete()
        self.release.state, self.release.finished_at = Release.State.QUEUED, None
        self.release.save(update_fields=["state", "finished_at"])
        return self.release
