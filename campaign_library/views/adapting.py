"""National's snippets for those who may adapt them, and a copy beside national's."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from editions.network.models import Affiliate
from editions.network.scoping import affiliates_of
from editions.protecting import marks_by_key, reason_at
from editions.views.base import AdminView, paged, run

from ..actions import AdaptSnippet, FollowNationalAgain, MergeNational
from ..actions.protect import told
from ..adapted import has_national_changed, national_changes, own_words
from ..models.base import LibrarySnippet
from ..sharing import protection_of, withdrawal_of

PER_PAGE = 30


def model_named(name: str) -> type[LibrarySnippet]:
    """The library's model of that name, an add-on's too. Raises Http404."""
    for model in get_snippet_models():
        if model._meta.model_name == name and issubclass(model, LibrarySnippet):
            return model
    raise Http404("There are no such snippets.")


def list_url(model: type[LibrarySnippet]) -> str:
    return reverse(model.snippet_viewset.get_url_name("list"))


def edit_url(snippet: LibrarySnippet) -> str:
    return reverse(type(snippet).snippet_viewset.get_url_name("edit"), args=[quote(snippet.pk)])


class OfModel:
    """A view about one kind of snippet."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.model = model_named(kwargs["model_name"])

    @cached_property
    def affiliates(self) -> list[Affiliate]:
        return affiliates_of(self.request.user)


class NationalListView(OfModel, AdminView):
    """What national shares of one kind, each with what the user's affiliate has made of it."""

    template_name = "campaign_library/admin/national.html"
    header_icon = "globe"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy = policy_registry.get_by_type(self.model)
        if not self.affiliates or not policy.user_has_permission(request.user, "add"):
            raise PermissionDenied(_("Only affiliates adapt what national shares."))
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("%(kind)s from national") % {"kind": capfirst(self.model._meta.verbose_name_plural)}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        mine = {"url": list_url(self.model), "label": capfirst(self.model._meta.verbose_name_plural)}
        return [*self.breadcrumbs_items, mine, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        languages = {code for affiliate in self.affiliates for code in affiliate.languages}
        national = self.model._base_manager.filter(
            owner=None, live=True, locale__language_code__in=languages
        ).select_related("locale")
        page = paged(national.order_by(*self.model._meta.ordering, "pk"), self.request, PER_PAGE)
        copies = self.copies_of([snippet.pk for snippet in page])
        marks = marks_by_key({snippet.translation_key for snippet in page})
        context.update(
            page_obj=page,
            rows=[
                {
                    "snippet": snippet,
                    "copies": copies.get(snippet.pk, []),
                    "protected": reason_at(marks.get(snippet.translation_key, []), ()),
                    "adapt_for": []
                    if snippet.translation_key in marks
                    else [
                        affiliate
                        for affiliate in self.affiliates
                        if affiliate.pk not in {each["copy"].owner_id for each in copies.get(snippet.pk, [])}
                    ],
                    "adapt_url": reverse("library:adapt", args=[self.model._meta.model_name, snippet.pk]),
                }
                for snippet in page
            ],
            several=len(self.affiliates) > 1,
            list_url=list_url(self.model),
        )
        return context

    def copies_of(self, pks: list[int]) -> dict[int, list[dict[str, Any]]]:
        found: dict[int, list[dict[str, Any]]] = {}
        copies = self.model._base_manager.filter(adapts__in=pks, owner__in=self.affiliates)
        for copy in copies.select_related("adapts", "owner").prefetch_related("tags", "adapts__tags"):
            changed = has_national_changed(copy)
            compare = reverse("library:compare", args=[self.model._meta.model_name, copy.pk])
            found.setdefault(copy.adapts_id, []).append(
                {"copy": copy, "edit_url": edit_url(copy), "changed": changed, "compare_url": compare}
            )
        return found


class AdaptView(OfModel, View):
    """Makes the copy and opens it. Takes ``affiliate``, the pk, from who belongs to several."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, model_name: str, pk: int) -> HttpResponse:
        snippet = get_object_or_404(self.model._base_manager.filter(owner=None), pk=pk)
        wanted = request.POST.get("affiliate") or (self.affiliates[0].pk if self.affiliates else None)
        affiliate = next((each for each in self.affiliates if str(each.pk) == str(wanted)), None)
        if affiliate is None:
            raise PermissionDenied(_("Only affiliates adapt what national shares."))
        action = AdaptSnippet(snippet, affiliate, user=request.user)
        if not run(request, action):
            return redirect("library:national", model_name)
        copy = self.model._base_manager.get(adapts=snippet, owner=affiliate)
        messages.success(request, _("This copy is yours. It stands in for national's once you publish it."))
        return redirect(edit_url(copy))


class CompareView(OfModel, AdminView):
    """A copy beside national's: what national has changed since, and the ways to go on."""

    template_name = "campaign_library/admin/compare.html"
    page_title = ""
    header_icon = "globe"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        copies = self.model._base_manager.select_related("adapts", "owner", "locale")
        self.copy = get_object_or_404(copies, pk=kwargs["pk"], adapts__isnull=False)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy = policy_registry.get_by_type(self.model)
        if not policy.user_has_permission_for_instance(request.user, "change", self.copy):
            raise PermissionDenied(
                _("This belongs to national or to another affiliate: you cannot change it.")
            )
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Beside national's")

    def get_page_subtitle(self) -> str:
        return str(self.copy)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        mine = {"url": list_url(self.model), "label": capfirst(self.model._meta.verbose_name_plural)}
        this = {"url": edit_url(self.copy), "label": str(self.copy)}
        return [*self.breadcrumbs_items, mine, this, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        mark, withdrawal = protection_of(self.copy), withdrawal_of(self.copy)
        changes = own_words(self.copy) if mark or withdrawal else national_changes(self.copy)
        context.update(
            copy=self.copy, changes=changes, edit_url=edit_url(self.copy), mark=mark, withdrawal=withdrawal
        )
        return context

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        told(self.copy)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("do") == "follow":
            if run(request, FollowNationalAgain(self.copy, user=request.user)):
                messages.success(
                    request, _("Your site shows national's again. Your copy is kept as a draft.")
                )
            return redirect(edit_url(self.copy))
        names = {change.name for change in national_changes(self.copy)}
        take = {name for name in names if request.POST.get(f"take-{name}") == "national"}
        if run(request, MergeNational(self.copy, take=take, user=request.user)):
            messages.success(
                request, _("National's changes are in your copy, except where you kept your words.")
            )
        return redirect(edit_url(self.copy))
