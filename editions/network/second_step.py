"""Who has to show a second step (a code of an app) at the login, and the middleware that asks for it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .scoping import is_national

REQUIRED_SETTING = "NETWORK_SECOND_STEP_REQUIRED"
"""Whether national people cannot work without. Anybody may switch it on for themselves, whatever it says."""

CHECKED = "network_has_no_second_step"
"""In the session of who has none and needs none, so that it is asked once for each session."""

FREE = ("wagtailadmin_log", "wagtailadmin_password_reset", "wagtailadmin_sprite", "wagtailadmin_javascript")


def is_required_of(user) -> bool:
    return bool(getattr(settings, REQUIRED_SETTING, True)) and is_national(user)


def has_second_step(user) -> bool:
    from django_otp.plugins.otp_totp.models import TOTPDevice

    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists()


def is_free(view_name: str) -> bool:
    return view_name.startswith((*FREE, "network_entry:"))


class SecondStepMiddleware:
    """After django-otp's. Leads whoever has a second step, or must have one, to its page before any view of
    the admin; scripts get a 403."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path.startswith(reverse("wagtailadmin_home")) or not request.user.is_authenticated:
            return None
        if is_free(request.resolver_match.view_name or "") or request.user.is_verified():
            return None
        required = is_required_of(request.user)
        if not required and request.session.get(CHECKED):
            return None
        if has_second_step(request.user):
            page = "network_entry:second_step"
        elif required:
            page = "network_entry:second_step_setup"
        else:
            request.session[CHECKED] = True
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied(_("Log in again, with the code of your app."))
        return redirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")


def forget_check(sender, request, user, **kwargs):
    """At each login it is asked anew."""
    if request is not None and hasattr(request, "session"):
        request.session.pop(CHECKED, None)


def no_address(request) -> None:
    """For `AXES_CLIENT_IP_CALLABLE`: failed logins are counted for each name, and no address is kept."""
