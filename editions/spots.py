"""Where editions stand in the trees of their sites, and where national's pages do: rows for ``editions.plan``."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Substr
from wagtail.models import Page, Site

from editions import tree
from editions.models import Edition, Version
from editions.national import homes, national_site
from editions.plan import Destination, Reason, Row, Spot, Target, destination_of
from editions.siblings import as_sent, out_of_order


def spots_of(version: Version, editions: Sequence[Edition], bases: Mapping[int, Version]) -> dict[int, Spot]:
    """By page id, the spots of ``editions``, which have pages; ``bases`` by id. Four statements, six for toolkits themselves.

    Told whether or not the version says another place than the base: others may have moved since, around this page.
    """
    if not editions:
        return {}
    here = dict(Page.objects.filter(pk__in=[each.page_id for each in editions]).values_list("pk", "path"))
    ids = dict(
        Page.objects.filter(path__in={path[: -tree.STEP] for path in here.values()}).values_list("path", "pk")
    )
    wanted, beneath = above_of(version, [each.site_id for each in editions])
    found = {}
    for edition in editions:
        path = here[edition.page_id]
        above = wanted.get(edition.site_id)
        own = edition.page_id
        found[edition.page_id] = Spot(
            parent=ids[path[: -tree.STEP]],
            wanted=above and above[0],
            beneath=None
            if beneath is None
            else [
                (page, None if moved and page != own else source)
                for page, source, moved in beneath[edition.site_id]
            ],
            moved_here=edition.moved_here,
            new_parent=bases[edition.base_id].parent_source_id != version.parent_source_id,
            beneath_itself=above is not None and above[1].startswith(path),
        )
    return found


Above = dict[int, tuple[int, str]]
Beneath = dict[int, list[tuple[int, int | None, bool | None]]]


def above_of(version: Version, sites: Sequence[int]) -> tuple[Above, Beneath | None]:
    """What stands for national's parent on each site (id and path of the page), and the pages beneath it in order: id, the id of
    what it follows, and whether it was moved here. None where that is the site's home: what order a site has its toolkits in is its
    own business."""
    editions = Edition.objects.filter(site__in=sites, page__isnull=False)
    parents = editions.filter(source_id=version.parent_source_id)
    above = {site: (pk, path) for site, pk, path in parents.values_list("site_id", "page_id", "page__path")}
    if not above and version.parent_source_id in {page.pk for page in homes(national_site()).values()}:
        return homes_of(sites, version.locale_id), None
    at_site = {path: site for site, (_pk, path) in above.items()}
    children = Page.objects.annotate(above=Substr("path", 1, F("depth") * tree.STEP - tree.STEP))
    depths = {len(path) // tree.STEP + 1 for path in at_site}
    rows = children.filter(depth__in=depths, above__in=list(at_site)).order_by("path")
    beneath = defaultdict(list)
    for path, *child in rows.values_list("above", "pk", "edition__source_id", "edition__moved_here"):
        beneath[at_site[path]].append(child)
    return above, beneath


def homes_of(sites: Sequence[int], locale_id: int) -> Above:
    keys = dict(Site.objects.filter(pk__in=sites).values_list("root_page__translation_key", "pk"))
    found = Page.objects.filter(locale_id=locale_id, translation_key__in=keys)
    return {keys[key]: (pk, path) for key, pk, path in found.values_list("translation_key", "pk", "path")}


def wanted_place(edition: Edition) -> tuple[Destination | None, Reason | None]:
    """Where the page of an edition would go to stand where its base says, or why it cannot; neither, where it stands there."""
    spot = spots_of(edition.base, [edition], {edition.base_id: edition.base})[edition.page_id]
    row = Row(
        edition.pk,
        edition.page_id,
        edition.site_id,
        edition.base.number,
        spot=replace(spot, moved_here=False, new_parent=True),
    )
    target = Target(edition.base_id, edition.base.number, {}, (), (), (), after=edition.base.after_source_ids)
    return destination_of(row, target)


# National's own tree ------------------------------------------------------------------------------


def out_of_place(pages: Iterable[tuple[int, str]]) -> set[int]:
    """Those of national's ``pages`` (id and path) that stand elsewhere than their newest version says: beneath another page, or in
    another order among its siblings, which have to be among ``pages`` too. Two statements.

    The order counts where the page above was sent: it is that of the chapters of a toolkit, not that of the toolkits.
    """
    pages = sorted(pages, key=lambda page: page[1])
    above = {path[: -tree.STEP] for _pk, path in pages}
    parents = dict(Page.objects.filter(path__in=above).values_list("path", "pk"))
    newer = Version.objects.filter(source_id=OuterRef("source_id"), number__gt=OuterRef("number"))
    newest = Version.objects.filter(
        ~Exists(newer), source_id__in=[*(pk for pk, _path in pages), *parents.values()]
    )
    rows = newest.values_list("source_id", "pk", "parent_source_id", "after_source_ids")
    sent = {source: (version, parent, after) for source, version, parent, after in rows}
    found, beneath = set(), defaultdict(list)
    for pk, path in pages:
        parent = parents.get(path[: -tree.STEP])
        if pk not in sent:
            continue
        if sent[pk][1] != parent:
            found.add(pk)
        elif parent in sent:
            beneath[parent].append(pk)
    for order in beneath.values():
        by_age = sorted(order, key=lambda pk: sent[pk][0])
        found |= out_of_order(as_sent((pk, sent[pk][2]) for pk in by_age), order)
    return found
