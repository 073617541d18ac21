"""Small decisions about one edition: follow again, show again, hold, lift."""

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from editions import leaves
from editions.actions.follow import FollowAgain
from editions.actions.follow_place import FollowPlace
from editions.actions.updates import Hold, LiftHold
from editions.changes import at
from editions.places import Reader, place_of
from editions.streams import MISSING
from editions.views.base import EditionView, run
from editions.views.marks import marked, read


class FollowAgainView(EditionView):
    """Asks before a place is given back to national, or a hidden block is shown again; says what changes."""

    template_name = "editions/follow.html"
    header_icon = "rotate"

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(self.request.GET.getlist("path"))

    @property
    def is_hidden(self) -> bool:
        return leaves.get(self.draft.get_content(), self.path) is MISSING

    @property
    def draft(self):
        return self.page.get_latest_revision_as_object()

    def get_page_title(self):
        return _("Show again") if self.is_hidden else _("Follow national again")

    def dispatch(self, request, *args, **kwargs):
        if not self.path or leaves.get(self.edition.base.content, self.path) is MISSING:
            messages.error(request, _("National has no text at this place: it is your own."))
            return redirect(self.edit_url)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        national, here = self.edition.base.content, self.draft.get_content()
        reader = Reader(type(self.page)).see([national, here])
        ours, theirs = at(reader.content(here), self.path), at(reader.content(national), self.path)
        context.update(
            place=place_of(type(self.page), self.path, here, national),
            is_hidden=self.is_hidden,
            national=read(theirs),
            difference=None if self.is_hidden else marked(ours, theirs),
            can_publish=self.permissions.can_publish(),
            query=self.request.GET.urlencode(),
        )
        return context

    def post(self, request, *args, **kwargs):
        publish = "publish" in request.POST
        hidden, place = (
            self.is_hidden,
            place_of(type(self.page), self.path, self.draft.get_content(), self.edition.base.content),
        )
        if run(request, FollowAgain(self.page, self.path, user=request.user, publish=publish)):
            if hidden:
                text = _("“%(place)s” is shown again.")
            else:
                text = _("“%(place)s” follows national again. Your own text is in the page's history.")
            messages.success(request, text % {"place": place.label})
        return self.back()


class FollowPlaceView(EditionView):
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        if run(request, FollowPlace(self.page, user=request.user)):
            messages.success(
                request, _("“%(page)s” stands where national has it.") % {"page": self.page.title}
            )
        return self.back()


class HoldForm(forms.Form):
    until = forms.DateField(
        label=gettext_lazy("Hold until"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("Leave it empty to hold until you lift it."),
    )


class HoldView(EditionView):
    """Lets no updates in until a date, or until lifted."""

    template_name = "editions/hold.html"
    header_icon = "lock"
    page_title = gettext_lazy("Hold updates")

    def dispatch(self, request, *args, **kwargs):
        self.form = HoldForm(request.POST if request.method == "POST" else None)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(form=self.form, **kwargs)
        context["media"] += self.form.media
        return context

    def post(self, request, *args, **kwargs):
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        if not run(request, Hold(self.edition, until=self.form.cleaned_data["until"], user=request.user)):
            return self.render_to_response(self.get_context_data())
        messages.success(request, _("Updates of “%(page)s” are on hold.") % {"page": self.page.title})
        return self.back()


class LiftView(EditionView):
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        if run(request, LiftHold(self.edition, user=request.user)):
            messages.success(request, _("The hold on “%(page)s” is lifted.") % {"page": self.page.title})
        return self.back()
