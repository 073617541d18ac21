"""What national shares with all sites: who shows it, and what national has said of it (protected, withdrawn)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from editions.models import Protection, Withdrawal
from editions.network.models import Affiliate

from .models.base import LibrarySnippet


@dataclass(frozen=True)
class Reach:
    """On how many published pages something stands: ``national``'s own, and of each affiliate, by its pk."""

    national: int = 0
    pages: Mapping[int, int] = field(default_factory=dict)

    @property
    def local(self) -> int:
        return sum(self.pages.values())


def reach_of(snippets: Iterable[LibrarySnippet]) -> Reach:
    """The pages that name one of ``snippets``, all of one kind. Two statements; lists and explained words are not counted."""
    snippets = list(snippets)
    if not snippets:
        return Reach()
    types = ContentType.objects.get_for_models(type(snippets[0]), Page, for_concrete_models=True)
    references = ReferenceIndex.objects.filter(
        base_content_type=types[Page],
        to_content_type=types[type(snippets[0])],
        to_object_id__in=[str(snippet.pk) for snippet in snippets],
    )
    named = references.annotate(page=Cast("object_id", BigIntegerField())).values("page")
    paths = Page.objects.filter(pk__in=named, live=True).values_list("path", flat=True)
    owners = dict(Affiliate.objects.values_list("folder__path", "pk"))
    steps = {len(path) for path in owners}
    found: Counter[int | None] = Counter(
        next((owners[path[:step]] for step in steps if path[:step] in owners), None) for path in paths
    )
    return Reach(found.pop(None, 0), {owner: count for owner, count in found.items() if owner is not None})


def shared_by(snippet: LibrarySnippet) -> LibrarySnippet | None:
    """National's snippet that ``snippet`` is, or is a copy of; None for what is an affiliate's alone."""
    return snippet if snippet.owner_id is None else snippet.adapts


def protection_of(snippet: LibrarySnippet) -> Protection | None:
    """National's mark on a snippet, or on what a copy adapts, in any language."""
    national = shared_by(snippet)
    if national is None:
        return None
    return Protection.objects.filter(source_key=national.translation_key, path=[]).first()


def withdrawal_of(snippet: LibrarySnippet) -> Withdrawal | None:
    """As ``protection_of``: what keeps it off all sites."""
    national = shared_by(snippet)
    if national is None:
        return None
    return Withdrawal.objects.standing().filter(source_key=national.translation_key, path=[]).first()
