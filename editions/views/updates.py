"""What waits for an affiliate's editors, and what changed on their pages."""

from collections import defaultdict

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.models import Site

from editions.access import sites_of
from editions.actions.updates import AcceptUpdates
from editions.changes import changes
from editions.models import Edition, Update, Version
from editions.models.editions import open_conflict
from editions.places import Reader
from editions.standing import standing_of, with_conflicts
from editions.views.base import AdminView, paged, run

PER_PAGE = 30
ARRIVED = (
    Update.Outcome.APPLIED,
    Update.Outcome.MERGED,
    Update.Outcome.FORCED,
    Update.Outcome.CONFLICT,
    Update.Outcome.ADDED,
    Update.Outcome.OFF,
)


def waiting_for(sites):
    """Editions of ``sites`` about which somebody has to decide: in conflict, waiting, or held with an
    update."""
    undecided = Edition.objects.undecided().values("pk")
    return Edition.objects.shown().filter(site__in=sites).filter(open_conflict() | Q(pk__in=undecided))


def needing(sites):
    """As ``waiting_for``, but without those that the affiliate itself has put on hold."""
    return (
        Edition.objects.shown()
        .filter(site__in=sites)
        .filter(open_conflict() | Q(pk__in=Edition.objects.waiting().values("pk")))
    )


class UpdatesView(AdminView):
    template_name = "editions/updates.html"
    header_icon = "site"
    page_title = gettext_lazy("Updates from national")

    @cached_property
    def sites(self):
        return sites_of(self.request.user)

    @property
    def shown(self) -> str:
        return "changed" if self.request.GET.get("show") == "changed" else "waiting"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        sites = list(self.sites[:2])
        page = self.waiting_page() if self.shown == "waiting" else self.changed_page()
        context.update(
            shown=self.shown,
            page_obj=page,
            several_sites=len(sites) > 1,
            has_site=bool(sites),
            linkurl=reverse("editions:updates"),
            waiting_count=waiting_for(self.sites).count()
            if self.shown == "changed"
            else page.paginator.count,
            tickable=self.shown == "waiting" and any(row["can_accept"] for row in page),
        )
        return context

    def waiting_page(self):
        order = Case(
            When(open_conflict(), then=Value(0)),
            When(pk__in=Edition.objects.held().values("pk"), then=Value(2)),
            default=Value(1),
            output_field=IntegerField(),
        )
        editions = with_conflicts(
            waiting_for(self.sites).select_related("page", "site", "locale", "sent", "base", "adoption")
        ).order_by(order, "-sent__created_at", "pk")
        page = paged(editions, self.request, PER_PAGE)
        releases = releases_of(page)
        page.object_list = [
            {
                "edition": edition,
                "standing": standing_of(
                    edition, conflicts=edition.open_conflicts, protected=edition.open_protected
                ),
                "release": releases.get((edition.pk, edition.sent_id)),
                "can_accept": edition.is_undecided,
            }
            for edition in page
        ]
        return page

    def changed_page(self):
        updates = (
            Update.objects.filter(site__in=self.sites, outcome__in=ARRIVED, edition__page__isnull=False)
            .select_related("release", "version__content_type", "version__locale", "edition__page", "site")
            .order_by("-pk")
        )
        page = paged(updates, self.request, PER_PAGE)
        page.object_list = with_changes(list(page))
        return page

    def post(self, request, *args, **kwargs):
        """Accepts many at once: those of the ticked that this user may decide about."""
        ids = [int(pk) for pk in request.POST.getlist("edition") if pk.isdigit()]
        editions = list(
            Edition.objects.undecided()
            .filter(pk__in=ids, site__in=self.sites)
            .select_related("page", "adoption", "sent")
        )
        if not editions:
            messages.warning(request, _("Tick the updates that you accept."))
        elif run(request, AcceptUpdates(editions, user=request.user)):
            asked = Edition.objects.in_conflict().filter(pk__in=[edition.pk for edition in editions]).count()
            text = ngettext(
                "%(count)d update is on your site.", "%(count)d updates are on your site.", len(editions)
            )
            messages.success(request, text % {"count": len(editions)})
            if asked:
                text = ngettext("%(count)d page needs you.", "%(count)d pages need you.", asked)
                messages.warning(request, text % {"count": asked})
        return redirect("editions:updates")


def releases_of(editions) -> dict:
    """(edition id, version id) to the release that sent it. One statement."""
    updates = Update.objects.filter(
        edition__in=[edition.pk for edition in editions], version=F("edition__sent")
    ).select_related("release")
    return {(update.edition_id, update.version_id): update.release for update in updates.order_by("pk")}


def with_changes(updates: list[Update]) -> list[dict]:
    """Each update with the words that it changed. A number of statements that grows with the page types, not
    with the updates."""
    wanted = Q(pk__in=[])
    for update in updates:
        wanted |= Q(source_id=update.version.source_id, number=update.version.number - 1)
    before = {
        (version.source_id, version.number): version
        for version in Version.objects.filter(wanted).select_related("content_type")
    }
    readers = {}
    contents = defaultdict(list)
    for update in updates:
        contents[update.version.model].append(update.version.content)
    for version in before.values():
        contents[version.model].append(version.content)
    for model, found in contents.items():
        readers[model] = Reader(model).see(found)
    rows = []
    for update in updates:
        version = update.version
        old = before.get((version.source_id, version.number - 1))
        told = []
        if old is not None and update.outcome != Update.Outcome.ADDED:
            asked = [conflict["path"] for conflict in update.receipt.get("conflicts", [])]
            told = changes(
                version.model, old.content, version.content, without=asked, reader=readers[version.model]
            )
        rows.append({"update": update, "changes": told, "is_new": update.outcome == Update.Outcome.ADDED})
    return rows


def count_needing(user) -> int:
    """For the number in the menu. Two statements at most."""
    sites = Site.objects.filter(pk__in=sites_of(user).values("pk"))
    return needing(sites).count()
