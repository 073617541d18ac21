"""Takes a release back: the version before each of its own is sent through the same merge (law 8)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Site

from editions.actions.adding import reasons
from editions.actions.errors import EditionError, NotAllowed
from editions.actions.send import PagePlan
from editions.loading import rows_of, target_of
from editions.models import Edition, Release, ReleaseItem, Version
from editions.plan import decide


class UndoRelease:
    """Sends, to all sites of a release or to some of them, the version that each page had before it.

    What affiliates have written stands, as in any sending. An edition that has been sent something newer since is left alone, and
    so is a page that the release added: there is nothing before it (``added``).
    """

    def __init__(self, release: Release, sites: Sequence[Site] | None = None, *, note: str = "", user=None):
        self.release, self.note, self.user = release, note.strip(), user
        self.chosen = None if sites is None else list(sites)

    @cached_property
    def sites(self) -> list[Site]:
        of_release = list(self.release.sites.order_by("site_name", "hostname"))
        if self.chosen is None:
            return of_release
        ids = {site.pk for site in self.chosen}
        return [site for site in of_release if site.pk in ids]

    @cached_property
    def pairs(self) -> list[tuple[Version, Version | None]]:
        """Each version of the release, and the one before it."""
        versions = Version.objects.filter(items__release=self.release).select_related(
            "content_type", "locale"
        )
        return [(version, before(version)) for version in versions.order_by("pk")]

    @property
    def added(self) -> list[Version]:
        return [version for version, earlier in self.pairs if earlier is None]

    def check(self) -> None:
        """Raises NotAllowed without the permission to send, EditionError where there is nothing to take back."""
        if self.user is not None and not self.user.has_perm("editions.send_release"):
            raise NotAllowed(_("You may not send updates to affiliates. Ask your network manager."))
        if self.release.items.filter(version__source_id=None).exists():
            raise EditionError(_("This release is of a shared snippet. Take it back from its own screen."))
        if self.release.undoes_id is not None:
            raise EditionError(
                _("This release took another one back. To have that again, send its pages again.")
            )
        if self.release.state != Release.State.DONE:
            raise EditionError(_("This release is not done. Wait until it is, or cancel it."))
        if not self.sites:
            raise EditionError(_("Choose an affiliate that this release was sent to."))
        sent = [version.pk for version, earlier in self.pairs if earlier is not None]
        if not Edition.objects.filter(sent__in=sent, site__in=self.sites).exists():
            raise EditionError(
                _(
                    "There is nothing to take back: these affiliates have been sent something newer, or new pages only."
                )
            )

    def plan(self) -> list[PagePlan]:
        """What would be done, by the function that the worker uses; nothing is written."""
        self.check()
        return [self.plan_of(*pair) for pair in self.pairs if pair[1] is not None]

    def plan_of(self, undone: Version, earlier: Version) -> PagePlan:
        page = Page.objects.filter(pk=undone.source_id).first()
        page = page.specific if page else undone.model(title=undone.title, locale_id=undone.locale_id)
        plan = PagePlan(page, earlier, undone)
        editions = list(
            Edition.objects.select_related("adoption", "sent")
            .defer("sent__content")
            .filter(source_id=undone.source_id, site__in=self.sites)
        )
        rows, _pages = rows_of(earlier, editions)
        target = target_of(earlier, undoes=undone)
        plan.steps = {row.site_id: decide(row, target) for row in rows}
        rest = [site for site in self.sites if site.pk not in plan.steps]
        plan.skips = {site.pk: reason for site, reason in reasons(earlier, rest).items()}
        return plan

    @transaction.atomic
    def execute(self) -> Release:
        self.check()
        undoing = Release.objects.create(
            title=(_("Taken back: %(release)s") % {"release": self.release.title})[:255],
            note=self.note,
            created_by=self.user,
            undoes=self.release,
        )
        pairs = [(version, earlier) for version, earlier in self.pairs if earlier is not None]
        ReleaseItem.objects.bulk_create(
            [ReleaseItem(release=undoing, version=earlier) for _version, earlier in pairs]
        )
        undoing.sites.set(self.sites)
        for version, _earlier in pairs:
            # Where nobody is left who has it, nobody begins with it either.
            if not Edition.objects.filter(sent=version).exclude(site__in=self.sites).exists():
                Version.objects.filter(pk=version.pk).update(in_force=False)
        for page in Page.objects.filter(pk__in=[version.source_id for version, _earlier in pairs]).specific():
            log(page, "editions.undo", user=self.user, data={"release": self.release.pk, "by": undoing.pk})
        return undoing


def before(version: Version) -> Version | None:
    """The version that was in force before another one of the same page."""
    earlier = Version.objects.filter(source_id=version.source_id, number__lt=version.number, in_force=True)
    return earlier.select_related("content_type", "locale").order_by("-number").first()


class CancelRelease:
    """Calls a scheduled release off, before it begins."""

    def __init__(self, release: Release, *, user=None):
        self.release, self.user = release, user

    def check(self) -> None:
        if self.user is not None and not self.user.has_perm("editions.send_release"):
            raise NotAllowed(_("You may not send updates to affiliates. Ask your network manager."))

    @transaction.atomic
    def execute(self) -> Release:
        """Raises EditionError where it has begun, or was never scheduled."""
        self.check()
        scheduled = Release.objects.filter(pk=self.release.pk, state=Release.State.SCHEDULED)
        if not scheduled.update(state=Release.State.CANCELLED):
            raise EditionError(_("This release does not wait for its time any more."))
        sources = Version.objects.filter(items__release=self.release).values("source_id")
        for page in Page.objects.filter(pk__in=sources).specific():
            log(page, "editions.cancel", user=self.user, data={"release": self.release.pk})
        self.release.refresh_from_db()
        return self.release
