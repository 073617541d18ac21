"""The numbers that Word shows before the items of its lists (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from toolkit_pages.importing.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
STYLES = {
    "decimal": "1",
    "decimalZero": "1",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}


@dataclass(frozen=True)
class Level:
    style: str
    start: int
    ordered: bool


def numbers_of_lists(package: Package) -> list[tuple[int, str]]:
    """Number and style (as HTML's `type` says it) of each numbered paragraph of the body that is no heading."""
    body, numbering = package.tree("word/document.xml"), package.tree("word/numbering.xml")
    if body is None or numbering is None:
        return []
    return list(Numbers(numbering, package.tree("word/styles.xml")).of(body))


class Numbers:
    def __init__(self, numbering: Element, styles: Element | None) -> None:
        self.abstract = {
            each.get(f"{W}abstractNumId", ""): _levels(each) for each in numbering.iter(f"{W}abstractNum")
        }
        self.lists: dict[str, str] = {}
        self.overrides: dict[tuple[str, int], int] = {}
        for each in numbering.iter(f"{W}num"):
            key = each.get(f"{W}numId", "")
            self.lists[key] = _value(each, "abstractNumId")
            for override in each.iter(f"{W}lvlOverride"):
                start = _value(override, "startOverride")
                if start.isdigit():
                    self.overrides[key, _number(override.get(f"{W}ilvl"))] = int(start)
        self.styles: dict[str, tuple[str, int]] = {}
        self.headings: set[str] = set()
        for style in styles.iter(f"{W}style") if styles is not None else ():
            key = style.get(f"{W}styleId", "")
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                self.styles[key] = _value(properties, "numId"), _number(_value(properties, "ilvl"))
            if _value(style, "name").casefold().startswith(("heading", "title")):
                self.headings.add(key)

    def of(self, body: Element) -> Iterator[tuple[int, str]]:
        counts: dict[tuple[str, int], int] = {}
        begun: set[tuple[str, int]] = set()
        for paragraph in body.iter(f"{W}p"):
            style = _value_at(paragraph, f"{W}pPr/{W}pStyle")
            properties = paragraph.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                key, at = _value(properties, "numId"), _number(_value(properties, "ilvl"))
            else:
                key, at = self.styles.get(style, ("", 0))
            level = self.abstract.get(self.lists.get(key, ""), {}).get(at)
            if level is None or style in self.headings:
                continue
            family = self.lists[key]
            for deeper in [place for place in counts if place[0] == family and place[1] > at]:
                del counts[deeper]
            if (key, at) in self.overrides and (key, at) not in begun:
                counts[family, at] = self.overrides[key, at] - 1
            begun.add((key, at))
            counts[family, at] = counts.get((family, at), level.start - 1) + 1
            if level.ordered and "".join(paragraph.itertext()).strip():
                yield counts[family, at], level.style


def _levels(abstract: Element) -> dict[int, Level]:
    found = {}
    for each in abstract.iter(f"{W}lvl"):
        form, start = _value(each, "numFmt"), _value(each, "start")
        found[_number(each.get(f"{W}ilvl"))] = Level(
            STYLES.get(form, "1"), int(start) if start.isdigit() else 1, form != "bullet"
        )
    return found


def _value(element: Element, name: str) -> str:
    return _value_at(element, f"{W}{name}")


def _value_at(element: Element, path: str) -> str:
    found = element.find(path)
    return found.get(VAL, "") if found is not None else ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
