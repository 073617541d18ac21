"""Asks the table of doors before any view of the admin runs."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from .doors import may_enter
from .fronts import fronted
from .scoping import is_national


class DoorMiddleware:
    """After the authentication and message middlewares. Says no as Wagtail does: a message and the way home;
    403 to scripts.

    Who is not logged in is left to the admin, which asks for a login before everything else.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if not request.user.is_authenticated or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if not match.view_name:
            # Wagtail's catch-all, which answers 404.
            return None
        try:
            if may_enter(request, match.view_name, kwargs):
                front = None if is_national(request.user) else fronted(view)
                return front(request, *args, **kwargs) if front else None
        except PermissionDenied as refusal:
            if not str(refusal) or request.headers.get("x-requested-with") == "XMLHttpRequest":
                raise
            messages.error(request, str(refusal))
            return redirect("wagtailadmin_home")
        return permission_denied(request)
