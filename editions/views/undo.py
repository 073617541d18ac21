"""A release is taken back, or called off before its time."""

from django import forms
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from editions.actions.errors import EditionError
from editions.actions.undo import CancelRelease, UndoRelease
from editions.tasks import enqueue
from editions.views.base import run
from editions.views.outcomes import WILL, counted
from editions.views.releases import OneReleaseView
from editions.views.send import page_of_plan


class UndoForm(forms.Form):
    """Where a release is taken back, and why. ``site`` is empty for everywhere."""

    site = forms.ChoiceField(label=gettext_lazy("Where"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Why, for the affiliates"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, sites, **kwargs):
        super().__init__(*args, **kwargs)
        everywhere = ("", _("On the sites of all affiliates that it was sent to"))
        self.fields["site"].choices = [everywhere, *((str(pk), name) for pk, name in sites.items())]


class UndoView(OneReleaseView):
    """The plan for taking a release back; one button more, and it is done."""

    template_name = "editions/undo.html"
    header_icon = "rotate"
    page_title = gettext_lazy("Take a release back")
    trail = (("editions:releases", gettext_lazy("Releases")),)

    def get_page_subtitle(self):
        return self.release.title

    @cached_property
    def names(self) -> dict[int, str]:
        sites = self.release.sites.order_by("site_name", "hostname")
        return {site.pk: site.site_name or site.hostname for site in sites}

    @cached_property
    def form(self) -> UndoForm:
        data = self.request.POST if self.request.method == "POST" else self.request.GET
        return UndoForm(data, sites=self.names)

    @cached_property
    def action(self) -> UndoRelease:
        chosen = self.form.cleaned_data.get("site") if self.form.is_valid() else "0"
        sites = self.release.sites.filter(pk=int(chosen)) if chosen else None
        note = self.form.cleaned_data.get("note", "")
        return UndoRelease(self.release, sites, note=note, user=self.request.user)

    def get(self, request, *args, **kwargs):
        try:
            plans = self.action.plan()
        except EditionError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("editions:release", pk=self.release.pk)
        return self.render_to_response(self.get_context_data(plans=plans))

    def post(self, request, *args, **kwargs):
        if "confirm" not in request.POST:
            return self.get(request)
        try:
            with transaction.atomic():
                undoing = self.action.execute()
                transaction.on_commit(lambda: enqueue(undoing))
        except EditionError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("editions:release", pk=self.release.pk)
        return redirect("editions:release", pk=undoing.pk)

    def get_context_data(self, plans, **kwargs):
        context = super().get_context_data(**kwargs)
        total: dict[str, int] = {}
        for plan in plans:
            for outcome, count in plan.counts().items():
                total[outcome] = total.get(outcome, 0) + count
        context.update(
            form=self.form,
            pages=[page_of_plan(plan, self.names) for plan in plans],
            total=counted(total, WILL),
            added=self.action.added,
            release=self.release,
            undoing=True,
            back_url=reverse("editions:release", args=[self.release.pk]),
        )
        return context


class CancelView(OneReleaseView):
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        if run(request, CancelRelease(self.release, user=request.user)):
            messages.success(request, _("It is cancelled. Nothing was sent."))
        return redirect("editions:release", pk=self.release.pk)
