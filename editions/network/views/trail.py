"""The log: what was done in an affiliate, or in the whole network."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import PageLogEntry

from editions.views.base import AdminView, paged

from ..membership import READ_LOG, may_read_log
from ..models import Affiliate
from ..trail import Wanted, actions, load, trail_of
from .people import managed_by

PER_PAGE = 50


class TrailForm(forms.Form):
    action = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    who = forms.CharField(label=gettext_lazy("Who"), required=False, max_length=100)
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=AdminDateInput)
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=AdminDateInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", _("Everything")), *actions()]

    def wanted(self) -> Wanted:
        """What is asked for; what cannot be read is left out, and said at its field."""
        cleaned = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return Wanted(
            **{name: cleaned.get(name) or Wanted.__dataclass_fields__[name].default for name in self.fields}
        )


class TrailIndexView(View):
    """Leads to the log that the user may read."""

    def get(self, request):
        if request.user.has_perm(READ_LOG):
            return redirect("network:log_all")
        mine = managed_by(request.user)
        if not mine:
            raise PermissionDenied
        return redirect("network:log_of", pk=mine[0].pk)


class TrailView(AdminView):
    template_name = "network/log.html"
    header_icon = "history"
    page_title = gettext_lazy("Log")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        pk = kwargs.get("pk")
        affiliates = Affiliate.objects.select_related("folder", "collection")
        self.affiliate = get_object_or_404(affiliates, pk=pk) if pk else None

    def dispatch(self, request, *args, **kwargs):
        if not may_read_log(request.user, self.affiliate):
            raise PermissionDenied(_("Only an administrator reads this log."))
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.affiliate.name if self.affiliate else _("The whole network")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = TrailForm(self.request.GET)
        page = paged(trail_of(self.affiliate, form.wanted()), self.request, PER_PAGE)
        page.object_list = [row_of(entry) for entry in load(list(page.object_list))]
        user = self.request.user
        places = list(Affiliate.objects.values_list("pk", "name")) if user.has_perm(READ_LOG) else []
        if not places:
            mine = managed_by(user)
            places = [(each.pk, each.name) for each in mine] if len(mine) > 1 else []
        context.update(
            form=form,
            page_obj=page,
            linkurl=self.request.path,
            affiliate=self.affiliate,
            places=[
                (reverse("network:log_of", args=[pk]), name, self.affiliate and pk == self.affiliate.pk)
                for pk, name in places
            ],
            may_all=user.has_perm(READ_LOG),
        )
        context["media"] += form.media
        return context


def row_of(entry) -> dict:
    """One line. A link only where the page is still there."""
    page = entry.page if isinstance(entry, PageLogEntry) else None
    return {
        "entry": entry,
        "when": entry.timestamp,
        "who": entry.user_display_name if entry.user_id else _("the system"),
        "what": entry.message,
        "title": entry.label,
        "kind": entry.object_verbose_name if entry.content_type else "",
        "url": reverse("wagtailadmin_pages:history", args=[page.pk]) if page else "",
    }
