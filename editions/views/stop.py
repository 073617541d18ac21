"""Asks before a page, or all that was adopted with a toolkit, stops following national."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from editions.actions.stop_following import StopFollowing, count_shown
from editions.models import Adoption
from editions.views.base import AdminView, EditionView, run


class StopPageView(EditionView):
    template_name = "editions/stop.html"
    header_icon = "cross"
    page_title = gettext_lazy("Stop following")

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=self.page.title, count=1, back_url=self.edit_url, **kwargs)

    def post(self, request, *args, **kwargs):
        if run(request, StopFollowing(self.edition, user=request.user)):
            messages.success(request, _("“%(page)s” is your own page now.") % {"page": self.page.title})
        return redirect("wagtailadmin_pages:edit", self.page.pk)


class StopToolkitView(AdminView):
    template_name = "editions/stop.html"
    header_icon = "cross"
    page_title = gettext_lazy("Stop following")
    trail = (("editions:toolkits", gettext_lazy("Toolkits")),)

    def dispatch(self, request, *args, **kwargs):
        adoptions = Adoption.objects.select_related("site__root_page")
        self.adoption = get_object_or_404(adoptions, pk=kwargs["pk"])
        if not self.adoption.site.root_page.permissions_for_user(request.user).can_publish():
            raise PermissionDenied(_("You do not act for this site."))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        first = (
            self.adoption.editions.filter(source_key=self.adoption.source_key).select_related("base").first()
        )
        return super().get_context_data(
            title=first.base.title if first else "",
            count=count_shown(self.adoption),
            back_url=self.request.path.removesuffix("stop/"),
            is_whole=True,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if not run(request, StopFollowing(self.adoption, user=request.user)):
            return redirect("editions:adoption", pk=self.adoption.pk)
        messages.success(request, _("The pages are your own now."))
        return redirect("editions:toolkits")
