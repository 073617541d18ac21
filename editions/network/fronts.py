"""What stands in front of views of Wagtail's that name more than their lists hold: filters and forms that offer everybody's names.

Wagtail asks no hook there. Views of pages get these mixins from their viewset; for all others `network.middleware` runs, for
affiliate users, the same view with the mixins in front of it. So a view that a later version or an add-on brings is fronted too, if
it filters as Wagtail's views do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.forms import ModelChoiceField
from django.utils.functional import cached_property
from wagtail.admin.auth import require_admin_access
from wagtail.admin.filters import PopularTagsFilter
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.images.views.chooser import ImageChooseViewMixin
from wagtail.models import Site

from editions.viewsets import EditionPageViewSet

from .audit import hide_people_elsewhere
from .models import Affiliate
from .scoping import scope_queryset, tags_to_see


class OwnFilters:
    """A list's filters offer the names of those whom the user may see, and tags of what they may see."""

    @cached_property
    def filters(self):
        if self.filterset_class:
            self.filterset_class = _narrowed(self.filterset_class)
        return super().filters


class OwnChoices:
    """A form's choices of people, groups, affiliates and sites are those that the user may see."""

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        for each in form.fields.values():
            if isinstance(each, ModelChoiceField):
                each.queryset = _scoped(self.request.user, each.queryset)
        return form


class OwnTags:
    """The chooser of images offers tags of images that can be chosen."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        seen = set(tags_to_see(self.request.user, self.model).values_list("pk", flat=True))
        context["popular_tags"] = [tag for tag in context["popular_tags"] if tag.pk in seen]
        return context


class OwnHistory:
    """A history of one's own names no person of another affiliate."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        entries = [entry for entry in context["object_list"] if hasattr(entry, "user_id")]
        hide_people_elsewhere(self.request.user, entries)
        return context


class _NarrowedFilters:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for each in self.filters.values():
            if isinstance(each, PopularTagsFilter):
                seen = set(tags_to_see(self.request.user, self._meta.model).values_list("name", flat=True))
                each.extra["choices"] = [choice for choice in each.extra["choices"] if choice[0] in seen]
            elif hasattr(each, "get_queryset"):
                # Wagtail sets it here too, after the filter was made.
                each.queryset = _narrow(each.extra.get("queryset"))


def _narrow(queryset):
    """What a filter offers, a queryset or a function of the request, without people of others."""

    def narrowed(request):
        offered = queryset(request) if callable(queryset) else queryset
        return _scoped(request.user, offered)

    return narrowed


def _scoped(user, offered):
    """A queryset of what carries names, without those of others; anything else as it is."""
    if getattr(offered, "model", None) in (get_user_model(), Group, Affiliate, Site):
        return scope_queryset(user, offered, with_national=True)
    return offered


@cache
def _narrowed(filterset_class: type) -> type:
    return type(filterset_class)(filterset_class.__name__, (_NarrowedFilters, filterset_class), {})


def _filters(view_class: type) -> bool:
    return hasattr(view_class, "filterset_class")


def _has_form(view_class: type) -> bool:
    return hasattr(view_class, "get_form")


def _is_history(view_class: type) -> bool:
    return issubclass(view_class, HistoryView)


def _chooses_images(view_class: type) -> bool:
    return issubclass(view_class, ImageChooseViewMixin)


FRONTS: dict[type, Callable[[type], bool]] = {
    OwnFilters: _filters,
    OwnChoices: _has_form,
    OwnHistory: _is_history,
    OwnTags: _chooses_images,
}
"""Each front, and before which view classes it stands."""


@cache
def _fronted(view_class: type) -> type | None:
    fronts = tuple(front for front, stands_before in FRONTS.items() if stands_before(view_class))
    if not fronts:
        return None
    return type(view_class.__name__, (*fronts, view_class), {"__module__": view_class.__module__})


class FrontedViewSet:
    """Before a viewset of Wagtail's: all its views have their fronts."""

    def construct_view(self, view_class, **kwargs):
        return super().construct_view(_fronted(view_class) or view_class, **kwargs)


class FrontedPageViewSet(FrontedViewSet, PageViewSet):
    pass


class FrontedEditionPageViewSet(FrontedViewSet, EditionPageViewSet):
    pass


def page_viewsets() -> list[PageViewSet]:
    """For ``register_admin_viewset``, after the viewsets whose place they take.

    The resolver knows no view of a page: Wagtail looks it up by the page's type.
    """
    return [FrontedPageViewSet("network_pages"), FrontedEditionPageViewSet("network_edition_pages")]


def fronted(view: Any) -> Any:
    """The admin's view `view` with what stands in front of it; None where that is nothing."""
    view_class = getattr(view, "view_class", None)
    front = _fronted(view_class) if view_class else None
    return require_admin_access(front.as_view(**view.view_initkwargs)) if front else None
