"""Words of the glossary found in rendered HTML: the first use of each, where an explanation may stand.

Pure: imports nothing from Django or Wagtail. The text itself stays as it was; what stands around a word is the caller's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

#: Within these nothing is explained: they are headings, somebody else's words, controls, or drawings.
SKIPPED: Final = frozenset(
    "a abbr blockquote button caption cite code dfn figcaption form h1 h2 h3 h4 h5 h6 kbd label legend math nav "
    "option pre q samp script select style summary sup svg template textarea th time title".split()
)
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
#: Comments, variables (which must stay whole) and tags.
_PIECE: Final = re.compile(
    r"<!--.*?-->|\{\{.*?\}\}|<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL
)
_APOSTROPHE: Final = r"(?:'|’|&#x27;|&#39;|&rsquo;)"
_SPACE: Final = r"(?:\s|&nbsp;|\u00a0)+"
#: Marks that belong to the word beside them, as characters or as entities.
_MARK: Final = r"(?:[%s]|&(?:quot|apos|#x27|#39|%s);)+"
_OPENING: Final = re.compile(
    _MARK % ("“„”‘‚«‹»›\"'(\\[¿¡", "[lrb]dquo|[lrs]squo|sbquo|[lr]aquo|iexcl|iquest") + "$"
)
_CLOSING: Final = re.compile(_MARK % ("“”‘’«‹»›\"')\\].,;:!?…،؛؟", "[lr]dquo|[lr]squo|[lr]aquo|hellip"))
_PLURAL: Final = {"en": r"(?:(?:’|'|&#x27;)?s|es)?", "es": r"(?:s|es)?", "fr": r"s?", "pt": r"s?"}


@dataclass(frozen=True, slots=True)
class Word:
    """One way to name a term. ``key`` tells which term.

    A word in small letters is found at the beginning of a sentence too. ``is_title``: it may be written with a capital only
    because it stands at the head of its own entry, so it is found in small letters as well; an older name such as “Hold”
    would be found in every verb.
    """

    text: str
    key: str
    is_title: bool = False


class Finder:
    """Finds the words of one language. Compiled once, used for many pages; holds nothing of a page."""

    def __init__(self, words: Iterable[Word], language: str = "en") -> None:
        plural = _PLURAL.get(language.partition("-")[0], "")
        self._keys: list[str] = []
        exact: list[str] = []
        # The longest first: “county jail” before “jail”. Of two equal ones the first given wins.
        for word in sorted(words, key=lambda word: -len(word.text)):
            text = word.text.strip()
            if not text:
                continue
            exact.append(f"({_pattern(text, word.is_title)}{plural})")
            self._keys.append(word.key)
        # Whole words only: “ice” is not in “police”, “post-ice”, “ice.gov” or an entity.
        found = "|".join(exact)
        self._pattern = re.compile(rf"(?<![\w&#@/.-])(?:{found})(?![\w-]|[.@/]\w)") if exact else None

    def explain(self, html: str, wrap: Callable[[str, str], str], known: Collection[str] = ()) -> str:
        """``html`` with the first use of each term given to ``wrap(key, words)``, which returns HTML to stand there.

        Marks that touch the word (a quotation mark, a comma) stand with it in a span of class ``hold``: around a button a
        browser may break the line anywhere, even before a comma.
        ``known`` are keys that need no explanation. Never raises for damaged HTML; what it cannot follow it leaves.
        """
        if self._pattern is None:
            return html
        seen = set(known)
        depth: list[str] = []
        out: list[str] = []
        position = 0
        for piece in _PIECE.finditer(html):
            text = html[position : piece.start()]
            out.append(text if depth else self._in_text(text, wrap, seen))
            out.append(piece[0])
            position = piece.end()
            name = (piece[2] or "").lower()
            if not name or name in _VOID or piece[3].endswith("/"):
                continue
            if piece[1]:
                if name in depth:
                    # A tag that was never closed does not hide the rest of the page.
                    del depth[len(depth) - 1 - depth[::-1].index(name) :]
            elif name in SKIPPED or "data-no-terms" in piece[3] or (depth and name == depth[-1]):
                depth.append(name)
        text = html[position:]
        out.append(text if depth else self._in_text(text, wrap, seen))
        return "".join(out)

    def _in_text(self, text: str, wrap: Callable[[str, str], str], seen: set[str]) -> str:
        if self._pattern is None or not text.strip():
            return text

        out: list[str] = []
        position = 0
        for found in self._pattern.finditer(text):
            key = self._keys[(found.lastindex or 1) - 1]
            if key in seen:
                continue
            seen.add(key)
            opening = _OPENING.search(text, position, found.start())
            closing = _CLOSING.match(text, found.end())
            start = opening.start() if opening else found.start()
            end = closing.end() if closing else found.end()
            word = wrap(key, found[0])
            if opening or closing:
                word = (
                    f'<span class="hold">{text[start : found.start()]}{word}{text[found.end() : end]}</span>'
                )
            out += [text[position:start], word]
            position = end
        return "".join([*out, text[position:]])


def _pattern(text: str, is_title: bool) -> str:
    """“ICE” and “Santa Clara” are found as they are written; “detainer” may begin a sentence, “Detainer” may stand in one."""
    first, *rest = [
        re.escape(escape(word, quote=False)).replace("'", _APOSTROPHE).replace("’", _APOSTROPHE)
        for word in text.split()
    ]
    is_name = any(sign.isupper() for sign in text[1:])
    if text[0].islower() or (text[0].isupper() and is_title and not is_name):
        first = (
            f"(?:{re.escape(text[0].upper())}|{re.escape(text[0].lower())}){first[len(re.escape(text[0])) :]}"
        )
    return _SPACE.join([first, *rest])
