"""Where a page that national has added goes on the affiliates' sites, and why it goes nowhere on some."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db.models import QuerySet
from wagtail.models import Page, Site

from editions.loading import asks_first, sites_asking_first
from editions.models import Adoption, Edition, Update, Version
from editions.plan import Outcome, Reason
from editions.planting import Planting, plant
from editions.writing import log_pages


@dataclass(frozen=True)
class Place:
    """Where one site takes a new page: under ``parent``, as part of an adopted toolkit. Where it ``asks_first``, off line."""

    site_id: int
    adoption_id: int | None
    parent: Page
    held: bool = False
    asks_first: bool = False


def places_for(
    version: Version, sites: QuerySet[Site], *, limit: int | None = None, hidden_too: bool = False
) -> list[Place]:
    """The places for a version on those of ``sites`` that have no edition of its page yet, in a fixed number of queries.
    With ``hidden_too`` also where the page was hidden.

    That is beneath the edition of the page above it; for a toolkit that was adopted before national translated it, beneath
    the site's home in that language.
    """
    have = Edition.objects.filter(source_id=version.source_id).values("site_id")
    if hidden_too:
        have = have.filter(page__isnull=False)
    free = sites.exclude(pk__in=have)
    above = (
        Edition.objects.select_related("page", "adoption")
        .filter(source_id=version.parent_source_id, site__in=free.values("pk"), page__isnull=False)
        .order_by("pk")[:limit]
    )
    asking = sites_asking_first()
    places = [
        Place(
            edition.site_id,
            edition.adoption_id,
            edition.page,
            held=edition.adoption is not None and edition.adoption.is_held(),
            asks_first=asks_first(edition.adoption, edition.site_id, asking),
        )
        for edition in above
    ]
    return places or places_in_homes(version, free, limit)


def places_in_homes(version: Version, free: QuerySet[Site], limit: int | None) -> list[Place]:
    adoptions = list(
        Adoption.objects.select_related("site__root_page")
        .filter(source_key=version.source_key, site__in=free.values("pk"))
        .order_by("pk")
    )
    keys = {adoption.site.root_page.translation_key: adoption for adoption in adoptions}
    found = Page.objects.filter(locale_id=version.locale_id, translation_key__in=keys).order_by("pk")[:limit]
    asking = sites_asking_first()
    return [
        Place(
            adoption.site_id,
            adoption.pk,
            home,
            held=adoption.is_held(),
            asks_first=asks_first(adoption, adoption.site_id, asking),
        )
        for home in found
        if (adoption := keys[home.translation_key])
    ]


def add_pages(version: Version, places: Sequence[Place]) -> list[Page]:
    """Make a page of a version at each of ``places``, at national's place among its siblings."""
    sites = [place.site_id for place in places]
    here: dict[int, dict[int, int]] = defaultdict(dict)
    siblings = Edition.objects.filter(
        site__in=sites, source_id__in=version.after_source_ids, page__isnull=False
    )
    for site_id, source_id, page_id in siblings.values_list("site_id", "source_id", "page_id"):
        here[site_id][source_id] = page_id
    keys = dict(
        Edition.objects.filter(site__in=sites, source_key=version.source_key, page__isnull=False).values_list(
            "site_id", "page__translation_key"
        )
    )
    plantings = [
        Planting(
            version=version,
            parent=place.parent,
            translation_key=keys.get(place.site_id) or uuid4(),
            live=not place.asks_first,
            after=[here[place.site_id][pk] for pk in version.after_source_ids if pk in here[place.site_id]],
        )
        for place in places
    ]
    return plant(plantings)


def add_editions(version: Version, places: Sequence[Place]) -> list[Edition]:
    """Make editions of a version at ``places``."""
    pages = add_pages(version, places)
    log_pages("editions.add", version.model, [page.pk for page in pages])
    return Edition.objects.bulk_create(
        [
            Edition(
                page_id=page.pk,
                site_id=place.site_id,
                locale_id=version.locale_id,
                adoption_id=place.adoption_id,
                source_id=version.source_id,
                source_key=version.source_key,
                base=version,
                sent=version,
            )
            for page, place in zip(pages, places, strict=True)
        ],
        batch_size=500,
    )


def add_held(adoption: Adoption) -> list[Edition]:
    """Add what was sent to an adopted toolkit while it was held: the newest version of each page, parents first."""
    have = Edition.objects.filter(site=adoption.site).values("source_id")
    held = Update.objects.filter(site=adoption.site, edition=None, outcome=Outcome.HELD)
    versions = Version.objects.select_related("content_type").filter(pk__in=held.values("version"))
    newest = {
        version.source_id: version for version in versions.exclude(source_id__in=have).order_by("number")
    }
    paths = dict(Page.objects.filter(pk__in=newest).values_list("pk", "path"))
    added = []
    newest = {pk: version for pk, version in newest.items() if not version.gone}
    for version in sorted(newest.values(), key=lambda each: paths.get(each.source_id, "~")):
        places = places_for(version, Site.objects.filter(pk=adoption.site_id))
        places = [each for each in places if each.adoption_id == adoption.pk]
        for place, edition in zip(places, add_editions(version, places), strict=True):
            outcome = Outcome.WAITING if place.asks_first else Outcome.ADDED
            held.filter(version__source_id=version.source_id).update(edition=edition, outcome=outcome)
            added.append(edition)
    return added


def reasons(version: Version, sites: Iterable[Site]) -> dict[Site, Reason]:
    """Why ``sites``, which have neither an edition of the page nor a place for it, cannot take the version.

    Three statements, however many sites there are.
    """
    sites = list(sites)
    above = Edition.objects.filter(source_id=version.parent_source_id, site__in=sites, page=None)
    hidden = set(above.values_list("site_id", flat=True))
    adopted = set(Adoption.objects.filter(site__in=sites).values_list("site_id", flat=True))
    here = Page.objects.filter(locale_id=version.locale_id).values("translation_key")
    offering = Site.objects.filter(pk__in=[site.pk for site in sites], root_page__translation_key__in=here)
    offers = set(offering.values_list("pk", flat=True))
    found = {}
    for site in sites:
        if site.pk in hidden:
            found[site] = Reason.PARENT_HIDDEN
        elif site.pk in adopted and site.pk not in offers:
            found[site] = Reason.LANGUAGE_NOT_OFFERED
        else:
            found[site] = Reason.NOT_ADOPTED
    return found
