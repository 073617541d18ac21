"""What the parser hands over: a toolkit of chapters and terms, and an account of everything it did not take
over.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from toolkit_pages.importing.words import words, words_of_blocks, words_of_rich

Blocks = list[dict[str, Any]]
# Kinds of doubts that are none of taste: they cannot be dismissed, and nothing is published while one stands.
STANDING = frozenset({"unknown-variable", "picture-without-text"})


@dataclass(frozen=True)
class LeftOut:
    """A piece of the file that stands on no page. `reason` is a key of `explaining.REASONS`."""

    text: str
    reason: str
    line: int


@dataclass(frozen=True)
class Doubt:
    """Something an editor should look at. `kind` is a key of `explaining.DOUBTS`.

    `chapter` is the title of the page it stands on (none for the toolkit's own, and for what stands on no
    page), `block` the id of the block.
    """

    kind: str
    text: str
    line: int
    chapter: str = ""
    block: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture that came with the file. `name` stands for it in the text; `label` tells it apart, such as `PNG, 640 × 400`."""

    name: str
    file_name: str
    label: str
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Source:
    """What was read from a file: nearly-Markdown, and what is known already of what the file held besides.

    `form` is markdown, html or docx. `made` are words of `text` that the file shows but does not spell out:
    numbers of its lists.
    """

    text: str
    form: str = "markdown"
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    made: Counter[str] = field(default_factory=Counter)
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Link:
    """The address of a link that was kept, as typed and as linked. Addresses that stand in the text
    themselves are words, not links.
    """

    address: str
    href: str
    line: int


@dataclass(frozen=True)
class Term:
    """An entry of the glossary: `plain` is one line of plain text, `long` is rich text and may be empty."""

    term: str
    plain: str
    long: str
    line: int

    def words(self) -> Counter[str]:
        return words(self.term) + words(self.plain) + words_of_rich(self.long)


@dataclass(frozen=True)
class Chapter:
    """A chapter or a nested one. `body` is raw StreamField data; a `glossary_term` holds the term's name
    there.
    """

    title: str
    body: Blocks
    line: int
    chapters: tuple[Chapter, ...] = ()
    summary: str = ""
    source: str = ""
    source_url: str = ""
    key: str = ""

    def words(self) -> Counter[str]:
        return words(self.title) + words(self.summary) + words(self.source) + words_of_body(self.body)

    def walk(self) -> Iterator[Chapter]:
        yield self
        for chapter in self.chapters:
            yield from chapter.walk()


@dataclass(frozen=True)
class Toolkit:
    """A parsed file. `body` holds what stands before the first chapter."""

    title: str
    summary: str
    body: Blocks
    chapters: tuple[Chapter, ...]
    terms: tuple[Term, ...]
    left_out: tuple[LeftOut, ...]
    doubts: tuple[Doubt, ...]
    links: tuple[Link, ...]
    words_in: int = 0
    titled: bool = False  # The title was given, and is not of the file's words.
    disclaimer: str = ""  # Rich text.
    edition_label: str = ""
    source: str = ""
    source_url: str = ""
    # Of the review: titles that an editor wrote, doubts that are none with the reason, mends that found nothing.
    added: tuple[str, ...] = ()
    dismissed: tuple[tuple[Doubt, str], ...] = ()
    unused: tuple[Any, ...] = ()
    lines: Mapping[int, str] = field(default_factory=dict)  # Items and paragraphs that can become headings.

    def walk(self) -> Iterator[Chapter]:
        for chapter in self.chapters:
            yield from chapter.walk()

    def bodies(self) -> list[Blocks]:
        return [self.body, *(chapter.body for chapter in self.walk())]

    def standing(self) -> list[Doubt]:
        """The doubts that keep the toolkit from being published."""
        return [doubt for doubt in self.doubts if doubt.kind in STANDING]

    def words_out(self) -> Counter[str]:
        """The words of all pages and terms."""
        count = (
            (Counter() if self.titled else words(self.title)) + words(self.summary) + words_of_body(self.body)
        )
        count += words_of_rich(self.disclaimer) + words(self.edition_label) + words(self.source)
        for chapter in self.walk():
            count += chapter.words()
        for term in self.terms:
            count += term.words()
        return count - sum((words(title) for title in self.added), Counter())

    def words_left_out(self) -> Counter[str]:
        return sum((words(piece.text) for piece in self.left_out), Counter())

    def words_of_links(self) -> Counter[str]:
        return sum((words(link.address) for link in self.links), Counter())


def words_of_body(body: Blocks) -> Counter[str]:
    """The words of a body; those of its glossary terms stand, and count, in the library."""
    return words_of_blocks(block for block in body if block.get("type") != "glossary_term")


def strings_in(value: Any) -> Iterator[str]:
    """All texts in a raw value; ids are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, child in value.items():
            if name != "id":
                yield from strings_in(child)
    elif isinstance(value, list):
        for child in value:
            yield from strings_in(child)


class Ledger:
    """Collects, while a file is parsed, what is left out, what is doubtful and which links are kept."""

    def __init__(self, pictures: Iterable[Picture] = ()) -> None:
        self.known_pictures = {picture.name: picture for picture in pictures}
        self.pictures: list[tuple[int, Picture, str]] = []
        self.left_out: list[LeftOut] = []
        self.doubts: list[Doubt] = []
        self.links: list[Link] = []
        self.places: list[tuple[int, str, str]] = []
        self.added: list[str] = []

    def add(self, text: str) -> None:
        """Accounts for words on a page that are none of the file's."""
        self.added.append(text)

    def picture(self, name: str, alt: str, line: int) -> None:
        """Says on which line a picture stands, and its text for those who do not see it."""
        self.pictures.append((line, self.known_pictures[name], " ".join(alt.split())))
        self.leave_out(name, "picture", line)

    def place(self, line: int, chapter: str, block: str) -> None:
        """Says which block of which chapter the text of a line came into."""
        self.places.append((line, chapter, block))

    def placed(self) -> list[Doubt]:
        """The doubts in the order of their lines, each with its place."""
        places = sorted(self.places, key=lambda place: place[0])
        lines = [line for line, _chapter, _block in places]
        result = []
        for doubt in sorted(self.doubts, key=lambda doubt: doubt.line):
            at = bisect_right(lines, doubt.line) - 1
            _line, chapter, block = places[at] if at >= 0 else (0, "", "")
            result.append(replace(doubt, chapter=chapter, block=block))
        return result

    def leave_out(self, text: str, reason: str, line: int) -> None:
        self.left_out.append(LeftOut(" ".join(text.split()), reason, line))

    def doubt(self, kind: str, text: str, line: int) -> None:
        text = " ".join(text.split())
        self.doubts.append(Doubt(kind, text if len(text) <= 120 else text[:119] + "…", line))

    def keep_link(self, address: str, href: str, line: int) -> None:
        self.links.append(Link(address, href, line))

    def drop_link(self, href: str, line: int) -> None:
        """Takes back `keep_link`, for a link in a text that is left out or becomes plain."""
        kept = next((link for link in self.links if link.href == href), None)
        if kept:
            self.links.remove(kept)
            self.leave_out(kept.address, "link-dropped", line)
