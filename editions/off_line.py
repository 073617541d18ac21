"""Takes editions off line with national's page, and puts them on line with it again. Every word stays where it is."""

from collections.abc import Sequence

from django.db.models import Case, F, Q, Value, When
from wagtail.models import Page

from editions.models import Edition


def take_off(page_ids: Sequence[int]) -> list[int]:
    """Takes those of the pages off line that are on it; returns their ids. Two statements and one to look, however many."""
    live = list(Page.objects.filter(pk__in=page_ids, live=True).values_list("pk", flat=True))
    Page.objects.filter(pk__in=live).update(live=False, has_unpublished_changes=True)
    Edition.objects.filter(page__in=live).update(taken_off=True)
    return live


def put_back(page_ids: Sequence[int]) -> list[int]:
    """Puts those of the pages on line that went off with national's, and that nothing else keeps off; returns their ids."""
    off = Edition.objects.filter(page__in=page_ids, taken_off=True, withdrawal=None)
    ids = list(off.filter(page__live=False).values_list("page_id", flat=True))
    same_as_live = Q(latest_revision=None) | Q(latest_revision=F("live_revision"))
    Page.objects.filter(pk__in=ids).update(
        live=True,
        has_unpublished_changes=Case(When(same_as_live, then=Value(False)), default=Value(True)),
    )
    off.update(taken_off=False)
    return ids
