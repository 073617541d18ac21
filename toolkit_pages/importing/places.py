"""Names of places that one network's lawyers or organisers left in a text with blanks for everybody."""

from __future__ import annotations

import re
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
    "West_Virginia Wisconsin Wyoming Los_Angeles San_Francisco San_Diego Chicago Houston Philadelphia Boston Seattle"
)
STATE = re.compile(r"\b(?:" + "|".join(STATES.replace("_", r"\s").split()) + r")\b")
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


def names(text: str) -> list[tuple[int, int]]:
    """Where a text names one place."""
    outside = BRACKETS.sub(lambda match: " " * len(match.group()), text)
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


def doubt_places(found: Sequence[Passage], ledger: Ledger) -> None:
    """A name in the neighbourhood of a blank, once in each section."""
    with_blanks = [at for at, passage in enumerate(found) if blanks(passage.raw)]
    told: set[tuple[int, str]] = set()
    for at, passage in enumerate(found):
        near = any(
            abs(at - other) <= NEAR and found[other].section == passage.section for other in with_blanks
        )
        for start, end in names(passage.raw) if near else ():
            name = passage.raw[start:end]
            if (passage.section, name) not in told:
                told.add((passage.section, name))
                ledger.doubt("place-name", _around(passage.raw, start, end), passage.line)


def _around(text: str, start: int, end: int) -> str:
    low = text.rfind(" ", 0, max(start - 30, 0)) + 1
    high = text.find(" ", min(end + 30, len(text)))
    return text[low : high if high > 0 else len(text)]
