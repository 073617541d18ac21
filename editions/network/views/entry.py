"""Where an invitation's link leads: outside the admin, for somebody who is not of it yet."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.users.models import UserProfile

from ..actions.people import AcceptInvitation, accounts_with, label_of
from ..mail import language_of, spoken
from ..models import Invitation
from ..people_forms import AcceptForm


class InTheirLanguage:
    """For pages outside the admin, which Wagtail puts into nobody's language: that of who is logged in, else of the browser, as far
    as the admin speaks it."""

    def language(self) -> str:
        if self.request.user.is_authenticated:
            return UserProfile.get_for_user(self.request.user).get_preferred_language()
        return spoken(get_language_from_request(self.request))

    def dispatch(self, request, *args, **kwargs):
        with override(self.language()):
            response = super().dispatch(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response


@method_decorator(sensitive_post_parameters("password", "again"), name="dispatch")
class AcceptView(InTheirLanguage, TemplateView):
    """A new person chooses a password; one with an account logs in and says yes."""

    template_name = "network/accept.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.invitation = Invitation.by_token(kwargs["token"])

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        # The link is a secret: it is told to no page that this one leads to.
        response["Referrer-Policy"] = "same-origin"
        return response

    def language(self) -> str:
        # Who opens the mail reads on in its language.
        if self.invitation and not self.request.user.is_authenticated:
            return language_of(self.invitation)
        return super().language()

    def trouble(self) -> str:
        invitation = self.invitation
        if invitation is None:
            return _("This link is not valid, or a newer one was sent. Look for a newer mail.")
        if invitation.revoked_at:
            return _("This invitation was taken back.")
        if invitation.accepted_at:
            return _("This invitation was used already. Log in with your account.")
        if invitation.has_expired:
            return _("This invitation has expired. Ask whoever invited you to send it again.")
        return ""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["trouble"] = self.trouble()
        context["login_url"] = reverse("wagtailadmin_login")
        if context["trouble"]:
            return context
        accounts = list(accounts_with(self.invitation.email))
        user = self.request.user
        context.update(
            invitation=self.invitation,
            role=label_of(self.invitation.role),
            is_yours=user.is_authenticated and user.pk in [each.pk for each in accounts],
            is_another=user.is_authenticated and user.pk not in [each.pk for each in accounts],
            has_account=bool(accounts),
            form=kwargs.get("form") or AcceptForm(),
        )
        context["login_url"] += "?" + urlencode({"next": self.request.path})
        return context

    def post(self, request, *args, **kwargs):
        if self.trouble():
            return self.get(request, *args, **kwargs)
        form = AcceptForm(request.POST)
        if request.user.is_authenticated:
            action = AcceptInvitation(self.invitation, person=request.user)
        elif form.is_valid():
            wanted = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "password")}
            action = AcceptInvitation(self.invitation, **wanted)
        else:
            return self.render_to_response(self.get_context_data(form=form))
        try:
            person = action.execute()
        except ValidationError as error:
            if request.user.is_authenticated:
                messages.error(request, " ".join(error.messages))
                return redirect(request.path)
            form.refuse(error)
            return self.render_to_response(self.get_context_data(form=form))
        if request.user.is_authenticated:
            messages.success(request, _("You are in. This is what you may do."))
            return redirect("network:you")
        messages.success(
            request, _("Your account is ready. Log in as %(name)s.") % {"name": person.get_username()}
        )
        return redirect("wagtailadmin_login")
