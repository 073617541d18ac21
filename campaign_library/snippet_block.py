"""The block that shows a snippet of the library within a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import copy
from typing import Any

from django.db.models import Q

from editions.network.models import Affiliate
from editions.network.viewsets import OwnedSnippetChooserBlock

from .standing_in import current


class LibrarySnippetBlock(OwnedSnippetChooserBlock):
    """One snippet of the library. On an affiliate's site its own copy stands in for national's.

    Stand-ins come with the snippets themselves: one query for all blocks of a type, as Wagtail does it, and none for what
    another block of the page has met. The model's ``shown_with`` names what its fragment follows.
    """

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        pks = [None if value is None else self.model_class._meta.pk.to_python(value) for value in values]
        showing = current()
        met = showing.met.setdefault(self.model_class, {})
        wanted = {pk for pk in pks if pk is not None and pk not in met}
        if wanted:
            met.update(self.load(wanted, showing.affiliate))
        # Each place has an object of its own, as Wagtail's choosers give it.
        return [None if pk is None else copy(met.get(pk)) for pk in pks]

    def load(self, pks: Collection[Any], affiliate: Affiliate | None) -> dict[Any, Any]:
        """By the id asked for: the snippet, or the affiliate's published copy of it; None where there is none."""
        which = Q(pk__in=pks)
        if affiliate is not None:
            which |= Q(adapts__in=pks, owner=affiliate, live=True)
        found, stand_ins = {}, {}
        for snippet in self.model_class._base_manager.filter(which).select_related(
            *self.model_class.shown_with
        ):
            found[snippet.pk] = snippet
            if (
                affiliate is not None
                and snippet.adapts_id
                and snippet.owner_id == affiliate.pk
                and snippet.live
            ):
                stand_ins[snippet.adapts_id] = snippet
        return {pk: stand_ins.get(pk) or found.get(pk) for pk in pks}
