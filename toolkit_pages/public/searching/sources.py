"""Where search looks: the pages of a site, and whatever else apps register and can give an address on the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Left, Length
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from ..routing import Place

HOOK = "register_search_sources"
#: Signs of a page's path beneath a home: more levels than anybody makes.
DEEPEST = 48


@dataclass(frozen=True)
class SearchSource:
    """Objects of one model that readers of a site may find. The model must be indexed (``search_fields``).

    ``found(place)`` gives what the site shows in the language of ``place``: a queryset, filtered, unordered, without
    a query of its own. ``label`` and ``where`` are expressions or names of fields: what an object is called, and a text from
    which ``address(place, where)`` makes its path on the site, or None where the site has no place for it.
    """

    name: str
    kind: str | _StrPromise
    model: type[Any]
    found: Callable[[Place], QuerySet[Any]]
    label: Any
    where: Any
    address: Callable[[Place, str], str | None]

    def candidates(self, place: Place) -> QuerySet[Any]:
        """Rows of ``source``, content type, key as text, label, where: the same columns for each source."""
        queryset = self.found(place).order_by()
        content_type = (
            F("content_type_id")
            if issubclass(self.model, Page)
            else Value(ContentType.objects.get_for_model(self.model).pk)
        )
        return queryset.annotate(
            _source=Value(self.name, output_field=TextField()),
            _type=content_type,
            _key=Cast("pk", TextField()),
            _label=Cast(F(self.label) if isinstance(self.label, str) else self.label, TextField()),
            _where=Cast(F(self.where) if isinstance(self.where, str) else self.where, TextField()),
        ).values_list("_source", "_type", "_key", "_label", "_where")


def sources() -> list[SearchSource]:
    """The pages first, then what hooks give: each returns a list."""
    found: list[SearchSource] = [PAGES]
    for hook in hooks.get_hooks(HOOK):
        extra: Iterable[SearchSource] = hook()
        found.extend(extra)
    return found


def live_pages(place: Place) -> QuerySet[Page]:
    """The live pages of a site in one language that everybody may read."""
    home = place.homes[place.wanted]
    closed = PageViewRestriction.objects.filter(page__path=Left(OuterRef("path"), Length("page__path")))
    # A range of paths, not their beginning: SQLite has no index for LIKE. No path has a sign above Z.
    beneath = (home.path, home.path + "Z" * DEEPEST)
    return Page.objects.filter(path__range=beneath, live=True).exclude(Exists(closed))


PAGES = SearchSource(
    name="pages",
    kind=_("Pages"),
    model=Page,
    found=live_pages,
    label="title",
    where="url_path",
    address=lambda place, where: place.root.path(where, place.wanted),
)
