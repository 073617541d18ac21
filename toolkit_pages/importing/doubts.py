"""What in a text an editor should look at, though nothing of it was changed: words that point nowhere, references
to what is not there, names of one place in a text made for all, and what was true on one day only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from toolkit_pages.importing.nodes import List, Node, Paragraph, plain
from toolkit_pages.importing.numbers import number_of
from toolkit_pages.importing.passages import Passage
from toolkit_pages.importing.results import Ledger

# In a file without any link, whatever points to one.
POINTING = re.compile(
    r"\b(?:click|go|see|petition|read more) here\b|\b[Hh]ere (?:is|are) (?:an?|another|our|the|some|sample)\b"
    r"|\bcheck out (?:this|our)\b|\b[Ss]ee (?:this|also here)\b|\bhaga clic aquí\b"
)
# In a file with links, only what can be nothing else.
POINTS = re.compile(
    r"\b(?:click|tap|press|go|sign(?:\s+up)?|register|join|donate|download|read|read\s+more|more|find|see|watch|"
    r"available|posted|online|details|information|petition|letter|map|form|template|sample|example|toolkit|guide|"
    r"(?:it|them|one|both|these|that)\s+(?:from|up)?)(?:\s+[\w’'-]+){0,3}?\s+(?:right\s+)?here(?=\s*(?:[.):;,!]|$|to\b|for\b))"
    r"|\b(?:click|tap)\s+(?:on\s+)?(?:here|this\s+link|the\s+link)\b|\b(?:at|follow|use|via)\s+(?:this|the)\s+link\b"
    r"(?!\s+(?:between|to))|\b(?:haga|haz|hacer)\s+clic\s+(?:aquí|en\s+este\s+enlace)|\b(?:pulse|véase|ver|descargue)\s+aquí\b",
    re.IGNORECASE,
)
# Words that whoever wrote the file meant to replace by a link.
STAND_IN = re.compile(
    r"\[(?:insert |add |need |missing )*(?:link|url|hyperlink|web ?address|web ?site|enlace)[^\[\]]{0,40}\]"
    r"|\((?:insert |add )?(?:link|url|hyperlink)(?: here| tbd| to come)?\)|\b(?:link|url) (?:tbd|to come|goes here)\b"
    r"|\bhttps?://(?:xxx+|\.\.\.|example\.com/tbd|tbd)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:if|whether|who|whoever|anyone|any|shall|must|should|when|once|unless|si|cuando|quien)\b",
    re.IGNORECASE,
)
INTRODUCES = re.compile(
    r"\b(?:below|follow\w*|these|here (?:is|are)|next|siguientes?|estos|estas)\b", re.IGNORECASE
)
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b|[’']\d\d\b")
SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÁÉÍÓÚÑ“\"(¿¡])")
DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
SPANS_OF_TIME = (
    rf"(?:week|weekend|month|year|spring|summer|fall|autumn|winter|quarter|semester|{DAYS}|{MONTHS})"
)
AGEING = re.compile(
    rf"(?<!\bthe )(?<!\beach )(?<!\bevery )(?<!\ba )\b(?:this|next|last|this (?:coming|past)) {SPANS_OF_TIME}\b"
    r"|\b(?:yesterday|tomorrow|recently|nowadays|(?:is|are|was|were|has|have)(?: \w+)? currently)\b"
    r"|\b(?:this|next|last) (?:legislative )?session\b"
    r"|\bcurrently (?:is|are|has|have|being|[a-z]+s)\b|^(?:currently|at present)\b"
    r"|\bas of (?:now|today|this writing|press time)\b|\b(?:so far|earlier|later) this year\b"
    r"|\b(?:at|as of) the (?:moment|time of writing)\b|\bin the (?:coming|past few|last few|next few) (?:days|weeks|months|years)\b"
    r"|\b(?:a|two|three|four|five|six|ten|few|several|\d+) (?:days|weeks|months|years) ago\b"
    r"|\b(?:new|upcoming) (?:administration|election)s?\b"
    r"|\b(?:este|el próximo|el pasado) (?:año|mes|verano|otoño|invierno)\b|\b(?:esta|la próxima|la pasada) (?:semana|primavera)\b"
    r"|\b(?:actualmente|recientemente|ayer|hoy en día|por ahora|el año pasado|el mes pasado|el año que viene)\b",
    re.IGNORECASE,
)
DAY_WITHOUT_YEAR = re.compile(
    rf"\b(?:{DAYS},? )?{MONTHS}\.? (?:[12]?\d|3[01])(?:st|nd|rd|th)?\b(?!\s*[-–]?\s*(?:,|of)?\s*(?:1[89]|20)\d\d)"
    r"|\b(?:[12]?\d|3[01]) de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b"
    r"(?!\s+de(?:l)?\s+(?:1[89]|20)\d\d)",
    re.IGNORECASE,
)
MAY_AS_VERB = re.compile(r"may \d", re.ASCII)
FIGURE = re.compile(
    r"[$€£]\s?\d[\d,.]*\s+(?:million|billion|thousand|millones)|[$€£]\s?\d{1,3}(?:,\d{3})+"
    r"|\b\d[\d.,]*\s?(?:%|percent\b|per cent\b|por ciento\b)"
    r"|\b\d{1,3}(?:,\d{3})+\b|\b\d+(?:\.\d+)?\s+(?:million|billion|thousand|millones|mil)\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|a dozen) (?:million|billion|hundred thousand)\b"
)
RULED = re.compile(
    r"\b(?:goal|target|at least|up to|no more than|minimum|maximum|fine of|limit|meta de|obtain|collect|"
    r"gather|raise|recoger|signatures?|firmas)\b",
    re.IGNORECASE,
)


def look_for_doubts(found: Sequence[Passage], ledger: Ledger, linked: bool) -> None:
    """`linked` says whether the file has any links, be they good or bad."""
    for passage in found:
        _lost_links(passage, ledger, linked)
        _stand_ins(passage, ledger)
        if passage.heading is None:
            _ageing(passage, ledger)


def excerpt(text: str, start: int, end: int, around: int = 36) -> str:
    """Some words before and after a place, whole ones."""
    low, high = max(start - around, 0), min(end + around, len(text))
    low = text.find(" ", low, start) + 1 or low if low else 0
    high = text.rfind(" ", end, high) if high < len(text) and " " in text[end:high] else high
    return text[low:high].strip()


def _lost_links(passage: Passage, ledger: Ledger, linked: bool) -> None:
    text = passage.raw
    told = [doubt.text.casefold() for doubt in ledger.doubts if doubt.line == passage.line]
    for found in _pointing(text, linked):
        if passage.links_near(found.start(), found.end()):
            continue
        # A link without an address is told of already.
        near = text[max(found.start() - 5, 0) : found.end() + 5].casefold()
        if linked and any(words and (words in near or near.strip(" .") in words) for words in told):
            continue
        ledger.doubt("lost-link", excerpt(text, found.start(), found.end()), passage.line)


def _pointing(text: str, linked: bool) -> list[re.Match[str]]:
    found = list(POINTS.finditer(text))
    if not linked:
        others = POINTING.finditer(text)
        found += [
            each for each in others if all(each.end() <= f.start() or f.end() <= each.start() for f in found)
        ]
    return found


def _stand_ins(passage: Passage, ledger: Ledger) -> None:
    for found in STAND_IN.finditer(passage.raw):
        ledger.doubt("link-to-come", excerpt(passage.raw, found.start(), found.end()), passage.line)


def _ageing(passage: Passage, ledger: Ledger) -> None:
    text = passage.text
    for sentence in SENTENCE.split(text):
        if YEAR.search(sentence):
            continue
        at = AGEING.search(sentence)
        if at and not passage.quoted and not _is_rule(sentence, at):
            ledger.doubt("ageing-words", excerpt(sentence, *at.span()), passage.line)
        day = DAY_WITHOUT_YEAR.search(sentence)
        if day and not MAY_AS_VERB.match(day.group()) and not re.search(r"\b(?:every|each) year\b", sentence):
            ledger.doubt("day-without-year", excerpt(sentence, *day.span()), passage.line)
    # Years date the figures of a whole paragraph.
    if not YEAR.search(text) and not re.search(r"\bas of\b", text):
        for sentence in SENTENCE.split(text):
            figure = FIGURE.search(sentence)
            if figure and not RULED.search(sentence):
                ledger.doubt("undated-number", excerpt(sentence, *figure.span()), passage.line)
                break


def _is_rule(sentence: str, found: re.Match[str]) -> bool:
    """Questions and conditions hold at any time: "if the person is currently in custody"."""
    before = sentence[: found.start()]
    return sentence.rstrip().endswith("?") or bool(CONDITION.search(before))


def doubt_restarts(nodes: Sequence[Node], ledger: Ledger) -> None:
    """Two numbered lists one after another, of which the second begins again though nothing introduces it."""
    before: List | None = None
    between = 0
    introduced = False
    for node in nodes:
        if isinstance(node, List):
            first = number_of(node.items[0].marker, None)
            last = number_of(before.items[-1].marker, None) if before else None
            if first and last and first.style == last.style and first.value == 1 and not introduced:
                ledger.doubt("list-restarts", _beginning(node), node.line)
            before, between, introduced = node if first else None, 0, False
        elif isinstance(node, Paragraph):
            text = plain(node.spans)
            between += 1
            introduced = between > 2 or text.endswith((":", "?")) or bool(INTRODUCES.search(text))
        else:
            before = None


def _beginning(node: List) -> str:
    first = node.items[0].nodes[0]
    return f"{node.items[0].marker} {plain(first.spans) if isinstance(first, Paragraph) else ''}".strip()


def doubt_repeated_lines(found: Sequence[Passage], ledger: Ledger) -> None:
    """Short lines that return through the whole text: heads or feet of pages that are no headings."""
    lines: dict[str, list[Passage]] = defaultdict(list)
    for passage in found:
        key = re.sub(r"\W*\d+\W*", " ", passage.text.casefold()).strip()
        if passage.heading is None and not passage.marker and len(key) > 8 and len(key.split()) <= 12:
            lines[key].append(passage)
    for same in lines.values():
        if (
            len(same) >= 3
            and len({passage.section for passage in same}) >= 2
            and not same[0].text.endswith((":", "?"))
        ):
            ledger.doubt("repeated-line", f"{same[0].text} (× {len(same)})", same[0].line)
