"""The people of an affiliate, or of national: who is here, inviting, roles, removing; and what one may do."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from editions.views.base import AdminView, paged, run

from ..actions.people import ChangeRoles, Invite, RemovePerson, ResendInvitation, RevokeInvitation, label_of
from ..membership import MANAGE_PEOPLE, may_manage_people, national_roles, people_of, roles_among, roles_in
from ..models import Affiliate, Invitation, NationalRole, Role
from ..people_forms import InviteForm, RolesForm
from ..roles import AFFILIATE_RIGHTS, NATIONAL_RIGHTS, rights_of

PER_PAGE = 50


def people_url(affiliate: Affiliate | None, person=None) -> str:
    if person is None:
        return (
            reverse("network:people_of", args=[affiliate.pk])
            if affiliate
            else reverse("network:people_national")
        )
    return (
        reverse("network:person_of", args=[affiliate.pk, person.pk])
        if affiliate
        else reverse("network:person_national", args=[person.pk])
    )


def managed_by(user) -> list[Affiliate]:
    """The affiliates that `user` administers."""
    return [affiliate for affiliate, role in roles_in(user) if role == Role.ADMINISTRATOR]


class PeopleIndexView(View):
    """Leads to the people that the user manages."""

    def get(self, request):
        if may_manage_people(request.user, None):
            return redirect("network:people_national")
        if request.user.has_perm(MANAGE_PEOPLE):
            return redirect("network:affiliates")
        mine = managed_by(request.user)
        if len(mine) == 1:
            return redirect(people_url(mine[0]))
        if not mine:
            raise PermissionDenied
        return redirect("network:affiliates")


class OfPlace(AdminView):
    """A screen about the people of the affiliate that the address names, or of national."""

    header_icon = "group"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        pk = kwargs.get("pk")
        self.affiliate = get_object_or_404(Affiliate.objects.select_related("site"), pk=pk) if pk else None

    def dispatch(self, request, *args, **kwargs):
        if not may_manage_people(request.user, self.affiliate):
            raise PermissionDenied(
                _("Only an administrator invites and removes people here.")
                if self.affiliate
                else _("Only a national administrator invites and removes national people.")
            )
        return super().dispatch(request, *args, **kwargs)

    @property
    def place(self) -> str:
        return self.affiliate.name if self.affiliate else _("National")

    @property
    def here(self) -> str:
        return people_url(self.affiliate)


class PeopleView(OfPlace):
    template_name = "network/people.html"
    page_title = gettext_lazy("People")

    def get_page_subtitle(self):
        return self.place

    def get_context_data(self, **kwargs):
        form = kwargs.pop("form", None) or InviteForm(affiliate=self.affiliate)
        context = super().get_context_data(**kwargs)
        page = paged(people_of(self.affiliate), self.request, PER_PAGE)
        roles = roles_among(page, self.affiliate)
        page.object_list = [
            {
                "person": person,
                "name": person.get_full_name() or person.get_username(),
                "roles": [label_of(role) for role in roles.get(person.pk, ())],
                "url": people_url(self.affiliate, person),
                "is_you": person.pk == self.request.user.pk,
            }
            for person in page
        ]
        invitations = (
            Invitation.objects.open()
            .into(self.affiliate)
            .select_related("invited_by")
            .order_by("email", "pk")
        )
        context.update(
            affiliate=self.affiliate,
            place=self.place,
            form=form,
            people=page,
            linkurl=self.here,
            invitations=[{"invitation": each, "role": label_of(each.role)} for each in invitations[:200]],
            may_national=may_manage_people(self.request.user, None),
            explained=explained(Role if self.affiliate else NationalRole, self.affiliate),
        )
        return context

    def post(self, request, *args, **kwargs):
        form = InviteForm(request.POST, affiliate=self.affiliate)
        if form.is_valid():
            try:
                invitation = Invite(self.affiliate, **form.cleaned_data, user=request.user).execute()
            except ValidationError as error:
                form.refuse(error)
            else:
                messages.success(
                    request, _("%(email)s is invited. The mail is on its way.") % {"email": invitation.email}
                )
                return redirect(self.here)
        return self.render_to_response(self.get_context_data(form=form))


class PersonView(OfPlace):
    """One person's role here, with what each role may do; and removing them."""

    template_name = "network/person.html"

    @cached_property
    def person(self):
        return get_object_or_404(people_of(self.affiliate), pk=self.kwargs["person"])

    def get_page_title(self):
        return self.person.get_full_name() or self.person.get_username()

    def get_page_subtitle(self):
        return self.place

    def get_breadcrumbs_items(self):
        people = {"url": self.here, "label": _("People"), "sublabel": self.place}
        return [*self.breadcrumbs_items, people, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def roles(self) -> list[str]:
        return roles_among([self.person], self.affiliate).get(self.person.pk, [])

    def get_context_data(self, **kwargs):
        initial = self.roles if self.affiliate is None else next(iter(reversed(self.roles)), "")
        form = kwargs.pop("form", None) or RolesForm(affiliate=self.affiliate, initial={"role": initial})
        context = super().get_context_data(**kwargs)
        context.update(
            affiliate=self.affiliate,
            place=self.place,
            person=self.person,
            form=form,
            people_url=self.here,
            is_you=self.person.pk == self.request.user.pk,
        )
        return context

    def post(self, request, *args, **kwargs):
        name = self.get_page_title()
        if "remove" in request.POST:
            if run(request, RemovePerson(self.affiliate, self.person, user=request.user)):
                messages.success(
                    request,
                    _("%(name)s has no role in %(place)s any more.") % {"name": name, "place": self.place},
                )
                return redirect(self.here)
            return redirect(request.path)
        form = RolesForm(request.POST, affiliate=self.affiliate)
        if form.is_valid():
            try:
                ChangeRoles(self.affiliate, self.person, form.roles, user=request.user).execute()
            except ValidationError as error:
                form.refuse(error)
            else:
                messages.success(request, _("Saved."))
                return redirect(self.here)
        return self.render_to_response(self.get_context_data(form=form))


class InvitationView(View):
    """Sends an invitation again, or takes it back."""

    http_method_names = ("post",)
    ACTIONS = {"resend": ResendInvitation, "revoke": RevokeInvitation}
    DONE = {
        "resend": gettext_lazy("The invitation is sent again. The link sent before stops working."),
        "revoke": gettext_lazy("The invitation is taken back. Its link stops working."),
    }

    def post(self, request, pk, action):
        invitation = get_object_or_404(Invitation.objects.select_related("affiliate"), pk=pk)
        if run(request, self.ACTIONS[action](invitation, user=request.user)):
            messages.success(request, self.DONE[action])
        return redirect(people_url(invitation.affiliate))


def explained(roles, affiliate: Affiliate | None = None) -> dict:
    """Roles and rights as a table: each right's words, and for each role whether it has it."""
    moderated = affiliate is not None and affiliate.moderated
    rights = AFFILIATE_RIGHTS if roles is Role else NATIONAL_RIGHTS
    return {
        "roles": [role.label for role in roles],
        "rights": [
            (right.words, [(role.label, right.is_of(role, moderated=moderated)) for role in roles])
            for right in rights
        ],
    }


class YouView(AdminView):
    """What the user may do, place by place, in words."""

    template_name = "network/you.html"
    header_icon = "user"
    page_title = gettext_lazy("What you may do")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user = self.request.user
        places = []
        held = national_roles(user)
        if held:
            rights = [(right, any(right.is_of(role) for role in held)) for right, _has in rights_of(held[0])]
            places.append(card(_("National"), [role.label for role in held], rights, None))
        for affiliate, role in roles_in(user):
            rights = rights_of(role, moderated=affiliate.moderated)
            places.append(card(affiliate.name, [role.label], rights, affiliate))
        context.update(places=places, is_superuser=user.is_superuser)
        return context


def card(name: str, roles: list, rights, affiliate: Affiliate | None) -> dict:
    asks = affiliate.people(Role.ADMINISTRATOR).order_by("last_name", "pk")[:5] if affiliate else ()
    return {
        "name": name,
        "roles": roles,
        "may": [right.words for right, has in rights if has],
        "may_not": [right.words for right, has in rights if not has],
        "asks": [person.get_full_name() or person.get_username() for person in asks],
    }
