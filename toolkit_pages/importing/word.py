"""Word files: mammoth makes HTML of them, and what it passes over is accounted for here."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import mammoth  # type: ignore[import-untyped]
from bs4 import BeautifulSoup, Tag

from toolkit_pages.importing.elements import visible_text
from toolkit_pages.importing.hypertext import Reader
from toolkit_pages.importing.package import DAMAGED, Package
from toolkit_pages.importing.pictures import MAX_BYTES as MAX_PICTURE
from toolkit_pages.importing.pictures import Pictures, Refused
from toolkit_pages.importing.reading import UnreadableFile
from toolkit_pages.importing.results import Doubt, LeftOut, Source
from toolkit_pages.importing.wordlists import numbers_of_lists
from toolkit_pages.importing.words import words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
STYLES = """
u => u
p[style-name='Title'] => h1:fresh
p[style-name='title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
"""
HEADS = re.compile(r"word/(?:header|footer)\d*\.xml$")


def read_docx(data: bytes) -> Source:
    """The text of a Word file. Raises UnreadableFile for what cannot be opened safely, or not at all."""
    package = Package(data)
    body = package.tree("word/document.xml")
    pictures = WordPictures()
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(pictures.name),
        ).value
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile(DAMAGED) from error
    soup = BeautifulSoup(html, "html.parser")
    number_lists(soup, numbers_of_lists(package))
    reader = Reader(soup, "docx", pictures.kept)
    source = reader.source()
    left_out, doubts = list(source.left_out), list(source.doubts)
    beside = [(name, "running-head") for name in sorted(filter(HEADS.match, package.entries))]
    for name, reason in [*beside, ("word/comments.xml", "comment")]:
        text = text_of_part(package.tree(name))
        left_out += [LeftOut(text, reason, 1)] if text else []
    there = words(text_of_part(body)) + notes_of(package)
    lost = there - words(visible_text(soup))
    if lost:
        text = " ".join(sorted(lost.elements()))
        left_out.append(LeftOut(text, "unread", 1))
        doubts.append(Doubt("unread", text, 1))
    return Source(
        source.text, "docx", tuple(left_out), tuple(doubts), made=source.made, pictures=source.pictures
    )


class WordPictures:
    """Takes the pictures of a Word file as mammoth comes to them. What is none is told of where it stands in the text."""

    def __init__(self) -> None:
        self.kept = Pictures()

    def name(self, image: Any) -> dict[str, str]:
        try:
            with image.open() as file:
                data = file.read(MAX_PICTURE + 1)
            return {"src": self.kept.name(data)}
        except Refused as refused:
            return {"src": refused.kind}
        except (KeyError, OSError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
            # A picture that lies elsewhere, is not in the file after all, or is damaged there.
            return {"src": "picture-unread"}


def text_of_part(root: Element | None) -> str:
    """The words that a part shows: paragraphs apart, runs of one paragraph together, nothing deleted or doubled."""
    if root is None:
        return ""
    parts: list[str] = []
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag in (f"{W}t", MATH):
            parts.append(element.text or "")
        elif element.tag in (
            f"{W}tab",
            f"{W}br",
            f"{W}cr",
            f"{W}p",
            f"{W}noBreakHyphen",
            f"{W}footnoteReference",
        ):
            parts.append(" ")
        elif element.tag in (f"{W}del", f"{W}moveFrom", CHOICE):
            continue
        stack += reversed(list(element))
    return " ".join("".join(parts).split())


def notes_of(package: Package) -> Counter[str]:
    """The words of the notes that a text may refer to; those of separators are none."""
    found: Counter[str] = Counter()
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        found += words(text_of_part(package.tree(name)))
    return found


def number_lists(soup: BeautifulSoup, numbers: list[tuple[int, str]]) -> None:
    """Gives items the numbers that Word shows: its lists go on after other text, mammoth's begin again."""
    items = [
        item
        for item in soup.find_all("li")
        if item.parent is not None and item.parent.name == "ol" and not _is_note(item)
    ]
    if len(items) != len(numbers):
        return
    for item, (number, style) in zip(items, numbers, strict=True):
        item["value"] = str(number)
        assert item.parent is not None
        if "type" not in item.parent.attrs:
            item.parent["type"] = style


def _is_note(item: Tag) -> bool:
    return bool(re.match(r"(?:foot|end)note-", str(item.get("id") or "")))
