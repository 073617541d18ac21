import random
import uuid
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from editions.actions.adopt import Adopt
from editions.models import Edition
from editions.network.actions import CreateAffiliate
from editions.network.models import Affiliate
from toolkit_pages.models import ChapterPage, FolderPage, HomePage, ToolkitPage

from .words import Words

_NAMESPACE = uuid.UUID("5a3c1f52-7d0e-5b0a-9b53-8f8f5b7e6c11")


class NotEmpty(Exception):
    """The database has pages already."""


class GeneratedNetwork:
    """National with one toolkit, and affiliates that have adopted it and changed a part of their editions.

    ``adapted`` is the percentage of chapter editions with local words: each of them has one block changed and
    one added. Everything follows from the numbers and ``seed``. ``say`` is told what is being done.
    """

    def __init__(
        self,
        affiliates: int,
        chapters: int = 10,
        languages: int = 1,
        adapted: int = 0,
        *,
        blocks: int = 40,
        seed: int = 1,
        say: Callable[[str], None] = lambda line: None,
    ):
        codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
        if not 1 <= languages <= len(codes):
            raise ValueError(f"This installation has 1 to {len(codes)} languages")
        self.affiliates, self.chapters, self.adapted = affiliates, chapters, adapted
        self.codes, self.blocks, self.seed, self.say = codes[:languages], blocks, seed, say

    def build(self) -> None:
        """Make everything. Raises NotEmpty where there is a page besides Wagtail's welcome page."""
        with transaction.atomic():
            self.make_national()
        for number in range(self.affiliates):
            affiliate = self.open_affiliate(number)
            Adopt(self.toolkit, affiliate.site).execute()
            if (number + 1) % 10 == 0 or number + 1 == self.affiliates:
                self.say(f"{number + 1} of {self.affiliates} affiliates")
        self.adapt()

    # National

    def make_national(self) -> None:
        welcome = Page.objects.filter(depth=2)
        if Page.objects.filter(depth__gt=2).exists() or welcome.count() > 1:
            raise NotEmpty("This needs a database of its own, fresh from migrate")
        root = Page.get_first_root_node()
        locales = [Locale.objects.get_or_create(language_code=code)[0] for code in self.codes]
        folder = self.add(root, FolderPage, "folder", locales[0], "National")
        homes = [
            self.add(folder, HomePage, "home", locale, "National", slug=locale.language_code)
            for locale in locales
        ]
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": "localhost", "port": 8000, "site_name": "National", "root_page": homes[0]},
        )
        for page in welcome.exclude(pk=folder.pk):
            page.delete()
        for locale, home in zip(locales, homes, strict=True):
            self.make_toolkit(locale, home)
        self.toolkit = ToolkitPage.objects.get(locale=locales[0], translation_key=self.key("toolkit"))
        self.say(f"A toolkit of {self.chapters} chapters in {len(locales)} languages")

    def make_toolkit(self, locale: Locale, home: Page) -> None:
        words = partial(self.words, locale)
        toolkit = self.add(
            home, ToolkitPage, "toolkit", locale, "Generated toolkit", summary=words("toolkit").sentence()
        )
        for number in range(1, self.chapters + 1):
            name = f"chapter-{number}"
            text = words(name)
            body = text.chapter(self.blocks, link_to=toolkit.pk)
            title = f"{text.phrase(2, 6)} {number}"
            self.add(toolkit, ChapterPage, name, locale, title, slug=name, summary=text.sentence(), body=body)

    def words(self, locale: Locale, name: str) -> Words:
        """Another text in each language, but the same block ids, as translations have them."""
        return Words(self.number(f"{locale.language_code}:{name}"), ids=self.number(name))

    def number(self, name: str) -> int:
        return uuid.uuid5(_NAMESPACE, f"{self.seed}:{name}").int >> 64

    def key(self, name: str) -> uuid.UUID:
        return uuid.uuid5(_NAMESPACE, f"{self.seed}:{name}")

    def add(self, parent: Page, model: type[Page], name: str, locale: Locale, title: str, **fields) -> Page:
        parent = Page.objects.get(pk=parent.pk)
        page = parent.add_child(
            instance=model(title=title, locale=locale, translation_key=self.key(name), **fields)
        )
        page.save_revision().publish()
        return page

    # Affiliates

    def open_affiliate(self, number: int) -> Affiliate:
        place = f"Place {number + 1:04}"
        return CreateAffiliate(
            name=f"{place} Welcomes",
            slug=f"place-{number + 1:04}",
            hostname=f"place-{number + 1:04}.localhost",
            port=8000,
            place=place,
            languages=self.codes,
        ).execute()

    def adapt(self) -> None:
        """Give ``adapted`` percent of all chapter editions words of their own."""
        pages = ChapterPage.objects.filter(pk__in=Edition.objects.values("page")).order_by("pk")
        ids = list(pages.values_list("pk", flat=True))
        chosen = random.Random(self.seed).sample(ids, len(ids) * self.adapted // 100)
        for count, pk in enumerate(sorted(chosen), start=1):
            adapt_page(ChapterPage.objects.get(pk=pk), seed=self.seed * 1_000_003 + pk)
            if count % 50 == 0 or count == len(chosen):
                self.say(f"{count} of {len(chosen)} editions adapted")


def adapted_content(content: dict, seed: int) -> dict:
    """``content`` of a chapter with one paragraph in other words and one local block after it."""
    words = Words(seed)
    body = list(content["body"])
    paragraphs = [index for index, block in enumerate(body) if block["type"] == "paragraph"]
    if paragraphs:
        index = words.random.choice(paragraphs)
        body[index] = {**body[index], "value": words.prose(5)}
        body.insert(index + 1, words.paragraph())
    return {**content, "body": body}


def adapt_page(page: ChapterPage, seed: int) -> None:
    """An editor's change, published."""
    page.set_content(adapted_content(page.get_content(), seed))
    page.save_revision().publish()
