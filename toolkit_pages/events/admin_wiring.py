"""What `wagtail_hooks` registers for events: addresses, doors, menu item, buttons, the home's panel, log entries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.widgets import Button

from editions.network import guards
from editions.network.doors import Door

from ..models import EventPage, EventSubmission
from . import admin_views as views

URLS = [
    path("", views.EventsView.as_view(), name="index"),
    path("post/", views.PostView.as_view(), name="post"),
    path("<int:pk>/cancel/", views.CancelView.as_view(), name="cancel"),
    path("<int:pk>/postpone/", views.PostponeView.as_view(), name="postpone"),
    path("<int:pk>/duplicate/", views.DuplicateView.as_view(), name="duplicate"),
    path("registered/<int:pk>/", views.SubmissionView.as_view(), name="submission"),
]

LOG_ACTIONS = [
    ("events.post", _("Post an event"), _("Event posted")),
    ("events.duplicate", _("Duplicate an event"), _("Duplicated from another event")),
    ("events.postpone", _("Postpone an event"), _("Event postponed")),
    ("events.cancel", _("Cancel an event"), _("Event cancelled")),
    ("events.register", _("Register an event"), _("A reader registered an event")),
    ("events.revise", _("Change a registered event"), _("A reader changed a registered event")),
    ("events.withdraw", _("Withdraw a registered event"), _("A reader withdrew a registered event")),
    ("events.approve", _("Approve a registered event"), _("Registered event approved")),
    ("events.refuse", _("Refuse a registered event"), _("Registered event refused")),
]


def register_log_actions(actions: Any) -> None:
    for action, label, message in LOG_ACTIONS:
        actions.register_action(action, label, message)


def admin_urls() -> list[Any]:
    return [path("events/", include((URLS, "toolkit_events"), namespace="toolkit_events"))]


def doors() -> list[Door]:
    # Every view asks the page's permissions, or shows the user's own organisation's only.
    return [Door("toolkit_events:*", guards.checks_itself)]


class EventsMenuItem(MenuItem):
    """*Events*, with the number of registered ones that wait."""

    def __init__(self) -> None:
        super().__init__(
            _("Events"), reverse_lazy("toolkit_events:index"), name="events", icon_name="date", order=170
        )

    def is_shown(self, request: Any) -> bool:
        return views.events_pages_of(request.user).exists()

    def render_component(self, request: Any) -> LinkMenuItem:
        count = waiting(request.user)
        attrs = {"data-editions-count": str(count)} if count else {}
        return LinkMenuItem(self.name, self.label, self.url, icon_name=self.icon_name, attrs=attrs)


def waiting(user: Any) -> int:
    return EventSubmission.objects.visible_to(user).to_decide().count()


STEPS = (
    ("duplicate", _("Duplicate"), "copy"),
    ("postpone", _("Postpone"), "calendar-alt"),
    ("cancel", _("Cancel the event"), "cross"),
)


def event_buttons(page: Any, user: Any, view_name: str = "", next_url: str | None = None) -> Iterator[Button]:
    """For the hooks of page headers and lists."""
    page = getattr(page, "specific_deferred", page)
    if not isinstance(page, EventPage) or not page.permissions_for_user(user).can_edit():
        return
    for number, (name, label, icon) in enumerate(STEPS):
        if name != "cancel" or not page.is_cancelled:
            yield Button(
                label,
                reverse(f"toolkit_events:{name}", args=[page.pk]),
                icon_name=icon,
                priority=12 + number,
            )


def header_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    return event_buttons(page, user, view_name, next_url)


def listing_buttons(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    return event_buttons(page, user, next_url=next_url)
