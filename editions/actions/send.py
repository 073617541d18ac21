from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Site

from editions.actions.adding import places_for, reasons
from editions.actions.apply import ApplyRelease
from editions.actions.errors import EditionError, NotAllowed
from editions.actions.versions import (
    check_gone,
    gone_from,
    is_new,
    live_content,
    make_gone_version,
    make_version,
    unsaved_version,
)
from editions.loading import rows_of, target_of
from editions.models import Edition, EditionMixin, Release, ReleaseItem, Version
from editions.national import national_site
from editions.plan import Outcome, Reason, Step, decide


@dataclass
class PagePlan:
    """What sending one page would do, before anything is written.

    ``version`` is not saved where the page says something new. ``steps`` are those of its editions, by site id;
    ``adds`` the sites where it would be added, ``asks`` those of them where it would wait for an editor, ``holds`` those where it
    would wait for a hold to end, ``skips`` those where nothing can be done.
    """

    page: Page
    version: Version
    previous: Version | None
    steps: dict[int, Step] = field(default_factory=dict)
    adds: set[int] = field(default_factory=set)
    asks: set[int] = field(default_factory=set)
    holds: set[int] = field(default_factory=set)
    skips: dict[int, Reason] = field(default_factory=dict)

    @property
    def moves(self) -> int:
        """On how many sites the page goes to another place."""
        return sum(step.destination is not None for step in self.steps.values())

    def counts(self) -> dict[str, int]:
        counts: dict[str, int] = defaultdict(int)
        for step in self.steps.values():
            counts[step.outcome.value] += 1
        counts[Outcome.ADDED.value] += len(self.adds - self.asks)
        counts[Outcome.WAITING.value] += len(self.asks)
        counts[Outcome.HELD.value] += len(self.holds)
        counts[Outcome.SKIPPED.value] += len(self.skips)
        return {name: count for name, count in counts.items() if count}


class Send:
    """Versions of some national pages, to some sites, now or ``at`` a time.

    ``plan`` shows what would happen, ``execute`` makes the release.

    The release is carried out in the background (``editions.tasks.apply_release``).
    """

    def __init__(
        self,
        pages: Sequence[Page],
        sites: Sequence[Site],
        *,
        title: str = "",
        note: str = "",
        user=None,
        at: datetime | None = None,
        gone: Sequence[int] = (),
    ):
        self.pages = [page.specific for page in pages]
        # Ids of pages that national has unpublished or deleted.
        self.gone = list(gone)
        self.sites = list(sites)
        self.title, self.note, self.user, self.at = title.strip(), note, user, at

    def check(self) -> None:
        """Raises NotAllowed without the permission to send, EditionError where there is nothing or nobody to send to."""
        if self.user is not None and not self.user.has_perm("editions.send_release"):
            raise NotAllowed(_("You may not send updates to affiliates. Ask your network manager."))
        if not self.pages and not self.gone:
            raise EditionError(_("Choose at least one page to send."))
        if not self.sites:
            raise EditionError(_("Choose at least one affiliate to send to."))
        if self.at is not None and self.at <= timezone.now():
            raise EditionError(_("Choose a time in the future, or send now."))
        for page in self.pages:
            if not isinstance(page, EditionMixin) or page.base_version is not None:
                raise EditionError(_("“%(page)s” is not a national toolkit page.") % {"page": page.title})
            if not page.live:
                raise EditionError(
                    _("“%(page)s” is not published. Publish it, then send it.") % {"page": page.title}
                )

    def plan(self) -> list[PagePlan]:
        """What would be done, by the function that the worker uses; nothing is written."""
        self.check()
        return [*(self.plan_of(page) for page in self.pages), *map(self.plan_of_gone, self.gone)]

    def plan_of(self, page: EditionMixin) -> PagePlan:
        newest = Version.objects.select_related("content_type").of(page).first()
        content = live_content(page)
        if is_new(page, newest, content):
            version = unsaved_version(page, newest, content)
        else:
            version = newest
        plan = PagePlan(page, version, newest if version is not newest else None)
        sites = {site.pk: site for site in self.sites}
        editions = list(
            Edition.objects.select_related("adoption", "sent")
            .defer("sent__content")
            .filter(source_id=page.pk, site__in=sites)
        )
        target = target_of(version)
        rows, _pages = rows_of(version, editions)
        for row in rows:
            plan.steps[row.site_id] = decide(row, target)
        rest = [site for pk, site in sites.items() if pk not in plan.steps]
        free = Site.objects.filter(pk__in=[site.pk for site in rest])
        places = places_for(version, free)
        plan.adds = {place.site_id for place in places if not place.held}
        plan.asks = {place.site_id for place in places if place.asks_first and not place.held}
        plan.holds = {place.site_id for place in places if place.held}
        if version.parent_source_id in {each.pk for each in self.pages}:
            # The page above may itself be new, and added by the same release.
            above = self.plan_of(next(each for each in self.pages if each.pk == version.parent_source_id))
            new = {site.pk for site in rest} - plan.holds
            plan.adds |= above.adds & new
            plan.asks |= above.asks & new
        plan.skips = {
            site.pk: reason
            for site, reason in reasons(
                version, [each for each in rest if each.pk not in plan.adds | plan.holds]
            ).items()
        }
        return plan

    def plan_of_gone(self, source_id: int) -> PagePlan:
        newest = Version.objects.select_related("content_type", "locale").filter(source_id=source_id)
        newest = newest.order_by("-number").first()
        check_gone(source_id, newest)
        version = newest if newest.gone else gone_from(newest)
        plan = PagePlan(former_page(newest), version, newest if version is not newest else None)
        editions = Edition.objects.select_related("adoption", "sent").defer("sent__content")
        editions = editions.filter(source_id=source_id, site__in=self.sites)
        rows, _pages = rows_of(version, list(editions))
        plan.steps = {row.site_id: decide(row, target_of(version)) for row in rows}
        rest = [site for site in self.sites if site.pk not in plan.steps]
        plan.skips = {site.pk: reason for site, reason in reasons(version, rest).items()}
        return plan

    @transaction.atomic
    def execute(self) -> Release:
        self.check()
        in_force = self.at is None
        versions = [make_version(page, self.user, in_force=in_force) for page in self.pages]
        gone = [make_gone_version(pk, self.user, in_force=in_force) for pk in self.gone]
        versions += gone
        title = self.title or ", ".join(dict.fromkeys(version.title for version in versions))
        release = Release.objects.create(
            title=title[:255],
            note=self.note,
            created_by=self.user,
            send_at=self.at,
            state=Release.State.QUEUED if self.at is None else Release.State.SCHEDULED,
        )
        ReleaseItem.objects.bulk_create(
            [ReleaseItem(release=release, version=version) for version in versions]
        )
        release.sites.set(self.sites)
        there = list(Page.objects.filter(pk__in=self.gone).specific())
        # The log has no room for a page that was deleted; it is told of the site's home.
        deleted = [national_site().root_page.specific] if len(there) < len(gone) else []
        for page in [*self.pages, *there, *deleted]:
            data = {"release": release.pk, "title": release.title}
            log(page, "editions.send" if self.at is None else "editions.schedule", user=self.user, data=data)
        return release


def former_page(version: Version) -> Page:
    """National's page that is gone: unpublished, or, where it was deleted, one in its place that says what it was."""
    page = Page.objects.filter(pk=version.source_id).first()
    if page is not None:
        return page.specific
    pk = version.source_id
    return version.model(
        pk=pk,
        id=pk,
        title=version.title,
        draft_title=version.title,
        locale_id=version.locale_id,
        content_type_id=version.content_type_id,
    )


def send_now(*args, **kwargs) -> Release:
    """Send and carry out in this process: for commands and tests."""
    return ApplyRelease(Send(*args, **kwargs).execute()).execute()
