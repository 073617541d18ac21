"""Toolkits to adopt, and one adopted toolkit: when its updates arrive, and how each of its pages stands."""

from collections import defaultdict

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.models import Page

from editions.access import sites_of
from editions.actions.adopt import Adopt
from editions.actions.ask_first import AskFirst
from editions.actions.bring_back import BringBack
from editions.actions.updates import Hold, LiftHold
from editions.loading import tag_names
from editions.models import Adoption, SiteSettings
from editions.national import is_national
from editions.standing import hold_in_words, standing_of, states_of, told_of, with_conflicts
from editions.toolkits import adopted_alone, parts_of, toolkits_for
from editions.views.base import AdminView, paged, run
from editions.views.local import HoldForm

PER_PAGE = 100


class ToolkitsView(AdminView):
    """All that national offers, for one of the sites that the user acts for."""

    template_name = "editions/toolkits.html"
    header_icon = "folder-open-inverse"
    page_title = gettext_lazy("Toolkits")

    @cached_property
    def sites(self):
        return sites_of(self.request.user).select_related("root_page")

    @cached_property
    def site(self):
        """The site that the address names, else the first. Raises Http404 for one that the user does not act
        for."""
        asked = self.request.POST.get("site") or self.request.GET.get("site")
        if not asked:
            return self.sites.first()
        site = self.sites.filter(pk=asked).first() if asked.isdigit() else None
        if site is None:
            raise Http404
        return site

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        site = self.site
        toolkits = toolkits_for(site) if site else []
        may = site and site.root_page.permissions_for_user(self.request.user)
        context.update(
            site=site,
            sites=self.sites[:50],
            toolkits=toolkits,
            adopted=[toolkit for toolkit in toolkits if toolkit.adoption],
            offered=[toolkit for toolkit in toolkits if not toolkit.adoption],
            alone=adopted_alone(site, [toolkit.key for toolkit in toolkits]) if site else [],
            may_adopt=bool(may and may.can_add_subpage() and may.can_publish_subpage()),
        )
        return context

    def post(self, request, *args, **kwargs):
        if self.site is None:
            raise PermissionDenied
        toolkit = get_object_or_404(Page, pk=request.POST.get("toolkit") or 0)
        if run(request, Adopt(toolkit, self.site, user=request.user)):
            adoption = Adoption.objects.get(site=self.site, source_key=toolkit.translation_key)
            pages = adoption.editions.count()
            messages.success(
                request,
                ngettext(
                    "“%(toolkit)s” is on your site: %(count)d page, which follows national.",
                    "“%(toolkit)s” is on your site: %(count)d pages, which follow national.",
                    pages,
                )
                % {"toolkit": toolkit.title, "count": pages},
            )
            return redirect("editions:adoption", pk=adoption.pk)
        return redirect(f"{request.path}?site={self.site.pk}")


class ChaptersView(ToolkitsView):
    """The chapters of one toolkit, to adopt one by one."""

    template_name = "editions/chapters.html"
    trail = (("editions:toolkits", gettext_lazy("Toolkits")),)

    @cached_property
    def toolkit(self) -> Page:
        """Raises Http404 for what is not on offer: drafts, and pages of affiliates."""
        page = get_object_or_404(Page.objects.live(), pk=self.kwargs["pk"])
        if not is_national(page):
            raise Http404
        return page

    def get_page_title(self):
        return self.toolkit.title

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        parts = parts_of(self.toolkit, self.site) if self.site else []
        context.update(toolkit=self.toolkit, parts=parts)
        return context


class AskForm(forms.Form):
    ask = forms.ChoiceField(label=gettext_lazy("When an update comes"), widget=forms.RadioSelect)

    def __init__(self, *args, site_asks: bool, **kwargs):
        super().__init__(*args, **kwargs)
        as_site = (
            _("As the site's settings say: ask first")
            if site_asks
            else _("As the site's settings say: let it in")
        )
        self.fields["ask"].choices = [
            ("", as_site),
            ("no", _("Let it in at once")),
            ("yes", _("Ask me first")),
        ]
        self.fields["ask"].required = False

    @property
    def answer(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["ask"])


class AdoptionView(AdminView):
    template_name = "editions/adoption.html"
    header_icon = "folder-open-inverse"
    trail = (("editions:toolkits", gettext_lazy("Toolkits")),)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.adoption = get_object_or_404(Adoption.objects.select_related("site__root_page"), pk=kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        if not self.permissions.can_edit():
            raise PermissionDenied(_("You do not act for this site."))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def permissions(self):
        return self.adoption.site.root_page.permissions_for_user(self.request.user)

    @cached_property
    def root(self):
        """The adopted toolkit's own page in the site's first language, for its title."""
        editions = self.adoption.editions.filter(source_key=self.adoption.source_key).select_related(
            "base", "page"
        )
        return min(
            editions, key=lambda each: each.locale_id != self.adoption.site.root_page.locale_id, default=None
        )

    def get_page_title(self):
        if self.root is None:
            return _("Adopted")
        return self.root.page.title if self.root.page else self.root.base.title

    @cached_property
    def site_asks(self) -> bool:
        return SiteSettings.objects.filter(site=self.adoption.site_id, ask_first=True).exists()

    def get_ask_form(self, data=None):
        initial = {True: "yes", False: "no"}.get(self.adoption.ask_first, "")
        return AskForm(data, site_asks=self.site_asks, initial={"ask": initial})

    def get_context_data(self, **kwargs):
        hold_form = kwargs.pop("hold_form", None) or HoldForm()
        context = super().get_context_data(**kwargs)
        context["media"] += hold_form.media
        context.update(
            adoption=self.adoption,
            site=self.adoption.site,
            ask_form=self.get_ask_form(),
            hold_form=hold_form,
            hold=hold_in_words(self.adoption),
            may_decide=self.permissions.can_publish(),
            page_obj=self.pages(),
            linkurl=reverse("editions:adoption", args=[self.adoption.pk]),
        )
        return context

    def pages(self):
        editions = with_conflicts(self.adoption.editions.all()).select_related(
            "page__content_type", "base", "sent", "locale", "adoption"
        )
        page = paged(editions.order_by("locale_id", "page__path", "pk"), self.request, PER_PAGE)
        loaded = load_pages(page.object_list)
        rows = []
        for edition in page:
            local = loaded.get(edition.page_id)
            told = told_of(states_of(local, edition.base.content)) if local else None
            rows.append(
                {
                    "edition": edition,
                    "title": edition.page.title if edition.page else edition.base.title,
                    "depth": edition.page.depth - self.adoption.site.root_page.depth - 1
                    if edition.page
                    else 0,
                    "standing": standing_of(
                        edition, conflicts=edition.open_conflicts, protected=edition.open_protected, told=told
                    ),
                }
            )
        page.object_list = rows
        return page

    def post(self, request, *args, **kwargs):
        here = redirect("editions:adoption", pk=self.adoption.pk)
        if "lift" in request.POST:
            if run(request, LiftHold(self.adoption, user=request.user)):
                messages.success(request, _("The hold is lifted."))
            return here
        if "hold" in request.POST:
            form = HoldForm(request.POST)
            if not form.is_valid():
                return self.render_to_response(self.get_context_data(hold_form=form))
            if run(request, Hold(self.adoption, until=form.cleaned_data["until"], user=request.user)):
                messages.success(request, _("Updates of all these pages are on hold."))
            return here
        if "bring_back" in request.POST:
            hidden = {str(each.pk): each for each in self.adoption.editions.filter(page=None)}.get(
                request.POST["bring_back"]
            )
            if hidden is not None and run(request, BringBack(hidden, user=request.user)):
                messages.success(
                    request, _("“%(page)s” is on your site again.") % {"page": hidden.sent.title}
                )
            return here
        form = self.get_ask_form(request.POST)
        if form.is_valid() and run(request, AskFirst(self.adoption, form.answer, user=request.user)):
            messages.success(request, _("Saved."))
        return here


def load_pages(editions) -> dict[int, Page]:
    """The pages of some editions as their own types, with tags. One or two statements for each type."""
    by_model = defaultdict(list)
    for edition in editions:
        if edition.page is not None:
            by_model[edition.page.specific_class].append(edition.page_id)
    found = {}
    for model, ids in by_model.items():
        found.update(model.objects.prefetch_related(*tag_names(model)).in_bulk(ids))
    return found
