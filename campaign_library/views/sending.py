"""The plan of publishing what national shares, and of taking it back: nothing is written before somebody has seen it."""

from __future__ import annotations

from collections import defaultdict
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

from editions.actions.errors import EditionError
from editions.models import Release
from editions.views.base import AdminView
from editions.views.outcomes import TONES, WILL, counted

from ..actions.send import SendSnippet, SnippetPlan, may_send_snippet
from ..actions.undo import UndoSnippet
from ..adapted import field_differences, field_label
from ..models.base import LibrarySnippet
from .adapting import OfModel, edit_url, list_url

#: Affiliates that are named under one outcome.
NAMED = 20


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What changed, and why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands in the receipt, and the editors of affiliates read it."),
    )


class SnippetPlanView(AdminView):
    """What both plans share. ``post`` with ``confirm`` does what the plan says."""

    template_name = "campaign_library/admin/plan.html"
    header_icon = "mail"

    def get_page_subtitle(self) -> str:
        return str(self.snippet)

    @property
    def snippet(self) -> LibrarySnippet:
        raise NotImplementedError

    @property
    def back_url(self) -> str:
        raise NotImplementedError

    def action(self, note: str = "") -> SendSnippet | UndoSnippet:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_send_snippet(request.user, self.model):
            raise PermissionDenied(
                _(
                    "What national shares is published by those who may send to affiliates. Ask your network manager."
                )
            )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            plan = self.action().plan()
        except EditionError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.back_url)
        return self.render_to_response(self.get_context_data(plan=plan, form=NoteForm()))

    def get_context_data(self, plan: SnippetPlan, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        counts: dict[str, int] = defaultdict(int)
        rows = defaultdict(list)
        for step in plan.steps:
            counts[step.outcome.value] += 1
            asked = sorted({field_label(type(plan.snippet), each.path[0]) for each in step.conflicts})
            rows[step.outcome.value].append({"name": step.copy.owner.name, "places": asked})
        showing = [
            {"name": affiliate.name, "pages": plan.reach.pages[affiliate.pk]}
            for affiliate in plan.affiliates
            if affiliate.pk in plan.reach.pages
        ]
        context.update(
            snippet=self.snippet,
            plan=plan,
            language=plan.snippet.locale.language_code,
            total=counted(counts, WILL),
            differences=field_differences(type(plan.snippet), plan.before, plan.content)
            if plan.before
            else [],
            outcomes=[
                {"words": WILL[outcome], "tone": TONES[outcome], "rows": rows[outcome]}
                for outcome in WILL
                if outcome in rows
            ],
            showing=showing[:NAMED],
            more=max(len(showing) - NAMED, 0),
            affiliates=len(plan.affiliates),
            back_url=self.back_url,
        )
        return context


class PublishView(OfModel, SnippetPlanView):
    """For the newest draft of one snippet. What is confirmed is what was seen: the form names the revision."""

    page_title = gettext_lazy("Publish on all sites")

    @cached_property
    def snippet(self) -> LibrarySnippet:
        found = self.model._base_manager.select_related("locale", "latest_revision")
        return get_object_or_404(found, pk=self.kwargs["pk"], owner=None)

    @property
    def back_url(self) -> str:
        return edit_url(self.snippet)

    def action(self, note: str = "") -> SendSnippet:
        return SendSnippet(self.snippet.latest_revision, user=self.request.user, note=note)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if may_send_snippet(request.user, self.model) and self.snippet.latest_revision is None:
            messages.error(request, _("There is no draft of it. Save one, then publish it."))
            return redirect(self.back_url)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        mine = {"url": list_url(self.model), "label": capfirst(self.model._meta.verbose_name_plural)}
        this = {"url": self.back_url, "label": str(self.snippet)}
        return [*self.breadcrumbs_items, mine, this, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        draft = self.snippet.latest_revision.as_object()
        later = self.action().is_for_later
        context.update(revision=self.snippet.latest_revision_id, at=draft.go_live_at if later else None)
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("revision") != str(self.snippet.latest_revision_id):
            messages.warning(request, _("Somebody has written more meanwhile. Look at the plan again."))
            return self.get(request)
        action = self.action(request.POST.get("note", ""))
        try:
            release = action.execute()
        except EditionError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.back_url)
        if action.is_for_later:
            messages.success(
                request, _("“%(name)s” will be on all sites at its time.") % {"name": self.snippet}
            )
            return redirect(self.back_url)
        messages.success(request, _("“%(name)s” is on all sites.") % {"name": self.snippet})
        return redirect("editions:release", pk=release.pk) if release else redirect(self.back_url)


class UndoSnippetView(SnippetPlanView):
    page_title = gettext_lazy("Take a release back")
    header_icon = "rotate"
    trail = (("editions:releases", gettext_lazy("Releases")),)

    @cached_property
    def release(self) -> Release:
        of_snippet = Release.objects.filter(items__version__source_id=None).distinct()
        return get_object_or_404(of_snippet, pk=self.kwargs["pk"])

    @property
    def model(self) -> type[LibrarySnippet]:
        return self.action().version.model

    @property
    def snippet(self) -> LibrarySnippet:
        return self.action().row or self.action().version.title

    @property
    def back_url(self) -> str:
        return reverse("editions:release", args=[self.release.pk])

    def action(self, note: str = "") -> UndoSnippet:
        return UndoSnippet(self.release, note=note, user=self.request.user)

    def get_page_subtitle(self) -> str:
        return self.release.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(undoing=True, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            undoing = self.action(request.POST.get("note", "")).execute()
        except EditionError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.back_url)
        return redirect("editions:release", pk=undoing.pk)
