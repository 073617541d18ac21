from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from editions import leaves
from editions.actions.errors import EditionError
from editions.actions.local_change import change_page, check_may_edit, locked_edition
from editions.actions.settle import remember_local
from editions.models import Conflict
from editions.streams import MISSING, Path


class FollowAgain:
    """Gives a place of an edition back to national: its words stand there, and its later changes arrive by themselves.

    ``path`` is a field, a block (one that is hidden here is shown again at its place) or a place in a block; ``()`` is
    the whole page, whose own additions then go. The local text stays in the page's history.
    """

    def __init__(self, page: Page, path: Path, *, user=None, publish: bool = True):
        self.page, self.path, self.user, self.publish = page, tuple(path), user, publish

    def check(self) -> None:
        check_may_edit(self.page, self.user, publish=self.publish)

    @transaction.atomic
    def execute(self) -> Page:
        """Raises EditionError where national has nothing at the path."""
        self.check()
        edition = locked_edition(self.page)
        national = edition.base.content
        value = leaves.get(national, self.path) if self.path else national
        if value is MISSING:
            raise EditionError(_("National has no text at this place: it is your own."))
        was_hidden = self.path and leaves.get(self.page.specific.get_content(), self.path) is MISSING
        # Settled first: once national's words stand, there would be no decision left to take back.
        settled = [conflict for conflict in edition.conflicts.open() if self.covers(conflict.place)]
        remember_local(self.page, settled)
        for conflict in settled:
            conflict.decision, conflict.settled_by = Conflict.Decision.TAKE, self.user
            conflict.settled_at = timezone.now()
            conflict.save()
        return change_page(
            self.page,
            lambda content: self.followed(content, national),
            user=self.user,
            action="editions.show" if was_hidden else "editions.follow",
            publish=self.publish,
            unkeep=self.covers,
        )

    def covers(self, path: Path) -> bool:
        return path[: len(self.path)] == self.path

    def followed(self, content: dict, national: dict) -> dict:
        if not self.path:
            return dict(national)
        order = leaves.get(national, self.path[:-1]) if len(self.path) > 1 else None
        if isinstance(order, dict):
            order = order.get("value")
        try:
            return leaves.put(
                content,
                self.path,
                leaves.get(national, self.path),
                order=order if isinstance(order, list) else None,
            )
        except KeyError:
            raise EditionError(
                _("The block that this place stood in is hidden. Show it again first.")
            ) from None
