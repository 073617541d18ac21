"""The steps of ``load_demo``, in order."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from wagtail.models import Locale, Site

from editions.actions.apply import ApplyRelease
from editions.actions.send import Send
from editions.models import Release
from editions.network.models import Affiliate, NationalRole, Role
from editions.network.roles import ensure_national_groups, group_of

from .. import blocks, content, edits
from .affiliates import adopt, edit, make_pages, make_registrations, open_affiliate, write_homes
from .filling import fill_tags
from .national import National, NotEmpty
from .people import AFFILIATE_LOGINS, NATIONAL_LOGINS, make_person
from .translating import translate

__all__ = ["DEMO_PASSWORD", "DemoNetwork", "NotEmpty"]

# Short records whose Spanish is written beside the English one; wagtail-localize keeps all that is longer.
RECORDS = frozenset({"provision", "organisation", "resource", "bill", "policy"})
DEMO_PASSWORD = "only-for-the-demo"


class DemoNetwork:
    """``load`` makes what is missing. ``say`` gets a line when a step begins and a word when it has ended."""

    def __init__(
        self, *, port: int = 8000, password: str = DEMO_PASSWORD, say: Callable[[str], None] = print
    ):
        self.port, self.password, self.say = port, password, say
        self.national = National()
        self.editors: dict[str, object] = {}
        self.affiliates: dict[str, Affiliate] = {}

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        began = time.monotonic()
        self.say(f"{title} …")
        yield
        self.say(f"  done in {time.monotonic() - began:.1f} s")

    def load(self) -> None:
        """Raises NotEmpty where the database has a national site of its own; nothing is written then."""
        with self.step("National’s site, groups and people"):
            self.national.make_site(self.port)
            self.make_staff()
        with self.step("The library in English"):
            self.national.plant_pages()
            self.national.make_library()
        with self.step("Pages in English"):
            self.national.fill_pages()
        with self.step("Spanish, through wagtail-localize"):
            self.make_translations("es")
        with self.step("A sample of Arabic"):
            self.make_translations("ar")
        with self.step("Three affiliates"):
            self.make_affiliates()
        with self.step("Adoptions, in English and Spanish"):
            for data in content.affiliates():
                for key in data.adopts:
                    adopt(self.affiliates[data.key], self.national.page(key), self.editors[data.key])
        with self.step("Their own words, events and case study"):
            for data in content.affiliates():
                edit(self.affiliates[data.key], data, self.national, self.editors[data.key])
                make_pages(self.affiliates[data.key], data, self.national, self.editors[data.key])
                make_registrations(self.affiliates[data.key], data, self.national)
        with self.step("A sending: corrections and a new chapter"):
            self.send_second()

    # National ------------------------------------------------------------------------------------

    def make_staff(self) -> None:
        groups = ensure_national_groups()
        make_person("admin", self.password, first_name="Demo", last_name="Administrator", superuser=True)
        self.national.user = make_person(
            "national",
            self.password,
            first_name="National",
            last_name="Staff",
            groups=(groups[NationalRole.ADMINISTRATOR],),
        )
        for username, role in NATIONAL_LOGINS.items():
            self.make_colleague(username, groups[role], "National", role.label)

    def make_colleague(self, username: str, group, first_name, last_name) -> None:
        names = {"first_name": str(first_name), "last_name": str(last_name)}
        make_person(username, self.password, groups=(group,), **names)

    def make_translations(self, language: str) -> None:
        locale = self.national.locale(language)
        for kind, document in content.library(language):
            if self.national.snippet(kind, document["key"], locale) is None:
                words = self.national.snippet_in_memory(kind, document, locale)
                if kind in RECORDS:
                    self.national.publish_snippet(words, document)
                else:
                    self.translate(self.national.snippet(kind, document["key"]), words)
                    fill_tags(self.national.snippet(kind, document["key"], locale), document)
        for document in [content.home(language), *content.national(language)]:
            page = self.national.page(document["key"], locale)
            if page is None or not page.live:
                self.translate_page(document, locale)

    def translate_page(self, document: dict, locale: Locale) -> None:
        source = self.national.page(document["key"])
        self.translate(source, self.national.filled(type(source)(locale=locale), document))

    def translate(self, source, words) -> None:
        pictures = {}
        if words.locale == self.national.spanish:
            english = self.national.image("booking-to-collection", "en").pk
            pictures = {english: self.national.image("booking-to-collection", "es").pk}
        translate(source, words, words.locale, pictures, user=self.national.user)

    # Affiliates ----------------------------------------------------------------------------------

    def make_affiliates(self) -> None:
        for data in content.affiliates():
            affiliate = open_affiliate(data, self.port)
            self.affiliates[data.key] = affiliate
            self.editors[data.key] = make_person(
                data.key,
                self.password,
                first_name="Editor",
                last_name=data.name,
                groups=(group_of(Role.ADMINISTRATOR, affiliate),),
            )
            write_homes(affiliate, data, self.national, self.editors[data.key])
        for username, (key, role) in AFFILIATE_LOGINS.items():
            affiliate = self.affiliates[key]
            self.make_colleague(username, group_of(role, affiliate), role.label, affiliate.name)

    @property
    def sites(self) -> list[Site]:
        return [affiliate.site for affiliate in self.affiliates.values()]

    # Sending -------------------------------------------------------------------------------------

    def pages(self, keys: list[str]) -> list:
        """Those national pages in both languages, parents first."""
        return [
            self.national.page(key, locale)
            for locale in (self.national.english, self.national.spanish)
            for key in keys
        ]

    def send_second(self) -> None:
        second = content.second("en")
        self.send(second.title, second.note, self.correct)

    def send(self, title: str, note: str, make_pages: Callable[[], list]) -> None:
        """Sends once; a sending that was interrupted goes on where it was.

        ``make_pages`` prepares and gives the pages in the transaction that makes the release.
        """
        release = Release.objects.filter(title=title, created_by=self.national.user).first()
        if release is None:
            with transaction.atomic():
                release = Send(
                    make_pages(), self.sites, title=title, note=note, user=self.national.user
                ).execute()
        if release.state != Release.State.DONE:
            ApplyRelease(release).execute()

    def correct(self) -> list:
        """National's second edition on its own site, in both languages. Gives the pages that changed."""
        english, spanish = content.second("en"), content.second("es")
        for (document, after), (words, _after) in zip(english.new, spanish.new, strict=True):
            self.national.make_empty(document, after=after)
            self.national.fill(document)
            self.translate_page(words, self.national.spanish)
            # wagtail-localize puts a new page last among its siblings.
            translated = self.national.page(document["key"], self.national.spanish)
            translated.move(self.national.page(after, self.national.spanish), pos="right")
        for one, other in zip(english.changes, spanish.changes, strict=True):
            page = self.national.page(one.page).get_latest_revision_as_object()
            block = blocks.block_id(one.page, one.block)
            self.national.publish(changed(page, block, one))
            target = self.national.page(one.page, self.national.spanish)
            self.translate(self.national.page(one.page), changed(target, block, other))
        keys = [document["key"] for document, _after in english.new] + [one.page for one in english.changes]
        return self.pages(list(dict.fromkeys(keys)))


def changed(page, block: str, one: content.Change):
    """``page`` in memory with one correction."""
    body = edits.change(page.get_content()["body"], block, one.field, one.text)
    page.body = page._meta.get_field("body").to_python(body)
    return page
