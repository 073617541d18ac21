"""Law 6, in one place: whatever was made on an older version is merged up before anyone sees or saves it."""

from collections.abc import Collection

from django.utils import timezone
from wagtail.models import Page

from editions import leaves
from editions.content import content_fields, get_content, merge_options, set_content
from editions.merge import Conflict as Found
from editions.merge import Kind, PageMerge, merge_page
from editions.models.conflicts import Conflict
from editions.models.editions import Edition
from editions.models.versions import Version
from editions.slugs import follows
from editions.streams import MISSING, Path, same


def merge_up(page, *, lock: bool = False, only: Collection[str] | None = None) -> PageMerge | None:
    """Merge ``page``, in memory, up to the version that its edition stands on.

    ``page.base_version`` says what it was made on. With ``lock`` the edition's row is locked until the transaction ends,
    so that no release comes between the merge and the save. With ``only`` the content fields of that name are merged, and
    the others are taken to stand on the newer version already (fields that a posted form does not have).
    What the version protects stands in the result; words of the affiliate's that were there are kept with what is asked.
    What has to be asked is kept on the page until ``record`` writes it beside the saved page.
    """
    edition = edition_of(page, lock=lock)
    if edition is None:
        # A copy of an edition, or a page that stopped following, follows nothing.
        page.base_version, page.kept = None, []
        return None
    if lock and edition.withdrawal_id is not None and page.live:
        # Whatever publishes it: it is off all sites until national puts it back.
        page.live, page.has_unpublished_changes = False, True
    protected = edition.base.protected_paths
    if page.base_version == edition.base_id and not protected:
        return None
    versions = Version.objects.in_bulk([page.base_version or edition.base_id, edition.base_id])
    base, national = versions.get(page.base_version), versions[edition.base_id]
    content = get_content(page)
    names = [name for name in content_fields(type(page)) if only is None or name in only]
    merged = merge_page(
        part(base.content if base else national.content, names),
        part(national.content, names),
        part(content, names),
        kept=page.kept_paths,
        protected=protected,
        **merge_options(type(page)),
    )
    if base == national and not merged.conflicts:
        # Made on this version, and nothing that it protects was changed.
        return None
    set_content(page, merged.fields)
    if base and base != national and follows(page.slug, base.slug):
        # With the address that national gave it, or with another one since it went where that was taken.
        page.slug = Page.objects.values_list("slug", flat=True).get(pk=page.pk)
    untouched = {path for path in page.kept_paths if path[0] not in names}
    page.kept_paths = merged.kept | untouched
    page.base_version = edition.base_id
    page._merged_up = [*page.__dict__.get("_merged_up", ()), merged]
    return merged


def part(content: dict, names: Collection[str]) -> dict:
    return {name: content[name] for name in names if name in content}


def edition_of(page, *, lock: bool = False) -> Edition | None:
    if page.pk is None:
        return None
    if lock:
        # Apart from what is joined, as in ``editions.loading.locked_editions``: else PostgreSQL leaves out an edition whose base a
        # release changes while this waits, and the page would seem to follow nothing.
        list(Edition.objects.select_for_update().filter(page_id=page.pk).values_list("pk"))
    return Edition.objects.select_related("base").defer("base__content").filter(page_id=page.pk).first()


def record(page, *, live: bool = False) -> None:
    """Write what ``merge_up`` found beside the page that has just been saved.

    With ``live``, conflicts that the saved text has settled are closed: where national's words now stand, nothing is left to ask.
    """
    merged = page.__dict__.pop("_merged_up", [])
    edition = edition_of(page)
    if edition is None:
        return
    for each in merged:
        open_conflicts(edition, edition.base_id, each.conflicts)
    if len(merged) > 1:
        bring_up(edition)
    if live and not page.__dict__.pop("_questions_stay", False):
        settle_moot(edition, page)


def open_conflicts(edition: Edition, version_id: int, found: Collection[Found]) -> list[Conflict]:
    """Open a conflict for each of ``found``; one that is open at the same path takes the newer national text instead."""
    if not found:
        return []
    opened = {conflict.place: conflict for conflict in edition.conflicts.open()}
    result = []
    for each in found:
        sides = each.as_json()
        conflict = opened.get(each.path)
        if conflict is not None and both_protected(conflict, each) and not same(conflict.local, each.local):
            # Other words than those that are kept there: both are.
            conflict = None
        if conflict is None:
            conflict = Conflict(edition=edition, path=list(each.path), sides=sides_of(sides))
        else:
            base = conflict.sides.get("base")
            conflict.sides = sides_of(sides)
            conflict.sides.pop("base", None)
            if base is not None:
                conflict.sides["base"] = base
        conflict.kind, conflict.version_id = each.kind.value, version_id
        conflict.save()
        result.append(conflict)
    for place, conflict in opened.items():
        # A newer question about the block that its place is in, or about places within it, asks for it; not one about the page.
        if not conflict.about_page and any(
            place != new.place and is_within(place, new.place) for new in result if not new.about_page
        ):
            close_moot(conflict)
    return result


def both_protected(conflict: Conflict, found: Found) -> bool:
    return conflict.kind == found.kind == Kind.PROTECTED


def is_within(one: Path, other: Path) -> bool:
    """Whether one of two places is, or is in, the other."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def close_moot(conflict: Conflict) -> None:
    conflict.decision, conflict.settled_at = Conflict.Decision.MOOT, timezone.now()
    conflict.save()


def bring_up(edition: Edition) -> list[Conflict]:
    """The open conflicts, each with what the version that the edition stands on says at its place: national may have come to say
    the affiliate's own words there, or something else while the question was settled."""
    opened = list(edition.conflicts.open())
    for conflict in opened:
        if conflict.about_page:
            continue
        national = leaves.get(edition.base.content, conflict.place)
        if conflict.kind == Kind.PROTECTED or same(national, conflict.national):
            continue
        conflict.sides.pop("national", None)
        if national is not MISSING:
            conflict.sides["national"] = national
        conflict.kind = Kind.REMOVED_NATIONALLY if national is MISSING else Kind.BOTH_CHANGED
        conflict.version_id = edition.base_id
        conflict.save()
    return opened


def sides_of(found: dict) -> dict:
    return {name: found[name] for name in ("base", "national", "local") if name in found}


def settle_moot(edition: Edition, page) -> None:
    """Close the open conflicts in which there is nothing left to choose: national has come back to the words that it had
    changed, or both what readers of ``page`` see and a draft that somebody is working on say national's words."""
    opened = bring_up(edition)
    if not opened:
        return
    contents = [get_content(page)]
    if page.has_unpublished_changes and page.latest_revision_id:
        contents.append(get_content(page.get_latest_revision_as_object()))
    for conflict in opened:
        if conflict.about_page:
            if not edition.base.gone:
                close_moot(conflict)
            continue
        if conflict.kind == Kind.PROTECTED:
            # It keeps words that stand nowhere else, until somebody has seen it.
            continue
        agreed = all(same(leaves.get(content, conflict.place), conflict.national) for content in contents)
        if agreed or same(conflict.base, conflict.national):
            close_moot(conflict)
