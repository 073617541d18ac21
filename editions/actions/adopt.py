from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from editions.actions.errors import EditionError, NotAllowed
from editions.actions.versions import make_version
from editions.models import Adoption, Edition, EditionMixin, Version
from editions.national import homes, is_national, national_site
from editions.planting import Planting, plant
from editions.writing import log_pages


class Adopt:
    """A site begins to follow a national toolkit: editions of its whole tree, in all the languages that the site offers.

    Starts from the newest version sent; a page never sent gets its version 1. One transaction.
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
        tree = Page.objects.descendant_of(self.toolkit, inclusive=True).values("translation_key")
        if Edition.objects.filter(site=self.site, source_key__in=tree).exists():
            raise EditionError(
                _("“%(page)s”, or a part of it, is on your site already.") % {"page": self.toolkit.title}
            )

    @transaction.atomic
    def execute(self) -> Adoption:
        # Two clicks at once: the second waits here, and then finds the toolkit adopted.
        Site.objects.select_for_update(no_key=True).get(pk=self.site.pk)
        self.check()
        adoption = Adoption.objects.create(site=self.site, source_key=self.toolkit.translation_key)
        keys: dict[UUID, UUID] = {}
        plantings: list[Planting] = []
        for locale_id, home in homes(self.site).items():
            root = Page.objects.filter(
                translation_key=self.toolkit.translation_key, locale_id=locale_id, live=True
            ).first()
            if root is not None and is_national(root):
                plantings += self.plantings_of(root, home, keys)
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
        return adoption

    def plantings_of(self, root: Page, home: Page, keys: dict[UUID, UUID]) -> list[Planting]:
        """One planting for each live page of the tree that has editions, parents first."""
        by_path: dict[str, Planting] = {}
        pages = list(Page.objects.descendant_of(root, inclusive=True).live().order_by("path").specific())
        newest = newest_versions([page.pk for page in pages])
        for page in pages:
            above = home if page.pk == root.pk else by_path.get(page.path[:-4])
            if above is None or not isinstance(page, EditionMixin):
                continue
            version = newest.get(page.pk) or make_version(page, self.user)
            key = keys.setdefault(page.translation_key, uuid4())
            by_path[page.path] = Planting(version, above, key)
        return list(by_path.values())


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
