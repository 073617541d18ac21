"""The national toolkits as an affiliate sees them: what there is, in which languages, how large, adopted or
not."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.text import capfirst
from wagtail.models import Page, Site

from editions.models import Adoption, Edition, EditionMixin
from editions.national import homes, national_site


@dataclass
class Toolkit:
    """One page beneath national's home with what is below it: a toolkit, or whatever else the page types offer to adopt (a list of
    case studies, a campaign). ``page`` is the one in the reader's language where there is one."""

    key: UUID
    page: Page
    summary: str
    languages: list[str] = field(default_factory=list)
    pages: int = 0
    adoption: Adoption | None = None

    @property
    def kind(self) -> str:
        """What sort of page it is, in the words of its type."""
        return capfirst(self.page._meta.verbose_name)


def toolkits_for(site: Site) -> list[Toolkit]:
    """All published toolkits. Statements: one for the pages, one for their types, one for the adoptions, and
    the homes."""
    offered = set(homes(site))
    first = site.root_page.locale_id
    roots: dict[UUID, list[Page]] = defaultdict(list)
    sizes: dict[str, int] = defaultdict(int)
    for home in homes(national_site()).values():
        for page in Page.objects.descendant_of(home).live().select_related("locale").order_by("path"):
            top = page.path[: len(home.path) + Page.steplen]
            sizes[top] += 1
            if page.path == top and issubclass(page.specific_class or Page, EditionMixin):
                roots[page.translation_key].append(page)
    adoptions = {adoption.source_key: adoption for adoption in Adoption.objects.filter(site=site)}
    wanted = [best(pages, first, offered) for pages in roots.values()]
    specific = {page.pk: page for page in Page.objects.filter(pk__in=[page.pk for page in wanted]).specific()}
    found = []
    for page, (key, pages) in zip(wanted, roots.items(), strict=True):
        full = specific[page.pk]
        found.append(
            Toolkit(
                key=key,
                page=full,
                summary=getattr(full, "summary", "") or getattr(full, "intro", "") or full.search_description,
                languages=[each.locale.get_display_name() for each in pages],
                pages=sizes[page.path],
                adoption=adoptions.get(key),
            )
        )
    return sorted(found, key=lambda toolkit: (toolkit.adoption is not None, toolkit.page.title))


@dataclass
class Part:
    """One page of a national toolkit, as a site stands to it: ``edition`` is the site's own, if it has one."""

    page: Page
    depth: int
    edition: Edition | None = None


def parts_of(toolkit: Page, site: Site) -> list[Part]:
    """The published pages beneath a toolkit that can be adopted, in the tree's order. Two statements and one for each type."""
    pages = [
        page
        for page in Page.objects.descendant_of(toolkit).live().order_by("path").specific()
        if isinstance(page, EditionMixin)
    ]
    keys = {page.translation_key for page in pages}
    editions = Edition.objects.filter(site=site, source_key__in=keys).select_related("page").order_by("pk")
    first = {each.source_key: each for each in reversed(editions)}
    return [Part(page, page.depth - toolkit.depth, first.get(page.translation_key)) for page in pages]


def adopted_alone(site: Site, toolkits: Collection[UUID]) -> QuerySet[Edition]:
    """Editions of pages that were adopted by themselves: no toolkit of ``toolkits`` (translation keys). One statement."""
    own = Edition.objects.filter(
        site=site, adoption__source_key=F("source_key"), locale=site.root_page.locale_id
    )
    return own.exclude(source_key__in=toolkits).select_related("page", "base", "adoption").order_by("pk")


def best(pages: list[Page], first: int, offered: set[int]) -> Page:
    """The page in the site's first language, else in one that it offers, else any."""
    return min(pages, key=lambda page: (page.locale_id != first, page.locale_id not in offered, page.pk))
