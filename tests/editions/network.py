"""A small network of the foreign page type, for tests of the engine."""

from wagtail.models import Locale, Page, Site

from editions.actions.adopt import Adopt
from editions.actions.send import send_now
from editions.models import Edition
from editions.streams import without_block_keys
from tests.testapp.models import SimplePage


def paragraph(block_id: str, text: str) -> dict:
    return {"type": "paragraph", "value": f"<p>{text}</p>", "id": block_id}


BODY = [paragraph(block_id, text) for block_id, text in [("a", "One."), ("b", "Two."), ("c", "Three.")]]


class Network:
    """National with one toolkit of ``chapters`` chapters, and ``sites`` affiliates that have not adopted it yet.

    ``translate`` adds the same pages in another language, nationally and as homes of the affiliates.
    """

    def __init__(self, sites: int = 2, chapters: int = 2, body: list | None = None):
        self.locale = Locale.objects.get_or_create(language_code="en")[0]
        self.root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=self.locale)
        Site.objects.all().delete()
        self.home = self.add(self.root, "National", [])
        self.national = Site.objects.create(
            hostname="localhost", port=80, root_page=self.home, is_default_site=True, site_name="National"
        )
        self.toolkit = self.add(self.home, "Toolkit", BODY)
        self.chapters = [
            self.add(self.toolkit, f"Chapter {number}", body if body is not None else BODY)
            for number in range(1, chapters + 1)
        ]
        folder = self.add(self.root, "Affiliates", [])
        self.sites = []
        for number in range(sites):
            home = self.add(folder, f"Place {number}", [])
            site = Site.objects.create(
                hostname=f"place-{number}.localhost", port=80, root_page=home, site_name=f"Place {number}"
            )
            self.sites.append(site)

    def add(self, parent, title, body, **fields) -> SimplePage:
        parent = Page.objects.get(pk=parent.pk)
        fields.setdefault("locale", self.locale)
        page = parent.add_child(instance=SimplePage(title=title, body=body, **fields))
        return SimplePage.objects.get(pk=page.pk)

    def translate(self, language: str) -> dict[int, SimplePage]:
        """National's pages in another language (texts prefixed with it), by the id of the English page."""
        locale = Locale.objects.get_or_create(language_code=language)[0]
        translated: dict[int, SimplePage] = {}
        for page in [self.home, self.toolkit, *self.chapters]:
            parent = translated.get(page.get_parent().pk, self.root)
            body = [
                {**block, "value": block["value"].replace("<p>", f"<p>{language} ")} for block in raw(page)
            ]
            translated[page.pk] = self.add(
                parent,
                f"{page.title} {language}",
                body,
                locale=locale,
                translation_key=page.translation_key,
            )
        for site in self.sites:
            home = site.root_page
            self.add(
                home.get_parent(),
                f"{home.title} {language}",
                [],
                locale=locale,
                translation_key=home.translation_key,
            )
        return translated

    def adopt(self, *sites) -> None:
        for site in sites or self.sites:
            Adopt(self.toolkit, site).execute()

    def edition(self, site, page) -> Edition:
        return Edition.objects.get(site=site, source_id=page.pk)

    def local(self, site, page) -> SimplePage:
        """The live page of a site that follows ``page``."""
        return SimplePage.objects.get(edition__site=site, edition__source_id=page.pk)

    def change(self, page, **fields) -> SimplePage:
        """National edits and publishes; ``body`` is a dict of block id to new text, or a whole list."""
        return self.publish(SimplePage.objects.get(pk=page.pk), **fields)

    def edit(self, site, page, **fields) -> SimplePage:
        """An affiliate edits and publishes its edition, as the editor's form does."""
        local = self.local(site, page).get_latest_revision_as_object()
        return self.publish(local, **fields)

    def publish(self, page, body=None, **fields) -> SimplePage:
        set_on(page, body, **fields)
        page.save_revision().publish()
        return SimplePage.objects.get(pk=page.pk)

    def send(self, *pages, sites=None, **kwargs):
        return send_now(list(pages), self.sites if sites is None else sites, **kwargs)


def set_on(page, body=None, **fields):
    if isinstance(body, dict):
        body = [
            {**block, "value": f"<p>{body[block['id']]}</p>"} if block["id"] in body else block
            for block in raw(page)
        ]
    if body is not None:
        page.body = body
    for name, value in fields.items():
        if name == "tags":
            page.tags.set(value)
        else:
            setattr(page, name, value)
    return page


def raw(page) -> list:
    return page.get_content()["body"]


def texts(page) -> list[str]:
    """The words of the paragraphs, in order."""
    values = [without_block_keys(block["value"]) for block in raw(page)]
    return [value.removeprefix("<p>").removesuffix("</p>") for value in values]
