"""The glossary of one site in one language, ready to explain words in a page: read once, kept until it changes."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from functools import lru_cache

from django.core.cache import cache
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Locale

from editions.network.models import Affiliate

from .explaining import Finder, Word
from .models import GlossaryTerm

#: Publishing forgets at once where the cache is shared; a process with a cache of its own is so many seconds behind at most.
KEPT_FOR = 10
KEY = "library-glossary"
SHOWN = re.compile(r'data-term="(\d+)"')


@dataclass(frozen=True)
class Meaning:
    """What is said of a term in place. Texts are plain; variables in them are filled in with the page's own."""

    key: str
    term: str
    plain: str
    forms: tuple[str, ...]
    expansion: str = ""
    formerly: str = ""
    replaced_by: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Glossary:
    meanings: tuple[Meaning, ...]
    language: str

    def explain(self, html: str, more: str = "") -> SafeString:
        """Rendered HTML with each term explained at its first use. ``more`` is the address of the glossary's page."""
        if not self.meanings:
            return mark_safe(html)
        by_key = {meaning.key: meaning for meaning in self.meanings}

        def wrap(key: str, words: str) -> str:
            return in_place(by_key[key], words, more)

        # What stands beside the text as a block of its own needs no second explanation.
        known = set(SHOWN.findall(html))
        return mark_safe(finder(self.meanings, self.language).explain(html, wrap, known))


@lru_cache(maxsize=64)
def finder(meanings: tuple[Meaning, ...], language: str) -> Finder:
    words = (
        Word(form, meaning.key, is_title=form == meaning.term)
        for meaning in meanings
        for form in meaning.forms
    )
    return Finder(words, language)


def in_place(meaning: Meaning, words: str, more: str) -> str:
    """The word as a button that opens its meaning: a popover, which needs no script and closes with Escape.

    ``words`` is HTML as it stood. A browser that knows no popovers shows the meaning in brackets (blocks.css).
    """
    about = f"meaning-{meaning.key}"
    notes = []
    if meaning.expansion:
        notes.append(
            format_html('<span class="meaning-note">{}</span>', _("Stands for: %s") % meaning.expansion)
        )
    if meaning.formerly:
        notes.append(
            format_html('<span class="meaning-note">{}</span>', _("Formerly: %s") % meaning.formerly)
        )
    if meaning.replaced_by:
        notes.append(format_html('<span class="meaning-note">{}</span>', _("Now: %s") % meaning.replaced_by))
    if more:
        notes.append(
            format_html(
                '<a class="meaning-more" href="{}#term-{}">{}</a>', more, meaning.key, _("In the glossary")
            )
        )
    return format_html(
        '<button type="button" class="word" popovertarget="{about}">{words}</button>'
        '<span class="meaning" id="{about}" popover role="note"><b class="meaning-term">{term}</b> '
        '<span class="meaning-plain">{plain}</span>{notes}</span>',
        about=about,
        words=mark_safe(words),
        term=meaning.term,
        plain=meaning.plain,
        notes=mark_safe("".join(notes)),
    )


def glossary_for(affiliate: Affiliate | None, locale: Locale) -> Glossary:
    """What a site explains in a language: its own terms first, its adapted copies in place of national's. One query, or none."""
    generation = cache.get(f"{KEY}-generation", "first")
    key = f"{KEY}-{generation}-{affiliate.pk if affiliate is not None else 0}-{locale.pk}"
    meanings = cache.get(key)
    if meanings is None:
        meanings = _meanings(affiliate, locale)
        cache.set(key, meanings, KEPT_FOR)
    return Glossary(meanings, locale.language_code)


def _meanings(affiliate: Affiliate | None, locale: Locale) -> tuple[Meaning, ...]:
    terms = GlossaryTerm.objects.shown_by(affiliate, locale).select_related("replaced_by")
    found: dict[str, Meaning] = {}
    # Of two terms with one name the affiliate's own wins.
    for term in sorted(terms, key=lambda term: (term.owner_id is None, term.pk)):
        found.setdefault(
            term.term.casefold(),
            Meaning(
                key=str(term.pk),
                term=term.term,
                plain=term.plain,
                forms=tuple(term.forms),
                expansion=term.expansion,
                formerly=term.formerly,
                replaced_by=term.replaced_by.term if term.replaced_by is not None else "",
                kind=term.kind,
            ),
        )
    return tuple(found.values())


def forget(**kwargs: object) -> None:
    """For the signals of a term: all sites read theirs anew."""
    cache.set(f"{KEY}-generation", uuid.uuid4().hex, None)
