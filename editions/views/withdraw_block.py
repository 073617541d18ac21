"""National takes one block of a page off every site: which, what it would do, and why."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page

from editions.actions.errors import EditionError
from editions.actions.withdraw_block import WithdrawBlock, check_may_withdraw_of, contents_of
from editions.streams import Path
from editions.views.base import run
from editions.views.protect import blocks_on
from editions.views.withdraw import ReasonForm, WithdrawerView


class BlockForm(forms.Form):
    place = forms.ChoiceField(
        label=gettext_lazy("Which block"),
        error_messages={
            "required": gettext_lazy("Choose a block."),
            "invalid_choice": gettext_lazy("This block is not on the page any more. Choose another."),
        },
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("Choose a block")), *places]


class WithdrawBlockView(WithdrawerView):
    """First the choice (GET), then with it what would happen (GET with ``place``), then it is done (POST)."""

    template_name = "editions/withdraw_block.html"
    header_icon = "warning"
    page_title = gettext_lazy("Withdraw a block from all sites")
    trail = (("editions:withdrawals", gettext_lazy("Withdrawn")),)

    @cached_property
    def page(self) -> Page:
        return get_object_or_404(Page, pk=self.kwargs["pk"]).specific

    def form(self, data) -> BlockForm:
        places = blocks_on(type(self.page), *contents_of(self.page))
        return BlockForm(data, places=places)

    def get(self, request, *args, **kwargs):
        form = self.checked_form(request.GET if "place" in request.GET else None)
        return form if not isinstance(form, BlockForm) else self.show(form, ReasonForm())

    def checked_form(self, data):
        """The choice, or where to go instead: this page has no blocks that can be withdrawn."""
        try:
            check_may_withdraw_of(self.page, self.request.user)
        except EditionError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect("editions:withdrawals")
        return self.form(data)

    def show(self, form: BlockForm, reason_form: ReasonForm):
        """The choice; once it is made, with what would happen."""
        reach, label = None, ""
        if form.is_valid():
            action = WithdrawBlock(self.page, path_of(form), "", user=self.request.user)
            try:
                reach, label = action.reach(), action.label
            except EditionError as error:
                messages.error(self.request, " ".join(error.messages))
        return self.render_to_response(
            self.get_context_data(
                form=form,
                reason_form=reason_form,
                reach=reach,
                label=label,
                page=self.page,
                edit_url=reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            )
        )

    def post(self, request, *args, **kwargs):
        form = self.checked_form(request.POST)
        if not isinstance(form, BlockForm):
            return form
        reason_form = ReasonForm(request.POST)
        if not (form.is_valid() and reason_form.is_valid()):
            return self.show(form, reason_form)
        action = WithdrawBlock(
            self.page, path_of(form), reason_form.cleaned_data["reason"], user=request.user
        )
        if not run(request, action):
            return redirect("editions:withdraw_block", pk=self.page.pk)
        messages.success(request, _("“%(place)s” is off all sites.") % {"place": action.label})
        return redirect("editions:withdrawal", pk=action.withdrawal.pk)


def path_of(form: BlockForm) -> Path:
    return tuple(form.cleaned_data["place"].split())
