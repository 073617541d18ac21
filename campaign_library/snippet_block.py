"""The block that shows a snippet of the library within a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import copy
from typing import Any

from django.db.models import Q, QuerySet

from editions.network.models import Affiliate
from editions.network.viewsets import OwnedSnippetChooserBlock

from .standing_in import current


class LibrarySnippetBlock(OwnedSnippetChooserBlock):
    """One snippet of the library. On an affiliate's site its own copy stands in for national's.

    Stand-ins come with the snippets themselves: one query for all blocks of a type, as Wagtail does it, and none for what
    the page has met already (``together.meet`` loads all kinds at once). The model's ``shown_with`` names what its fragment
    follows.
    """

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        pks = [None if value is None else self.model_class._meta.pk.to_python(value) for value in values]
        showing = current()
        met = showing.met.setdefault(self.model_class, {})
        wanted = {pk for pk in pks if pk is not None and pk not in met}
        if wanted:
            asked = snippets_asked_for(self.model_class, wanted, showing.affiliate)
            rows = asked.select_related(*self.model_class.shown_with)
            met.update(stand_ins_first(rows, wanted, showing.affiliate))
        # Each place has an object of its own, as Wagtail's choosers give it.
        return [None if pk is None else copy(met.get(pk)) for pk in pks]


def snippets_asked_for(model: Any, pks: Collection[Any], affiliate: Affiliate | None) -> QuerySet[Any]:
    """The snippets of some ids, and the affiliate's published copies of them."""
    which = Q(pk__in=pks)
    if affiliate is not None:
        which |= Q(adapts__in=pks, owner=affiliate, live=True)
    return model._base_manager.filter(which)


def stand_ins_first(rows: Iterable[Any], pks: Collection[Any], affiliate: Affiliate | None) -> dict[Any, Any]:
    """By the id asked for: the snippet, or the affiliate's published copy of it; None where there is none."""
    found, stand_ins = {}, {}
    for snippet in rows:
        found[snippet.pk] = snippet
        if affiliate is not None and snippet.adapts_id and snippet.owner_id == affiliate.pk and snippet.live:
            stand_ins[snippet.adapts_id] = snippet
    return {pk: stand_ins.get(pk) or found.get(pk) for pk in pks}
