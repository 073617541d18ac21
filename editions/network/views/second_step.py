"""The pages of the second step: the code at the login, setting it up, the recovery codes."""

from __future__ import annotations

import django_otp
import segno
from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from editions.views.base import run

from ..actions.second_step import ConfirmSecondStep, NewRecoveryCodes, RemoveSecondStep, StartSecondStep
from ..people_forms import ActionForm
from ..second_step import has_second_step, is_required_of
from .entry import InTheirLanguage


class TokenForm(ActionForm):
    token = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=16,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def clean_token(self):
        return self.cleaned_data["token"].replace(" ", "").lower()


class StepView(InTheirLanguage, TemplateView):
    """For who is logged in with a password."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated or not request.user.has_perm("wagtailadmin.access_admin"):
            return redirect(f"{reverse('wagtailadmin_login')}?{urlencode({'next': request.path})}")
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        return response

    @property
    def next_url(self) -> str:
        url = self.request.POST.get("next") or self.request.GET.get("next") or ""
        home = reverse("wagtailadmin_home")
        return url if url_has_allowed_host_and_scheme(url, {self.request.get_host()}) else home

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.setdefault("form", TokenForm())
        return {**context, "next_url": self.next_url}


class SecondStepView(StepView):
    """A code of the app, or a recovery code."""

    template_name = "network/second_step.html"

    def get(self, request, *args, **kwargs):
        if request.user.is_verified() or not has_second_step(request.user):
            return redirect("network_entry:second_step_setup")
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        form = TokenForm(request.POST)
        if form.is_valid():
            device = django_otp.match_token(request.user, form.cleaned_data["token"])
            if device is not None:
                # As at a login: what was known of the session before is worth nothing now.
                request.session.cycle_key()
                django_otp.login(request, device)
                return redirect(self.next_url)
            form.add_error(
                "token",
                _("This code is not right, or was used already. After several wrong ones, wait a little."),
            )
        return self.render_to_response(self.get_context_data(form=form))


class SetUpView(StepView):
    """Switches it on; once it is on, new recovery codes and, where the role allows it, off."""

    template_name = "network/second_step_setup.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and has_second_step(request.user) and not request.user.is_verified():
            return redirect("network_entry:second_step")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user = self.request.user
        context.update(is_on=has_second_step(user), is_required=is_required_of(user))
        if not context["is_on"]:
            device = StartSecondStep(user).execute()
            code = segno.make(device.config_url, error="m")
            # Drawn here, by no service; made of numbers alone.
            drawn = code.svg_inline(border=3, dark="#000", light="#fff", omitsize=True)
            context["qr"] = mark_safe(drawn)
            context["secret"] = spaced(device)
        return context

    def post(self, request, *args, **kwargs):
        user = request.user
        if "codes" in request.POST:
            return self.show_codes(NewRecoveryCodes(user).execute())
        if "off" in request.POST:
            if run(request, RemoveSecondStep(user, by=user)):
                messages.success(request, _("The second step is off."))
            return redirect("network_entry:second_step_setup")
        form = TokenForm(request.POST)
        if form.is_valid():
            try:
                device, codes = ConfirmSecondStep(user, form.cleaned_data["token"]).execute()
            except ValidationError as error:
                form.refuse(error)
            else:
                request.session.cycle_key()
                django_otp.login(request, device)
                return self.show_codes(codes)
        return self.render_to_response(self.get_context_data(form=form))

    def show_codes(self, codes):
        return self.render_to_response(self.get_context_data(codes=codes))


def spaced(device) -> str:
    """The secret in groups of four, to type it into an app."""
    import base64

    text = base64.b32encode(device.bin_key).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
