"""Opening affiliates: one by a form, many by a file, and how far they are."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from editions.national import national_site
from editions.views.base import AdminView, paged, run

from ..actions.open_affiliate import RequestOpening, RetryOpening
from ..actions.open_many import OpenMany
from ..models import Opening
from ..opening_forms import FileForm, OpeningForm
from ..scoping import is_national

PER_PAGE = 50
AFFILIATES = ("network:affiliates", gettext_lazy("Affiliates"))


class OpenerView(AdminView):
    """For those who open affiliates."""

    header_icon = "group"
    trail = (AFFILIATES,)

    def dispatch(self, request, *args, **kwargs):
        if not (is_national(request.user) and request.user.has_perm("network.add_affiliate")):
            raise PermissionDenied(_("Only network managers open an affiliate."))
        return super().dispatch(request, *args, **kwargs)


class OpenView(OpenerView):
    template_name = "network/open.html"
    page_title = gettext_lazy("Open an affiliate")

    def get_form(self, data=None):
        # Beside the national site on the same server, so at its port.
        return OpeningForm(data, port=national_site().port)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.setdefault("form", self.get_form())
        context["media"] += context["form"].media
        return context

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if form.is_valid():
            try:
                opening = RequestOpening(form.wanted(), user=request.user).execute()
            except ValidationError as error:
                form.refuse(error)
            else:
                return redirect("network:opening", pk=opening.pk)
        messages.error(request, _("Nothing was opened. See below what is wrong."))
        return self.render_to_response(self.get_context_data(form=form))


class OpenManyView(OpenerView):
    """A file, then what each line would do, then the doing."""

    template_name = "network/open_many.html"
    page_title = gettext_lazy("Open many affiliates")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.setdefault("form", FileForm())
        return context

    def post(self, request, *args, **kwargs):
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        action = OpenMany(form.cleaned_data["rows"], user=request.user)
        if "confirm" in request.POST:
            try:
                openings = action.execute()
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                count = len(openings)
                messages.success(
                    request,
                    ngettext(
                        "%(count)d affiliate is being opened.",
                        "%(count)d affiliates are being opened.",
                        count,
                    )
                    % {"count": count},
                )
                return redirect(f"{reverse('network:openings')}?batch={openings[0].batch}")
        checked = action.check()
        wrong = sum(bool(each.errors) for each in checked)
        return self.render_to_response(
            self.get_context_data(
                form=FileForm(initial={"text": form.cleaned_data["text"]}),
                checked=sorted(checked, key=lambda each: not each.errors),
                wrong=wrong,
                right=len(checked) - wrong,
            )
        )


class OpeningsView(OpenerView):
    """All openings, the newest first; those of one file by its batch. Changes while they run."""

    template_name = "network/openings.html"
    page_title = gettext_lazy("Affiliates being opened")
    rows_template = "network/includes/openings_rows.html"

    @cached_property
    def openings(self):
        openings = Opening.objects.select_related("affiliate__site", "created_by")
        batch = self.request.GET.get("batch", "")
        if batch:
            try:
                return openings.filter(batch=batch)
            except (ValidationError, ValueError):
                return openings.none()
        return openings

    def progress(self):
        total = self.openings.count()
        done = self.openings.filter(state__in=(Opening.State.DONE, Opening.State.FAILED)).count()
        return {
            "page_obj": paged(self.openings, self.request, PER_PAGE),
            "linkurl": reverse("network:openings"),
            "total": total,
            "done": done,
            "is_done": done == total,
        }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        query = self.request.GET.urlencode()
        poll = reverse("network:openings_progress") + (f"?{query}" if query else "")
        context.update(self.progress(), poll_url=poll)
        return context


class ProgressMixin:
    def get(self, request, *args, **kwargs):
        response = HttpResponse(render_to_string(self.rows_template, self.progress(), request))
        response["Cache-Control"] = "no-store"
        return response


class OpeningsProgressView(ProgressMixin, OpeningsView):
    pass


class OneOpeningView(OpenerView):
    """One opening: its steps as they are done, and the receipt."""

    template_name = "network/opening.html"
    rows_template = "network/includes/opening_steps.html"
    trail = (AFFILIATES, ("network:openings", gettext_lazy("Affiliates being opened")))

    @cached_property
    def opening(self) -> Opening:
        return get_object_or_404(
            Opening.objects.select_related("affiliate__site", "created_by"), pk=self.kwargs["pk"]
        )

    def get_page_title(self):
        return str(self.opening)

    def progress(self):
        opening = self.opening
        total = 1 + len(opening.wanted.get("toolkits", [])) + bool(opening.wanted.get("email"))
        return {
            "opening": opening,
            "is_done": opening.is_over,
            "total": total,
            "done": len(opening.steps),
            "failed": opening.state == Opening.State.FAILED,
        }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.update(self.progress(), poll_url=reverse("network:opening_progress", args=[self.opening.pk]))
        return context

    def post(self, request, *args, **kwargs):
        with transaction.atomic():
            if run(request, RetryOpening(self.opening, user=request.user)):
                messages.success(request, _("What failed is tried again."))
        return redirect("network:opening", pk=self.opening.pk)


class OneOpeningProgressView(ProgressMixin, OneOpeningView):
    http_method_names = ("get",)
