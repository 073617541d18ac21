"""What national protects of one page: the marks there are, and a form for one more."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page

from editions.access import may_protect, may_send, may_withdraw
from editions.actions.errors import EditionError
from editions.actions.protect import Protect, Unprotect, check_may_protect
from editions.content import STREAM, content_fields
from editions.models import Protection
from editions.places import field_label, place_of
from editions.streams import Path, keyed
from editions.views.base import AdminView, run
from editions.views.editor import plan_url


def places_on(model, content: dict) -> list[tuple[str, list[tuple[str, str]]]]:
    """What of a page can be marked, as groups of choices: a path's steps joined by spaces, and its label."""
    fields = [(name, field_label(model, name)) for name in content_fields(model)]
    whole = (_("All of it"), [("", _("The whole page"))])
    return [whole, *blocks_on(model, content), (_("Fields"), fields)]


def blocks_on(model, *contents: dict) -> list[tuple[str, list[tuple[str, str]]]]:
    """As ``places_on``, the blocks alone: those of the first of ``contents``, then what only the others have."""
    found = []
    for name, kind in content_fields(model).items():
        if kind == STREAM:
            ids = dict.fromkeys(pk for content in contents for pk in keyed(content.get(name) or []))
            blocks = [(f"{name} {pk}", place_of(model, (name, pk), *contents).label) for pk in ids]
            if blocks:
                found.append((field_label(model, name), blocks))
    return found


class ProtectForm(forms.Form):
    place = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=255,
        help_text=gettext_lazy("Editors of affiliates read it where they may not write."),
        error_messages={
            "required": gettext_lazy("Say why: editors of affiliates read it where they may not write.")
        },
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places


class NationalPageView(AdminView):
    """A screen about one national page, for staff with the permission to protect."""

    def dispatch(self, request, *args, **kwargs):
        if not may_protect(request.user):
            raise PermissionDenied(_("You may not protect national content. Ask your network manager."))
        self.page = get_object_or_404(Page, pk=kwargs["pk"]).specific
        try:
            check_may_protect(self.page, request.user)
        except EditionError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        page = {"url": self.edit_url, "label": self.page.get_admin_display_title()}
        return [*self.breadcrumbs_items, page, {"url": "", "label": self.get_page_title()}]


class ProtectView(NationalPageView):
    template_name = "editions/protect.html"
    header_icon = "lock"
    page_title = gettext_lazy("Protect from changes")

    @cached_property
    def content(self) -> dict:
        return self.page.get_latest_revision_as_object().get_content()

    def form(self, data=None) -> ProtectForm:
        places = places_on(type(self.page), self.content)
        return ProtectForm(data, places=places, initial={"place": self.request.GET.get("place", "")})

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        marks = Protection.objects.filter(source_key=self.page.translation_key).select_related("created_by")
        context.update(
            form=kwargs.get("form") or self.form(),
            page=self.page,
            marks=[(mark, place_of(type(self.page), mark.place, self.content)) for mark in marks],
            edit_url=self.edit_url,
            plan_url=plan_url(self.page) if may_send(self.request.user) and self.page.live else "",
            can_withdraw=may_withdraw(self.request.user),
        )
        return context

    def post(self, request, *args, **kwargs):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        path: Path = tuple(form.cleaned_data["place"].split())
        if not run(request, Protect(self.page, path, form.cleaned_data["reason"], user=request.user)):
            return self.render_to_response(self.get_context_data(form=form))
        self.say(_("“%(place)s” is protected. Affiliates are bound by it once you send the page."), path)
        return redirect("editions:protect", pk=self.page.pk)

    def say(self, text: str, path: Path) -> None:
        place = place_of(type(self.page), path, self.content)
        buttons = []
        if may_send(self.request.user) and self.page.live:
            buttons = [messages.button(plan_url(self.page), _("See the plan and send"))]
        messages.success(self.request, text % {"place": place.label}, buttons=buttons)


class UnprotectView(ProtectView):
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        mark = get_object_or_404(Protection, pk=kwargs["mark"], source_key=self.page.translation_key)
        path = mark.place
        if run(request, Unprotect(self.page, mark, user=request.user)):
            self.say(_("“%(place)s” is free again. Affiliates may change it once you send the page."), path)
        return redirect("editions:protect", pk=self.page.pk)
