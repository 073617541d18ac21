"""A page's body, prepared for its template: levels of headings, anchors, whose words each block is."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from wagtail.blocks import StreamValue

from editions.models import Version

from ..footnotes import without_marks

WORDS_A_MINUTE = 200
TAG = re.compile(r"<[^>]+>")
#: Seconds for which the block ids of a version are kept.
KEPT = 24 * 60 * 60
WORD = re.compile(r"\w+")


@dataclass
class BodyPart:
    """One block with what its template needs beside its value.

    ``level`` is the heading level that a title inside the block takes, so that no level is skipped.
    """

    child: Any
    level: int
    anchor: str
    is_local: bool = False
    starts_local: bool = False

    @property
    def type(self) -> str:
        return self.child.block_type


@dataclass(frozen=True)
class Section:
    """A section heading of the page, for the list of sections."""

    title: str
    anchor: str


@dataclass(frozen=True)
class Note:
    """The words of a footnote, and whether the affiliate wrote them."""

    text: Any
    is_local: bool = False


@dataclass
class Body:
    """``has_sheets``: some block stays on the device, so that the page carries the script for it. ``notes`` by key."""

    parts: list[BodyPart]
    sections: list[Section]
    minutes: int
    has_sheets: bool = False
    notes: dict[str, Note] = field(default_factory=dict)


def prepare(stream: StreamValue, local_ids: frozenset[str] = frozenset()) -> Body:
    """Reads the stream once. Choosers load in one query for each type of block, as Wagtail does it."""
    parts: list[BodyPart] = []
    sections: list[Section] = []
    notes: dict[str, Note] = {}
    level = 1
    before = False
    has_sheets = False
    for child in stream:
        anchor = f"s-{str(child.id or len(parts))[:8]}"
        if child.block_type == "heading":
            level = min(3 if child.value.get("level") == "3" else 2, level + 1)
            own = level
            if level == 2:
                sections.append(Section(without_marks(child.value.get("text") or ""), anchor))
        else:
            own = min(level + 1, 4)
        local = child.id in local_ids
        has_sheets |= bool(getattr(child.block.meta, "stays_on_device", False))
        if child.block_type == "footnotes":
            # The first of two notes with one key is national's, where it has one: it was there before.
            for note in child.value["notes"]:
                notes.setdefault(note["key"].lower(), Note(note["text"], local))
        parts.append(BodyPart(child, own, anchor, local, local and not before))
        before = local
    return Body(parts, sections, minutes_to_read(stream), has_sheets, notes)


def minutes_to_read(stream: StreamValue) -> int:
    """Whole minutes, at least one, at a calm pace."""
    texts = stream.stream_block.get_searchable_content(stream)
    words = sum(len(WORD.findall(TAG.sub(" ", str(text)))) for text in texts)
    return max(1, math.ceil(words / WORDS_A_MINUTE))


def local_block_ids(page: Any, field: str = "body") -> frozenset[str]:
    """The ids of the blocks of a stream that exist only on this page: not in the version it was merged with.

    None are local where the page follows no version: it is national, or the affiliate's own as a whole.
    """
    base = getattr(page, "base_version", None)
    if base is None:
        return frozenset()
    inherited = _ids_of_version(base).get(field, frozenset())
    return frozenset(raw.get("id") for raw in getattr(page, field).raw_data) - inherited


def load_versions(pks: list[int]) -> None:
    """Reads what ``local_block_ids`` will ask of many pages: one query, and none where all is kept already."""
    keys = {f"version-block-ids-{pk}": pk for pk in pks}
    kept = cache.get_many(list(keys))
    missing = [pk for key, pk in keys.items() if key not in kept]
    if missing:
        versions = Version.objects.filter(pk__in=missing).only("content", "content_type")
        cache.set_many({f"version-block-ids-{one.pk}": _ids_in(one.content) for one in versions}, KEPT)


def _ids_of_version(pk: int) -> dict[str, frozenset[str]]:
    # A version never changes, so what is kept of it never goes stale.
    key = f"version-block-ids-{pk}"
    found = cache.get(key)
    if found is None:
        version = Version.objects.filter(pk=pk).only("content", "content_type").first()
        found = _ids_in(version.content if version is not None else {})
        cache.set(key, found, KEPT)
    return found


def _ids_in(content: dict[str, Any]) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(block.get("id") for block in value if isinstance(block, dict))
        for name, value in content.items()
        if isinstance(value, list)
    }
