"""What has a field of its own on a page: disclaimers, whom a text comes from, and which edition it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit_pages.importing.nodes import Node, Paragraph, Spans, part, plain, raw
from toolkit_pages.importing.results import Ledger

DISCLAIMER = re.compile(
    r"(?:legal |a |general )?(?:disclaimer|note of caution)s?(?: and limitations)?|not legal advice|"
    r"aviso legal|descargo(?: de responsabilidad)?|exención de responsabilidad",
    re.IGNORECASE,
)
DISCLAIMER_WORD = re.compile(
    r"((?:legal )?disclaimer|aviso legal|descargo de responsabilidad)\s*[:.]\s+(?=\S)", re.IGNORECASE
)
DISCLAIMS = re.compile(
    r"\b(?:is|as|constitutes?|provides?|gives?|offers?) (?:not|no)(?: \w+){0,3} legal advice\b"
    r"|\bnot (?:meant as |a substitute for )?legal advice\b"
    r"|\bno (?:es|constituye|sustituye)(?: \w+){0,4} (?:asesoría|asesoramiento|consejo) (?:legal|jurídico)\b",
    re.IGNORECASE,
)
SOURCE_WORD = re.compile(
    r"\(?\s*(?P<word>sources?|fuentes?|credits?|créditos?)\s*:\s+(?=\S)"
    r"|\(?\s*(?=(?:originally )?(?:adapted|reprinted|excerpted|taken|used) (?:from|with)\b|courtesy of\b|"
    r"adaptado de\b|tomado de\b|cortesía de\b)",
    re.IGNORECASE,
)
EDITION = re.compile(
    r"(?:last |first )?(?:updated|revised|published|edition|version|prepared|issued|printed|última actualización|"
    r"actualizado|edición|publicado)\b.{0,60}\b(?:1[89]|20)\d\d\b.{0,10}"
    r"|(?:(?:spring|summer|fall|autumn|winter|january|february|march|april|may|june|july|august|september|october|"
    r"november|december)\s+)(?:1[89]|20)\d\d(?:\s+edition)?",
    re.IGNORECASE,
)
MAX_SOURCE = 255
MAX_URL = 200
MAX_EDITION = 80


@dataclass(frozen=True)
class Attribution:
    """Whom a text comes from; `url` may be empty."""

    source: str
    url: str


def attribution(node: Node, ledger: Ledger) -> Attribution | None:
    """What a line such as "(Source: …)" says, if a field can hold all of it. Its opening word is then left out."""
    if not isinstance(node, Paragraph):
        return None
    found = SOURCE_WORD.match(raw(node.spans))
    hrefs = list(dict.fromkeys(span.href for span in node.spans if span.href))
    if not found or any(span.note or "\n" in span.text for span in node.spans) or len(hrefs) > 1:
        return None
    rest = part(node.spans, found.end())
    text = plain(rest)
    if "(" in found.group() and text.endswith(")") and text.count("(") < text.count(")"):
        text = text[:-1].rstrip()
    web = hrefs and hrefs[0].lower().startswith(("http://", "https://"))
    if not text or len(text) > MAX_SOURCE or (hrefs and (not web or len(hrefs[0]) > MAX_URL)):
        return None
    if found["word"]:
        ledger.leave_out(found["word"], "source-word", node.line)
    return Attribution(text, hrefs[0] if hrefs else "")


def take_attribution(nodes: Sequence[Node], ledger: Ledger) -> tuple[list[Node], Attribution | None]:
    """The nodes of a chapter without a line at its end, or right at its beginning, that says whom it comes from."""
    for at in (len(nodes) - 1, 0):
        if len(nodes) > 1 and (found := attribution(nodes[at], ledger)):
            return [*nodes[:at], *nodes[at + 1 :]], found
    return list(nodes), None


def is_disclaimer(title: str) -> bool:
    return bool(DISCLAIMER.fullmatch(title.strip(" :.!*")))


def calls_itself_disclaimer(node: Paragraph) -> bool:
    return bool(DISCLAIMER_WORD.match(raw(node.spans)))


def disclaimer_in(node: Node, ledger: Ledger) -> Spans:
    """The text of a paragraph of a cover that is a disclaimer, by its first word or by what it says; nothing if it is none."""
    found = DISCLAIMER_WORD.match(raw(node.spans)) if isinstance(node, Paragraph) else None
    if not isinstance(node, Paragraph) or not found:
        is_one = isinstance(node, Paragraph) and DISCLAIMS.search(raw(node.spans))
        return node.spans if is_one and isinstance(node, Paragraph) else ()
    ledger.leave_out(found[1], "disclaimer-word", node.line)
    return part(node.spans, found.end())


def edition_in(node: Node) -> str:
    """Which edition a line of a cover says the toolkit is; nothing if it says none."""
    if not isinstance(node, Paragraph) or any(span.href or span.note for span in node.spans):
        return ""
    text = plain(node.spans)
    return text if len(text) <= MAX_EDITION and EDITION.fullmatch(text.strip(" .()")) else ""
