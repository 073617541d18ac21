"""The admin's screens of events: the list, post, postpone, cancel, duplicate, and what readers registered."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Site

from editions.addresses import SiteRoot
from editions.network.scoping import affiliates_of, is_national
from editions.views.base import AdminView, paged, run

from ..actions.events import CancelEvent, DuplicateEvent, PostEvent, PostponeEvent
from ..actions.registrations import ApproveRegistration, RefuseRegistration
from ..models import EventPage, EventsPage, EventSubmission
from .forms import CancelForm, EventForm, PostponeForm, RefuseForm
from .mail import NotSent
from .page_form import zone_of_page
from .values import as_event, as_json, differences
from .when import When

PER_PAGE = 30


def events_pages_of(user: Any) -> QuerySet[EventsPage]:
    """The events pages of the user's own organisations, by path: their affiliates', and for national staff national's."""
    mine = Q(pk__in=[])
    for affiliate in affiliates_of(user):
        mine |= Q(path__startswith=affiliate.folder.path)
    if is_national(user):
        site = Site.objects.select_related("root_page__locale").filter(is_default_site=True).first()
        if site is not None:
            mine |= Q(url_path__startswith=SiteRoot(site).folder)
    return EventsPage.objects.filter(mine).select_related("locale").order_by("path")


class EventsView(AdminView):
    """What is to be decided, what is to come, what is over."""

    template_name = "toolkit_pages/admin/events.html"
    header_icon = "date"
    page_title = gettext_lazy("Events")
    TABS = ("coming", "decide", "decided", "past")

    @property
    def shown(self) -> str:
        wanted = self.request.GET.get("show", "")
        return wanted if wanted in self.TABS else "coming"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        pages = list(events_pages_of(self.request.user))
        submissions = EventSubmission.objects.visible_to(self.request.user).select_related(
            "events_page__locale", "event"
        )
        if self.shown in ("decide", "decided"):
            waiting = submissions.to_decide()
            rows = (
                waiting.order_by("last_day", "pk")
                if self.shown == "decide"
                else submissions.exclude(pk__in=waiting.values("pk"))
            )
        else:
            rows = self.events(pages)
        context.update(
            shown=self.shown,
            pages=pages,
            page_obj=paged(rows, self.request, PER_PAGE),
            waiting_count=submissions.to_decide().count(),
            linkurl=reverse("toolkit_events:index"),
            several=len(pages) > 1,
        )
        return context

    def events(self, pages: list[EventsPage]) -> QuerySet[EventPage]:
        here = Q(pk__in=[])
        for page in pages:
            here |= Q(path__startswith=page.path)
        found = EventPage.objects.filter(here).select_related("locale").defer("body")
        today = timezone.now().date()
        over = Q(end_date__lt=today) | Q(end_date=None, date__lt=today)
        if self.shown == "past":
            return found.filter(over).order_by("-date", "pk")
        return found.exclude(over).order_by("date", "start_time", "pk")


class PostView(AdminView):
    """A new event, published at once: everything that it needs in one form."""

    template_name = "toolkit_pages/admin/event_form.html"
    header_icon = "date"
    page_title = gettext_lazy("Post an event")
    trail = (("toolkit_events:index", gettext_lazy("Events")),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.pages = list(events_pages_of(request.user))
        if not self.pages:
            raise PermissionDenied(_("Your site has no events page yet. Add one beneath its home page."))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def parent(self) -> EventsPage:
        wanted = self.request.POST.get("page") or self.request.GET.get("page")
        if not wanted:
            return self.pages[0]
        found = next((page for page in self.pages if str(page.pk) == wanted), None)
        if found is None:
            raise PermissionDenied(_("You may not post events there."))
        return found

    @cached_property
    def form(self) -> EventForm:
        return EventForm(
            self.request.POST if self.request.method == "POST" else None,
            language=self.parent.locale.language_code,
            zone=zone_of_page(self.parent),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(form=self.form, parent=self.parent, pages=self.pages, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.form.is_valid():
            action = PostEvent(self.parent, as_json(self.form.cleaned_data), user=request.user)
            if self.run(action):
                return posted(request, _("“%(event)s” is published."), self.form.cleaned_data["title"])
        return self.render_to_response(self.get_context_data())


def posted(request: HttpRequest, words: str, title: str) -> HttpResponse:
    messages.success(request, words % {"event": title})
    return redirect("toolkit_events:index")


class OneEventView(AdminView):
    """A step on one event. What the user may not do, the action refuses."""

    header_icon = "date"
    trail = (("toolkit_events:index", gettext_lazy("Events")),)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.event = get_object_or_404(EventPage.objects.select_related("locale"), pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.event.permissions_for_user(request.user).can_edit():
            raise PermissionDenied(_("You may not change this event."))
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.event.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(event=self.event, **kwargs)

    def back(self) -> HttpResponse:
        return redirect(self.next_url or reverse("toolkit_events:index"))


class CancelView(OneEventView):
    template_name = "toolkit_pages/admin/event_step.html"
    page_title = gettext_lazy("Cancel")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", CancelForm())
        return super().get_context_data(
            question=_("Cancel “%(event)s”?") % {"event": self.event.title},
            explanation=_(
                "It stays to be read, marked as cancelled, in all languages. Calendars that follow show it as cancelled."
            ),
            button=_("Cancel the event"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CancelForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if self.run(CancelEvent(self.event, note=form.cleaned_data["note"], user=request.user)):
            messages.success(request, _("“%(event)s” is cancelled.") % {"event": self.event.title})
        return self.back()


class PostponeView(OneEventView):
    template_name = "toolkit_pages/admin/event_step.html"
    page_title = gettext_lazy("Postpone")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hours = {"start_time": self.event.start_time, "end_time": self.event.end_time}
        kwargs.setdefault("form", PostponeForm(zone=self.event.time_zone, initial=hours))
        return super().get_context_data(
            question=_("Postpone “%(event)s”?") % {"event": self.event.title},
            explanation=_("It is now on %(day)s. Readers are told, and calendars that follow move it.")
            % {"day": self.event.day_words},
            button=_("Postpone the event"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = request.POST.copy()
        if not data.get("date") and not data.get("end_date"):
            # The hours stand in the form from the beginning; without a day they say nothing.
            data["start_time"] = data["end_time"] = ""
        form = PostponeForm(data, zone=self.event.time_zone)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        said = form.cleaned_data
        when = None
        if said["date"]:
            when = When(
                said["date"], said["start_time"], said["end_date"], said["end_time"], self.event.time_zone
            )
        if not self.run(PostponeEvent(self.event, when, note=said["note"], user=request.user)):
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("“%(event)s” is postponed.") % {"event": self.event.title})
        return self.back()


class DuplicateView(OneEventView):
    template_name = "toolkit_pages/admin/event_step.html"
    page_title = gettext_lazy("Duplicate")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            question=_("Duplicate “%(event)s”?") % {"event": self.event.title},
            explanation=_("You get a draft for the next such weekday to come, and go on from there."),
            button=_("Duplicate the event"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = DuplicateEvent(self.event, user=request.user)
        copied = action.execute()
        messages.success(
            request,
            _("This is the copy, on %(day)s. Look at the day, then publish it.") % {"day": copied.day_words},
        )
        return redirect("wagtailadmin_pages:edit", copied.pk)


class SubmissionView(AdminView):
    """One event that a reader registered: read it, publish it, or refuse it with a reason."""

    template_name = "toolkit_pages/admin/submission.html"
    header_icon = "date"
    page_title = gettext_lazy("Registered event")
    trail = (("toolkit_events:index", gettext_lazy("Events")),)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.pk = kwargs["pk"]

    @cached_property
    def submission(self) -> EventSubmission:
        found = EventSubmission.objects.visible_to(self.request.user).select_related(
            "events_page__locale", "event", "decided_by"
        )
        row = found.filter(pk=self.pk).first()
        if row is None:
            # The same answer for what there is not and for what is not theirs.
            raise Http404("There is no such registration.")
        return row

    def get_page_subtitle(self) -> str:
        return self.submission.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission = self.submission
        kwargs.setdefault("form", RefuseForm())
        return super().get_context_data(
            submission=submission,
            event=as_event(submission.data),
            changes=differences(submission.data, submission.change) if submission.change else [],
            may_decide=submission.events_page.permissions_for_user(self.request.user).can_publish_subpage(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "approve" in request.POST:
            if run(
                request,
                ApproveRegistration(self.submission, user=request.user, seen=request.POST.get("seen", "")),
            ):
                messages.success(request, _("“%(event)s” is published.") % {"event": self.submission.title})
                return redirect("toolkit_events:index")
            return redirect(request.path)
        form = RefuseForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        action = RefuseRegistration(self.submission, form.cleaned_data["reason"], user=request.user)
        try:
            if not run(request, action):
                return self.render_to_response(self.get_context_data(form=form))
        except NotSent:
            messages.error(
                request, _("The reason could not be mailed, so nothing was decided. Try again in a while.")
            )
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("Refused. The reason was sent."))
        return redirect("toolkit_events:index")
