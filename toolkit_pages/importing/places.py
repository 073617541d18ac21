"""Names of places that one network's lawyers or organisers left in a text with blanks for everybody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from toolkit_pages.importing.passages import Passage
from toolkit_pages.importing.results import Ledger

# How many passages away a blank still makes a name doubtful.
NEAR = 12
BRACKETS = re.compile(r"\[([^\[\]\n]{2,80})\]|_{4,}|<([A-Z][A-Z ]{2,40})>|\{([A-Za-z][^{}\n]{2,60})\}")
FILL_IN = re.compile(
    r"(?:please )?(?:insert|enter|your|name|date|fill|add|title|type|choose|applicable|relevant|number|address|"
    r"local|county|city|town|state|agency|department|jurisdiction|official|organi[sz]ation|"
    r"su|nombre|fecha|ciudad|condado|estado)\b",
    re.IGNORECASE,
)
NAME = r"[A-Z][\w’'.-]*[a-z][\w’'-]*"
KIND = (
    r"(?:County|Parish|Borough|Township|City Council|Police Department|Sheriff(?:['’]s)? (?:Department|Office)|"
    r"School District|Unified School District|Board of Supervisors|City Hall|Probation Department)"
)
PLACE = re.compile(
    rf"\b(?:City and County|City|County|Town|Village|State|Commonwealth|Parish|Borough) of (?P<after>{NAME}(?: {NAME}){{0,2}})"
    rf"|\b(?P<before>{NAME}(?: {NAME}){{0,3}}) {KIND}\b"
)
STATES = (
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois "
    "Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri "
    "Montana Nebraska Nevada New_Hampshire New_Jersey New_Mexico New_York North_Carolina North_Dakota Ohio Oklahoma "
    "Oregon Pennsylvania Rhode_Island South_Carolina South_Dakota Tennessee Texas Utah Vermont Virginia Washington "
    "West_Virginia Wisconsin Wyoming Los_Angeles San_Francisco San_Diego Chicago Houston Philadelphia Boston Seattle "
    "Phoenix San_Antonio Dallas San_Jose Austin Denver Portland Las_Vegas Detroit Memphis Baltimore Milwaukee Albuquerque "
    "Tucson Fresno Sacramento Atlanta Oakland Minneapolis Miami Tampa New_Orleans Cleveland Pittsburgh Cincinnati St._Louis "
    "Brooklyn Manhattan Berkeley"
)
STATE = re.compile(r"\b(?:" + "|".join(STATES.replace("_", r"\s").split()) + r")\b")
PLACE_BLANK = re.compile(
    r"\b(?:city|town|county|state|place|jurisdiction|village|district|ciudad|condado|estado)\b", re.IGNORECASE
)
IN_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]cross|[Tt]hroughout|[Nn]ear|[Aa]round|[Ee]n) ([A-Z][a-z’'-]{2,}(?: [A-Z][a-z’'-]{2,})?)\b"
)
# What "in" stands before as well.
NO_PLACE = frozenset(
    "January February March April May June July August September October November December Spring Summer Fall Autumn Winter "
    "English Spanish Chinese Vietnamese Tagalog Arabic French Russian Korean Creole Congress Court Parliament Section Part "
    "Chapter Appendix Table Figure Step English Inglés Español God America Monday Tuesday Wednesday Thursday Friday Saturday "
    "Sunday Phase Word Excel Google This That These Those The Our Your Some Many Most Other Each Every".split()
)
NO_NAME = frozenset(
    "the this that these those our your their his her each any every no such said local another a an all both "
    "county city state town national federal in of by for if when where under".split()
)


def is_blank(text: str) -> bool:
    """Whether what stands in brackets is to be filled in, not an editor's word, a footnote or an omission."""
    letters = [character for character in text if character.isalpha()]
    if len(letters) < 3:
        return False
    return all(letter.isupper() for letter in letters) or bool(FILL_IN.match(text.strip()))


def blanks(text: str) -> list[str]:
    found = []
    for match in BRACKETS.finditer(text):
        inner = match[1] or match[2] or match[3]
        if inner is None or match[2] or (inner and is_blank(inner)):
            found.append(match.group())
    return found


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match.group())


def names(text: str) -> list[tuple[int, int]]:
    """Where a text names one place."""
    outside = BRACKETS.sub(_spaces, text)
    found = []
    for match in PLACE.finditer(outside):
        name = match["after"] or match["before"] or ""
        proper = [word for word in name.split() if word.casefold() not in NO_NAME]
        if proper and not name.isupper():
            found.append(match.span())
    for match in STATE.finditer(outside):
        if not any(start <= match.start() < end for start, end in found):
            found.append(match.span())
    return sorted(found)


def of_this_text(found: Sequence[Passage]) -> re.Pattern[str] | None:
    """Names that stand twice or more where a place does, in a text that has a blank for the place itself."""
    if not any(PLACE_BLANK.search(blank) for passage in found for blank in blanks(passage.raw)):
        return None
    counts: Counter[str] = Counter()
    for passage in found:
        if not passage.text.isupper():
            counts.update(
                each[1] for each in IN_PLACE.finditer(passage.raw) if each[1].split()[0] not in NO_PLACE
            )
    names = sorted((name for name, count in counts.items() if count >= 2), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b") if names else None


def doubt_places(found: Sequence[Passage], ledger: Ledger) -> None:
    """A name in the neighbourhood of a blank, once in each section."""
    own = of_this_text(found)
    with_blanks = [at for at, passage in enumerate(found) if blanks(passage.raw)]
    told: set[tuple[int, str]] = set()
    for at, passage in enumerate(found):
        near = any(
            abs(at - other) <= NEAR and found[other].section == passage.section for other in with_blanks
        )
        places = names(passage.raw) if near else []
        if own and near:
            here = [each.span() for each in own.finditer(BRACKETS.sub(_spaces, passage.raw))]
            places += [
                (start, end)
                for start, end in here
                if all(end <= low or high <= start for low, high in places)
            ]
        for start, end in places:
            name = passage.raw[start:end]
            if (passage.section, name) not in told:
                told.add((passage.section, name))
                ledger.doubt("place-name", _around(passage.raw, start, end), passage.line)


def _around(text: str, start: int, end: int) -> str:
    low = text.rfind(" ", 0, max(start - 30, 0)) + 1
    high = text.find(" ", min(end + 30, len(text)))
    return text[low : high if high > 0 else len(text)]
