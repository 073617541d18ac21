"""Carries out a release, batch by batch, so that it can be killed at any moment and started again."""

import logging
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from editions.actions.adding import Place, add_editions, places_for, reasons
from editions.actions.merge_up import open_conflicts, settle_moot
from editions.background import enqueue_with_rows
from editions.copying import insert_for_each
from editions.indexing import reindex_pages
from editions.loading import locked_editions, rows_of, target_of
from editions.models import Edition, Release, Update, Version, Withdrawal, WithdrawnPage
from editions.moving import Here, Move, move_pages
from editions.off_line import put_back, take_off
from editions.plan import ARRIVED, Outcome, Reason, Step, decide
from editions.siblings import in_turn
from editions.slugs import follows
from editions.writing import log_pages, write_exactly, write_merged

logger = logging.getLogger(__name__)

#: Editions in one transaction.
BATCH = 500


def reason_in_words(reason: Reason | None) -> str:
    if reason is None:
        return ""
    words = {
        Reason.NOT_ADOPTED: _(
            "This affiliate has not adopted the toolkit. It can adopt it under “Toolkits”."
        ),
        Reason.PARENT_HIDDEN: _(
            "This affiliate has hidden the part of the toolkit that the page belongs to."
        ),
        Reason.LANGUAGE_NOT_OFFERED: _("This affiliate's site is not offered in this language."),
        Reason.NOT_HERE: _("This was not sent here, or something newer was since. It is left alone."),
        Reason.NEWER_HERE: _("This version, or a newer one, was sent here before."),
        Reason.MOVED_HERE: _("National has moved the page. It was moved here, so it stays where it is."),
        Reason.NO_PLACE: _(
            "National has moved the page beneath one that is not on this site. It stays where it is."
        ),
        Reason.BENEATH_ITSELF: _(
            "National has moved the page beneath one that stands beneath it here. It stays where it is."
        ),
    }
    return words[reason]


class ApplyRelease:
    """Does what the plan says, with the same function, on rows that are locked while it is done.

    What has been done is told by the updates that are there: killed and started again, it goes on where it was. A page that fails
    does not stop the others; its update says so. Writes as the engine, never with the rights of whoever clicked.
    """

    def __init__(self, release: Release):
        self.release = release
        # Where the release takes another one back: its versions, by the page they are of.
        undone = Version.objects.filter(items__release=release.undoes_id) if release.undoes_id else ()
        self.undone = {version.source_id: version for version in undone}

    def execute(self) -> Release:
        release = self.release
        if not self.begin():
            return release
        for version in versions_of(release):
            while self.update_batch(version) or self.add_batch(version) or self.skip_rest(version):
                pass
        Release.objects.filter(pk=release.pk).update(state=Release.State.DONE, finished_at=timezone.now())
        release.refresh_from_db()
        return release

    def begin(self) -> bool:
        """Whether there is something to do now: a release that was cancelled, or whose time has not come, is left alone."""
        release = self.release
        with transaction.atomic():
            started = release.started_at or timezone.now()
            begun = (
                Release.objects.due()
                .filter(pk=release.pk)
                .update(state=Release.State.RUNNING, started_at=started)
            )
            if begun and release.send_at is not None:
                sent = release.items.values("version")
                Version.objects.filter(pk__in=list(sent.values_list("version", flat=True))).update(
                    in_force=True
                )
        release.refresh_from_db()
        return bool(begun)

    # Editions that are there ------------------------------------------------------------------

    def alone(self) -> None:
        """Two workers on one release take turns, batch by batch; each looks again what is left."""
        Release.objects.select_for_update().get(pk=self.release.pk)

    def update_batch(self, version: Version) -> int:
        try:
            with transaction.atomic():
                self.alone()
                return self.apply_to(version, locked_editions(self.pending(version)[:BATCH]))
        except Exception:
            logger.exception("A batch of release %s failed; its pages are tried one by one", self.release.pk)
        return self.one_by_one(version)

    def pending(self, version: Version):
        done = Update.objects.filter(release=self.release, version=version).values("site_id")
        return (
            Edition.objects.filter(source_id=version.source_id, site__in=self.release.sites.values("pk"))
            .exclude(site__in=done)
            .order_by("pk")
        )

    def one_by_one(self, version: Version) -> int:
        with transaction.atomic():
            self.alone()
            ids = list(self.pending(version).values_list("pk", flat=True)[:BATCH])
        for pk in ids:
            try:
                with transaction.atomic():
                    self.alone()
                    self.apply_to(version, locked_editions(self.pending(version).filter(pk=pk)))
            except Exception as error:
                logger.exception("Edition %s could not be updated", pk)
                self.write_updates(version, [pk], Outcome.FAILED, _("The update failed: %s") % error)
        return len(ids)

    def apply_to(self, version: Version, editions: Sequence[Edition]) -> int:
        if not editions:
            return 0
        target = target_of(version, undoes=self.undone.get(version.source_id))
        rows, pages = rows_of(version, editions)
        steps = [decide(row, target) for row in rows]
        revisions = write_steps(version, steps, pages)
        self.write_receipts(version, steps, revisions)
        return len(steps)

    def write_receipts(self, version: Version, steps: Sequence[Step], revisions: dict[int, int]) -> None:
        """What has nothing of its own to say is written in one statement for each outcome."""
        alike: dict[tuple[Outcome, str], list[int]] = defaultdict(list)
        own = []
        for step in steps:
            revision_id, receipt = revisions.get(step.row.page_id), step.receipt
            if receipt or revision_id is not None:
                own.append(
                    Update(
                        release=self.release,
                        version=version,
                        site_id=step.row.site_id,
                        edition_id=step.row.edition_id,
                        outcome=step.outcome,
                        message=reason_in_words(step.reason),
                        receipt=receipt,
                        revision_id=revision_id,
                    )
                )
            else:
                alike[step.outcome, reason_in_words(step.reason)].append(step.row.edition_id)
        Update.objects.bulk_create(own, batch_size=500)
        for (outcome, message), edition_ids in alike.items():
            self.write_updates(version, edition_ids, outcome, message)

    # Pages that national has added --------------------------------------------------------------

    def add_batch(self, version: Version) -> int:
        try:
            with transaction.atomic():
                self.alone()
                return self.add_to(version, self.sites_left(version))
        except Exception:
            logger.exception("A batch of release %s failed; its sites are tried one by one", self.release.pk)
        return self.add_one_by_one(version)

    def sites_left(self, version: Version):
        done = Update.objects.filter(release=self.release, version=version).values("site_id")
        return self.release.sites.exclude(pk__in=done)

    def add_to(self, version: Version, sites) -> int:
        places = self.places_for(version, sites)
        if not places:
            return 0
        Update.objects.bulk_create(
            [
                Update(release=self.release, version=version, site_id=place.site_id, outcome=Outcome.HELD)
                for place in places
                if place.held
            ],
            batch_size=500,
        )
        free = [place for place in places if not place.held]
        added = dict(zip([place.site_id for place in free], add_editions(version, free), strict=True))
        for asks, outcome in ((False, Outcome.ADDED), (True, Outcome.WAITING)):
            ids = [added[place.site_id].pk for place in free if place.asks_first is asks]
            self.write_updates(version, ids, outcome)
        return len(places)

    def places_for(self, version: Version, sites) -> list[Place]:
        """Taking a release back adds no pages, and what is withdrawn or gone is added nowhere."""
        if self.release.undoes_id or version.gone or is_withdrawn(version):
            return []
        return places_for(version, sites, limit=BATCH)

    def add_one_by_one(self, version: Version) -> int:
        ids = [place.site_id for place in self.places_for(version, self.sites_left(version))]
        for pk in ids:
            try:
                with transaction.atomic():
                    self.alone()
                    self.add_to(version, self.sites_left(version).filter(pk=pk))
            except Exception as error:
                logger.exception("Page %s could not be added on site %s", version.source_id, pk)
                Update.objects.create(
                    release=self.release,
                    version=version,
                    site_id=pk,
                    outcome=Outcome.FAILED,
                    message=_("The update failed: %s") % error,
                )
        return len(ids)

    # Sites where nothing can be done -------------------------------------------------------------

    def skip_rest(self, version: Version) -> bool:
        """Returns whether there is something to do after all: a site may have adopted the toolkit meanwhile."""
        with transaction.atomic():
            self.alone()
            # Who is adopting holds the site: what it adopts is seen below, or it will see this version.
            sites = list(self.sites_left(version).order_by("pk").select_for_update(of=("self",), no_key=True))
            if self.pending(version).exists() or self.places_for(version, self.sites_left(version)):
                return True
            for site, reason in reasons(version, sites).items():
                Update.objects.create(
                    release=self.release,
                    version=version,
                    site=site,
                    outcome=Outcome.SKIPPED,
                    message=reason_in_words(reason),
                )
        return False

    def write_updates(
        self, version: Version, edition_ids: Sequence[int], outcome: Outcome, message: str = ""
    ) -> None:
        insert_for_each(
            Update,
            Edition,
            edition_ids,
            copied={"edition_id": "id", "site_id": "site_id"},
            release=self.release,
            version=version,
            outcome=outcome,
            message=message,
        )


def is_withdrawn(version: Version) -> bool:
    withdrawals = Withdrawal.objects.of_pages()
    return WithdrawnPage.objects.filter(withdrawal__in=withdrawals, page_id=version.source_id).exists()


def versions_of(release: Release) -> list[Version]:
    """The versions of a release, in an order in which each finds its parent and its earlier siblings in place."""
    versions = Version.objects.filter(items__release=release).select_related("content_type", "locale")
    by_source = {version.source_id: version for version in versions.order_by("pk")}
    turns = in_turn({pk: (each.parent_source_id, each.after_source_ids) for pk, each in by_source.items()})
    return [by_source[pk] for pk in turns]


def write_steps(
    version: Version,
    steps: Sequence[Step],
    pages: dict[int, Page],
    *,
    action: str = "editions.update",
    user=None,
) -> dict[int, int]:
    """Write what was decided for editions of one version. Returns page id to the id of the revision that a merge made."""
    exactly = [step for step in steps if step.outcome in (Outcome.APPLIED, Outcome.OFF)]
    merged = [step for step in steps if step.outcome in ARRIVED and step.merged is not None]
    arrived = [step.row.edition_id for step in (*exactly, *merged)]
    # First, so that the revision of a merge has the new place and address too.
    for pk, here in follow_place(version, [*exactly, *merged]).items():
        if pk in pages:
            page = pages[pk]
            page.path, page.depth, page.slug, page.url_path = here.path, here.depth, here.slug, here.url_path
    changed_line = go_on_or_off_line(version, steps, pages)
    write_exactly(version, [step.row.page_id for step in exactly])
    revisions = write_merged(
        [pages[step.row.page_id] for step in merged],
        {step.row.page_id: (step.merged.fields, step.merged.kept) for step in merged},
        version,
    )
    sent = [step.row.edition_id for step in steps if step.outcome != Outcome.SKIPPED]
    Edition.objects.filter(pk__in=sent).update(sent=version)
    Edition.objects.filter(pk__in=arrived).update(base=version)
    asked = Edition.objects.in_bulk([step.row.edition_id for step in merged])
    for step in merged:
        open_conflicts(asked[step.row.edition_id], version.pk, step.merged.conflicts)
    for edition in Edition.objects.in_conflict().filter(pk__in=arrived).select_related("page"):
        edition.base = version
        settle_moot(edition, edition.page.specific)
    log_pages(
        action,
        version.model,
        [each.row.page_id for each in (*exactly, *merged) if each.row.page_id not in changed_line],
        data={"version": version.pk, "number": version.number},
        user=user,
    )
    log_pages(
        "editions.off" if version.gone else "editions.on",
        version.model,
        changed_line,
        data={"version": version.pk, "number": version.number},
        user=user,
    )
    return revisions


def go_on_or_off_line(version: Version, steps: Sequence[Step], pages: dict[int, Page]) -> list[int]:
    """With national's page. Returns the ids of the pages that went."""
    if version.gone:
        ids = take_off([step.row.page_id for step in steps if step.outcome == Outcome.OFF])
    else:
        ids = put_back([step.row.page_id for step in steps if step.outcome in ARRIVED])
        for page in Page.objects.filter(pk__in=[pk for pk in ids if pk in pages]):
            pages[page.pk].live, pages[page.pk].has_unpublished_changes = True, page.has_unpublished_changes
    if ids:
        enqueue_with_rows(reindex_pages, version.model._meta.label, ids)
    return ids


def follow_place(version: Version, steps: Sequence[Step]) -> dict[int, Here]:
    """Move the pages of ``steps`` where they go, and give them the version's slug where theirs is still that of the base. Returns
    where those are that got another place or address."""
    rows = Edition.objects.filter(pk__in=[step.row.edition_id for step in steps])
    slugs = {pk: (slug, base) for pk, slug, base in rows.values_list("page_id", "page__slug", "base__slug")}
    moves = []
    for step in steps:
        slug, base = slugs[step.row.page_id]
        elsewhere = step.destination is not None and step.destination.parent != step.row.spot.parent
        follow = (elsewhere or base != version.slug) and follows(slug, base)
        if step.destination is not None or (follow and slug != version.slug):
            moves.append(
                Move(step.row.page_id, step.row.site_id, step.destination, version.slug if follow else None)
            )
    return move_pages(moves)
