"""HTML in a text: inline formatting becomes marks that `tree` reads, all else is taken out and accounted for.

Nothing of the file's HTML is ever copied to a page: rich text is written anew from plain words, so what is
missed here can only appear as words. Lines keep their numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from toolkit_pages.importing.results import Ledger
from toolkit_pages.importing.words import words

# Marks inside a text, from a private area of Unicode that is cleared first.
ITEM, ITEM_END = "\ue000", "\ue001"
BOLD, BOLD_END, ITALIC, ITALIC_END = "\ue002", "\ue003", "\ue004", "\ue005"
BREAK, NOTE, NOTE_END = "\ue006", "\ue007", "\ue008"
LINK, LINK_NAMED, LINK_END = "\ue009", "\ue00a", "\ue00b"
MARKS = dict.fromkeys(range(0xE000, 0xE010), None)

INLINE = {
    "b": (BOLD, BOLD_END),
    "strong": (BOLD, BOLD_END),
    "i": (ITALIC, ITALIC_END),
    "em": (ITALIC, ITALIC_END),
    "sup": (NOTE, NOTE_END),
    "br": (BREAK, BREAK),
}
BLOCK_NAMES = """
address article aside blockquote body caption center dd div dl dt fieldset figcaption figure footer form h1 h2
h3 h4 h5 h6 head header hr html legend li main nav ol p section table tbody td tfoot th thead title tr ul
"""
OTHER_NAMES = """
a abbr acronym area audio base big button cite code data del details dfn font img input ins kbd label link map
mark meta output picture pre q s samp select option small source span strike sub summary textarea time track
tt u var video wbr
"""
# Elements whose content is no text, or runs something.
ACTIVE_NAMES = "applet canvas embed frame frameset iframe math noscript object script style svg template"
BLOCKS, OTHERS, ACTIVE = (frozenset(names.split()) for names in (BLOCK_NAMES, OTHER_NAMES, ACTIVE_NAMES))
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:[\s/][^<>]*)?)>")
TAIL = 40
LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
ATTRIBUTE = re.compile(r"""([\w:.@-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+)""")
HANDLER = re.compile(r"(?:^|[\s/\"'])on[a-z]+\s*=", re.IGNORECASE)


class Address(NamedTuple):
    address: str
    line: int
    counted: bool


class Markup:
    """The text without HTML (`text`), and the addresses of its links, by the number in the mark."""

    def __init__(self, text: str, ledger: Ledger) -> None:
        self.ledger = ledger
        self.addresses: list[Address] = []
        self.source = text.translate(dict.fromkeys((*MARKS, 0x0C), " "))
        self.starts = [0, *accumulate(len(line) + 1 for line in self.source.split("\n"))]
        self.lowered = self.source.translate(LOWER)
        self.parts: list[str] = []
        self.tail = ""
        self.missing: set[str] = set()
        self.scan()
        self.text = "".join(self.parts)

    def line(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def scan(self) -> None:
        source, done = self.source, 0
        while (at := source.find("<", done)) >= 0:
            self.add(source[done:at])
            after = self.comment(at) or self.tag(at)
            if after is None:
                self.add("<")
            done = after or at + 1
        self.add(source[done:])

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.tail = (self.tail + text)[-TAIL:]

    def closing(self, end: str, at: int) -> int | None:
        """Where `end` stops after `at`. Not searched for again once the file has none left."""
        if end in self.missing:
            return None
        found = self.lowered.find(end, at)
        if found < 0:
            self.missing.add(end)
            return None
        return found + len(end)

    def comment(self, at: int) -> int | None:
        for start, end in (("<!--", "-->"), ("<![cdata[", "]]>"), ("<?", "?>"), ("<!doctype", ">")):
            if self.lowered.startswith(start, at) and (stop := self.closing(end, at + len(start))):
                self.take_out(at, stop, "comment")
                return stop
        return None

    def tag(self, at: int) -> int | None:
        found = TAG.match(self.source, at)
        if not found:
            return None
        closes, name, rest = found[1], found[2].lower(), found[3]
        stop = found.end()
        if name in ACTIVE:
            self.ledger.doubt("script", found.group(), self.line(at))
            if not closes and not rest.rstrip().endswith("/"):
                end = self.closing(f"</{name}", stop)
                stop = (end and self.closing(">", end)) or stop
            self.take_out(at, stop, "script")
            return stop
        if name not in INLINE and name not in BLOCKS and name not in OTHERS:
            return None
        if HANDLER.search(rest):
            self.ledger.doubt("script", found.group(), self.line(at))
        if name == "a":
            return self.anchor(at, stop, closes, rest)
        mark = BREAK if name in BLOCKS else ""
        if name in INLINE:
            mark = INLINE[name][1 if closes else 0]
        if mark == BREAK and name == "li" and not closes:
            mark = BREAK + "• "
        if name == "img":
            alt = next(
                (each[2].strip("\"'") for each in ATTRIBUTE.finditer(rest) if each[1].lower() == "alt"), ""
            )
            self.ledger.doubt("image" if alt.strip() else "image-without-text", alt or rest, self.line(at))
        self.take_out(at, stop, "image" if name == "img" else "tag", mark)
        return stop

    def anchor(self, at: int, stop: int, closes: str, rest: str) -> int:
        found = next((a for a in ATTRIBUTE.finditer(rest) if a[1].lower() == "href"), None)
        address = found[2].strip("\"'") if found else ""
        line = self.line(at)
        if closes or not found or not address:
            self.take_out(at, stop, "tag", LINK_END if closes else "")
            return stop
        # The address is accounted for where the link is built.
        self.ledger.leave_out(f"<a {rest[: found.start(2)]} {rest[found.end(2) :]}>", "tag", line)
        self.add(self.mark_link(address, line) + "\n" * self.source.count("\n", at, stop))
        return stop

    def mark_link(self, address: str, line: int, counted: bool = False) -> str:
        """A mark that opens a link; `counted` if the words of the address are accounted for already."""
        self.addresses.append(Address(address, line, counted))
        return f"{LINK}{len(self.addresses) - 1}{LINK_NAMED}"

    def take_out(self, at: int, stop: int, reason: str, mark: str = "") -> None:
        piece = self.source[at:stop]
        self.ledger.leave_out(piece, reason, self.line(at))
        # Two words that only a tag kept apart stay two words.
        between = " " if not mark and runs_on(self.tail, self.source[stop : stop + TAIL]) else ""
        self.add(mark + between + "\n" * piece.count("\n"))


def runs_on(left: str, right: str) -> bool:
    """Whether a word at the end of `left` and one at the start of `right` become one when they are joined."""
    left, right = left[-TAIL:], right[:TAIL]
    return bool(left and right) and words(left + right) != words(left) + words(right)
