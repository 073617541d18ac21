"""National takes a page off every site: what it would do, what it did, and putting it back."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page

from editions.access import may_withdraw
from editions.actions.errors import EditionError
from editions.actions.withdraw import PutBack, WithdrawPage
from editions.differences import plain_text
from editions.models import Withdrawal
from editions.views.base import AdminView, paged, run

PER_PAGE = 50


class WithdrawerView(AdminView):
    """For national staff with the permission to withdraw."""

    def dispatch(self, request, *args, **kwargs):
        if not may_withdraw(request.user):
            raise PermissionDenied(_("You may not withdraw national content. Ask your network manager."))
        return super().dispatch(request, *args, **kwargs)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=255,
        help_text=gettext_lazy("Editors of affiliates read it on their page."),
        error_messages={"required": gettext_lazy("Say why: editors of affiliates will ask.")},
    )


class WithdrawView(WithdrawerView):
    template_name = "editions/withdraw.html"
    header_icon = "warning"
    page_title = gettext_lazy("Withdraw from all sites")
    trail = (("editions:withdrawals", gettext_lazy("Withdrawn")),)

    @cached_property
    def page(self) -> Page:
        return get_object_or_404(Page, pk=self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        return self.show(ReasonForm())

    def show(self, form: ReasonForm):
        try:
            reach = WithdrawPage(self.page, "", user=self.request.user).reach()
        except EditionError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect("editions:withdrawals")
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return self.render_to_response(
            self.get_context_data(form=form, reach=reach, page=self.page, edit_url=edit_url)
        )

    def post(self, request, *args, **kwargs):
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        action = WithdrawPage(self.page, form.cleaned_data["reason"], user=request.user)
        try:
            withdrawal = action.execute()
        except EditionError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("editions:withdrawals")
        messages.success(request, _("“%(page)s” is off all sites.") % {"page": withdrawal.title})
        return redirect("editions:withdrawal", pk=withdrawal.pk)


class WithdrawalsView(WithdrawerView):
    template_name = "editions/withdrawals.html"
    header_icon = "warning"
    page_title = gettext_lazy("Withdrawn")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        found = Withdrawal.objects.select_related("created_by", "lifted_by", "content_type").annotate(
            local=Count("pages", filter=Q(pages__site__isnull=False))
        )
        page = paged(found.order_by("-created_at", "-pk"), self.request, 25)
        for each in page:
            each.url = receipt_url(each)
        context.update(page_obj=page, linkurl=reverse("editions:withdrawals"))
        return context


def receipt_url(withdrawal: Withdrawal) -> str:
    """Where the receipt is shown: of a snippet, where its kind says."""
    if withdrawal.content_type is not None:
        return withdrawal.content_type.model_class().withdrawal_url(withdrawal)
    return reverse("editions:withdrawal", args=[withdrawal.pk])


class WithdrawalView(WithdrawerView):
    """The receipt of one withdrawal."""

    template_name = "editions/withdrawal.html"
    header_icon = "warning"
    trail = (("editions:withdrawals", gettext_lazy("Withdrawn")),)

    @cached_property
    def withdrawal(self) -> Withdrawal:
        return get_object_or_404(
            Withdrawal.objects.filter(content_type=None).select_related("created_by", "lifted_by"),
            pk=self.kwargs["pk"],
        )

    def get_page_title(self):
        return self.withdrawal.title

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = self.withdrawal.pages.select_related("site").order_by("site__site_name", "pk")
        page_obj = paged(rows, self.request, PER_PAGE)
        pages = Page.objects.select_related("locale").in_bulk([row.page_id for row in page_obj])
        context.update(
            withdrawal=self.withdrawal,
            page_obj=page_obj,
            rows=[(row, pages.get(row.page_id), plain_text(row.words)) for row in page_obj],
            linkurl=reverse("editions:withdrawal", args=[self.withdrawal.pk]),
        )
        return context

    def post(self, request, *args, **kwargs):
        if run(request, PutBack(self.withdrawal, user=request.user)):
            text = _("“%(page)s” is on the sites again.") % {"page": self.withdrawal.title}
            messages.success(request, text)
        return redirect("editions:withdrawal", pk=self.withdrawal.pk)
