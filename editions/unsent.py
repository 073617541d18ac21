"""What national has published and not sent."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, Subquery
from wagtail.models import Page, get_page_models

from editions.actions.versions import is_new
from editions.loading import tag_names
from editions.models import Edition, EditionMixin, Protection, Release, Version, WithdrawnPage
from editions.national import homes, national_site
from editions.protecting import marks_by_key
from editions.spots import out_of_place

#: So many pages that may have changed are read word by word; beyond that, staff send first what they see.
READ = 200


@dataclass(frozen=True)
class Sendable:
    """One published national page below a home. ``toolkit`` is the title of the page beneath the home that
    it belongs to."""

    pk: int
    title: str
    language: str
    toolkit: str
    depth: int
    unsent: bool
    sent_before: bool


def national_pages():
    """All published pages with editions on the national site, but its homes."""
    below = Q(pk__in=[])
    for home in homes(national_site()).values():
        below |= Q(path__startswith=home.path, depth__gt=home.depth)
    return Page.objects.filter(below, live=True, content_type__in=edition_content_types())


def edition_content_types() -> list[int]:
    models = [model for model in get_page_models() if issubclass(model, EditionMixin)]
    return [each.pk for each in ContentType.objects.get_for_models(*models).values()]


def unsent_ids() -> set[int]:
    """Ids of the pages that say something published which no version says, or stand elsewhere than it says, in toolkits that were
    sent or adopted before, in any language: a translation of one counts too.

    Three statements for the places, one for the candidates, one for their versions, and one or two for each page type.
    """
    moved = out_of_place(national_pages().values_list("pk", "path"))
    newest = Version.objects.filter(source_id=OuterRef("pk")).order_by("-number")
    pages = national_pages().annotate(sent_at=Subquery(newest.values("created_at")[:1]))
    sent_paths = set(
        Page.objects.filter(translation_key__in=Version.objects.values("source_key")).values_list(
            "path", flat=True
        )
    )
    waiting = set(
        Version.objects.filter(items__release__state=Release.State.SCHEDULED).values_list("pk", flat=True)
    )
    changed = (
        Q(sent_at=None) | Q(last_published_at__gt=F("sent_at")) | marked() | not_in_force() | Q(pk__in=moved)
    )
    candidates = [
        page
        for page in pages.filter(changed).order_by("-last_published_at")
        if page.sent_at is not None
        or any(page.path[:end] in sent_paths for end in range(4, len(page.path) + 1, 4))
    ][:READ]
    versions = last_versions([page.pk for page in candidates])
    by_model = defaultdict(list)
    for page in candidates:
        by_model[page.specific_class].append(page.pk)
    marks = marks_by_key({page.translation_key for page in candidates})
    found = set()
    for model, ids in by_model.items():
        for page in model.objects.filter(pk__in=ids).prefetch_related(*tag_names(model)):
            version = versions.get(page.pk)
            asleep = version is not None and not version.in_force and version.pk not in waiting
            marked_now = marks.get(page.translation_key, [])
            if asleep or is_new(page, version, marks=marked_now, moved=page.pk in moved):
                found.add(page.pk)
    return found


def taken_off() -> list[Version]:
    """The last versions of pages that national has unpublished or deleted, that editions show, and of which nobody was told so.
    What was withdrawn is off everywhere already."""
    newer = Version.objects.filter(source_id=OuterRef("source_id"), number__gt=OuterRef("number"))
    live = Page.objects.filter(pk=OuterRef("source_id"), live=True)
    shown = Edition.objects.shown().filter(source_id=OuterRef("source_id"))
    withdrawn = WithdrawnPage.objects.filter(page_id=OuterRef("source_id"), withdrawal__lifted_at=None)
    waiting = Q(items__release__state=Release.State.SCHEDULED)
    found = Version.objects.filter(~Exists(newer), ~Exists(live), ~Exists(withdrawn), Exists(shown))
    told = Q(gone=True, in_force=True) | (Q(gone=True) & waiting)
    return list(
        found.exclude(pk__in=Version.objects.filter(told).values("pk"))
        .select_related("locale")
        .order_by("pk")
    )


def count_unsent() -> int:
    """How many published changes were not sent, pages that were taken off included."""
    return len(unsent_ids()) + len(taken_off())


def last_versions(source_ids) -> dict[int, Version]:
    """Source id to the last version made, in force or not."""
    versions = Version.objects.filter(source_id__in=source_ids).select_related("content_type")
    return {version.source_id: version for version in versions.order_by("number")}


def not_in_force() -> Q:
    """Pages of which a version was taken back, or its sending cancelled."""
    return Q(pk__in=Version.objects.filter(in_force=False).values("source_id"))


def marked() -> Q:
    """Pages that are protected, or were when they were sent: a mark is no change of the page itself."""
    before = Version.objects.exclude(protected=[]).values("source_key")
    return Q(translation_key__in=Protection.objects.values("source_key")) | Q(translation_key__in=before)


def sendable() -> dict[str, list[Sendable]]:
    """All pages that can be sent, by toolkit and language, in the order of the tree."""
    unsent = unsent_ids()
    sent = set(Version.objects.values_list("source_id", flat=True))
    home_depths = {home.path: home.depth for home in homes(national_site()).values()}
    toolkits: dict[str, str] = {}
    found: dict[str, list[Sendable]] = {}
    for page in national_pages().select_related("locale").order_by("path"):
        home = next(path for path in home_depths if page.path.startswith(path))
        top = page.path[: len(home) + Page.steplen]
        toolkits.setdefault(top, page.title)
        language = page.locale.get_display_name()
        found.setdefault(f"{toolkits[top]} · {language}", []).append(
            Sendable(
                page.pk,
                page.title,
                language,
                toolkits[top],
                page.depth - home_depths[home] - 1,
                page.pk in unsent,
                page.pk in sent,
            )
        )
    return found
