"""The review screen: one page's open conflicts, or the update that waits for it; and what came without a
question."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.utils.decorators import xframe_options_sameorigin_override

from editions.actions.settle import Reopen, SettleConflicts, chosen, put_at
from editions.actions.updates import AcceptUpdates
from editions.changes import changes
from editions.conflicts import Kind
from editions.loading import rows_of, target_of
from editions.models import Conflict, Update, Version
from editions.places import place_of
from editions.plan import decide
from editions.standing import hold_in_words, standing_of, states_of, told_of
from editions.views.base import EditionView, run
from editions.views.panel import withdrawn_of
from editions.views.review_form import ReviewForm, questions_of

#: Decisions that are listed, newest first, to be taken back.
SETTLED = 20
ARRIVED = (
    Update.Outcome.APPLIED,
    Update.Outcome.MERGED,
    Update.Outcome.FORCED,
    Update.Outcome.CONFLICT,
    Update.Outcome.ADDED,
    Update.Outcome.OFF,
)


class ReviewView(EditionView):
    template_name = "editions/review.html"
    header_icon = "site"

    def get_page_title(self):
        return _("Update from national")

    # What there is -------------------------------------------------------------------------------

    @cached_property
    def content(self) -> dict:
        """What readers see."""
        return self.page.get_content()

    @cached_property
    def told(self):
        return told_of(states_of(self.page, self.edition.base.content, self.content))

    @cached_property
    def conflicts(self) -> list[Conflict]:
        return list(self.edition.conflicts.open().select_related("version__content_type"))

    @cached_property
    def questions(self):
        return questions_of(self.page, self.conflicts, self.content)

    @cached_property
    def update(self) -> Update | None:
        """The newest update that is about this page, whatever came of it."""
        return (
            self.edition.updates.select_related("release", "version")
            .order_by("-version__number", "-pk")
            .first()
        )

    def waiting(self) -> dict | None:
        """What accepting the update would do, by the function that does it."""
        if not self.edition.is_undecided:
            return None
        if not self.edition.is_behind:
            return {"changes": [], "conflicts": [], "content": self.content}
        version = self.edition.sent
        rows, _pages = rows_of(version, [self.edition])
        step = decide(rows[0], target_of(version), accepted=True)
        new = dict(version.content) if step.merged is None else step.merged.fields
        model = type(self.page)
        return {
            "changes": changes(model, self.content, {name: new.get(name) for name in new}),
            "conflicts": [
                place_of(model, each.path, self.content, version.content)
                for each in (step.merged.conflicts if step.merged else ())
            ],
            "content": new,
            "gone": version.gone,
        }

    def arrived(self):
        """What the newest update that arrived brought without a question, and what it changed in what is
        hidden here."""
        updates = list(
            self.edition.updates.filter(outcome__in=ARRIVED)
            .select_related("version", "release")
            .order_by("-version__number", "-pk")[:2]
        )
        if not updates:
            return None
        update = updates[0]
        before = updates[1].version if len(updates) > 1 else self.version_before_first_update()
        if before is None or update.outcome == Update.Outcome.ADDED:
            return {"update": update, "changes": [], "notices": []}
        asked = [conflict.place for conflict in self.edition.conflicts.filter(version=update.version)]
        notices = [tuple(notice["path"]) for notice in update.receipt.get("notices", [])]
        model = type(self.page)
        return {
            "update": update,
            "changes": changes(model, before.content, update.version.content, without=[*asked, *notices]),
            "notices": [place_of(model, path, update.version.content, before.content) for path in notices],
            "moved": bool(update.receipt.get("moved")),
        }

    def version_before_first_update(self) -> Version | None:
        first = (
            self.edition.updates.order_by("version__number").values_list("version__number", flat=True).first()
        )
        return (
            Version.objects.filter(source_id=self.edition.source_id, number__lt=first)
            .order_by("-number")
            .first()
        )

    def settled(self) -> list[tuple[Conflict, object]]:
        found = (
            self.edition.conflicts.exclude(settled_at=None)
            .select_related("version", "settled_by")
            .order_by("-settled_at")[:SETTLED]
        )
        return [
            (each, place_of(type(self.page), each.place, self.content, each.version.content))
            for each in found
        ]

    # The screen -----------------------------------------------------------------------------------

    def get_form(self, data=None) -> ReviewForm:
        return ReviewForm(data, questions=self.questions)

    def get_context_data(self, **kwargs):
        form = kwargs.pop("form", None) or self.get_form()
        context = super().get_context_data(**kwargs)
        context["media"] += form.media
        protected = sum(each.kind == Kind.PROTECTED for each in self.conflicts)
        conflicts = len(self.conflicts) - protected
        context.update(
            form=form,
            standing=standing_of(self.edition, conflicts=conflicts, protected=protected, told=self.told),
            update=self.update,
            waiting=self.waiting(),
            arrived=self.arrived(),
            settled=self.settled(),
            hold=hold_in_words(self.edition),
            can_publish=self.permissions.can_publish() and self.page.live,
            can_submit=self.permissions.can_submit_for_moderation(),
            has_draft=self.page.has_unpublished_changes,
            preview_url=reverse("editions:review_preview", args=[self.edition.pk]),
            **withdrawn_of(self.page, self.edition.source_key, self.content, self.edition.base.content),
        )
        return context

    def post(self, request, *args, **kwargs):
        if "accept" in request.POST:
            return self.accept()
        form = self.get_form(request.POST)
        if not form.is_valid():
            messages.error(request, _("Nothing was saved. Look at the places marked below."))
            return self.render_to_response(self.get_context_data(form=form))
        publish = "publish" in request.POST
        action = SettleConflicts(self.page, form.decisions, user=request.user, publish=publish)
        if not run(request, action):
            return self.render_to_response(self.get_context_data(form=form))
        self.say_settled(len(form.decisions), publish)
        if "submit" in request.POST:
            self.submit_for_moderation()
        if self.edition.conflicts.open().exists():
            return redirect(request.get_full_path())
        return redirect(self.next_url or reverse("editions:updates"))

    def say_settled(self, count: int, published: bool) -> None:
        if published:
            text = ngettext(
                "%(count)d place is settled and published.",
                "%(count)d places are settled and published.",
                count,
            )
        else:
            text = ngettext(
                "%(count)d place is settled in the draft.",
                "%(count)d places are settled in the draft.",
                count,
            )
        take_back = messages.button(
            reverse("editions:review", args=[self.edition.pk]), _("See the decisions")
        )
        messages.success(
            self.request,
            text % {"count": count},
            buttons=[take_back, messages.button(self.edit_url, _("Edit"))],
        )

    def submit_for_moderation(self) -> None:
        page = self.page.specific_class.objects.get(pk=self.page.pk)
        workflow = page.get_workflow()
        if not self.permissions.can_submit_for_moderation() or workflow is None:
            raise PermissionDenied(_("This page has no moderation."))
        workflow.start(page.get_latest_revision_as_object(), self.request.user)
        messages.success(self.request, _("“%(page)s” was sent to your moderator.") % {"page": page.title})

    def accept(self):
        if run(self.request, AcceptUpdates([self.edition], user=self.request.user)):
            if self.edition.conflicts.open().exists():
                messages.warning(self.request, _("The update is on your page. Some places need you."))
                return redirect(reverse("editions:review", args=[self.edition.pk]))
            messages.success(self.request, _("The update is on “%(page)s”.") % {"page": self.page.title})
        return redirect(self.next_url or reverse("editions:updates"))


class ReviewPreviewView(ReviewView):
    """The page as it would be: with the decisions that are posted, or with the update that waits. Nothing is
    written."""

    http_method_names = ("post",)

    @method_decorator(xframe_options_sameorigin_override)
    def post(self, request, *args, **kwargs):
        if self.edition.is_undecided and "waiting" in request.POST:
            content = self.waiting()["content"]
        else:
            form = self.get_form(request.POST)
            form.is_valid()
            content = self.content
            for conflict in self.conflicts:
                decision = form.decisions.get(conflict.pk)
                if decision is None or conflict.about_page:
                    continue
                if decision.choice != Conflict.Decision.KEEP:
                    content = put_at(content, conflict, chosen(conflict, decision))
        page = self.page.specific_class.objects.get(pk=self.page.pk)
        if not page.is_previewable():
            return HttpResponseBadRequest(_("This page cannot be previewed."))
        page.set_content(content)
        return page.make_preview_request(request, page.default_preview_mode)


class ReopenView(EditionView):
    """Takes one decision back."""

    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        conflict = get_object_or_404(
            Conflict.objects.select_related("edition__page", "version"),
            pk=kwargs["conflict"],
            edition=self.edition,
        )
        publish = self.permissions.can_publish() and self.page.live
        if run(request, Reopen(conflict, user=request.user, publish=publish)):
            messages.success(request, _("The decision is taken back. Your text stands again."))
        return redirect("editions:review", pk=self.edition.pk)
