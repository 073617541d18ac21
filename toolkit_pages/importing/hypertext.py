"""HTML to nearly-Markdown, so that every format goes the same way from here on.

The text that comes out is what people see beside the import, what lines are counted in and what the account of
words begins with. Of the file nothing but words and addresses goes into it; what stands outside the article, or
is no text, is left out and accounted for here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from toolkit_pages.importing.elements import (
    BLOCKS,
    CELLS,
    HEADINGS,
    article_of,
    href_of,
    is_furniture,
    is_text,
    numeral,
    rows_of,
    tag_after,
    tag_before,
    visible_text,
)
from toolkit_pages.importing.notes import Notes
from toolkit_pages.importing.pictures import UNREAD, Pictures, data_of
from toolkit_pages.importing.results import Doubt, LeftOut, Source
from toolkit_pages.importing.runs import Runs

# What runs something, or is no text.
ACTIVE = frozenset(
    "applet audio canvas embed frame frameset iframe math noscript object script svg template video".split()
)
SILENT = frozenset(
    ("style", "head", "link", "meta", "base", "area", "map", "source", "track", "col", "colgroup")
)
CONTROLS = frozenset(("button", "input", "select", "textarea", "nav", "menu", "search", "dialog"))
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
STYLED = {"b": "bold", "u": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic"}
MAX_DEPTH = 8
# Deeper nests are read as if what is too deep stood beside it.
MAX_NEST = 150


def read_html(html: str, form: str = "html") -> Source:
    """The text of a page, and what of it was left out. Total: any string gives a source."""
    soup = BeautifulSoup(html, "html.parser")
    return Reader(soup, form).source()


@dataclass
class ListState:
    ordered: bool
    number: int
    style: str
    marker: str = ""


class Reader:
    """Walks a parsed page once and writes its lines. `made` counts words that stand in no text node (numbers of lists)."""

    def __init__(self, soup: BeautifulSoup, form: str, pictures: Pictures | None = None) -> None:
        self.form = form
        self.pictures = pictures or Pictures()
        self.lines: list[str] = []
        self.left_out: list[LeftOut] = []
        self.doubts: list[Doubt] = []
        self.made: Counter[str] = Counter()
        self.runs = Runs()
        self.lists: list[ListState] = []
        self.quotes = 0
        self.heading = 0
        self.preformatted = 0
        self.in_cell = False
        self.notes = Notes(soup)
        self.soup = soup
        self.article = article_of(soup)
        self.around_article = {id(parent) for parent in self.article.parents} if self.article else set()

    def source(self) -> Source:
        self.walk(self.soup)
        self.flush()
        self.write_notes()
        while self.lines and not self.lines[-1]:
            self.lines.pop()
        return Source(
            "\n".join(self.lines),
            self.form,
            tuple(self.left_out),
            tuple(self.doubts),
            made=self.made,
            pictures=tuple(self.pictures.found.values()),
        )

    # Walking -------------------------------------------------------------------------------------

    def walk(self, root: Tag) -> None:
        """Depth first, without recursion: pages may be nested as deep as they like."""
        stack: list[tuple[Iterator[PageElement], Tag]] = [(iter(list(root.children)), root)]
        while stack:
            children, tag = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if stack:
                    self.close(tag)
            elif isinstance(child, Tag):
                if self.open(child):
                    stack.append((iter(list(child.children)), child))
            elif isinstance(child, NavigableString):
                self.text(child)

    def text(self, node: NavigableString) -> None:
        if not is_text(node):
            return
        for at, line in enumerate(str(node).split("\n") if self.preformatted else (str(node),)):
            if at:
                self.runs.line_break()
            self.runs.add(line)

    def open(self, tag: Tag) -> bool:
        """Begins an element; false if its content is not to be walked through (again)."""
        name = tag.name.lower()
        self.judge(tag, name)
        if self.in_cell and name in CELLS:
            return False
        if name in SILENT:
            return self.silent(tag, name)
        if name in ACTIVE:
            return self.drop(tag, "image" if name == "svg" else "script", doubt=name != "svg")
        if name in CONTROLS or self.is_outside(tag) or (self.article is None and is_furniture(tag)):
            return self.drop(tag, "navigation")
        if "hidden" in tag.attrs or HIDDEN.search(str(tag.get("style") or "")):
            return self.drop(tag, "hidden")
        if self.notes.is_definition(tag):
            return False
        if name == "a" and self.notes.is_way_back(tag):
            self.runs.add(tag.get_text() if any(map(str.isalnum, tag.get_text())) else "")
            return False
        if mark := self.notes.reference(tag):
            self.runs.note(mark)
            return False
        if name == "img":
            self.image(tag)
            return False
        if name == "br":
            self.runs.line_break()
            return False
        if name == "hr":
            self.flush()
            self.put("***")
            return False
        if name == "table" and (rows := rows_of(tag)):
            self.flush()
            if caption := tag.find("caption"):
                self.walk(caption)
                self.flush()
            self.table(rows)
            return False
        if name in BLOCKS:
            self.begin(tag, name)
        else:
            self.runs.open(STYLED.get(name, ""), href_of(tag) if name == "a" else "")
        return True

    def close(self, tag: Tag) -> None:
        name = tag.name.lower()
        if name not in BLOCKS:
            if name == "a" and href_of(tag).strip("#") and not self.runs.linked:
                self.left_out.append(LeftOut(href_of(tag), "link-lost", self.line))
            self.runs.close(STYLED.get(name, ""), name == "a" and bool(href_of(tag)))
            return
        if name == "dt" and tag_after(tag) == "dd":
            self.runs.add(" - ")
            return
        self.flush()
        if name in HEADINGS:
            self.heading = 0
        elif name in ("ol", "ul", "dir") and self.lists:
            self.lists.pop()
            self.put("")
        elif name == "blockquote":
            self.quotes -= 1
            self.put("")
        elif name == "pre":
            self.preformatted -= 1

    def begin(self, tag: Tag, name: str) -> None:
        if name == "dd" and tag_before(tag) == "dt":
            return
        self.flush()
        if name in HEADINGS:
            self.heading = HEADINGS[name]
        elif name in ("ol", "ul", "dir"):
            start = str(tag.get("start") or "1")
            number = int(start) if re.fullmatch(r"\d{1,3}", start) else 1
            self.lists.append(ListState(name == "ol", number, str(tag.get("type") or "1")))
        elif name == "blockquote":
            self.quotes += 1
        elif name == "pre":
            self.preformatted += 1
        elif name == "li":
            self.item(tag)

    def item(self, tag: Tag) -> None:
        if not self.lists:
            self.lists.append(ListState(False, 1, "1"))
        current = self.lists[-1]
        value = str(tag.get("value") or "")
        if re.fullmatch(r"\d{1,3}", value):
            current.number = int(value)
        current.marker = f"{numeral(current.number, current.style)}." if current.ordered else "-"
        current.number += 1

    # What does not come along --------------------------------------------------------------------

    def judge(self, tag: Tag, name: str) -> None:
        """Says of attributes that run something that they are gone."""
        handlers = [key for key in tag.attrs if key.lower().startswith("on")]
        if handlers or name == "script":
            shown = " ".join(f'{key}="{tag.attrs[key]}"' for key in handlers)
            self.doubts.append(Doubt("script", f"<{name} {shown}>".replace(" >", ">"), self.line))

    @property
    def line(self) -> int:
        """The line that is being written, counted from 1."""
        return len(self.lines) + 1

    def drop(self, tag: Tag, reason: str, doubt: bool = False) -> bool:
        text = "" if tag.name.lower() in ("script", "style") else visible_text(tag)
        if text.strip():
            self.left_out.append(LeftOut(" ".join(text.split()), reason, self.line))
        if tag.name.lower() == "svg":
            self.doubts.append(Doubt("image-without-text", f"<svg> {text}", self.line))
        elif doubt and tag.name.lower() not in ("script", "noscript"):
            self.doubts.append(Doubt("script", f"<{tag.name}>", self.line))
        return False

    def silent(self, tag: Tag, name: str) -> bool:
        if name == "head":
            for part in tag.find_all("title"):
                if text := part.get_text().strip():
                    self.left_out.append(LeftOut(" ".join(text.split()), "page-title", 1))
            for part in tag.find_all("script"):
                self.judge(part, "script")
        return name not in ("head", "style")

    def is_outside(self, tag: Tag) -> bool:
        """Whether an element stands beside the article: then so does everything in it."""
        if self.article is None or tag.name in ("html", "body") or tag is self.article:
            return False
        if id(tag) in self.around_article:
            return False
        return self.article not in islice(tag.parents, MAX_NEST)

    def image(self, tag: Tag) -> None:
        alt, source = (" ".join(str(tag.get(name) or "").split()) for name in ("alt", "src"))
        if source in ("picture-unread", "picture-too-large"):
            self.doubts.append(Doubt(source, alt or "image", self.line))
            source = UNREAD
        elif source.lower().startswith("data:"):
            source = self.pictures.name_or_doubt(data_of(source), alt or "image", self.line, self.doubts)
        self.runs.image(alt, source or "image")

    # Writing -------------------------------------------------------------------------------------

    def prefix(self) -> tuple[str, str]:
        """What stands before the first line of a paragraph, and before its other lines."""
        quotes = "> " * min(self.quotes, 6)
        if not self.lists:
            return quotes, quotes
        depth = min(len(self.lists), MAX_DEPTH)
        current = self.lists[-1]
        body = quotes + "  " * depth
        if not current.marker:
            return body, body
        marker, current.marker = current.marker, ""
        if marker != "-":
            self.made.update([marker[:-1]])
        return f"{quotes}{'  ' * (depth - 1)}{marker} ", body

    def flush(self) -> None:
        """Writes the words collected so far as one paragraph, heading or item."""
        if self.heading and self.lists:
            self.runs.embolden()
        written = self.runs.take(one_line=bool(self.heading))
        if not written:
            return
        first, others = self.prefix()
        if self.heading and not self.lists:
            self.put("")
            self.put(f"{first}{'#' * self.heading} {written[0]}")
            self.put("")
            return
        is_item = first != others
        if not is_item:
            self.put("")
        self.lines.append((first + written[0]).rstrip() + ("  " if len(written) > 1 else ""))
        for at, line in enumerate(written[1:], start=2):
            self.lines.append(others + line + ("  " if at < len(written) else ""))
        if not is_item or not self.lists:
            self.put("")

    def put(self, line: str) -> None:
        """A line; never two empty ones after another."""
        empty = ("> " * min(self.quotes, 6)).rstrip()
        if line or (self.lines and self.lines[-1] not in ("", empty)):
            self.lines.append(line or empty)

    def table(self, rows: list[list[Tag]]) -> None:
        written = [[self.cell(cell) for cell in row] for row in rows]
        width = max(len(row) for row in written)
        first, others = self.prefix()
        if first != others:
            self.lines.append(first.rstrip())
        self.put("")
        for at, row in enumerate(written):
            self.lines.append(f"{others}| {' | '.join(row + [''] * (width - len(row)))} |")
            if at == 0:
                self.lines.append(f"{others}|{' --- |' * width}")
        self.put("")

    def cell(self, tag: Tag) -> str:
        """The words of a cell on one line."""
        outer = self.runs, self.lists, self.quotes, self.lines, self.heading
        self.runs, self.lists, self.quotes, self.lines, self.heading = Runs(), [], 0, [], 0
        self.in_cell = True
        self.walk(tag)
        self.in_cell = False
        self.flush()
        lines = [line.strip() for line in self.lines if line.strip()]
        self.runs, self.lists, self.quotes, self.lines, self.heading = outer
        self.made.update(["br"] * (len(lines) - 1))
        return re.sub(r"(?<!\\)\|", "\\|", "<br>".join(lines))

    def write_notes(self) -> None:
        """The footnotes, one paragraph each, whose marks the text refers to."""
        for mark, tag, has_mark in self.notes.definitions():
            self.put("")
            self.runs = Runs()
            self.lists, self.quotes, self.heading = [], 0, 0
            start = len(self.lines)
            self.walk(tag)
            self.flush()
            lines = [line.strip() for line in self.lines[start:] if line.strip()]
            del self.lines[start:]
            text = " ".join(lines)
            if has_mark:
                text = re.sub(rf"^\W*{re.escape(mark)}[\]).:]*\W?\s*", "", text, count=1)
            elif mark.isalnum():
                self.made.update([mark])
            self.lines.append(f"[^{mark}]: {text}")
