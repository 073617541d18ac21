"""What national protects on its pages. It reaches editions with the next version that is sent."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from editions import leaves
from editions.access import PROTECT
from editions.actions.errors import EditionError, NotAllowed
from editions.content import content_fields
from editions.models import EditionMixin, Protection
from editions.national import is_national
from editions.streams import MISSING, Path


def check_may_protect(page: Page, user) -> None:
    """Raises NotAllowed without the permission, EditionError for a page that is not national's."""
    if user is not None and not user.has_perm(PROTECT):
        raise NotAllowed(_("You may not protect national content. Ask your network manager."))
    if not isinstance(page, EditionMixin) or page.base_version is not None or not is_national(page):
        raise EditionError(_("“%(page)s” is not a national toolkit page.") % {"page": page.title})


class Protect:
    """Marks a page (``()``), a field or a block as not to be changed by affiliates, with a reason that they read.
    A place that is marked already gets the new reason."""

    def __init__(self, page: Page, path: Path, reason: str, *, user=None):
        self.page, self.path, self.reason, self.user = page.specific, tuple(path), reason.strip(), user

    def check(self) -> None:
        check_may_protect(self.page, self.user)
        if not self.reason:
            raise EditionError(_("Say why: editors of affiliates read the reason where they may not write."))
        if len(self.reason) > Protection._meta.get_field("reason").max_length:
            raise EditionError(_("The reason is too long. Say it in one sentence."))
        if not self.path:
            return
        contents = [self.page.get_content(), self.page.get_latest_revision_as_object().get_content()]
        known = self.path[0] in content_fields(type(self.page))
        if not known or all(leaves.get(content, self.path) is MISSING for content in contents):
            raise EditionError(_("There is nothing at this place of the page any more. Choose again."))

    @transaction.atomic
    def execute(self) -> Protection:
        self.check()
        # Two who mark the same place at once: the second waits here.
        list(Page.objects.select_for_update(no_key=True).filter(pk=self.page.pk).values_list("pk"))
        marks = Protection.objects.filter(source_key=self.page.translation_key)
        mark = next((each for each in marks if each.place == self.path), None)
        mark = mark or Protection(source_key=self.page.translation_key, path=list(self.path))
        mark.reason, mark.created_by = self.reason, self.user
        mark.save()
        log(
            self.page,
            "editions.protect",
            user=self.user,
            data={"path": list(self.path), "reason": self.reason},
        )
        return mark


class Unprotect:
    """Takes a mark off."""

    def __init__(self, page: Page, mark: Protection, *, user=None):
        self.page, self.mark, self.user = page.specific, mark, user

    def check(self) -> None:
        check_may_protect(self.page, self.user)
        if self.mark.source_key != self.page.translation_key:
            raise EditionError(_("This mark belongs to another page."))

    @transaction.atomic
    def execute(self) -> None:
        self.check()
        log(
            self.page,
            "editions.unprotect",
            user=self.user,
            data={"path": self.mark.path, "reason": self.mark.reason},
        )
        self.mark.delete()
