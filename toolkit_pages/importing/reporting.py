"""The report of an import, as text for people or as data."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkit_pages.importing.explaining import DOUBTS, REASONS, SUGGESTIONS
from toolkit_pages.importing.receipt import ImportResult
from toolkit_pages.importing.results import Toolkit

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
        "dismissed": [
            {
                "line": doubt.line,
                "kind": doubt.kind,
                "chapter": doubt.chapter,
                "text": doubt.text,
                "note": note,
            }
            for doubt, note in toolkit.dismissed
        ],
        "mends_unused": [mend.as_json() for mend in toolkit.unused],
        "left_out": [{"line": piece.line, "reason": piece.reason, "text": piece.text} for piece in left_out],
        "doubts": [
            {
                "line": doubt.line,
                "kind": doubt.kind,
                "chapter": doubt.chapter,
                "block": doubt.block,
                "text": doubt.text,
                "suggestion": str(SUGGESTIONS[doubt.kind]),
            }
            for doubt in toolkit.doubts
        ],
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
    """The doubts by their kind, each kind with what to do about it."""
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for doubt in data["doubts"]:
        by_kind[doubt["kind"]].append(doubt)
    lines = ["", "## " + _("Please look at"), ""] if by_kind else []
    for kind, doubts in by_kind.items():
        lines.append(f"- {DOUBTS[kind]} (× {len(doubts)}). {SUGGESTIONS[kind]}")
        for doubt in doubts:
            place = f", {doubt['chapter']}" if doubt["chapter"] else ""
            lines.append("  - " + _("line %d") % doubt["line"] + f"{place}: {doubt['text']}")
    return lines


def _short(value: Any, longest: int = LONGEST) -> str:
    text = " ".join(str("" if value is None else value).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
