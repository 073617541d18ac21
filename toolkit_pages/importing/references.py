"""References within a text ("see Section VI(A)") to what the text does not hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit_pages.importing.doubts import excerpt
from toolkit_pages.importing.numbers import roman
from toolkit_pages.importing.passages import Passage
from toolkit_pages.importing.results import Ledger

KINDS = {
    "section": "section|sección|seccion",
    "part": "part|parte",
    "chapter": "chapter|capítulo|capitulo",
    "appendix": "appendix|appendices|apéndice|apendice|annex|anexo|attachment|adjunto|exhibit|addendum",
    "figure": "figure|fig\\.|figura|diagram|chart|image",
    "table": "table|tabla|cuadro",
    "sheet": "handout|worksheet|module|tool|hoja|módulo",
}
NUMBER = r"(?:\d{1,3}(?:\.\d{1,2})*|[IVXL]{1,6}|[A-Z])(?:\([A-Za-z0-9]{1,4}\))*"
WHAT = "|".join(f"(?P<{kind}>{names})" for kind, names in KINDS.items())
# One letter, or I, needs a capital before it: "part I play", "section a".
REFERENCE = re.compile(rf"\b(?i:(?:{WHAT})s?)\s+(?P<number>{NUMBER})(?![\w(’'-]|\.\d)")
LABEL = re.compile(rf"\W*(?i:(?:{WHAT}))\s+(?P<number>{NUMBER})(?![\w(])")
PAGE = re.compile(
    r"\b(?:see|on|at|turn to|refer to|from|véase|ver|en)\s+(?:the\s+|la\s+)?(?:pages?|pp?\.|páginas?)\s*\d{1,3}\b",
    re.IGNORECASE,
)
# The laws and books of others have sections too.
OTHERS = re.compile(
    r"\s*(?:,\s*)?(?:\([a-z0-9]+\)\s*)*(?:of|under|in|to|de|del)\s+(?:the\s+|la\s+|los\s+)?(?:[\w.]+\s+){0,4}?"
    r"(?:Act|Code|Constitution|Amendment|Law|Statutes?|U\.?S\.?C|Title|Charter|Regulations?|Bill|Treaty|Ley|Código|C\.F\.R)\b"
)
LAW_BEFORE = re.compile(
    r"(?:U\.\s?S\.\s?C\.?|C\.\s?F\.\s?R\.?|Code|Act|Const(?:itution|\.)|Law|Title \w+|§+|Article \w+)[,]?\s*$"
)
HIGHEST = 60


@dataclass
class Labels:
    """What the text calls by number: the numbers of its sections with what is numbered beneath each, and other labels."""

    below: dict[str, set[str]] = field(default_factory=dict)
    named: set[tuple[str, str]] = field(default_factory=set)

    def has(self, kind: str, number: str) -> bool:
        head, *rest = parts(number)
        if kind not in ("section", "part", "chapter"):
            return (kind, head) in self.named
        if head not in self.below and (kind, head) not in self.named:
            return False
        return all(part in self.below.get(head, set()) for part in rest)


def parts(number: str) -> list[str]:
    """VI(A)(2) as 6, a, 2: Roman and Arabic are one numbering, capitals and small letters too."""
    found = re.findall(r"[A-Za-z0-9]+", number)
    return [_plain(part, first=at == 0) for at, part in enumerate(found)]


def _plain(part: str, first: bool) -> str:
    value = roman(part.lower()) if first and part.isupper() and (len(part) > 1 or part in "IVX") else 0
    return str(value) if value else part.lower()


def labels(found: Sequence[Passage]) -> Labels:
    result = Labels()
    current = ""
    for passage in found:
        if label := LABEL.match(passage.raw):
            kind, head = _kind(label), parts(label["number"])[0]
            result.named.add((kind, head))
            if kind in ("section", "part", "chapter"):
                current = head
                result.below.setdefault(head, set())
        if not passage.marker:
            continue
        number = parts(passage.marker)
        if (
            passage.heading is not None
            and number
            and passage.heading.level <= 3
            and not re.match(r"\W*[a-z]", passage.marker)
        ):
            is_letter = number[0].isalpha()
            if not is_letter or not current:
                current = number[0]
                result.below.setdefault(current, set())
        if current and number:
            result.below[current].update(number)
    return result


def _kind(found: re.Match[str]) -> str:
    return next(kind for kind in KINDS if found[kind])


def doubt_references(found: Sequence[Passage], ledger: Ledger) -> None:
    known = labels(found)
    for passage in found:
        text = passage.raw
        label = LABEL.match(text)
        for match in REFERENCE.finditer(text):
            kind, number = _kind(match), match["number"]
            if label and match.start() <= label.start() + 2:
                continue
            if number.isalpha() and len(number) == 1 and match.group()[0].islower():
                continue
            if number.isdigit() and int(number) > HIGHEST:
                continue
            if passage.links_near(match.start(), match.end() - 40):
                continue
            if OTHERS.match(text, match.end()) or LAW_BEFORE.search(text[: match.start()]):
                continue
            if not known.has(kind, number):
                ledger.doubt("dangling-reference", excerpt(text, *match.span()), passage.line)
        for page in PAGE.finditer(text):
            ledger.doubt("page-reference", excerpt(text, *page.span()), passage.line)
