"""National's part: its site, its library, its toolkit in English."""

from functools import cached_property
from typing import Any

from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from campaign_library.models import (
    Bill,
    CallToAction,
    DecisionMakerType,
    DemandList,
    GlossaryTerm,
    ModelOrdinance,
    Organisation,
    Provision,
    Resource,
    StatePolicy,
    TextTemplate,
    Topic,
)
from editions.network.roles import national_collection
from toolkit_pages.models import (
    ActionsPage,
    CampaignPage,
    CaseStudiesPage,
    CaseStudyPage,
    ChapterPage,
    DirectoryPage,
    EventPage,
    EventsPage,
    FolderPage,
    GlossaryPage,
    HomePage,
    LibraryPage,
    ResourcesPage,
    ToolkitPage,
    TrackerPage,
)

from .. import blocks, content
from .filling import fill, fill_plain, fill_tags
from .pictures import figure_file

FOLDER_SLUG, AFFILIATES_SLUG = "national", "affiliates"
LIBRARY = {
    "term": GlossaryTerm,
    "action": CallToAction,
    "provision": Provision,
    "ordinance": ModelOrdinance,
    "demandlist": DemandList,
    "decider": DecisionMakerType,
    "letter": TextTemplate,
    "organisation": Organisation,
    "resource": Resource,
    "bill": Bill,
    "policy": StatePolicy,
}
PAGES: dict[str, type[Page]] = {
    "home": HomePage,
    "toolkit": ToolkitPage,
    "chapter": ChapterPage,
    "case_studies": CaseStudiesPage,
    "case_study": CaseStudyPage,
    "campaign": CampaignPage,
    "actions": ActionsPage,
    "glossary": GlossaryPage,
    "resources": ResourcesPage,
    "directory": DirectoryPage,
    "tracker": TrackerPage,
    "library": LibraryPage,
    "events": EventsPage,
    "event": EventPage,
}


class NotEmpty(Exception):
    """The database has a national site that is not the demo's."""


def translation_key(kind: str, key: str):
    """The key that a page or snippet of the demo has in every language, the same in every database."""
    return blocks.block_uuid("translation", kind, key)


class National:
    """Finds and makes what national owns. Documents come from ``content``, in any language."""

    def __init__(self, user=None):
        self.user = user
        self.numbers: dict[str, int] = {}

    @cached_property
    def english(self) -> Locale:
        return Locale.objects.get_or_create(language_code="en")[0]

    @cached_property
    def spanish(self) -> Locale:
        return Locale.objects.get_or_create(language_code="es")[0]

    # Finding -------------------------------------------------------------------------------------

    def page(self, key: str, locale: Locale | None = None) -> Page | None:
        """The national page of a document, in English or in ``locale``; None where there is none yet."""
        return (
            Page.objects.filter(translation_key=translation_key("page", key), locale=locale or self.english)
            .specific()
            .first()
        )

    def snippet(self, kind: str, key: str, locale: Locale | None = None):
        return (
            LIBRARY[kind]
            .objects.filter(translation_key=translation_key(kind, key), locale=locale or self.english)
            .first()
        )

    def image(self, name: str, language: str = "en"):
        """The picture of a figure, made when it is asked for first."""
        title, collection = f"{name} ({language})", national_collection()
        found = get_image_model().objects.filter(title=title, collection=collection).first()
        if found is None:
            found = get_image_model()(title=title, collection=collection, file=figure_file(name, language))
            found.save()
        return found

    def number(self, reference: str) -> int:
        """The primary key that a reference stands for (``chapter:team``), always of the English one."""
        kind, _, key = reference.partition(":")
        if reference not in self.numbers:
            if kind == "image":
                found = self.image(key)
            else:
                found = self.page(key) if kind == "chapter" else self.snippet(kind, key)
            if found is None:
                raise LookupError(f"the demo refers to {reference}, which does not exist")
            self.numbers[reference] = found.pk
        return self.numbers[reference]

    def raw_body(self, document: dict[str, Any]) -> list[dict[str, Any]]:
        return blocks.resolve(blocks.body(document), self.number)

    def key(self, reference: str) -> Any:
        """The translation key of the page that a reference stands for."""
        return translation_key("page", reference.partition(":")[2])

    def filled(self, target: Any, document: dict[str, Any]) -> Any:
        """``target``, a page or snippet, with what ``document`` says, in memory."""
        fill(target, document, self.number, self.key)
        return target

    # Making --------------------------------------------------------------------------------------

    @transaction.atomic
    def make_site(self, port: int) -> Site:
        """The default site with national's two homes. Raises NotEmpty where it is somebody else's."""
        site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
        home = self.page("home")
        if home is None:
            welcome = site and site.root_page
            if welcome and (type(welcome.specific) is not Page or welcome.get_children().exists()):
                raise NotEmpty(site.root_page.title)
            root = Page.get_first_root_node()
            folder = self.folder(root, FOLDER_SLUG, "National")
            home = self.make_home(folder, "en", self.english)
            self.make_home(folder, "es", self.spanish)
            if site is None:
                site = Site(is_default_site=True)
            site.hostname, site.site_name, site.root_page = "localhost", home.title, home
            site.port = port
            site.save()
            if welcome:
                welcome.delete()
        elif site.port != port:
            site.port = port
            site.save()
        return site

    def folder(self, parent: Page, slug: str, title: str) -> Page:
        found = parent.get_children().filter(slug=slug).first()
        if found is None:
            found = parent.add_child(instance=FolderPage(title=title, slug=slug, locale=self.english))
        # Read again: the tree keeps a parent's number of children in its row.
        return Page.objects.get(pk=found.pk)

    def make_home(self, folder: Page, language: str, locale: Locale) -> HomePage:
        document = content.home(language)
        home = HomePage(
            title=document["title"],
            slug=document["slug"],
            locale=locale,
            translation_key=translation_key("page", "home"),
            live=False,
        )
        folder = Page.objects.get(pk=folder.pk)
        return folder.add_child(instance=home)

    def make_library(self) -> None:
        for topic in content.topics():
            Topic.objects.get_or_create(slug=topic["slug"], defaults=topic)
        for kind, document in content.library("en"):
            self.make_snippet(kind, document)

    def make_snippet(self, kind: str, document: dict[str, Any]) -> None:
        if self.snippet(kind, document["key"]) is None:
            self.publish_snippet(self.snippet_in_memory(kind, document), document)

    @transaction.atomic
    def publish_snippet(self, snippet: Any, document: dict[str, Any]) -> None:
        snippet.full_clean()
        snippet.save()
        fill_tags(snippet, document)
        snippet.save_revision(user=self.user).publish(user=self.user)

    def snippet_in_memory(self, kind: str, document: dict[str, Any], locale: Locale | None = None):
        """Not saved yet. It refers to others of its own language, where they are translated already."""
        snippet = LIBRARY[kind](
            locale=locale or self.english, translation_key=translation_key(kind, document["key"])
        )

        def number(reference: str) -> int:
            one, _, key = reference.partition(":")
            found = locale and one in LIBRARY and self.snippet(one, key, locale)
            return found.pk if found else self.number(reference)

        fill(snippet, document, number, self.key)
        return snippet

    def plant_pages(self) -> None:
        """National's pages, still empty: they and the library refer to one another."""
        for document in content.national("en"):
            self.make_empty(document)

    def fill_pages(self) -> None:
        for document in [content.home("en"), *content.national("en")]:
            self.fill(document)

    @transaction.atomic
    def make_empty(self, document: dict[str, Any], after: str | None = None) -> None:
        if self.page(document["key"]) is not None:
            return
        page = PAGES[document["kind"]](
            title=document["title"],
            slug=document["slug"],
            locale=self.english,
            translation_key=translation_key("page", document["key"]),
            live=False,
        )
        fill_plain(page, document)
        if after is not None:
            self.page(after).add_sibling(pos="right", instance=page)
        else:
            self.page(document["parent"]).add_child(instance=page)

    @transaction.atomic
    def fill(self, document: dict[str, Any]) -> None:
        page = self.page(document["key"])
        if not page.live:
            self.publish(self.filled(page, document))

    def publish(self, page: Page) -> None:
        page.full_clean()
        page.save_revision(user=self.user).publish(user=self.user)
