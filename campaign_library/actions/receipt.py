"""Writes what was decided for the copies of a shared snippet, and the receipt of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from editions.content import set_content
from editions.copying import insert_for_each
from editions.models import Release, ReleaseItem, Update, Version
from editions.network.models import Affiliate
from editions.plan import Outcome

from ..following import CopyStep
from ..models.base import LibrarySnippet
from ..sharing import Reach

#: Outcomes that ask the affiliate something until it has looked.
ASKING = (Update.Outcome.CONFLICT, Update.Outcome.WAITING)


def record(
    versions: Sequence[Version],
    *,
    title: str,
    note: str = "",
    user: Any = None,
    undoes: Release | None = None,
) -> Release:
    """A release that is done as soon as it is made: what is shared needs no page written."""
    now = timezone.now()
    release = Release.objects.create(
        title=title[:255],
        note=note,
        state=Release.State.DONE,
        created_by=user,
        undoes=undoes,
        started_at=now,
        finished_at=now,
    )
    ReleaseItem.objects.bulk_create([ReleaseItem(release=release, version=version) for version in versions])
    return release


def write(
    release: Release,
    version: Version,
    steps: Sequence[CopyStep],
    sites: Sequence[Site],
    reach: Reach,
) -> None:
    """Writes what was decided for the copies, and the receipt: one row for each copy, and for each other site of ``sites``.

    Sites without a copy cost a number of statements that does not grow with them.
    """
    settle_open(version)
    adapted = {step.copy.owner.site_id for step in steps}
    for step in steps:
        write_copy(step)
    Update.objects.bulk_create(
        [
            Update(
                release=release,
                version=version,
                site_id=step.copy.owner.site_id,
                outcome=step.outcome,
                message=shown_on(reach.pages.get(step.copy.owner_id, 0)),
                receipt=step.receipt,
            )
            for step in steps
        ],
        batch_size=500,
    )
    pages = dict(Affiliate.objects.filter(pk__in=reach.pages).values_list("site_id", "pk"))
    alike: dict[int, list[int]] = defaultdict(list)
    for site in sites:
        if site.pk not in adapted:
            alike[reach.pages.get(pages.get(site.pk, 0), 0)].append(site.pk)
    for count, ids in alike.items():
        insert_for_each(
            Update,
            Site,
            ids,
            copied={"site_id": "id"},
            release=release,
            version=version,
            outcome=Outcome.APPLIED,
            message=shown_on(count),
        )
    release.sites.add(*adapted, *(site.pk for site in sites))


def shown_on(pages: int) -> str:
    if not pages:
        return _("On no page; lists and explained words show it.")
    return ngettext("On %(count)d page.", "On %(count)d pages.", pages) % {"count": pages}


def settle_open(version: Version) -> None:
    """What an earlier version asked is asked by this one, where it is still open."""
    open_ones = Update.objects.filter(
        version__source_id=None,
        version__source_key=version.source_key,
        version__locale=version.locale_id,
        outcome__in=ASKING,
    )
    open_ones.update(outcome=Update.Outcome.SKIPPED, message=_("A later sending came before it was decided."))


def write_copy(step: CopyStep) -> None:
    """As the engine, never with the rights of whoever clicked. A draft that there was stays the newest revision."""
    copy, model = step.copy, type(step.copy)
    if step.outcome == Outcome.WAITING:
        return
    if step.outcome == Outcome.FORCED:
        take_off_line(copy)
        return
    draft = copy.get_latest_revision_as_object() if step.draft is not None else None
    model._base_manager.filter(pk=copy.pk).update(adapted_from=step.base)
    copy.adapted_from = step.base
    if step.published is not None:
        set_content(copy, dict(step.published))
        copy.save_revision(clean=False, log_action=False).publish(log_action="editions.update")
    if draft is not None and step.draft is not None:
        fresh = model._base_manager.get(pk=copy.pk)
        draft.adapted_from, draft.live_revision_id = step.base, fresh.live_revision_id
        set_content(draft, dict(step.draft))
        draft.save_revision(clean=False, log_action=False)


def take_off_line(snippet: LibrarySnippet) -> None:
    """Readers see it no more; every word stays, and what was scheduled is not published."""
    snippet.revisions.update(approved_go_live_at=None)
    snippet.live = False
    snippet.save(update_fields=["live"])


def put_on_line(snippet: LibrarySnippet) -> None:
    snippet.live = True
    snippet.save(update_fields=["live"])
