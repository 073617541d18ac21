"""Footnotes of a page: which elements are marks in the text, and which hold the notes they point to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bs4 import BeautifulSoup, Tag

from toolkit_pages.importing.elements import beginning

MARK = re.compile(r"[\[(]?\s*(\d{1,3}|[*†‡§¶]{1,3}|[a-z]|[ivx]{2,4})\s*[\])]?")
HOLDERS = ("li", "p", "dd", "aside", "div")
MAX_NOTE = 4000
MAX_NEST = 150


def is_mark(text: str) -> str:
    """The mark that a text consists of, without its brackets; nothing if it is none."""
    found = MARK.fullmatch(text.strip())
    return found[1] if found else ""


class Notes:
    """Marks are links within the page to something further down, or raised characters that return before a note."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.marks: dict[int, str] = {}
        self.held: dict[int, tuple[str, Tag]] = {}
        self.places = {id(tag): at for at, tag in enumerate(soup.find_all(True))}
        self.targets: dict[str, Tag] = {}
        for tag in soup.find_all(True):
            for name in ("id", "name"):
                if key := str(tag.get(name) or ""):
                    self.targets.setdefault(key, tag)
        self.linked(soup)
        self.raised(soup)

    def linked(self, soup: BeautifulSoup) -> None:
        for link in soup.find_all("a", href=True):
            mark, address = is_mark(beginning(link)), str(link["href"])
            target = self.targets.get(address[1:]) if mark and address.startswith("#") else None
            if target is None or self.places[id(target)] < self.places[id(link)]:
                continue
            holder = _holder(target)
            if holder is not None and self.hold(mark, holder):
                self.refer(link, mark)

    def raised(self, soup: BeautifulSoup) -> None:
        inside: list[tuple[str, Tag]] = []
        first: list[tuple[str, Tag]] = []
        for sup in soup.find_all("sup"):
            mark, holder = is_mark(beginning(sup)), _holder(sup)
            if not mark or id(sup) in self.marks or holder is None:
                continue
            begins = beginning(holder).startswith(sup.get_text().strip())
            (first if begins and holder.find("sup") is sup else inside).append((mark, sup))
        marks = {mark for mark, _sup in inside}
        for mark, sup in first:
            holder = _holder(sup)
            if mark in marks and holder is not None:
                self.hold(mark, holder)
        known = {mark for mark, _tag in self.held.values()}
        for mark, sup in inside:
            if mark in known and not any(id(parent) in self.held for parent in sup.parents):
                self.refer(sup, mark)

    def hold(self, mark: str, holder: Tag) -> bool:
        """Whether an element holds the note of a mark; a page's whole list of notes does not."""
        if id(holder) in self.held:
            return self.held[id(holder)][0] == mark
        if len(beginning(holder, MAX_NOTE + 1)) > MAX_NOTE or holder.find(
            ("h1", "h2", "h3", "h4", "table", "li")
        ):
            return False
        if any(id(tag) in self.held for tag in (*holder.parents, *holder.find_all(True))):
            return False
        self.held[id(holder)] = mark, holder
        return True

    def refer(self, tag: Tag, mark: str) -> None:
        self.marks[id(tag)] = mark
        parent = tag.parent
        if parent is not None and parent.name in ("sup", "span") and is_mark(beginning(parent)):
            self.refer(parent, mark)

    def reference(self, tag: Tag) -> str:
        return self.marks.get(id(tag), "")

    def is_way_back(self, tag: Tag) -> bool:
        """Whether a link leads from a note back to its mark."""
        target = self.targets.get(str(tag.get("href") or "")[1:])
        return (
            target is not None
            and any(id(parent) in self.held for parent in islice(tag.parents, MAX_NEST))
            and self.places[id(target)] < self.places[id(tag)]
        )

    def is_definition(self, tag: Tag) -> bool:
        return id(tag) in self.held

    def definitions(self) -> Iterator[tuple[str, Tag, bool]]:
        """Mark, element, and whether the element's text begins with the mark."""
        for mark, tag in sorted(self.held.values(), key=lambda held: self.places[id(held[1])]):
            begins = re.match(rf"\W*{re.escape(mark)}(?![^\W_])", beginning(tag))
            yield mark, tag, bool(begins)


def _holder(tag: Tag) -> Tag | None:
    """The block that an element stands in, or is."""
    if tag.name in HOLDERS:
        return tag
    for parent in tag.parents:
        if parent.name in HOLDERS:
            return parent
        if parent.name in ("body", "[document]", "td", "th", "table", "ol", "ul"):
            return None
    return None
