"""What our admin views share."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from editions.access import may_send
from editions.actions.errors import EditionError
from editions.models import Edition
from editions.views.panel import MEDIA


class AdminView(WagtailAdminTemplateMixin, TemplateView):
    """A screen of ours in Wagtail's furniture. ``trail`` are breadcrumbs (url name, label) between home and
    the screen."""

    trail: tuple[tuple[str, str], ...] = ()

    def get_breadcrumbs_items(self):
        items = [{"url": reverse(name), "label": label} for name, label in self.trail]
        return [
            *self.breadcrumbs_items,
            *items,
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["media"] = context.get("media", MEDIA) + MEDIA
        context["next_url"] = self.next_url
        return context

    @property
    def next_url(self) -> str:
        """Where to go back to, if it is an address of this admin."""
        url = self.request.POST.get("next") or self.request.GET.get("next") or ""
        return url if url_has_allowed_host_and_scheme(url, {self.request.get_host()}) else ""

    def run(self, action) -> bool:
        """Execute an action; what it refuses is said to the user. Raises PermissionDenied for who may not."""
        return run(self.request, action)


def paged(rows, request, per_page: int):
    """The page of ``rows`` that the address asks for, ready for ``editions/includes/pages.html``."""
    page = WagtailPaginator(rows, per_page).get_page(request.GET.get("p"))
    page.elided = page.paginator.get_elided_page_range(page.number)
    return page


def run(request, action) -> bool:
    try:
        action.execute()
    except EditionError as error:
        messages.error(request, " ".join(error.messages))
        return False
    return True


class SenderView(AdminView):
    """For national staff with the permission to send."""

    def dispatch(self, request, *args, **kwargs):
        if not may_send(request.user):
            raise PermissionDenied(_("You may not send updates to affiliates. Ask your network manager."))
        return super().dispatch(request, *args, **kwargs)


class EditionView(AdminView):
    """A screen about one edition that has a page, for those who may edit that page."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.edition = get_object_or_404(
            Edition.objects.shown().select_related(
                "base__locale", "sent", "adoption", "site", "locale", "page"
            ),
            pk=kwargs["pk"],
        )

    def dispatch(self, request, *args, **kwargs):
        if not self.permissions.can_edit():
            raise PermissionDenied(_("You may not edit this page."))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def page(self):
        return self.edition.page.specific

    @cached_property
    def permissions(self):
        return self.edition.page.permissions_for_user(self.request.user)

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.edition.page_id])

    def back(self):
        return redirect(self.next_url or self.edit_url)

    def get_page_subtitle(self):
        return self.edition.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        page = {"url": self.edit_url, "label": self.edition.page.get_admin_display_title()}
        return [*self.breadcrumbs_items, page, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.update(edition=self.edition, page=self.page, edit_url=self.edit_url)
        return context
