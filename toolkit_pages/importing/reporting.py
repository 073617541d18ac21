"""The report of an import, as text for people or as data."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from toolkit_pages.importing.results import Toolkit
from toolkit_pages.importing.writing import ImportResult

REASONS = {
    "callout-word": gettext_lazy("the word that opens a call-out, which shows its kind itself"),
    "comment": gettext_lazy("HTML comments"),
    "contents": gettext_lazy("contents list: the site makes its own"),
    "fence": gettext_lazy("the mark of a code block"),
    "heading-number": gettext_lazy("numbers of chapters: the site numbers them"),
    "image": gettext_lazy("images: add them by hand"),
    "link-dropped": gettext_lazy("addresses of links that no page can hold"),
    "link-lost": gettext_lazy("addresses of links without a text"),
    "link-title": gettext_lazy("titles of links"),
    "navigation": gettext_lazy("words of a web page's navigation"),
    "note-mark": gettext_lazy("marks of footnotes in titles"),
    "number": gettext_lazy("numbers of list items: the site numbers them"),
    "page-number": gettext_lazy("page numbers"),
    "publisher-given": gettext_lazy("the publisher, which was given at the import"),
    "reference": gettext_lazy("list of addresses at the end: each stands in its link"),
    "running-head": gettext_lazy("heads repeated on each page"),
    "script": gettext_lazy("scripts and other active content"),
    "tag": gettext_lazy("HTML tags"),
    "term-in-library": gettext_lazy("explanations of terms that the library explains already"),
    "term-repeated": gettext_lazy("names of terms explained twice"),
    "term-verb": gettext_lazy("the verb between a term and its explanation"),
    "title-given": gettext_lazy("the title, which was given at the import"),
}
DOUBTS = {
    "code": gettext_lazy("a code block was read as ordinary text"),
    "contents-without-heading": gettext_lazy("the contents list it, but no heading says so"),
    "empty-section": gettext_lazy("nothing stands under this heading: an image may be lost"),
    "footnote": gettext_lazy("a title refers to a footnote, which stands at the end of its section"),
    "image": gettext_lazy("an image was left out"),
    "indentation": gettext_lazy("questions indented beneath a question are one list now"),
    "link-in-title": gettext_lazy("a link was lost: titles and questions hold none"),
    "list-interrupted": gettext_lazy("text between two numbers of a list belongs to the item before it now"),
    "list-numbering": gettext_lazy("the list changes its way of numbering here"),
    "list-skips": gettext_lazy("a number is missing before this one"),
    "list-start": gettext_lazy("the beginning of this list is missing; the number stays as text"),
    "local-link": gettext_lazy("a link into the old document was removed"),
    "lost-link": gettext_lazy("the words point to a link, but the file has none: it may be lost"),
    "placeholder": gettext_lazy("a link without an address; its text stayed"),
    "running-head": gettext_lazy("taken for a head repeated on each page"),
    "script": gettext_lazy("active content was removed"),
    "swallowed-heading": gettext_lazy("a heading stood as an item of a list"),
    "table-cells": gettext_lazy("a row has more cells than its table"),
    "term-repeated": gettext_lazy("a term is explained twice; both explanations are one now"),
    "term-without-line": gettext_lazy("the term needs one line in plain words"),
    "torn": gettext_lazy("two halves of a paragraph were joined"),
    "unsafe-link": gettext_lazy("a link that could run a program was removed"),
}
LONGEST = 100
LONGEST_TEXT = 1000


def as_data(toolkit: Toolkit, result: ImportResult) -> dict[str, Any]:
    """The report as JSON values; counts are of words."""
    left_out = [*toolkit.left_out, *result.left_out]
    return {
        "title": result.page.title,
        "first": result.first,
        "pages": {
            name: getattr(result, name)
            for name in ("added", "changed", "unchanged", "absent", "deleted", "not_published")
        },
        "blocks": len(toolkit.body) + sum(len(chapter.body) for chapter in toolkit.walk()),
        "terms": {"added": result.terms_added, "changed": result.terms_changed},
        "words": {
            "in": toolkit.words_in,
            "out": sum(toolkit.words_out().values()),
            "left_out": sum(toolkit.words_left_out().values()),
            "addresses": sum(toolkit.words_of_links().values()),
        },
        "left_out": [{"line": piece.line, "reason": piece.reason, "text": piece.text} for piece in left_out],
        "doubts": [{"line": doubt.line, "kind": doubt.kind, "text": doubt.text} for doubt in toolkit.doubts],
        "conflicts": result.conflicts,
    }


def as_text(data: dict[str, Any], toolkit: Toolkit) -> str:
    """The report for reading, with Markdown's marks."""
    lines = [f"# {data['title']}", ""]
    lines += [_("Imported for the first time.") if data["first"] else _("Merged with the last import."), ""]
    lines += ["## " + _("Chapters"), ""]

    def outline(chapters: Any, depth: int) -> None:
        for number, chapter in enumerate(chapters, start=1):
            count = len(chapter.body)
            blocks = ngettext("%(count)d block", "%(count)d blocks", count) % {"count": count}
            lines.append(f"{'   ' * depth}{number}. {chapter.title} ({blocks})")
            outline(chapter.chapters, depth + 1)

    outline(toolkit.chapters, 0)
    names = {
        "added": _("Added"),
        "changed": _("Changed"),
        "absent": _("No longer in the file, kept as they are; delete them by hand if they should go"),
        "deleted": _("Deleted here since the last import, not made again"),
        "not_published": _("Not published: somebody has unpublished changes there"),
    }
    pages = [(name, titles) for name, titles in data["pages"].items() if titles and name in names]
    for name, titles in pages if not data["first"] else ():
        lines += ["", f"{names[name]}: {', '.join(titles)}"]
    if not data["first"] and not any(name in ("added", "changed") for name, _titles in pages):
        lines += ["", _("No page changed.")]
    words = data["words"]
    lines += ["", "## " + _("Words"), ""]
    lines.append(
        _("%(in)d in the file = %(out)d on pages and terms + %(addresses)d in links + %(left_out)d left out")
        % words
    )
    lines += _conflicts(data) + _left_out(data) + _doubts(data)
    return "\n".join(lines) + "\n"


def _conflicts(data: dict[str, Any]) -> list[str]:
    if not data["conflicts"]:
        return []
    lines = ["", "## " + _("Changed here and in the file: the text here stays"), ""]
    for conflict in data["conflicts"]:
        lines.append(f"- {conflict['page']} ({' / '.join(conflict['path'])})")
        lines.append("  - " + _("here") + f": {_short(conflict.get('local'), LONGEST_TEXT)}")
        lines.append("  - " + _("in the file") + f": {_short(conflict.get('national'), LONGEST_TEXT)}")
    return lines


def _left_out(data: dict[str, Any]) -> list[str]:
    by_reason: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for piece in data["left_out"]:
        by_reason[piece["reason"]].append(piece)
    lines = ["", "## " + _("Left out"), ""] if by_reason else []
    for reason, pieces in sorted(by_reason.items()):
        lines.append(f"- {REASONS[reason]} (× {len(pieces)})")
        if reason not in ("number", "tag"):
            lines += [
                "  - " + _("line %d") % piece["line"] + f": {_short(piece['text'])}" for piece in pieces
            ]
    return lines


def _doubts(data: dict[str, Any]) -> list[str]:
    lines = ["", "## " + _("Please look at"), ""] if data["doubts"] else []
    return lines + [
        "- " + _("line %d") % doubt["line"] + f": {DOUBTS[doubt['kind']]}: {doubt['text']}"
        for doubt in data["doubts"]
    ]


def _short(value: Any, longest: int = LONGEST) -> str:
    text = " ".join(str("" if value is None else value).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
