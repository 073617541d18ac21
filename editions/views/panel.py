"""The side panel *National edition* of the page editor, and the badge in its header."""

from collections import defaultdict

from django.db.models import Count, F, Q
from django.forms import Media
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.models import Page

from editions.access import may_protect, may_send, may_withdraw
from editions.actions.versions import is_new
from editions.changes import How, at, changes
from editions.conflicts import Kind
from editions.differences import State, Summary
from editions.models import Conflict, Edition, ReleaseItem, Version, Withdrawal
from editions.models.editions import open_question
from editions.national import is_national
from editions.places import Reader, block_label, field_label, field_of, opening, place_of
from editions.protecting import marks_of
from editions.standing import Standing, hold_in_words, standing_of, states_of, told_of
from editions.streams import MISSING, is_block
from editions.todos import todos_of
from editions.views.marks import marked, read

# Plain paths: their addresses are looked up when they are shown. At import there may be no collected files to look them up in.
MEDIA = Media(css={"all": ["editions/css/editions.css"]}, js=["editions/js/editions.js"])

#: Inherited blocks that are named one by one; a longer list says only how many there are.
SHOWN_INHERITED = 60


class Badge(Component):
    """The standing of an edition beside the breadcrumbs; a click opens the side panel, or the review where
    there is a conflict."""

    template_name = "editions/badge.html"
    priority = 1

    def __init__(self, standing: Standing, url: str = ""):
        self.standing, self.url = standing, url

    def get_context_data(self, parent_context):
        return {"standing": self.standing, "url": self.url}


class EditionPanel(BaseSidePanel):
    """What of an edition follows national, what is the affiliate's own, and what to do about it."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle national edition")
        icon_name = "site"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context):
            context = super().get_context_data(parent_context)
            context["count"] = self.panel.asking
            return context

    name = "edition"
    title = gettext_lazy("National edition")
    template_name = "editions/panel_edition.html"
    order = 150

    def __init__(self, page, request, edition: Edition):
        super().__init__(page, request)
        self.edition = edition

    @property
    def media(self):
        return MEDIA

    @cached_property
    def conflicts(self) -> list[Conflict]:
        return list(self.edition.conflicts.open())

    @cached_property
    def content(self) -> dict:
        return self.object.get_content()

    @cached_property
    def states(self):
        return states_of(self.object, self.edition.base.content, self.content)

    @cached_property
    def told(self) -> Summary:
        return told_of(self.states)

    @property
    def asking(self) -> int:
        """How many things wait for an answer."""
        return len(self.conflicts) + int(self.edition.is_undecided and not self.edition.held)

    @cached_property
    def standing(self) -> Standing:
        protected = sum(each.kind == Kind.PROTECTED for each in self.conflicts)
        return standing_of(
            self.edition, conflicts=len(self.conflicts) - protected, protected=protected, told=self.told
        )

    @property
    def review_url(self) -> str:
        return reverse("editions:review", args=[self.edition.pk])

    @property
    def badge(self) -> Badge:
        return Badge(self.standing, self.review_url if self.conflicts else "")

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        edition = self.edition
        permissions = self.object.permissions_for_user(self.request.user)
        context.update(
            edition=edition,
            standing=self.standing,
            told=self.told,
            groups=self.groups,
            conflicts=[
                place_of(type(self.object), each.place, self.content, edition.base.content)
                for each in self.conflicts
                if each.kind != Kind.PROTECTED and not each.about_page
            ],
            gone=any(each.about_page for each in self.conflicts),
            replaced=[
                place_of(type(self.object), each.place, self.content, edition.base.content)
                for each in self.conflicts
                if each.kind == Kind.PROTECTED
            ],
            review_url=self.review_url,
            hold=hold_in_words(edition) or (hold_in_words(edition.adoption) if edition.adoption else ""),
            hold_is_whole=bool(edition.adoption and edition.adoption.is_held() and not edition.is_held()),
            can_decide=permissions.can_publish(),
            can_edit=permissions.can_edit(),
            todos=todos_of(edition, self.object, self.content),
            is_draft=self.object.has_unpublished_changes,
            protected=self.protected,
            marks=[mark for mark in edition.base.protected if mark["path"]],
            **withdrawn_of(self.object, edition.source_key, self.content, edition.base.content),
        )
        return context

    @property
    def protected(self) -> list[dict]:
        """What national protects of this page, and why."""
        return [
            {
                "place": place_of(
                    type(self.object), tuple(mark["path"]), self.content, self.edition.base.content
                ),
                "reason": mark["reason"],
            }
            for mark in self.edition.base.protected
        ]

    @cached_property
    def groups(self) -> list[dict]:
        """The blocks and fields by state, those first that are the affiliate's own."""
        model, base = type(self.object), self.edition.base.content
        reader = Reader(model).see([base, self.content])
        base_read = reader.content(base)
        told = defaultdict(list)
        for change in changes(model, base, self.content, reader=reader):
            told[change.place.path[: 2 if len(change.place.path) > 1 else 1]].append(change)
        rows = defaultdict(list)
        for state in self.states:
            row = self.row(model, state, at(base_read, state.path), told[state.path])
            rows[state.state].append(row)
            if state.moved:
                rows["moved"].append(row)
        return [
            {"key": key, "title": title, "rows": rows[key], "open": key is not State.INHERITED}
            for key, title in (
                (State.ADAPTED, _("Yours")),
                (State.LOCAL, _("Only here")),
                (State.HIDDEN, _("Hidden here")),
                ("moved", _("At another place")),
                (State.INHERITED, _("From national, unchanged")),
            )
            if rows[key]
        ]

    def row(self, model, state, national, told) -> dict:
        field = field_of(model, state.path[0])
        is_block = len(state.path) > 1
        if is_block:
            block = getattr(field, "stream_block", None)
            try:
                block = block.child_blocks[state.type] if block else None
            except KeyError:
                block = None
            here = state.base if state.page is MISSING else state.page
            label, words = block_label(block, state.type), opening(block, value_of(here), 70)
        else:
            label, words = field_label(model, state.path[0]), ""
        row = {
            "label": label,
            "words": words,
            "query": urlencode([("path", step) for step in state.path]),
            "anchor": ""
            if state.state is State.HIDDEN
            else (f"block-{state.path[1]}-section" if is_block else ""),
            "field": state.path[0],
            "kept": state.kept,
            "is_block": is_block,
        }
        if state.state is State.ADAPTED:
            row["parts"] = [
                {
                    "label": change.place.label.partition(" › ")[2] if is_block else "",
                    "moved": change.how is How.MOVED,
                    "national": read(change.old),
                    "ours": marked(change.old, change.new, ours=True),
                }
                for change in told
            ]
        elif state.state is State.HIDDEN:
            row["national"] = read(national)
        return row


def withdrawn_of(page, source_key, *contents: dict) -> dict:
    """What ``editions/includes/withdrawn.html`` says of the blocks of a page that national has withdrawn. One statement."""
    found = list(Withdrawal.objects.of_blocks().filter(source_key=source_key).order_by("pk"))
    return {
        "withdrawn": [
            {"pk": each.pk, "place": place_of(type(page), each.place, *contents), "reason": each.reason}
            for each in found
        ],
        "withdrawn_marks": [{"path": each.path, "reason": each.reason} for each in found],
    }


def value_of(block):
    return block["value"] if is_block(block) else block


class NationalPanel(BaseSidePanel):
    """For national staff: what was sent of this page, what was not, and who follows it."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle local editions")
        icon_name = "site"
        has_counter = False

    name = "edition"
    title = gettext_lazy("Local editions")
    template_name = "editions/panel_national.html"
    order = 150

    @property
    def media(self):
        return MEDIA

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        context.update(national_standing(self.object, self.request.user))
        return context


def national_standing(page, user) -> dict:
    """What the panel says of a national page; nine statements, however many follow."""
    live = page if page.live and not page.has_unpublished_changes else type(page).objects.get(pk=page.pk)
    newest = Version.objects.of(page).first()
    marks = marks_of(page.translation_key)
    editions = Edition.objects.filter(source_id=page.pk)
    counts = editions.aggregate(
        following=Count("pk", filter=Q(page__isnull=False)),
        hidden=Count("pk", filter=Q(page__isnull=True)),
    )
    counts["conflict"] = editions.filter(open_question(), page__isnull=False).count()
    counts["held"] = editions.behind().held().count()
    counts["waiting"] = editions.waiting().count()
    counts["step"] = editions.shown().filter(base=F("sent")).exclude(open_question()).count()
    item = (
        ReleaseItem.objects.filter(version=newest).select_related("release").order_by("-release_id").first()
        if newest
        else None
    )
    return {
        "source": page,
        "newest": newest,
        "release": item and item.release,
        "is_live": live.live,
        "unsent": live.live and newest is not None and is_new(live, newest, marks=marks),
        "counts": counts,
        "can_send": may_send(user),
        "can_protect": may_protect(user),
        "can_withdraw": may_withdraw(user),
        "withdrawal": Withdrawal.objects.of_pages().filter(source_key=page.translation_key).first(),
        **withdrawn_of(page, page.translation_key, page.get_content()),
        "protected": [
            {"place": place_of(type(page), tuple(mark["path"]), page.get_content()), "reason": mark["reason"]}
            for mark in marks
        ],
        "gone_url": f"{reverse('editions:plan')}?gone={page.pk}&to=all"
        if newest and not live.live and not newest.gone and counts["following"]
        else "",
        "send_url": f"{reverse('editions:plan')}?page={page.pk}&to=all",
    }


def panels_for(page: Page, request) -> EditionPanel | NationalPanel | None:
    """The panel for a page of a type that has editions: it follows, or is followed, or neither."""
    edition = (
        Edition.objects.select_related("base__locale", "sent", "adoption", "site", "locale")
        .filter(page_id=page.pk)
        .first()
    )
    if edition is not None:
        return EditionPanel(page, request, edition)
    if is_national(page):
        return NationalPanel(page, request)
    return None
