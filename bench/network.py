"""Many bare sites that have adopted one chapter, written in bulk: a thousand in seconds.

Only what the engine looks at: folder, home, Site, adoption. ``manage.py make_network`` makes whole affiliates.
"""

import uuid

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Locale, Page, Site

from editions.actions.adopt import Adopt
from editions.models import Adoption, Edition
from editions.planting import plant
from toolkit_pages.models import ChapterPage, FolderPage, HomePage, ToolkitPage
from toolkit_site.generated.network import adapted_content
from toolkit_site.generated.words import Words


class BenchNetwork:
    """National with one toolkit of ``chapters`` chapters; ``add_sites`` and ``adopt`` bring in the others."""

    def __init__(self, chapters: int = 1, blocks: int = 40):
        self.root = Page.get_first_root_node()
        self.locale = Locale.objects.get_or_create(language_code="en")[0]
        self.folder = self.add(self.root, FolderPage, "National")
        self.home = self.add(self.folder, HomePage, "Home")
        Site.objects.all().delete()
        Site.objects.create(
            hostname="localhost", root_page=self.home, is_default_site=True, site_name="National"
        )
        # Titles of different length: Wagtail weighs entries by it, and takes the average for "not weighed yet".
        self.toolkit = self.add(self.home, ToolkitPage, "A generated toolkit")
        self.blocks = blocks
        self.chapters = [self.add_chapter(number) for number in range(1, chapters + 1)]
        self.everyone = self.add(self.root, FolderPage, "Affiliates")
        self.sites: list[Site] = []

    def add(self, parent: Page, model: type[Page], title: str, **fields) -> Page:
        page = Page.objects.get(pk=parent.pk).add_child(
            instance=model(title=title, locale=self.locale, **fields)
        )
        page.save_revision().publish()
        return model.objects.get(pk=page.pk)

    def add_chapter(self, number: int) -> ChapterPage:
        return self.add(
            self.toolkit,
            ChapterPage,
            f"{Words(number).phrase(2, 6)} {number}",
            summary=Words(number).sentence(),
            body=Words(number).chapter(self.blocks, link_to=self.toolkit.pk),
        )

    def add_sites(self, count: int) -> list[Site]:
        start = len(self.sites)
        numbers = range(start, start + count)
        folders = self.rows(FolderPage, [(self.everyone, f"place-{n}", n + 1) for n in numbers])
        homes = self.rows(HomePage, [(folder, "en", 1) for folder in folders])
        Page.objects.filter(pk=self.everyone.pk).update(numchild=start + count)
        Page.objects.filter(pk__in=[folder.pk for folder in folders]).update(numchild=1)
        Site.objects.bulk_create(
            [
                Site(hostname=f"place-{n}.localhost", port=80, root_page_id=home.pk, site_name=f"Place {n}")
                for n, home in zip(numbers, homes, strict=True)
            ]
        )
        Site.clear_site_root_paths_cache()
        added = list(Site.objects.filter(root_page__in=homes).select_related("root_page").order_by("pk"))
        self.sites += added
        return added

    def rows(self, model: type[Page], places: list[tuple[Page, str, int]]) -> list[Page]:
        """Empty pages of ``model``, one for each parent, slug and position; their base rows."""
        pages = Page.objects.bulk_create(
            [
                Page(
                    path=Page._get_path(parent.path, parent.depth + 1, position),
                    depth=parent.depth + 1,
                    title=slug,
                    draft_title=slug,
                    slug=slug,
                    url_path=f"{parent.url_path}{slug}/",
                    content_type=ContentType.objects.get_for_model(model),
                    locale=self.locale,
                    translation_key=uuid.uuid4(),
                )
                for parent, slug, position in places
            ]
        )
        own = []
        for page in pages:
            child = model(page_ptr_id=page.pk)
            own.append(child)
        fields = model._meta.local_concrete_fields
        size = connection.ops.bulk_batch_size(fields, own)
        for start in range(0, len(own), size):
            model._base_manager._insert(own[start : start + size], fields=fields, using=connection.alias)
        return pages

    def adopt(self, sites: list[Site]) -> None:
        """What ``Adopt`` does for one site, for all at once."""
        plantings, owners = [], []
        adoptions = Adoption.objects.bulk_create(
            [Adoption(site=site, source_key=self.toolkit.translation_key) for site in sites]
        )
        for site, adoption in zip(sites, adoptions, strict=True):
            of_site = Adopt(self.toolkit, site).plantings_of(self.toolkit, site.root_page, {})
            plantings += of_site
            owners += [(site, adoption)] * len(of_site)
        pages = plant(plantings)
        Edition.objects.bulk_create(
            [
                Edition(
                    page_id=page.pk,
                    site=site,
                    locale=self.locale,
                    adoption=adoption,
                    source_id=each.version.source_id,
                    source_key=each.version.source_key,
                    base=each.version,
                    sent=each.version,
                )
                for page, each, (site, adoption) in zip(pages, plantings, owners, strict=True)
            ]
        )

    def adapt(self, sites: list[Site]) -> None:
        """One paragraph in other words and one local block, in each site's edition of the first chapter."""
        chapter = self.chapters[0]
        pages = list(ChapterPage.objects.filter(edition__source_id=chapter.pk, edition__site__in=sites))
        for page in pages:
            page.set_content(adapted_content(page.get_content(), seed=page.pk))
        ChapterPage._base_manager.bulk_update(pages, ["body"], batch_size=50)

    def change(self, round_number: int) -> ChapterPage:
        """National rewrites two paragraphs of the first chapter and publishes."""
        page = ChapterPage.objects.get(pk=self.chapters[0].pk)
        content = page.get_content()
        for index in (2, 10):
            words = Words(round_number * 100 + index)
            text = words.prose(7).replace("<b>", f"round{round_number} <b>", 1)
            content["body"][index] = {**content["body"][index], "value": text}
        page.set_content(content)
        page.save_revision().publish()
        return page
