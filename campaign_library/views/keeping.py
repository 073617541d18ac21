"""National protects what it shares, or takes it off all sites: what it would do, what it did, and the way back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from editions.access import may_protect
from editions.actions.errors import EditionError
from editions.models import Withdrawal
from editions.views.base import AdminView, paged, run
from editions.views.withdraw import PER_PAGE, ReasonForm, WithdrawerView

from ..actions.protect import ProtectSnippet, UnprotectSnippet
from ..actions.withdraw import PutSnippetBack, WithdrawSnippet
from ..models import WithdrawnSnippet
from ..models.base import LibrarySnippet
from ..sharing import protection_of
from .adapting import OfModel, edit_url, list_url


class OfSharedView(OfModel):
    """A screen about one snippet that national shares."""

    @cached_property
    def snippet(self) -> LibrarySnippet:
        return get_object_or_404(self.model._base_manager.filter(owner=None), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.snippet)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        mine = {"url": list_url(self.model), "label": capfirst(self.model._meta.verbose_name_plural)}
        this = {"url": edit_url(self.snippet), "label": str(self.snippet)}
        return [*self.breadcrumbs_items, mine, this, {"url": "", "label": self.get_page_title()}]


class ProtectSnippetView(OfSharedView, AdminView):
    template_name = "campaign_library/admin/protect.html"
    header_icon = "lock"
    page_title = gettext_lazy("Protect from changes")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_protect(request.user):
            raise PermissionDenied(_("You may not protect national content. Ask your network manager."))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        mark = protection_of(self.snippet)
        context.update(
            snippet=self.snippet,
            mark=mark,
            copies=ProtectSnippet(self.snippet, "").copies(),
            form=kwargs.get("form") or ReasonForm(initial={"reason": mark.reason if mark else ""}),
            edit_url=edit_url(self.snippet),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("do") == "free":
            if run(request, UnprotectSnippet(self.snippet, user=request.user)):
                messages.success(request, _("“%(name)s” may be adapted again.") % {"name": self.snippet})
            return redirect(request.path)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if run(request, ProtectSnippet(self.snippet, form.cleaned_data["reason"], user=request.user)):
            messages.success(
                request, _("“%(name)s” is protected: all sites show your words.") % {"name": self.snippet}
            )
        return redirect(request.path)


class WithdrawSnippetView(OfSharedView, WithdrawerView):
    template_name = "campaign_library/admin/withdraw.html"
    header_icon = "warning"
    page_title = gettext_lazy("Withdraw from all sites")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(ReasonForm())

    def show(self, form: forms.Form) -> HttpResponse:
        try:
            showing = WithdrawSnippet(self.snippet, "", user=self.request.user).showing()
        except EditionError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect("editions:withdrawals")
        national = [each.reach for each in showing if each.owner is None]
        copies = sum(each.owner is not None for each in showing)
        context = self.get_context_data(
            form=form,
            snippet=self.snippet,
            languages=len(national),
            own=sum(reach.national for reach in national),
            local=sum(reach.local for reach in national),
            sites=len({pk for reach in national for pk in reach.pages}),
            copies=copies,
            edit_url=edit_url(self.snippet),
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            withdrawal = WithdrawSnippet(
                self.snippet, form.cleaned_data["reason"], user=request.user
            ).execute()
        except EditionError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("editions:withdrawals")
        messages.success(request, _("“%(page)s” is off all sites.") % {"page": withdrawal.title})
        return redirect("library:withdrawal", pk=withdrawal.pk)


class SnippetWithdrawalView(WithdrawerView):
    """The receipt: who showed it where."""

    template_name = "campaign_library/admin/withdrawal.html"
    header_icon = "warning"
    trail = (("editions:withdrawals", gettext_lazy("Withdrawn")),)

    @cached_property
    def withdrawal(self) -> Withdrawal:
        found = Withdrawal.objects.select_related("created_by", "lifted_by", "content_type")
        return get_object_or_404(found.exclude(content_type=None), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.withdrawal.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = WithdrawnSnippet.objects.filter(withdrawal=self.withdrawal).select_related("site")
        page_obj = paged(rows.order_by("site__site_name", "pk"), self.request, PER_PAGE)
        model = self.withdrawal.content_type.model_class()
        snippets = model._base_manager.select_related("locale").in_bulk({row.object_id for row in page_obj})
        shown = [(row, snippets.get(row.object_id)) for row in page_obj]
        context.update(
            withdrawal=self.withdrawal,
            page_obj=page_obj,
            rows=[(row, snippet, edit_url(snippet) if snippet is not None else "") for row, snippet in shown],
            rewritten=[]
            if self.withdrawal.is_lifted
            else [row.locale.get_display_name() for row in PutSnippetBack(self.withdrawal).rewritten()],
            linkurl=reverse("library:withdrawal", args=[self.withdrawal.pk]),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if run(request, PutSnippetBack(self.withdrawal, user=request.user)):
            messages.success(
                request, _("“%(page)s” is on the sites again.") % {"page": self.withdrawal.title}
            )
        return redirect("library:withdrawal", pk=self.withdrawal.pk)
