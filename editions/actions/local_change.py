"""How the engine changes an edition on an editor's behalf: the same place in what readers see and in an unpublished draft."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from editions.actions.errors import EditionError, NotAllowed
from editions.actions.merge_up import settle_moot
from editions.models import Edition

Change = Callable[[dict], dict]


def check_may_edit(page: Page, user, *, publish: bool) -> None:
    """Raises NotAllowed for a user who may not edit (with ``publish``: publish) the page. None is the engine itself."""
    if user is None:
        return
    permissions = page.permissions_for_user(user)
    if not permissions.can_edit():
        raise NotAllowed(_("You may not edit “%(page)s”.") % {"page": page.title})
    if publish and not permissions.can_publish():
        raise NotAllowed(
            _("You may not publish “%(page)s”. Save a draft and send it to your moderator.")
            % {"page": page.title}
        )


def locked_edition(page: Page) -> Edition:
    """The edition of ``page``, locked until the transaction ends. Raises EditionError where it follows nothing."""
    # In two statements, as in ``editions.loading.locked_editions``.
    list(Edition.objects.select_for_update().filter(page_id=page.pk).values_list("pk"))
    edition = Edition.objects.select_related("base").filter(page_id=page.pk).first()
    if edition is None:
        raise EditionError(_("“%(page)s” does not follow a national page.") % {"page": page.title})
    return edition


def change_page(
    page: Page, change: Change, *, user, action: str, publish: bool = True, unkeep: Callable | None = None
) -> Page:
    """Apply ``change`` (raw content to raw content) to ``page`` and save it, with one entry ``action`` in the audit log.

    With ``publish``, readers see it at once, and a draft that somebody is working on gets the same change and stays a draft.
    Without, only the draft changes. ``unkeep`` tells which kept paths to drop. Runs inside the caller's transaction.
    """
    page = page.specific_class.objects.get(pk=page.pk)
    draft = page.get_latest_revision_as_object() if page.has_unpublished_changes else None
    scheduled = page.scheduled_revision
    apart = scheduled is not None and scheduled.pk != page.latest_revision_id
    if draft is not None:
        _apply(draft, change, unkeep)
    if publish and page.live:
        _apply(page, change, unkeep)
        revision = page.save_revision(user=user, log_action=action, clean=False)
        publishing = PublishPageRevisionAction(revision, user=user, log_action=False)
        # Between the two saves the page looks as if nobody were working on a draft; what is left to ask is seen after both.
        publishing.object._questions_stay = True
        publishing.execute(skip_permission_checks=True)
        # Publishing forgets what was scheduled; it stays so, with the same change.
        if apart:
            later = scheduled.as_object()
            _apply(later, change, unkeep)
            later.save_revision(user=user, clean=False, approved_go_live_at=scheduled.approved_go_live_at)
        if draft is not None:
            when = None if scheduled is None or apart else scheduled.approved_go_live_at
            draft.save_revision(user=user, clean=False, approved_go_live_at=when)
    else:
        target = draft or page
        if draft is None:
            _apply(page, change, unkeep)
        target.save_revision(user=user, log_action=action, clean=False)
    page = page.specific_class.objects.get(pk=page.pk)
    settle_moot(page.edition, page)
    return page


def _apply(page: Page, change: Change, unkeep: Callable | None) -> None:
    page.set_content(change(page.get_content()))
    if unkeep is not None:
        page.kept_paths = {path for path in page.kept_paths if not unkeep(path)}
