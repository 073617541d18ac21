"""Wagtail's own screens of a snippet, with what the library adds: what needs a look, and the tie to national."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic import CopyViewMixin
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView

from editions.access import may_protect, may_withdraw
from editions.actions.errors import EditionError
from editions.network.scoping import affiliates_of
from editions.network.viewsets import OwnedSnippetViewSet

from ..actions.send import may_send_snippet
from ..adapted import has_national_changed
from ..locks import SnippetLock
from ..models.base import LibrarySnippet
from ..sharing import protection_of, withdrawal_of

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

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("locale", "owner")

    @cached_property
    def columns(self) -> list[Any]:
        """Whose a snippet is is told to those who see others' too."""
        is_of_one = bool(affiliates_of(self.request.user))
        return [each for each in super().columns if not (is_of_one and each.name == "owner_words")]

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)
        if affiliates_of(self.request.user) and self.user_has_permission("add"):
            url = reverse("library:national", args=[self.model._meta.model_name])
            buttons.append(HeaderButton(_("From national"), url=url, icon_name="globe", priority=20))
        return buttons

    def get_list_more_buttons(self, instance: LibrarySnippet) -> list[Any]:
        return [*super().get_list_more_buttons(instance), *shared_buttons(instance, self.request.user)]


def shared_buttons(snippet: LibrarySnippet, user: Any) -> list[Button]:
    """What national does with what it shares, for who may: nothing for an affiliate's own."""
    if snippet.owner_id is not None:
        return []
    named = [snippet._meta.model_name, snippet.pk]
    buttons = []
    if may_protect(user):
        url = reverse("library:protect", args=named)
        buttons.append(Button(_("Protect from changes…"), url=url, icon_name="lock", priority=60))
    if may_withdraw(user):
        url = reverse("library:withdraw", args=named)
        buttons.append(Button(_("Withdraw from all sites…"), url=url, icon_name="warning", priority=65))
    return buttons


class PublishesShared:
    """Before a view with a form that publishes: what national shares is saved as a draft, and the plan is shown."""

    def publish_action(self) -> HttpResponse | None:
        row = self.model._base_manager.get(pk=self.object.pk)
        if row.owner_id is None or self.object.owner_id is None:
            if may_send_snippet(self.request.user, self.model):
                return redirect("library:publish", self.model._meta.model_name, self.object.pk)
            messages.warning(
                self.request,
                _(
                    "“%(name)s” is saved as a draft, not published: what national shares is published by those who may send "
                    "to affiliates. Ask your network manager."
                )
                % {"name": self.object},
            )
            return redirect(self.get_edit_url())
        try:
            return super().publish_action()
        except EditionError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(self.get_edit_url())


class LibraryCreateView(PublishesShared, CreateView):
    pass


class LibraryCopyView(CopyViewMixin, LibraryCreateView):
    """Its form goes to where new ones are made. Posted here, Wagtail would write the words over the original."""

    http_method_names = ("get", "head", "options")


class LibraryEditView(PublishesShared, EditView):
    """Says what national has decided about it. A copy that may not stand in is shown, and cannot be changed meanwhile."""

    def get_lock(self) -> SnippetLock | None:
        if self.object.owner_id is None or self.object.adapts_id is None:
            return None
        withdrawal, mark = withdrawal_of(self.object), protection_of(self.object)
        decided = withdrawal or mark
        return SnippetLock(self.object, decided.reason, withdrawn=withdrawal is not None) if decided else None

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)
        if self.locked_for_user:
            for field in form.fields.values():
                field.disabled = True
        return form

    def get_lock_context(self) -> dict[str, Any]:
        if self.lock is not None and self.request.method == "GET":
            messages.warning(self.request, self.lock.get_message(self.request.user), extra_tags="lock")
        return {"lock": self.lock, "locked_for_user": self.locked_for_user}

    def tell_national(self) -> None:
        withdrawal, mark = withdrawal_of(self.object), protection_of(self.object)
        if withdrawal is not None:
            messages.warning(
                self.request,
                _("It is withdrawn from all sites: %(reason)s") % {"reason": withdrawal.reason},
                buttons=[messages.button(self.object.withdrawal_url(withdrawal), _("See the receipt"))]
                if may_withdraw(self.request.user)
                else None,
            )
        if mark is not None:
            messages.info(
                self.request,
                _("It is protected, nobody adapts it: %(reason)s") % {"reason": mark.reason},
            )

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if self.object.owner_id is None and not self.expects_json_response:
            self.tell_national()
        if self.object.adapts_id and self.lock is None and has_national_changed(self.object):
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
        buttons += shared_buttons(self.object, self.request.user)
        if self.object.adapts_id:
            buttons.append(
                Button(_("Beside national's"), url=self.compare_url, icon_name="globe", priority=15)
            )
        return buttons


class LibrarySnippetViewSet(OwnedSnippetViewSet):
    """For every model on ``LibrarySnippet``: scoped to its owner, with the filter and the ways to and from national."""

    index_view_class = LibraryIndexView
    add_view_class = LibraryCreateView
    copy_view_class = LibraryCopyView
    edit_view_class = LibraryEditView
