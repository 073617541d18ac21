"""The importer in the admin: upload, review, receipt. For national staff."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import include, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from toolkit_pages.importing import review
from toolkit_pages.importing.actions import (
    AcceptImport,
    DiscardImport,
    MendImport,
    ReadAgain,
    StartImport,
    UndoMend,
    last_import,
    may_import,
)
from toolkit_pages.importing.cleaning import norm
from toolkit_pages.importing.explaining import DOUBTS, REASONS, SUGGESTIONS
from toolkit_pages.importing.forms import FileForm, UploadForm
from toolkit_pages.importing.mends import Mend, from_json
from toolkit_pages.importing.models import ToolkitImport, ToolkitUpload
from toolkit_pages.importing.refusing import ImportRefused


class ImportView(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "upload"
    trail: tuple[tuple[str, Any], ...] = (("toolkit_imports:index", gettext_lazy("Imports")),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_import(request.user):
            raise PermissionDenied(_("Only national staff may import toolkits."))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        items = [{"url": reverse(name), "label": label} for name, label in self.trail]
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, *items, here]


class ImportsView(ImportView):
    """Texts that wait to be looked at, and what was imported."""

    template_name = "toolkit_pages/importing/index.html"
    page_title = gettext_lazy("Imports")
    trail = ()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["uploads"] = ToolkitUpload.objects.waiting().select_related("uploaded_by").defer("text")[:100]
        context["imports"] = ToolkitImport.objects.select_related("imported_by").order_by("-imported_at")[
            :100
        ]
        return context


class UploadView(ImportView):
    template_name = "toolkit_pages/importing/upload.html"
    page_title = gettext_lazy("Import a toolkit")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.setdefault("form", UploadForm())
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        given = form.cleaned_data
        upload = StartImport(
            form.source,
            form.content,
            title=given["title"],
            publisher=given["publisher"],
            language=given["language"],
            file_name=form.file_name,
            user=request.user,
        ).execute()
        return redirect("toolkit_imports:review", pk=upload.pk)


class OfUploadView(ImportView):
    @cached_property
    def upload(self) -> ToolkitUpload:
        return get_object_or_404(ToolkitUpload.objects.waiting(), pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return self.upload.title

    def back(self, anchor: str = "") -> HttpResponse:
        return redirect(
            reverse("toolkit_imports:review", args=[self.upload.pk]) + (f"#{anchor}" if anchor else "")
        )

    def run(self, action: Any) -> Any:
        """What an action gives; None where it refuses, which is said to the user."""
        try:
            return action.execute()
        except ImportRefused as error:
            messages.error(self.request, str(error))
            return None


class ReviewView(OfUploadView):
    """The proposed tree and the doubts beside the text. Everything on it works without scripts."""

    template_name = "toolkit_pages/importing/review.html"
    page_title = gettext_lazy("Review")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        upload = self.upload
        toolkit = upload.parsed()
        of_toolkit, chapters = review.chapter_rows(toolkit)
        mends = from_json(upload.mends)
        lines = review.source_lines(upload.text, toolkit)
        context.update(
            upload=upload,
            toolkit=toolkit,
            toolkit_doubts=of_toolkit,
            chapters=chapters,
            lines=lines,
            more_lines=upload.text.count("\n") + 1 - len(lines),
            mends=review.mend_rows(mends, toolkit.unused),
            account=review.account(toolkit),
            disclaimer=review.without_tags(toolkit.disclaimer),
            last=last_import(upload.title, upload.language),
        )
        context.setdefault("file_form", FileForm())
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One mend. A line of the text is named by its number, and found again by its words."""
        op, key = request.POST.get("op", ""), request.POST.get("key", "")
        if op == "heading":
            key = self.key_of_line(request.POST.get("line", ""))
        if self.run(MendImport(self.upload, Mend(op, key, request.POST.get("value", "")), user=request.user)):
            messages.success(request, _("Done. You can take it back under “What you changed”."))
        return self.back(request.POST.get("anchor", ""))

    def key_of_line(self, number: str) -> str:
        lines = self.upload.parsed().lines
        return norm(lines.get(int(number), "")) if number.isdigit() else ""


class AgainView(OfUploadView):
    template_name = "toolkit_pages/importing/again.html"
    page_title = gettext_lazy("Read another file")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["upload"] = self.upload
        context.setdefault("form", FileForm())
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if self.run(
            ReadAgain(self.upload, form.source, form.content, file_name=form.file_name, user=request.user)
        ):
            messages.success(request, _("The new text was read. What you changed was done again."))
        return self.back()


class UndoView(OfUploadView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        at = request.POST.get("at", "")
        self.run(UndoMend(self.upload, int(at) if at.isdigit() else -1, user=request.user))
        return self.back("changes")


class AcceptView(OfUploadView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        publish = request.POST.get("publish") == "yes"
        result = self.run(AcceptImport(self.upload, publish=publish, user=request.user))
        if result is None:
            return self.back()
        return redirect("toolkit_imports:receipt", pk=result.page.last_import.pk)


class DiscardView(OfUploadView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        title = self.upload.title
        self.run(DiscardImport(self.upload, user=request.user))
        messages.success(request, _("“%(title)s” was discarded. Nothing was imported.") % {"title": title})
        return redirect("toolkit_imports:index")


class ReceiptView(ImportView):
    """What the last import of a toolkit did."""

    template_name = "toolkit_pages/importing/receipt.html"
    page_title = gettext_lazy("Receipt")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        imported = get_object_or_404(
            ToolkitImport.objects.select_related("toolkit", "imported_by"), pk=self.kwargs["pk"]
        )
        report = imported.report
        context.update(
            imported=imported,
            report=report,
            doubts=[
                {
                    **doubt,
                    "says": DOUBTS.get(doubt["kind"], ""),
                    "suggestion": SUGGESTIONS.get(doubt["kind"], ""),
                }
                for doubt in report.get("doubts", [])
            ],
            dismissed=[
                {**doubt, "says": DOUBTS.get(doubt["kind"], "")} for doubt in report.get("dismissed", [])
            ],
            left_out=[
                {**piece, "says": REASONS.get(piece["reason"], "")}
                for piece in report.get("left_out", [])
                if piece["reason"] not in ("number", "tag", "heading-number")
            ],
            pages=[
                (label, report["pages"][name])
                for name, label in (
                    ("added", _("Added")),
                    ("changed", _("Changed")),
                    ("absent", _("No longer in the file, kept as they are")),
                    ("deleted", _("Deleted here since the last import, not made again")),
                    ("not_published", _("Not published: somebody has unpublished changes there")),
                )
                if report.get("pages", {}).get(name)
            ],
        )
        return context


class ImportsMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            _("Import a toolkit"),
            reverse("toolkit_imports:index"),
            name="toolkit-imports",
            icon_name="upload",
            order=165,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


urlpatterns = [
    path("", ImportsView.as_view(), name="index"),
    path("upload/", UploadView.as_view(), name="upload"),
    path("<int:pk>/", ReviewView.as_view(), name="review"),
    path("<int:pk>/again/", AgainView.as_view(), name="again"),
    path("<int:pk>/undo/", UndoView.as_view(), name="undo"),
    path("<int:pk>/accept/", AcceptView.as_view(), name="accept"),
    path("<int:pk>/discard/", DiscardView.as_view(), name="discard"),
    path("receipt/<int:pk>/", ReceiptView.as_view(), name="receipt"),
]


def admin_urls() -> list[Any]:
    return [path("toolkit-imports/", include((urlpatterns, "toolkit_imports"), namespace="toolkit_imports"))]
