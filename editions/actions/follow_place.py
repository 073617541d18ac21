"""A page that was moved here goes back to where national has it."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from editions.actions.errors import EditionError, NotAllowed
from editions.actions.local_change import check_may_edit, locked_edition
from editions.moving import Move, move_pages
from editions.spots import wanted_place


class FollowPlace:
    """Puts an edition where its base says, with all beneath it; from then on national's moves reach it again."""

    def __init__(self, page: Page, *, user=None):
        self.page, self.user = page, user

    def check(self) -> None:
        check_may_edit(self.page, self.user, publish=True)
        if self.user is not None and not self.page.permissions_for_user(self.user).can_move():
            raise NotAllowed(_("You may not move “%(page)s”.") % {"page": self.page.title})

    @transaction.atomic
    def execute(self) -> Page:
        """Raises EditionError where the page has no such place here."""
        self.check()
        edition = locked_edition(self.page)
        destination, reason = wanted_place(edition)
        if reason is not None:
            raise EditionError(
                _(
                    "The page that it stands beneath nationally is not on your site, or stands beneath this one."
                )
            )
        if destination is not None:
            move_pages([Move(self.page.pk, edition.site_id, destination)])
        edition.moved_here = False
        edition.save(update_fields=["moved_here"])
        page = Page.objects.get(pk=self.page.pk)
        log(page.specific, "editions.follow_place", user=self.user)
        return page
