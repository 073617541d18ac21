"""Dresses stored texts for readers: links, numbers for references, the affiliate's values in the blanks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from editions.variables import as_words, replaced

from .documents.blanks import Blank, Filled, Token, fill, tokens
from .documents.ordinance import REFERENCE, Target

TAG = re.compile(r"(<[^<>]*>)")


@dataclass
class Dressing:
    """``address`` stands before the fragment of a reference: empty on the document's own page."""

    blanks: list[Blank]
    values: Mapping[str, str]
    targets: Mapping[str, Target] = field(default_factory=dict)
    address: str = ""
    lists_blanks: bool = True

    def __post_init__(self) -> None:
        self.tokens = tokens(self.blanks)
        self.filled: dict[str, Filled] = fill(self.blanks, self.values)

    @property
    def open_blanks(self) -> list[Filled]:
        return [each for each in self.filled.values() if not each.value]

    def rich(self, source: str) -> SafeString:
        """Stored rich text, as HTML."""
        return self._dress(expand_db_html(source))

    def line(self, source: str) -> SafeString:
        """A stored line of plain text, as HTML."""
        return self._dress(escape(source))

    def marked(self, html: str) -> SafeString:
        """HTML that is safe already, such as a comparison."""
        return self._dress(html)

    def _dress(self, html: str) -> SafeString:
        if "{{" not in html and "[[" not in html:
            return mark_safe(html)
        pieces = TAG.split(html)
        # Every second piece is a tag: a blank within an attribute takes its bare value.
        dressed = [
            replaced(piece, self._bare)
            if place % 2
            else REFERENCE.sub(self._reference, replaced(piece, self._word))
            for place, piece in enumerate(pieces)
        ]
        return mark_safe("".join(dressed))

    def _reference(self, found: re.Match[str]) -> str:
        target = self.targets.get(found[1])
        if target is None:
            return f'<span class="lost-reference">[{escape(found[1])}]</span>'
        words = _("Section %(number)s") % {"number": target.number}
        return (
            f'<a class="reference" href="{escape(self.address)}#{escape(target.anchor)}">{escape(words)}</a>'
        )

    def value_of(self, name: str, token: Token) -> str:
        """The words for one name in braces; empty where the blank is not filled in."""
        if name != token.blank.name and (own := self.values.get(name, "").strip()):
            return own
        value = self.filled[token.blank.name].value
        if value and token.blank.kind == "date":
            value = date_format(date.fromisoformat(value), "DATE_FORMAT")
        return token.word(value) if value else ""

    def _bare(self, name: str) -> str | None:
        token = self.tokens.get(name)
        return None if token is None else as_words(self.value_of(name, token))

    def _word(self, name: str) -> str | None:
        token = self.tokens.get(name)
        if token is None:
            return None
        if value := self.value_of(name, token):
            return f'<span class="filled">{as_words(value)}</span>'
        label = as_words(token.word(token.blank.label))
        told = escape(_("Blank:"))
        if self.lists_blanks:
            return (
                f'<a class="blank" href="#blank-{escape(token.blank.name)}">'
                f'<span class="visually-hidden">{told} </span>[{label}]</a>'
            )
        hint = (
            f'<span class="visually-hidden"> ({as_words(token.blank.hint)})</span>'
            if token.blank.hint
            else ""
        )
        return f'<span class="blank"><span class="visually-hidden">{told} </span>[{label}]{hint}</span>'
