"""National's part: its site, its library, its toolkit in English."""

from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import ForeignKey, ManyToManyField
from taggit.managers import TaggableManager
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from campaign_library.models import CallToAction, GlossaryTerm
from editions.network.roles import national_collection
from toolkit_pages.models import ChapterPage, FolderPage, HomePage, ToolkitPage

from .. import blocks, content
from ..richtext import rich
from .pictures import figure_file

FOLDER_SLUG, AFFILIATES_SLUG = "national", "affiliates"
LIBRARY = {"term": GlossaryTerm, "action": CallToAction}
PAGES: dict[str, type[Page]] = {"home": HomePage, "toolkit": ToolkitPage, "chapter": ChapterPage}
# What a document has besides fields of its page or snippet.
NOT_FIELDS = {"key", "kind", "parent"}


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

    def filled(self, target: Any, document: dict[str, Any], *, snippet: bool = False) -> Any:
        """``target``, a page or snippet, with what ``document`` says, in memory.

        Raises FieldDoesNotExist for a name that is no field.
        """
        for name, value in document.items():
            if name in NOT_FIELDS and not (snippet and name == "kind"):
                continue
            field = target._meta.get_field("body" if name == "block" else name)
            match field:
                case StreamField():
                    raw = blocks.stream(field.stream_block, value, document["key"], *self.way(name))
                    setattr(target, field.name, field.to_python(blocks.resolve(raw, self.number)))
                case RichTextField():
                    setattr(target, name, blocks.resolve(rich(value), self.number))
                case ForeignKey():
                    setattr(target, field.attname, self.number(value) if value else None)
                case ManyToManyField() | TaggableManager():
                    # Tags are words; other relations are references.
                    items = [self.number(one) if ":" in one else one for one in value]
                    getattr(target, name).set(items)
                case _:
                    setattr(target, name, value.strip() if isinstance(value, str) else value)
        return target

    @staticmethod
    def way(name: str) -> tuple[str, ...]:
        """The body's blocks are named by their key alone, those of other streams by the stream too."""
        return () if name in ("block", "body") else (name,)

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
        for kind, document in content.library("en"):
            self.make_snippet(kind, document)

    @transaction.atomic
    def make_snippet(self, kind: str, document: dict[str, Any]) -> None:
        if self.snippet(kind, document["key"]) is None:
            snippet = self.snippet_in_memory(kind, document)
            snippet.full_clean()
            snippet.save()
            snippet.save_revision(user=self.user).publish(user=self.user)

    def snippet_in_memory(self, kind: str, document: dict[str, Any], locale: Locale | None = None):
        snippet = LIBRARY[kind](
            locale=locale or self.english, translation_key=translation_key(kind, document["key"])
        )
        return self.filled(snippet, document, snippet=True)

    def make_pages(self) -> None:
        """National's pages: first empty, so that they can link to one another, then filled."""
        documents = content.national("en")
        for document in documents:
            self.make_empty(document)
        for document in [content.home("en"), *documents]:
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
