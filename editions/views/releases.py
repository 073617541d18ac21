"""Releases for national staff: the list, and one with its progress and its receipt."""

from django.db import transaction
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from editions.access import may_withdraw
from editions.actions.retry import RetryFailed
from editions.models import Release, ReleaseItem, Update
from editions.tasks import apply_release
from editions.views.base import SenderView, paged, run
from editions.views.outcomes import DONE, ORDER, TODO, TONES, counted
from editions.views.send import progress_of

PER_PAGE = 50


class ReleasesView(SenderView):
    template_name = "editions/releases.html"
    header_icon = "mail"
    page_title = gettext_lazy("Releases")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        releases = (
            Release.objects.select_related("created_by")
            .annotate(
                pages=Count("items", distinct=True),
                affiliates=Count("sites", distinct=True),
                shared=Exists(ReleaseItem.objects.filter(release=OuterRef("pk"), version__source_id=None)),
            )
            .order_by("-created_at", "-pk")
        )
        page = paged(releases, self.request, 25)
        counts: dict[int, dict[str, int]] = {}
        rows = Update.objects.filter(release__in=[release.pk for release in page]).order_by()
        for release_id, outcome, count in rows.values_list("release_id", "outcome").annotate(
            count=Count("pk")
        ):
            counts.setdefault(release_id, {})[outcome] = count
        context.update(
            page_obj=page,
            releases=[
                {
                    "release": release,
                    "counts": counted(counts.get(release.pk, {})),
                    "done": sum(counts.get(release.pk, {}).values()),
                    "total": release.pages * release.affiliates,
                }
                for release in page
            ],
            can_withdraw=may_withdraw(self.request.user),
            linkurl=reverse("editions:releases"),
        )
        return context


class OneReleaseView(SenderView):
    @cached_property
    def release(self) -> Release:
        return get_object_or_404(Release.objects.select_related("created_by", "undoes"), pk=self.kwargs["pk"])

    @cached_property
    def outcome(self) -> str:
        asked = self.request.GET.get("outcome", "")
        return asked if asked in Update.Outcome.values else ""

    def progress(self) -> dict:
        progress = progress_of(self.release)
        return {
            **progress,
            "release": self.release,
            "chips": counted(progress["counts"]),
            "outcome": self.outcome,
            "rows": self.rows(),
            "linkurl": reverse("editions:release", args=[self.release.pk]),
            "failed": progress["counts"].get("failed", 0),
        }

    def rows(self):
        """A page of the receipt: what needs somebody first."""
        updates = self.release.updates.select_related(
            "site", "version__locale", "version__content_type", "edition"
        )
        if self.outcome:
            updates = updates.filter(outcome=self.outcome)
        order = Case(
            *[When(outcome=outcome, then=Value(place)) for place, outcome in enumerate(ORDER)],
            output_field=IntegerField(),
        )
        page = paged(updates.order_by(order, "site__site_name", "pk"), self.request, PER_PAGE)
        for update in page:
            update.words, update.tone, update.todo = (
                DONE[update.outcome],
                TONES[update.outcome],
                TODO.get(update.outcome, ""),
            )
            update.url = url_of(update)
            update.asked = len(update.receipt.get("conflicts", []))
        return page


def url_of(update: Update) -> str:
    """The editor of what an update wrote; empty where it wrote nothing, or the page is gone."""
    if update.version.is_of_snippet:
        return update.version.model.receipt_url(update)
    page_id = update.edition.page_id if update.edition is not None else None
    return reverse("wagtailadmin_pages:edit", args=[page_id]) if page_id else ""


class ReleaseView(OneReleaseView):
    template_name = "editions/release.html"
    header_icon = "mail"
    trail = (("editions:releases", gettext_lazy("Releases")),)

    def get_page_title(self):
        return self.release.title

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        query = self.request.GET.urlencode()
        items = list(self.release.items.select_related("version__locale", "version__content_type"))
        shared = next((each.version for each in items if each.version.is_of_snippet), None)
        context.update(
            self.progress(),
            shared=shared,
            undo_url=shared.model.undo_url(self.release)
            if shared
            else reverse("editions:release_undo", args=[self.release.pk]),
            undone_by=self.release.undone_by.order_by("pk"),
            items=items,
            poll_url=reverse("editions:release_progress", args=[self.release.pk])
            + (f"?{query}" if query else ""),
        )
        return context


class ReleaseProgressView(OneReleaseView):
    """The part of the release's screen that changes while it runs."""

    def get(self, request, *args, **kwargs):
        html = render_to_string("editions/includes/release_progress.html", self.progress(), request)
        response = HttpResponse(html)
        response["Cache-Control"] = "no-store"
        return response


class RetryView(OneReleaseView):
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        release_id = self.release.pk
        with transaction.atomic():
            if run(request, RetryFailed(self.release, user=request.user)):
                transaction.on_commit(lambda: apply_release.enqueue(release_id))
                messages.success(request, _("The pages that failed are tried again."))
        return redirect("editions:release", pk=release_id)
