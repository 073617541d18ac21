from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from editions.actions.errors import EditionError, NotAllowed
from editions.actions.versions import make_version
from editions.models import Adoption, Edition, EditionMixin, Version
from editions.moving import Move, move_pages
from editions.national import homes, is_national, national_site
from editions.planting import Planting, plant
from editions.spots import wanted_place
from editions.writing import log_pages


class Adopt:
    """A site begins to follow a national toolkit, or one chapter of it: editions of the whole tree, in all the languages that the
    site offers.

    A chapter is put beneath the page that it stands beneath nationally where that is on the site, else beneath the site's home.
    What of the tree was adopted before, chapter by chapter, stays as it is, moves to its place in the tree and counts as adopted
    with it, unless it has a hold or an *ask me first* of its own. Starts from the newest version sent; a page never sent gets its
    version 1. One transaction.
    """

    def __init__(self, toolkit: Page, site: Site, user=None):
        self.toolkit, self.site, self.user = toolkit.specific, site, user

    def check(self) -> None:
        """Raises EditionError for what cannot be adopted, NotAllowed for a user who may not publish below the site's home."""
        home = self.toolkit.translation_key == national_site().root_page.translation_key
        if not isinstance(self.toolkit, EditionMixin) or home or not is_national(self.toolkit):
            raise EditionError(_("“%(page)s” is not a national toolkit.") % {"page": self.toolkit.title})
        if not self.toolkit.live:
            raise EditionError(_("“%(page)s” is not published yet.") % {"page": self.toolkit.title})
        if self.site.is_default_site:
            raise EditionError(_("The national site does not adopt its own toolkits."))
        if self.user is not None:
            permissions = self.site.root_page.permissions_for_user(self.user)
            if not (permissions.can_add_subpage() and permissions.can_publish_subpage()):
                raise NotAllowed(_("You cannot publish pages on this site."))
        if Adoption.objects.filter(site=self.site, source_key=self.toolkit.translation_key).exists():
            raise EditionError(
                _("“%(page)s” has been adopted already. Its pages are on your site.")
                % {"page": self.toolkit.title}
            )
        if Edition.objects.filter(site=self.site, source_key=self.toolkit.translation_key).exists():
            raise EditionError(
                _("“%(page)s” is on your site already, or was hidden there: bring it back instead.")
                % {"page": self.toolkit.title}
            )

    @transaction.atomic
    def execute(self) -> Adoption:
        # Two clicks at once: the second waits here, and then finds the toolkit adopted.
        Site.objects.select_for_update(no_key=True).get(pk=self.site.pk)
        self.check()
        before = self.adopted_before()
        adoption = Adoption.objects.create(site=self.site, source_key=self.toolkit.translation_key)
        keys: dict[UUID, UUID] = {
            each.source_key: each.page.translation_key for each in before.values() if each.page is not None
        }
        plantings: list[Planting] = []
        for locale_id, home in homes(self.site).items():
            root = Page.objects.filter(
                translation_key=self.toolkit.translation_key, locale_id=locale_id, live=True
            ).first()
            if root is not None and is_national(root):
                plantings += self.plantings_of(root, home, keys, before)
        pages = plant(plantings)
        Edition.objects.bulk_create(
            [
                Edition(
                    page_id=page.pk,
                    site=self.site,
                    locale_id=each.version.locale_id,
                    adoption=adoption,
                    source_id=each.version.source_id,
                    source_key=each.version.source_key,
                    base=each.version,
                    sent=each.version,
                )
                for page, each in zip(pages, plantings, strict=True)
            ],
            batch_size=500,
        )
        by_model: dict = {}
        for page in pages:
            by_model.setdefault(type(page), []).append(page.pk)
        for model, page_ids in by_model.items():
            log_pages("editions.adopt", model, page_ids, user=self.user)
        self.take_in(adoption, before)
        return adoption

    def adopted_before(self) -> dict[int, Edition]:
        """National page id → the edition that the site has of it already, of all pages beneath the one that is adopted."""
        beneath = Page.objects.descendant_of(self.toolkit).values("translation_key")
        found = Edition.objects.filter(site=self.site, source_key__in=beneath)
        return {each.source_id: each for each in found.select_related("page", "base", "adoption")}

    def take_in(self, adoption: Adoption, before: dict[int, Edition]) -> None:
        """What was adopted chapter by chapter becomes a part of ``adoption``, at its place in the tree. An adoption that reaches
        further than this one, because national has put its pages beneath a new one, stays as it is."""
        for edition in sorted(before.values(), key=lambda each: each.page.path if each.page else ""):
            if edition.page is not None and not edition.moved_here:
                destination, _reason = wanted_place(edition)
                if destination is not None:
                    move_pages([Move(edition.page_id, self.site.pk, destination)])
        former = [each.adoption for each in before.values() if each.adoption is not None]
        keys = {each.source_key for each in before.values()}
        plain = {
            each.pk
            for each in former
            if each.source_key in keys and not each.on_hold and each.ask_first is None
        }
        Edition.objects.filter(site=self.site, adoption__in=plain).update(adoption=adoption)
        Adoption.objects.filter(pk__in=plain).delete()

    def parent_of(self, root: Page, home: Page) -> Page:
        """Where the adopted page goes: beneath the site's own edition of the page above it, if there is one."""
        above = Edition.objects.shown().filter(site=self.site, source_id=root.get_parent().pk)
        edition = above.select_related("page").first()
        return edition.page if edition is not None else home

    def siblings_before(self, version: Version, parent: Page) -> list[int] | None:
        """The pages beneath ``parent`` that follow national's earlier siblings, nearest first; None beneath a home."""
        if parent.translation_key == self.site.root_page.translation_key:
            return None
        here = Edition.objects.filter(
            site=self.site, source_id__in=version.after_source_ids, page__isnull=False
        )
        pages = dict(here.values_list("source_id", "page_id"))
        return [pages[each] for each in version.after_source_ids if each in pages]

    def plantings_of(
        self, root: Page, home: Page, keys: dict[UUID, UUID], before: Mapping[int, Edition] | None = None
    ) -> list[Planting]:
        """One planting for each live page of the tree that has editions and none here yet, parents first.

        Nothing is planted beneath what was hidden here.
        """
        before = before or {}
        by_path: dict[str, Planting | Page] = {}
        plantings: list[Planting] = []
        parent = self.parent_of(root, home)
        pages = list(Page.objects.descendant_of(root, inclusive=True).live().order_by("path").specific())
        newest = newest_versions([page.pk for page in pages])
        for page in pages:
            above = parent if page.pk == root.pk else by_path.get(page.path[: -Page.steplen])
            if above is None or not isinstance(page, EditionMixin):
                continue
            if page.pk in before:
                if (here := before[page.pk].page) is not None:
                    by_path[page.path] = here
                continue
            version = newest.get(page.pk) or make_version(page, self.user)
            key = keys.setdefault(page.translation_key, uuid4())
            after = self.siblings_before(version, parent) if page.pk == root.pk else None
            plantings.append(Planting(version, above, key, after))
            by_path[page.path] = plantings[-1]
        return plantings


def newest_versions(source_ids) -> dict[int, Version]:
    """Source id to its newest version that is in force: neither waiting for its time nor taken back. None, where that says that the
    page is gone."""
    found: dict[int, Version] = {}
    versions = (
        Version.objects.filter(source_id__in=source_ids, in_force=True)
        .select_related("content_type")
        .order_by("number")
    )
    for version in versions:
        found[version.source_id] = version
    return {pk: version for pk, version in found.items() if not version.gone}
