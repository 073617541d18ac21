"""Nearly-Markdown to Markdown, line by line and without changing the number of lines.

Whatever begins a list item (•, », 1., 1), a., iv.) becomes Markdown's `-` followed by a mark that keeps what
was typed: so numbers nest as they are indented, not as wide as they are, and `cleaning` can mend lists that a
page break tore.
"""

from __future__ import annotations

import re

from toolkit_pages.importing.endnotes import with_notes
from toolkit_pages.importing.markup import ITEM, ITEM_END, LINK_END, NOTE, NOTE_END, Markup
from toolkit_pages.importing.numbers import COMPOUND
from toolkit_pages.importing.results import Ledger
from toolkit_pages.importing.words import words

MAX_INDENT = 40
# Instead of a number: a paragraph that is no item (see `wrapping`).
OWN = "¶"
MAX_QUOTES = 6
BULLET = re.compile(r"(?:[-*+](?=\s)|[•●▪◦‣⁃○■□➢✓✔·](?!\w)\s*|[•●▪◦‣⁃■□➢\uf0a7\uf0b7\uf0d8]\s*)")
# Word's second bullet, once it is pasted.
LETTER_O = re.compile(r"o[ \t]+(?=\S)")
NUMBER = re.compile(r"\(?(\d{1,3}|[ivxl]{1,6}|[a-z]|[A-Z])[.)](?=\s+\S)")
QUOTE = re.compile(r"[ ]{0,3}((?:>[ ]?)+)")
GUILLEMET = re.compile(r"[ ]{0,3}[»›][ \t]+(\S.*)$")
TIGHT_HEADING = re.compile(r"([ ]{0,3}#{2,6})([^\s#].*)$")
BREAK_LINE = re.compile(r"[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
UNDERLINE = re.compile(r"[ ]{0,3}(?:-+|=+)[ \t]*$")
FENCE = re.compile(r"[ ]{0,3}(?:>[ ]?)*[ ]*(?:`{3,}|~{3,})(.*)$")
TABLE_RULE = re.compile(
    r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$|[ ]{0,3}\|[ \t]*:?-+:?[ \t]*\|[ \t]*$"
)
HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]")
DEFINITION = re.compile(
    r"[ ]{0,3}\[(?!\^)([^\[\]]{1,200})\]:[ \t]*<?(\S+?)>?(?:[ \t]+(\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*$"
)
ROMAN = re.compile(r"(?=.)(?:xl|x{0,3})(?:ix|iv|v?i{0,3})$")
REFERENCE_LINK = re.compile(r"\[([^\[\]]+)\](?:\[([^\[\]]*)\])?(?![(\[:])")
NOTE_DEFINITION = re.compile(r"[ ]{0,3}\[\^([^\]\s]{1,20})\]:[ \t]*(?=\S)")
NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,20})\]")
PIPE = re.compile(r"(?<!\\)\|")


class Lines:
    """Rewrites `text`; the result is `text`, its references `[name]: address` are in `references`."""

    def __init__(self, text: str, ledger: Ledger, ends: frozenset[int] = frozenset()) -> None:
        self.ledger = ledger
        self.ends = ends
        self.lines = [self.indent(line) for line in with_notes(text.split("\n"))]
        self.capitals = self.capital_markers()
        self.notes = {found[1] for line in self.lines if (found := NOTE_DEFINITION.match(line))}
        self.references: dict[str, str] = {}
        self.open_list = False
        self.before = ""
        self.columns = 0
        self.text = "\n".join(self.rewrite(number) for number in range(len(self.lines)))

    @staticmethod
    def indent(line: str) -> str:
        body = line.lstrip(" \t")
        width = len(line[: len(line) - len(body)].expandtabs(4))
        return " " * min(width, MAX_INDENT) + body

    def capital_markers(self) -> set[int]:
        """Lines that begin with A., B., C. … in order: a lone one is an initial, not a list."""
        found: set[int] = set()
        due, open_at = "A", 0
        for number, line in enumerate(self.lines):
            mark = NUMBER.match(line.strip())
            if not mark or not mark[1].isupper():
                continue
            if mark[1] == due and due != "A":
                found |= {number, open_at}
                open_at, due = number, chr(ord(due) + 1)
            elif mark[1] == "A":
                open_at, due = number, "B"
        return found

    def rewrite(self, number: int) -> str:
        line = self.lines[number]
        if fence := FENCE.match(line):
            self.ledger.leave_out(fence[1], "fence", number + 1)
            self.ledger.doubt("code", line, number + 1)
            line = ""
        elif (found := DEFINITION.match(line)) and not self.before:
            self.references.setdefault(" ".join(found[1].split()).casefold(), found[2])
            self.ledger.leave_out(line, "reference", number + 1)
            line = ""
        elif found := NOTE_DEFINITION.match(line):
            # As an item, so that it begins and ends where it should; `tree` makes a paragraph of it.
            line = f"- {ITEM}[^{found[1]}]{ITEM_END} {self.noted(line[found.end() :], number)}"
        else:
            line = self.noted(self.written(line, number), number)
        if not line.strip():
            self.columns = 0
        elif not line[0].isspace() and not line.startswith("- "):
            self.open_list = self.open_list and bool(self.before)
        self.before = line.strip()
        return line

    def noted(self, line: str, number: int) -> str:
        """The line with its marks of footnotes; one without a note stays as it is typed."""

        def marked(found: re.Match[str]) -> str:
            if found[1] in self.notes:
                return f"{NOTE}{found[1]}{NOTE_END}"
            self.ledger.doubt("note-missing", found.group(), number + 1)
            return found.group()

        return NOTE_MARK.sub(marked, line) if "[^" in line else line

    def written(self, line: str, number: int) -> str:
        quotes = QUOTE.match(line)
        head = "> " * min(quotes[1].count(">"), MAX_QUOTES) if quotes else ""
        if quotes:
            line = line[quotes.end() :]
        if BREAK_LINE.match(line) and not UNDERLINE.match(line):
            return head + line
        if UNDERLINE.match(line):
            # Under a long line it is a rule across the page, not the mark of a heading.
            long = sum(words(self.before).values()) > 12 or self.before.startswith(("- ", "|", "#"))
            return head + (
                "***" if self.before and long and line.strip("= ") else line if line.strip() != "-" else ""
            )
        if TABLE_RULE.match(line) and "|" in self.before:
            self.columns = len(PIPE.findall(line.strip().strip("|"))) + 1
            return head + line
        if self.columns and "|" in line:
            return head + self.row(line, number)
        if found := GUILLEMET.match(line):
            return head + self.guillemet(found[1], number)
        if found := TIGHT_HEADING.match(line):
            return head + f"{found[1]} {found[2]}"
        written = self.item(line, number)
        if number in self.ends and written is line and not head and line.strip():
            # The line before ended where it was meant to.
            space = line[: len(line) - len(line.lstrip(" "))]
            return f"{space}- {ITEM}{OWN}{ITEM_END} {line.lstrip(' ')}"
        return head + written

    def row(self, line: str, number: int) -> str:
        """Cells beyond the last column, which Markdown would drop, join the last one."""
        inner = line.strip()
        inner = inner[1:] if inner.startswith("|") else inner
        cells = PIPE.split(inner)
        if len(cells) > self.columns and any(cell.strip() for cell in cells[self.columns :]):
            self.ledger.doubt("table-cells", line, number + 1)
            last = "\\|".join(cell for cell in cells[self.columns - 1 :] if cell.strip())
            return "|" + "|".join([*cells[: self.columns - 1], last]) + "|"
        return line

    def guillemet(self, text: str, number: int) -> str:
        near = [self.lines[at] for at in (number - 1, number + 1) if 0 <= at < len(self.lines)]
        if any(GUILLEMET.match(line) for line in near) or text.endswith((".", ";", ",")) or len(text) > 120:
            return f"- {ITEM}{ITEM_END} {text}"
        return f"# {text}"

    def item(self, line: str, number: int) -> str:
        body = line.lstrip(" ")
        space = line[: len(line) - len(body)]
        bullet = BULLET.match(body) or (LETTER_O.match(body) if self.is_letter_o(number) else None)
        rest = body[bullet.end() :].lstrip() if bullet else body
        while bullet and (again := BULLET.match(rest)):
            rest = rest[again.end() :].lstrip()
        if bullet and bullet.re is LETTER_O:
            self.ledger.leave_out("o", "bullet", number + 1)
            space = space or "  "
        if (compound := COMPOUND.match(rest)) and (not bullet):
            # 1.a.i. stands beneath 1.a., however it is indented.
            self.open_list = True
            depth = len(re.findall(r"\w+", compound.group())) - 1
            return f"{'  ' * depth}- {ITEM}{compound.group()}{ITEM_END} {rest[compound.end() :].lstrip()}"
        mark = NUMBER.match(rest)
        if mark and not self.counts(mark[1], number, bool(bullet), space):
            mark = None
        if not bullet and not mark:
            return line
        if BREAK_LINE.match(body):
            return line
        typed = ""
        if mark:
            typed, rest = mark.group(), rest[mark.end() :].lstrip()
        self.open_list = True
        return f"{space}- {ITEM}{typed}{ITEM_END} {rest}"

    def is_letter_o(self, number: int) -> bool:
        """Whether an "o" begins an item: a line beside it does so too, or is an item above it."""
        near = [self.lines[at].strip() for at in (number - 1, number + 1) if 0 <= at < len(self.lines)]
        return self.open_list and any(LETTER_O.match(line) or BULLET.match(line) for line in near)

    def counts(self, mark: str, number: int, bullet: bool, space: str) -> bool:
        if len(mark) > 1 and mark.isalpha() and not ROMAN.match(mark):
            return False
        if mark.isupper() and number not in self.capitals:
            return False
        # In the middle of a paragraph only the first number of a list begins one: "… since\n1996. It was …"
        running = self.before and not self.before.startswith(("- ", "#", "|", "*", ">"))
        return bool(bullet or not running or self.open_list or space or mark in ("1", "a", "i", "A"))


def link_references(text: str, references: dict[str, str], markup: Markup, ledger: Ledger) -> str:
    """`[text][name]` and `[name]` become marked links to the addresses that the file defines further down."""

    def linked(found: re.Match[str]) -> str:
        name = found[2] or found[1]
        address = references.get(" ".join(name.split()).casefold())
        if address is None:
            return found.group()
        line = text.count("\n", 0, found.start()) + 1
        if found[2]:
            ledger.leave_out(found[2], "reference", line)
        return markup.mark_link(address, line, counted=True) + found[1] + LINK_END

    return REFERENCE_LINK.sub(linked, text) if references else text
