"""The panels of editions on the admin's home."""

from collections import defaultdict

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from editions.access import may_send, sites_of
from editions.models import Edition, Release, Update
from editions.models.editions import open_question
from editions.needs import NAMED, Need, Urgency, needs_of_editor, needs_of_staff
from editions.standing import Tone, standing_of, with_conflicts
from editions.todos import own_paths
from editions.unsent import count_unsent
from editions.views.outcomes import counted
from editions.views.panel import MEDIA
from editions.views.toolkits import load_pages
from editions.views.updates import needing


class NeedsYouPanel(Component):
    """*What needs you*, for the editors of affiliates: most urgent first."""

    name = "editions_needs_you"
    template_name = "editions/home_affiliate.html"
    order = 50
    media = MEDIA

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        sites = list(sites_of(self.request.user))
        return {"needs": needs_of_editor(self.request.user, sites)}


def editions_that_need(user, sites) -> list[Need]:
    """For the hook ``register_editor_needs``: conflicts and updates that wait. One statement."""
    found = list(
        with_conflicts(needing(sites).select_related("page", "site", "locale", "sent", "adoption")).order_by(
            "-open_conflicts", "-open_protected", "-sent__created_at", "pk"
        )[: NAMED + 1]
    )
    needs = []
    for edition in found[:NAMED]:
        standing = standing_of(edition, conflicts=edition.open_conflicts, protected=edition.open_protected)
        in_conflict = standing.tone == Tone.CONFLICT
        if in_conflict and edition.sent.gone:
            words = _("National has taken its page off. You had changed it.")
        elif in_conflict:
            words = _("You and national changed the same words.")
        elif edition.open_protected and not edition.is_undecided:
            words = _("National protects these words now. Yours are kept, to copy.")
        else:
            words = _("National sent an update; it waits for you.")
        where = [edition.locale.get_display_name()]
        if len(sites) > 1:
            where.append(edition.site.site_name or edition.site.hostname)
        needs.append(
            Need(
                Urgency.CONFLICT if in_conflict else Urgency.WAITS,
                edition.page.title,
                f"{words} {' · '.join(where)}",
                reverse("editions:review", args=[edition.pk]),
                standing.text,
                standing.tone,
            )
        )
    if len(found) > NAMED:
        needs.append(
            Need(
                Urgency.WAITS,
                _("More updates"),
                _("All that waits is in one list."),
                reverse("editions:updates"),
                _("more"),
            )
        )
    return needs


def to_translate(user, sites) -> list[Need]:
    """For the hook ``register_editor_needs``: what is an affiliate's own in one language of a page and not in another. It looks at
    the pages that were saved last: one statement, one for their other languages, and one or two for each type of page."""
    saved = Edition.objects.shown().filter(site__in=sites, page__latest_revision__isnull=False)
    newest = list(
        saved.order_by("-page__latest_revision_created_at")
        .values_list("site_id", "source_key")
        .distinct()[: 2 * NAMED]
    )
    keys = {key for _site, key in newest}
    editions = list(
        Edition.objects.shown()
        .filter(site__in=sites, source_key__in=keys)
        .select_related("base", "locale", "page__content_type")
    )
    by_page = defaultdict(list)
    for edition in editions:
        by_page[edition.site_id, edition.source_key].append(edition)
    several = [group for group in by_page.values() if len(group) > 1]
    pages = load_pages(edition for group in several for edition in group)
    needs = []
    for group in several:
        own = {}
        for edition in group:
            page = pages[edition.page_id]
            own[edition] = set(own_paths(page, edition.base.content, page.get_content()))
        everything = set().union(*own.values())
        for edition, paths in own.items():
            if missing := len(everything - paths):
                needs.append(
                    Need(
                        Urgency.TO_TRANSLATE,
                        edition.page.title,
                        _("Yours in another language, but not in %(language)s.")
                        % {"language": edition.locale.get_display_name()},
                        reverse("wagtailadmin_pages:edit", args=[edition.page_id]),
                        ngettext("%(count)d place", "%(count)d places", missing) % {"count": missing},
                        Tone.HELD,
                    )
                )
    return needs[:NAMED]


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
            "unsent": count_unsent(),
            "releases": [
                {"release": release, "counts": counted(counts.get(pk, {})), "failed": pk in failed}
                for pk, release in sorted(shown.items(), reverse=True)
            ],
            "conflicts": Edition.objects.filter(open_question(), page__isnull=False).count(),
            "needs": needs_of_staff(self.request.user),
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
