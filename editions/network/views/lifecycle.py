"""One affiliate as network managers keep it: address, bundle, archive, delete."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.log_actions import log

from editions.views.base import AdminView, run

from .. import bundle
from ..actions.lifecycle import ArchiveAffiliate, ChangeHostname, DeleteAffiliate, RestoreAffiliate
from ..membership import may_set_profile
from ..models import Affiliate
from ..people_forms import ActionForm
from ..scoping import is_national
from .opening import AFFILIATES


class HostnameForm(ActionForm):
    hostname = forms.CharField(label=gettext_lazy("New host name"), max_length=253)


class ArchiveForm(ActionForm):
    archived_note = forms.CharField(
        label=gettext_lazy("What readers are told"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One or two sentences: what happened, and who goes on."),
    )
    archived_to = forms.URLField(
        label=gettext_lazy("Where they go instead"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Empty: the national site."),
    )


class DeleteForm(ActionForm):
    typed = forms.CharField(label=gettext_lazy("Short name"), max_length=63)


class OneAffiliate:
    """The affiliate that the address names."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        affiliates = Affiliate.objects.select_related("site", "folder", "collection")
        self.affiliate = get_object_or_404(affiliates, pk=kwargs["pk"])


class SiteView(OneAffiliate, AdminView):
    template_name = "network/site.html"
    header_icon = "site"
    page_title = gettext_lazy("Site")
    trail = (AFFILIATES,)
    FORMS = {"move": HostnameForm, "archive": ArchiveForm, "delete": DeleteForm}

    def dispatch(self, request, *args, **kwargs):
        if not (is_national(request.user) and request.user.has_perm("network.change_affiliate")):
            raise PermissionDenied(_("Only network managers do this."))
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.affiliate.name

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for name, form in self.FORMS.items():
            context.setdefault(f"{name}_form", form())
        context.update(
            affiliate=self.affiliate,
            root_url=self.affiliate.site.root_url,
            former=self.affiliate.former_addresses.all()[:20],
            may_delete=self.request.user.has_perm("network.delete_affiliate"),
        )
        return context

    def post(self, request, *args, **kwargs):
        here, user = redirect("network:site", pk=self.affiliate.pk), request.user
        if "restore" in request.POST:
            if run(request, RestoreAffiliate(self.affiliate, user=user)):
                messages.success(request, _("The site is open again."))
            return here
        name = next((each for each in self.FORMS if each in request.POST), None)
        if name is None:
            return here
        form = self.FORMS[name](request.POST)
        if form.is_valid():
            try:
                self.action(name, form.cleaned_data, user).execute()
            except ValidationError as error:
                form.refuse(error)
            else:
                messages.success(request, self.done(name))
                return redirect("network:affiliates") if name == "delete" else here
        return self.render_to_response(self.get_context_data(**{f"{name}_form": form}))

    def action(self, name, data, user):
        if name == "move":
            return ChangeHostname(self.affiliate, data["hostname"], user=user)
        if name == "archive":
            note, to = data["archived_note"], data["archived_to"]
            return ArchiveAffiliate(self.affiliate, note=note, to=to, user=user)
        return DeleteAffiliate(self.affiliate, typed=data["typed"], user=user)

    def done(self, name):
        words = {
            "move": _("The site has moved. The old address sends readers on."),
            "archive": _("The site is closed. Everything is kept."),
            "delete": _("“%(name)s” is deleted."),
        }
        return words[name] % {"name": self.affiliate.name}


class BundleView(OneAffiliate, View):
    """The affiliate's bundle, for its administrators and for network managers."""

    http_method_names = ("post",)

    def post(self, request, pk):
        if not may_set_profile(request.user, self.affiliate):
            raise PermissionDenied
        log(instance=self.affiliate, action="network.export", user=request.user)
        response = StreamingHttpResponse(bundle.stream(self.affiliate), content_type="application/zip")
        name = f"{self.affiliate.slug}-{timezone.localdate():%Y-%m-%d}.zip"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store"
        return response


def site_url(affiliate: Affiliate) -> str:
    return reverse("network:site", args=[affiliate.pk])
