"""What national's new words do to an affiliate's published copy: decided here, once, for the plan and for the sending alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from editions.conflicts import Conflict, Kind
from editions.content import merge_options
from editions.merge import merge_page
from editions.models import SiteSettings
from editions.plan import Outcome
from editions.streams import MISSING, same

from .adapted import content_of
from .models.base import LibrarySnippet


@dataclass(frozen=True)
class CopyStep:
    """One copy. ``published`` and ``draft`` are the content that it gets, None for what stays as it is.

    ``base`` is what it was compared with from then on: where both changed the same words, still what national said before.
    """

    copy: LibrarySnippet
    outcome: Outcome
    conflicts: tuple[Conflict, ...] = ()
    base: Mapping[str, Any] = field(default_factory=dict)
    published: Mapping[str, Any] | None = None
    draft: Mapping[str, Any] | None = None

    @property
    def receipt(self) -> dict[str, Any]:
        return {"copy": self.copy.pk, "conflicts": [each.as_json() for each in self.conflicts]}


def copies_of(snippet: LibrarySnippet) -> QuerySet:
    """The published copies of national's ``snippet``: those that stand in for it."""
    copies = type(snippet)._base_manager.filter(adapts=snippet.pk, owner__isnull=False, live=True)
    return copies.select_related("owner").order_by("pk")


def steps_for(
    copies: Iterable[LibrarySnippet], national: Mapping[str, Any], *, protected: bool = False
) -> list[CopyStep]:
    """One statement for the settings of the sites, and what reading the copies' tags and drafts costs."""
    copies = list(copies)
    asking = set(
        SiteSettings.objects.filter(
            site__in=[copy.owner.site_id for copy in copies], ask_first=True
        ).values_list("site_id", flat=True)
    )
    return [
        protected_step(copy, national) if protected else step_of(copy, national, copy.owner.site_id in asking)
        for copy in copies
    ]


def step_of(copy: LibrarySnippet, national: Mapping[str, Any], asks_first: bool) -> CopyStep:
    """Everything that merges cleanly arrives; the affiliate is asked about the rest, whose words stand until then."""
    if asks_first:
        return CopyStep(copy, Outcome.WAITING)
    before = copy.adapted_from or {}
    ours, options = content_of(copy), merge_options(type(copy))
    merged = merge_page(before, national, ours, **options)
    conflicts = {each.path: each for each in merged.conflicts}
    draft = None
    if copy.has_unpublished_changes:
        written = content_of(copy.get_latest_revision_as_object())
        of_draft = merge_page(before, national, written, **options)
        conflicts |= {each.path: each for each in of_draft.conflicts if each.path not in conflicts}
        draft = of_draft.fields
    asked = {path[0] for path in conflicts}
    base = {
        name: before[name] if name in asked else value
        for name, value in national.items()
        if name not in asked or name in before
    }
    if conflicts:
        outcome = Outcome.CONFLICT
    else:
        outcome = Outcome.APPLIED if alike(merged.fields, national) else Outcome.MERGED
    published = None if alike(merged.fields, ours) else merged.fields
    return CopyStep(copy, outcome, tuple(conflicts.values()), base, published, draft)


def protected_step(copy: LibrarySnippet, national: Mapping[str, Any]) -> CopyStep:
    """The copy stands in no more; the receipt carries each of its own words."""
    before, ours = copy.adapted_from or {}, content_of(copy)
    lost = tuple(
        Conflict((name,), Kind.PROTECTED, before.get(name, MISSING), value, ours.get(name, MISSING))
        for name, value in national.items()
        if not same(ours.get(name, MISSING), value)
    )
    return CopyStep(copy, Outcome.FORCED, lost)


def alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(same(one.get(name, MISSING), value) for name, value in other.items())
