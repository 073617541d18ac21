"""What the stock page editor shows and does besides: badge and side panel, *publish and send*."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.components import MediaContainer

from editions.access import may_send
from editions.models import EditionMixin
from editions.national import is_national
from editions.views.panel import EditionPanel, panels_for


def plan_url(page) -> str:
    """The plan for sending one page to all affiliates."""
    return f"{reverse('editions:plan')}?page={page.pk}&to=all"


def global_css() -> str:
    """The style sheet on every screen: the number in the menu and the home's panels are there too."""
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("editions/css/editions.css"))


class EditionPanelsMixin:
    """Adds the side panel and the badge to Wagtail's page ``EditView``."""

    @cached_property
    def edition_panel(self):
        return panels_for(self.page, self.request)

    def get_side_panels(self):
        panels = list(super().get_side_panels())
        if self.edition_panel is not None:
            panels.append(self.edition_panel)
        return MediaContainer(sorted(panels, key=lambda panel: panel.order))

    def get_header_buttons(self):
        buttons = super().get_header_buttons()
        if isinstance(self.edition_panel, EditionPanel):
            buttons.insert(0, self.edition_panel.badge)
        return buttons


class PublishAndSend(ActionMenuItem):
    """In the action menu of a national page: publishes, then shows the plan for sending it."""

    name = "action-publish-and-send"
    label = _("Publish and send…")
    icon_name = "mail"

    def is_shown(self, context):
        page = context.get("page")
        return (
            context["view"] == "edit"
            and not context["locked_for_user"]
            and isinstance(page, EditionMixin)
            and may_send(context["request"].user)
            and page.permissions_for_user(context["request"].user).can_publish()
            and is_national(page)
        )


class SendFromEditorMixin:
    """Answers the button of ``PublishAndSend``."""

    @cached_property
    def action_name_and_method(self):
        if (
            self.request.POST.get("action-publish-and-send")
            and self.page_perms.can_publish()
            and may_send(self.request.user)
        ):
            return "publish", self.publish_and_send_action
        return super().action_name_and_method

    def publish_and_send_action(self):
        response = self.publish_action()
        self.page.refresh_from_db(fields=["live", "has_unpublished_changes"])
        if response.status_code != 302 or not self.page.live or self.page.has_unpublished_changes:
            # It did not go live now (a hook stepped in, or it is scheduled): there is nothing to send yet.
            return response
        return redirect(plan_url(self.page))
