"""Menu items of the network, and the menus of affiliate users."""

from django.http import Http404
from django.urls import resolve, reverse
from wagtail.admin.menu import MenuItem

from .doors import is_closed_to_affiliates
from .membership import MANAGE_NATIONAL_PEOPLE, MANAGE_PEOPLE, READ_LOG, roles_in
from .models import Role
from .scoping import affiliates_of, is_national


class ProfileMenuItem(MenuItem):
    """For people of affiliates."""

    def is_shown(self, request):
        return not is_national(request.user) and bool(affiliates_of(request.user))


class PeopleMenuItem(MenuItem):
    """For who invites and removes people: administrators of affiliates, network managers."""

    def is_shown(self, request):
        user = request.user
        return (
            user.has_perm(MANAGE_PEOPLE)
            or user.has_perm(MANAGE_NATIONAL_PEOPLE)
            or any(role == Role.ADMINISTRATOR for _affiliate, role in roles_in(user))
        )


class LogMenuItem(MenuItem):
    """For administrators of affiliates, and who reads the log of all."""

    def is_shown(self, request):
        return request.user.has_perm(READ_LOG) or any(
            role == Role.ADMINISTRATOR for _affiliate, role in roles_in(request.user)
        )


class NationalMenuItem(MenuItem):
    def is_shown(self, request):
        return is_national(request.user)


def without_closed_doors(request, items):
    """For Wagtail's ``construct_…_menu`` hooks: takes out what leads an affiliate user to a closed door."""
    if not is_national(request.user):
        items[:] = [item for item in items if not leads_to_closed_door(str(getattr(item, "url", "")))]


def leads_to_closed_door(url: str) -> bool:
    if not url.startswith(reverse("wagtailadmin_home")):
        # A heading that opens a submenu, or an address elsewhere.
        return False
    try:
        return is_closed_to_affiliates(resolve(url.split("?")[0]).view_name)
    except Http404:
        return False
