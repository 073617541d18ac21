"""Links between pages, resolved for one reader: all links of a page at once, after it has been rendered.

While a page is rendered for the public, rich text and templates write marks instead of addresses; ``Links.resolve``
then looks up all targets in one query. A link to a national page leads, on an affiliate's site, to the affiliate's
own edition of it in the reader's language, where there is one; else to the national page, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from secrets import token_hex

from django.db.models import F, Value
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page

from .addresses import SiteRoot

_collecting: ContextVar[Links | None] = ContextVar("edition_links", default=None)


@dataclass(frozen=True)
class Target:
    """A page that may stand for a link's target."""

    pk: int
    url_path: str
    language: str
    live: bool
    title: str = ""


@dataclass
class Links:
    """The links met while one page is rendered. ``mark`` is unguessable, so that no text can pretend to be one."""

    root: SiteRoot
    locale: Locale
    national: SiteRoot | None = None
    mark: str = field(default_factory=lambda: f"link-{token_hex(8)}")
    pages: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    _known: dict[int, tuple[Target, bool] | None] = field(default_factory=dict, repr=False)

    def page(self, pk: int) -> str:
        self.pages.add(pk)
        return f"{self.mark}-p{pk}"

    def document(self, pk: int) -> str:
        self.documents.add(pk)
        return f"{self.mark}-d{pk}"

    def resolve(self, html: str) -> str:
        """``html`` with every mark replaced: one query for all pages that are not known yet, one for all documents."""
        if not self.pages and not self.documents:
            return html
        addresses = self._addresses()
        files = self._files()
        anchors = re.compile(rf'<a href="{self.mark}-(p|d)(\d+)"([^>]*)>(.*?)</a>', re.DOTALL)

        def anchor(found: re.Match[str]) -> str:
            kind, pk, rest, text = found[1], int(found[2]), found[3], found[4]
            if kind == "d":
                url = files.get(pk)
                return f'<a href="{escape(url)}"{rest}>{text}</a>' if url else text
            url, national = addresses.get(pk, (None, False))
            if url is None:
                return text
            if not national:
                return f'<a href="{escape(url)}"{rest}>{text}</a>'
            note = format_html(' <span class="visually-hidden">{}</span>', _("(national site)"))
            return f'<a class="national-link" href="{escape(url)}"{rest}>{text}{note}</a>'

        return anchors.sub(anchor, html)

    def _addresses(self) -> dict[int, tuple[str, bool]]:
        """Address and whether it leads to the national site, by the target's pk. Dead targets are left out."""
        return {
            pk: (self.address(shown, is_national=national), national)
            for pk, (shown, national) in self.shown(self.pages).items()
        }

    def shown(self, pks: Collection[int]) -> dict[int, tuple[Target, bool]]:
        """What stands for each of some pages on this site in this language, and whether that is a page of the national site.

        One query for those that nobody has asked for yet. The page of this site where there is one, else the national one in
        the language, else the page itself; dead targets, and those of other sites, are left out.
        """
        if missing := set(pks) - self._known.keys():
            self._known |= {**dict.fromkeys(missing), **self._found(missing)}
        return {pk: known for pk in pks if (known := self._known[pk]) is not None}

    def _found(self, pks: Collection[int]) -> dict[int, tuple[Target, bool]]:
        targets, stand_ins = self._look_up(pks)
        found: dict[int, tuple[Target, bool]] = {}
        for pk, target in targets.items():
            mine, theirs = stand_ins.get(pk, (None, None))
            if mine is None and target.live and self.root.owns(target.url_path):
                mine = target
            if mine is not None:
                found[pk] = (mine, False)
                continue
            theirs = theirs or (target if target.live else None)
            if theirs is not None and self.national is not None and self.national.owns(theirs.url_path):
                found[pk] = (theirs, True)
        return found

    def address(self, target: Target, *, is_national: bool) -> str:
        """Where a page found by ``shown`` is to be read."""
        if is_national and self.national is not None:
            return self.national.url(target.url_path, target.language)
        return self.root.path(target.url_path, target.language)

    def _look_up(
        self, pks: Collection[int]
    ) -> tuple[dict[int, Target], dict[int, tuple[Target | None, Target | None]]]:
        """The targets, and for each the page here and the national page in the reader's language, in one query."""
        columns = ("kind", "key", "pk", "url_path", "locale__language_code", "live", "title")
        wanted = Page.objects.filter(pk__in=pks).order_by()
        keys = wanted.values("translation_key")
        in_language = Page.objects.filter(locale=self.locale, live=True).order_by()
        rows = (
            wanted.annotate(kind=Value("target"), key=F("translation_key"))
            .values_list(*columns)
            .union(
                in_language.filter(edition__site=self.root.site, edition__source_key__in=keys)
                .annotate(kind=Value("edition"), key=F("edition__source_key"))
                .values_list(*columns),
                in_language.filter(translation_key__in=keys)
                .annotate(kind=Value("translation"), key=F("translation_key"))
                .values_list(*columns),
                all=True,
            )
        )
        targets: dict[int, Target] = {}
        key_of: dict[int, str] = {}
        here: dict[str, Target] = {}
        there: dict[str, Target] = {}
        for kind, key, pk, url_path, language, live, title in rows:
            target = Target(pk, url_path, language, live, title)
            if kind == "target":
                targets[pk] = target
                key_of[pk] = str(key)
            elif self.root.owns(url_path):
                here[str(key)] = target
            elif self.national is not None and self.national.owns(url_path):
                there[str(key)] = target
        return targets, {pk: (here.get(key), there.get(key)) for pk, key in key_of.items()}

    def _files(self) -> dict[int, str]:
        if not self.documents:
            return {}
        return {doc.pk: doc.url for doc in get_document_model().objects.filter(pk__in=self.documents)}


@contextmanager
def collecting(links: Links):
    """Within it, rich text and templates write marks that ``links`` resolves."""
    token = _collecting.set(links)
    try:
        yield links
    finally:
        _collecting.reset(token)


def current() -> Links | None:
    """The links of the page that is being rendered for the public, if one is."""
    return _collecting.get()


def link_to_page(pk: int | None) -> str | None:
    """The mark for a page, or None outside a public rendering, where Wagtail's own address is right."""
    links = _collecting.get()
    return links.page(int(pk)) if links is not None and pk else None
