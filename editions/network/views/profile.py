"""The profile of an affiliate, and the list of all of them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from ..forms import ProfileForm
from ..membership import MANAGE_PEOPLE, roles_in
from ..models import Affiliate, Role
from ..scoping import affiliates_of, is_national, scope_queryset
from ..usage import said_nationally
from ..variables import unsaid

WIDE = "network-wide"
"""Columns that small screens leave out."""


class ProfileIndexView(View):
    """Leads to the profile of whoever has one affiliate, else to the list."""

    def get(self, request):
        mine = affiliates_of(request.user)
        if len(mine) == 1 and not is_national(request.user):
            return redirect("network:profile", mine[0].pk)
        return redirect("network:affiliates")


class AffiliateListView(generic.IndexView):
    """The affiliates whose profile the user may change: their own, for national staff all."""

    model = Affiliate
    template_name = "network/affiliates.html"
    page_title = gettext_lazy("Affiliates")
    header_icon = "group"
    index_url_name = "network:affiliates"
    index_results_url_name = "network:affiliates_results"
    edit_url_name = "network:profile"
    default_ordering = "name"
    is_searchable = True
    search_fields = ["name", "slug", "place", "site__hostname"]
    any_permission_required = None

    @cached_property
    def columns(self):
        return [
            TitleColumn("name", label=_("Name"), sort_key="name", get_url=self.get_edit_url),
            Column("place", label=_("Place"), sort_key="place", classname=WIDE),
            TitleColumn(
                "site",
                label=_("Address"),
                accessor=lambda each: each.site.root_url,
                get_url=self.get_site_url,
                classname=WIDE,
            ),
            Column(
                "languages",
                label=_("Languages"),
                accessor=lambda each: ", ".join(each.languages),
                classname=WIDE,
            ),
            TitleColumn(
                "people",
                label=_("People"),
                accessor=people_in_words,
                get_url=self.get_people_url,
                classname=WIDE,
            ),
            Column("missing", label=_("Values missing"), accessor=self.number_missing),
        ]

    def dispatch(self, request, *args, **kwargs):
        if not is_national(request.user) and not affiliates_of(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        affiliates = (
            Affiliate.objects.select_related("site")
            .prefetch_related("values")
            .annotate(number_of_people=Count("groups__group__user", distinct=True))
        )
        return scope_queryset(self.request.user, affiliates)

    @cached_property
    def header_buttons(self):
        if not self.request.user.has_perm("network.add_affiliate"):
            return []
        return [
            HeaderButton(_("Open an affiliate"), url=reverse("network:open"), icon_name="plus", priority=10),
            HeaderButton(_("Being opened"), url=reverse("network:openings"), icon_name="time", priority=20),
        ]

    def get_edit_url(self, instance):
        return reverse("network:profile", args=[instance.pk])

    def get_list_buttons(self, instance):
        return []

    def get_site_url(self, instance):
        may = self.request.user.has_perm("network.change_affiliate")
        return reverse("network:site", args=[instance.pk]) if may else None

    def get_people_url(self, instance):
        """None for whose people are another's to manage: then the number is no link."""
        if self.may_manage_all or instance.pk in self.managed:
            return reverse("network:people_of", args=[instance.pk])
        return None

    def number_missing(self, instance):
        """How many words that national's texts say its profile does not fill in."""
        return len(unsaid(instance) & self.said)

    @cached_property
    def said(self):
        return said_nationally()

    @cached_property
    def may_manage_all(self):
        return self.request.user.has_perm(MANAGE_PEOPLE)

    @cached_property
    def managed(self):
        return {affiliate.pk for affiliate, role in roles_in(self.request.user) if role == Role.ADMINISTRATOR}


def people_in_words(affiliate) -> str:
    count = affiliate.number_of_people
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


class ProfileView(WagtailAdminTemplateMixin, FormView):
    """What an affiliate says of itself, and where its pages say it."""

    form_class = ProfileForm
    template_name = "network/profile.html"
    page_title = gettext_lazy("Profile")
    header_icon = "home"

    def dispatch(self, request, pk, *args, **kwargs):
        affiliates = Affiliate.objects.select_related("site", "folder", "logo")
        self.affiliate = get_object_or_404(affiliates, pk=pk)
        if not scope_queryset(request.user, affiliates.filter(pk=pk)).exists():
            raise PermissionDenied
        return super().dispatch(request, pk, *args, **kwargs)

    def get_page_subtitle(self):
        return self.affiliate.name

    def get_breadcrumbs_items(self):
        items = [*self.breadcrumbs_items]
        if is_national(self.request.user) or len(affiliates_of(self.request.user)) > 1:
            items.append({"url": reverse("network:affiliates"), "label": _("Affiliates")})
        return [*items, {"url": "", "label": _("Profile"), "sublabel": self.affiliate.name}]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "affiliate": self.affiliate, "user": self.request.user}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        rows = list(form.rows())
        return {
            **context,
            "is_for_reading": form.is_for_reading,
            "administrators": self.affiliate.people(Role.ADMINISTRATOR).order_by("last_name", "pk")[:5],
            "affiliate": self.affiliate,
            "media": form.media,
            "rows": [row for row in rows if not row.custom],
            "own_rows": [row for row in rows if row.custom],
            "example": "{{ hotline }}",
            "action_url": self.request.path,
            "submit_button_label": _("Save"),
            "submit_button_active_label": _("Saving…"),
        }

    def form_valid(self, form):
        if form.is_for_reading:
            raise PermissionDenied(_("Only an administrator of this affiliate changes its profile."))
        if form.save():
            messages.success(self.request, _("The profile is saved, and your pages show it."))
        else:
            messages.info(self.request, _("Nothing was changed."))
        return redirect(self.request.path)

    def form_invalid(self, form):
        messages.error(self.request, _("The profile was not saved. See below what is wrong."))
        return super().form_invalid(form)
