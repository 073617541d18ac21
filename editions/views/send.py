"""The send screens of national staff: what and to whom; then the plan; then it is sent."""

from collections import defaultdict

from django import forms
from django.db import transaction
from django.db.models import Count
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import Page

from editions.actions.apply import reason_in_words
from editions.actions.errors import EditionError
from editions.actions.send import PagePlan, Send
from editions.changes import changes
from editions.models import Adoption, Release
from editions.national import affiliate_sites
from editions.places import place_of
from editions.tasks import enqueue
from editions.unsent import sendable, taken_off
from editions.views.base import SenderView
from editions.views.outcomes import TONES, WILL, counted

#: Affiliates that are named in the plan under one outcome of one page; the counts count all.
NAMED = 50


class SendView(SenderView):
    """Choose pages and affiliates, with a title and a note."""

    template_name = "editions/send.html"
    header_icon = "mail"
    page_title = gettext_lazy("Send to affiliates")
    trail = (("editions:releases", gettext_lazy("Releases")),)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        toolkits = sendable()
        chosen = {int(pk) for pk in self.request.GET.getlist("page") if pk.isdigit()}
        adopted = dict(Adoption.objects.values_list("site_id").distinct().values_list("site_id", "site_id"))
        groups = []
        for pages in toolkits.values():
            new = [page for page in pages if page.unsent or page.pk in chosen]
            rest = [page for page in pages if not (page.unsent or page.pk in chosen)]
            groups.append(
                {
                    "toolkit": pages[0].toolkit,
                    "language": pages[0].language,
                    "unsent": new,
                    "rest": [page for page in rest if page.sent_before],
                    "fresh": [page for page in rest if not page.sent_before],
                }
            )
        gone = taken_off()
        unsent = sum(len(group["unsent"]) for group in groups) + len(gone)
        context.update(
            groups=groups,
            gone=gone,
            quiet=[group for group in groups if not group["unsent"]],
            unsent=unsent,
            headline=ngettext(
                "%(count)d published change not sent", "%(count)d published changes not sent", unsent
            )
            % {"count": unsent},
            sites=[
                (site, site.pk in adopted) for site in affiliate_sites().order_by("site_name", "hostname")
            ],
        )
        return context


class PlanForm(forms.Form):
    """What is sent to whom. Read from the address too, so that *publish and send* and links can lead here."""

    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=255)
    note = forms.CharField(
        label=gettext_lazy("What changed, for the affiliates"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    to = forms.ChoiceField(choices=[("all", "all"), ("some", "some")], required=False)
    when = forms.ChoiceField(choices=[("now", "now"), ("later", "later")], required=False)
    at = forms.DateTimeField(label=gettext_lazy("Send at"), required=False, widget=AdminDateTimeInput)

    def clean(self):
        data = super().clean()
        at = data.get("at")
        if data.get("when") != "later":
            data["at"] = None
            self.errors.pop("at", None)
        elif "at" not in self.errors and (at is None or at <= timezone.now()):
            self.add_error("at", _("Choose a time in the future, or send now."))
        return data

    def ids(self, name: str) -> list[int]:
        return [int(value) for value in self.data.getlist(name) if value.isdigit()]


class PlanView(SenderView):
    """What would happen, before anything is written; one button more, and it is sent."""

    template_name = "editions/plan.html"
    header_icon = "mail"
    page_title = gettext_lazy("The plan")
    trail = (
        ("editions:releases", gettext_lazy("Releases")),
        ("editions:send", gettext_lazy("Send to affiliates")),
    )

    @cached_property
    def form(self) -> PlanForm:
        form = PlanForm(self.request.POST if self.request.method == "POST" else self.request.GET)
        form.is_valid()
        return form

    @cached_property
    def sites(self):
        sites = affiliate_sites().order_by("site_name", "hostname")
        if self.form.cleaned_data.get("to") == "all":
            return list(sites)
        return list(sites.filter(pk__in=self.form.ids("site")))

    @cached_property
    def pages(self) -> list[Page]:
        return list(Page.objects.filter(pk__in=self.form.ids("page")).order_by("path").specific())

    @cached_property
    def action(self) -> Send:
        data = self.form.cleaned_data
        return Send(
            self.pages,
            self.sites,
            title=data.get("title", ""),
            note=data.get("note", ""),
            user=self.request.user,
            at=data.get("at"),
            gone=self.form.ids("gone"),
        )

    def get(self, request, *args, **kwargs):
        return self.show_plan()

    def post(self, request, *args, **kwargs):
        if "confirm" not in request.POST or self.form.errors:
            return self.show_plan()
        try:
            with transaction.atomic():
                release = self.action.execute()
                transaction.on_commit(lambda: enqueue(release))
        except EditionError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("editions:send")
        return redirect("editions:release", pk=release.pk)

    def show_plan(self):
        try:
            plans = self.action.plan()
        except EditionError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect("editions:send")
        return self.render_to_response(self.get_context_data(plans=plans))

    def get_context_data(self, plans: list[PagePlan], **kwargs):
        context = super().get_context_data(**kwargs)
        names = {site.pk: site.site_name or site.hostname for site in self.sites}
        total: dict[str, int] = defaultdict(int)
        for plan in plans:
            for outcome, count in plan.counts().items():
                total[outcome] += count
        does_something = any(total[outcome] for outcome in WILL if outcome != "skipped")
        context.update(
            form=self.form,
            media=context["media"] + self.form.media,
            at_error="at" in self.form.errors,
            pages=[page_of_plan(plan, names) for plan in plans],
            total=counted(total, WILL),
            sites=self.sites,
            page_ids=[plan.page.pk for plan in plans if not plan.version.gone],
            gone_ids=[plan.page.pk for plan in plans if plan.version.gone],
            site_ids=[] if self.form.cleaned_data.get("to") == "all" else [site.pk for site in self.sites],
            does_something=does_something,
            any_new=any(plan.version.pk is None for plan in plans),
            suggested_title=self.form.cleaned_data.get("title")
            or ", ".join(dict.fromkeys(plan.page.title for plan in plans))[:255],
            back_url=f"{reverse('editions:send')}?{'&'.join(f'page={plan.page.pk}' for plan in plans)}",
        )
        return context


def page_of_plan(plan: PagePlan, names: dict[int, str]) -> dict:
    """One page of the plan, for the template: the words that change, and who gets them how."""
    model = plan.version.model
    before = plan.previous
    outcomes = defaultdict(list)
    for site_id, step in plan.steps.items():
        asked = step.merged.conflicts if step.merged else ()
        outcomes[step.outcome.value].append(
            {
                "name": names[site_id],
                "why": reason_in_words(step.reason),
                "places": [place_of(model, each.path, plan.version.content) for each in asked],
            }
        )
    new = {"added": plan.adds - plan.asks, "waiting": plan.asks, "held": plan.holds}
    for outcome, site_ids in new.items():
        outcomes[outcome] += [{"name": names[site_id], "why": "", "places": []} for site_id in site_ids]
    for site_id, reason in plan.skips.items():
        outcomes["skipped"].append({"name": names[site_id], "why": reason_in_words(reason), "places": []})
    return {
        "page": plan.page,
        "version": plan.version,
        "is_new_version": plan.version.pk is None,
        "is_first": before is None and plan.version.pk is None,
        "moves": plan.moves,
        "beneath": new_parent(plan),
        "changes": changes(model, before.content, plan.version.content) if before else [],
        "counts": counted(plan.counts(), WILL),
        "outcomes": [
            {
                "words": WILL[outcome],
                "tone": TONES[outcome],
                "count": len(rows),
                "rows": sorted(rows, key=lambda row: row["name"])[:NAMED],
                "more": max(len(rows) - NAMED, 0),
            }
            for outcome in WILL
            if (rows := outcomes.get(outcome))
        ],
    }


def new_parent(plan: PagePlan) -> Page | None:
    """The national page beneath which the page goes; None where it stays beneath the one that it was sent with."""
    before, now = plan.previous, plan.version
    if before is None or before.parent_source_id == now.parent_source_id:
        return None
    return Page.objects.filter(pk=now.parent_source_id).first()


def progress_of(release: Release) -> dict:
    """How far a release is: updates written, of as many as there are versions times sites. Two statements."""
    counts = dict(
        release.updates.order_by()
        .values_list("outcome")
        .annotate(count=Count("pk"))
        .values_list("outcome", "count")
    )
    done = sum(counts.values())
    finished = release.state == Release.State.DONE
    total = done if finished else release.items.count() * release.sites.count()
    return {
        "counts": counts,
        "done": done,
        "total": total,
        "is_done": release.state in (Release.State.DONE, Release.State.CANCELLED),
    }
