"""Wagtail's own screens of a snippet, with what the library adds: what needs a look, and the tie to national."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views.snippets import EditView, IndexView

from editions.network.scoping import affiliates_of
from editions.network.viewsets import OwnedSnippetViewSet

from ..adapted import has_national_changed

NEEDS = (
    ("overdue", gettext_lazy("Overdue for review")),
    ("over", gettext_lazy("Over")),
    ("undated", gettext_lazy("Without a date")),
    ("adapted", gettext_lazy("Adapted from national")),
)


class LibraryFilterSet(WagtailFilterSet):
    """Every list of the library: what is overdue for review, over, undated, or a copy of national's."""

    needs = django_filters.ChoiceFilter(
        label=gettext_lazy("Needs a look"),
        choices=NEEDS,
        method="filter_needs",
        empty_label=gettext_lazy("All"),
    )

    def filter_needs(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        has = {field.name for field in queryset.model._meta.fields}
        today = timezone.localdate()
        match value:
            case "overdue":
                return queryset.filter(review_by__lt=today) if "review_by" in has else queryset.none()
            case "over":
                return queryset.filter(valid_until__lt=today) if "valid_until" in has else queryset.none()
            case "undated":
                return queryset.filter(as_of=None)
        return queryset.filter(~Q(adapts=None))


class LibraryIndexView(IndexView):
    base_filterset_class = LibraryFilterSet

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)
        if affiliates_of(self.request.user) and self.user_has_permission("add"):
            url = reverse("library:national", args=[self.model._meta.model_name])
            buttons.append(HeaderButton(_("From national"), url=url, icon_name="globe", priority=20))
        return buttons


class LibraryEditView(EditView):
    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if self.object.adapts_id and has_national_changed(self.object):
            messages.warning(
                request,
                _("National has changed its words since you adapted them."),
                buttons=[messages.button(self.compare_url, _("See what changed"))],
            )
        return super().get(request, *args, **kwargs)

    @property
    def compare_url(self) -> str:
        return reverse("library:compare", args=[self.model._meta.model_name, self.object.pk])

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        if self.object.adapts_id:
            buttons.append(
                Button(_("Beside national's"), url=self.compare_url, icon_name="globe", priority=15)
            )
        return buttons


class LibrarySnippetViewSet(OwnedSnippetViewSet):
    """For every model on ``LibrarySnippet``: scoped to its owner, with the filter and the ways to and from national."""

    index_view_class = LibraryIndexView
    edit_view_class = LibraryEditView
