"""The engine's items in the admin's menu."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from editions.access import may_send, sites_of
from editions.views.updates import count_needing


class UpdatesMenuItem(MenuItem):
    """*Updates*, with the number of pages that need this user. National staff see the list without a
    number."""

    def __init__(self):
        super().__init__(
            _("Updates"), reverse_lazy("editions:updates"), name="updates", icon_name="site", order=150
        )

    def is_shown(self, request):
        return sites_of(request.user).exists()

    def render_component(self, request):
        count = 0 if may_send(request.user) else count_needing(request.user)
        # The number stands in the label too, for who does not see the mark beside it.
        attrs = {"data-editions-count": str(count)} if count else {}
        return LinkMenuItem(self.name, self.label, self.url, icon_name=self.icon_name, attrs=attrs)


class ToolkitsMenuItem(MenuItem):
    def __init__(self):
        super().__init__(
            _("Toolkits"),
            reverse_lazy("editions:toolkits"),
            name="toolkits",
            icon_name="folder-open-inverse",
            order=160,
        )

    def is_shown(self, request):
        return sites_of(request.user).exists()


class ReleasesMenuItem(MenuItem):
    def __init__(self):
        super().__init__(
            _("Releases"), reverse_lazy("editions:releases"), name="releases", icon_name="mail", order=140
        )

    def is_shown(self, request):
        return may_send(request.user)
