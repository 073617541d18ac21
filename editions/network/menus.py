"""Menu items of the network."""

from wagtail.admin.menu import MenuItem

from .scoping import affiliates_of, is_national


class ProfileMenuItem(MenuItem):
    """For people of affiliates."""

    def is_shown(self, request):
        return not is_national(request.user) and bool(affiliates_of(request.user))


class NationalMenuItem(MenuItem):
    def is_shown(self, request):
        return is_national(request.user)
