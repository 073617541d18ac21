"""The panels of editions on the admin's home."""

from django.db.models import Count
from wagtail.admin.ui.components import Component

from editions.access import may_send, sites_of
from editions.models import Edition, Release, Update
from editions.standing import Tone, standing_of, with_conflicts
from editions.unsent import unsent_ids
from editions.views.outcomes import counted
from editions.views.panel import MEDIA
from editions.views.updates import needing

#: So many things are named on the home; the list of updates has all.
NAMED = 8


class NeedsYouPanel(Component):
    """*What needs you*, for the editors of affiliates: most urgent first. Three statements, however much
    there is."""

    name = "editions_needs_you"
    template_name = "editions/home_affiliate.html"
    order = 50
    media = MEDIA

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        sites = list(sites_of(self.request.user))
        found = list(
            with_conflicts(
                needing(sites).select_related("page", "site", "locale", "sent", "adoption")
            ).order_by("-open_conflicts", "-sent__created_at", "pk")[: NAMED + 1]
        )
        return {
            "rows": [
                {"edition": edition, "standing": standing_of(edition, conflicts=edition.open_conflicts)}
                for edition in found[:NAMED]
            ],
            "more": len(found) > NAMED,
            "several_sites": len(sites) > 1,
            "CONFLICT": Tone.CONFLICT,
        }


class StaffPanel(Component):
    """For national staff: what is published and not sent, and the releases that run or met trouble."""

    name = "editions_staff"
    template_name = "editions/home_staff.html"
    order = 50
    media = MEDIA

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        newest = list(Release.objects.all()[:3])
        failed = set(
            Update.objects.filter(outcome=Update.Outcome.FAILED)
            .values_list("release_id", flat=True)
            .distinct()[:20]
        )
        shown = {release.pk: release for release in newest}
        shown |= {release.pk: release for release in Release.objects.filter(pk__in=failed - shown.keys())}
        running = Release.objects.filter(state__in=[*Release.UNFINISHED, Release.State.SCHEDULED]).exclude(
            pk__in=shown
        )[:10]
        shown |= {release.pk: release for release in running}
        counts = counts_of(shown)
        return {
            "unsent": len(unsent_ids()),
            "releases": [
                {"release": release, "counts": counted(counts.get(pk, {})), "failed": pk in failed}
                for pk, release in sorted(shown.items(), reverse=True)
            ],
            "conflicts": Edition.objects.in_conflict().count(),
        }


def counts_of(releases) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = {}
    rows = Update.objects.filter(release__in=list(releases)).order_by().values_list("release_id", "outcome")
    for release_id, outcome, count in rows.annotate(count=Count("pk")):
        counts.setdefault(release_id, {})[outcome] = count
    return counts


def add_panels(request, panels) -> None:
    """For the hook ``construct_homepage_panels``."""
    if may_send(request.user):
        panels.append(StaffPanel(request))
    elif sites_of(request.user).exists():
        panels.append(NeedsYouPanel(request))
