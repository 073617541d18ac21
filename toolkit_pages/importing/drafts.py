"""A parsed toolkit as the contents of pages, ready to be compared with the last import. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit_pages.importing.results import Chapter, Toolkit


@dataclass(frozen=True)
class Draft:
    """One page to be: its raw content, and the index of its parent in the list (None for the toolkit)."""

    content: dict[str, Any]
    parent: int | None
    line: int


def drafts(
    toolkit: Toolkit,
    title: str,
    publisher: str,
    terms: Mapping[str, int],
    images: Mapping[str, int | None],
) -> list[Draft]:
    """The toolkit's page and its chapters, parents before children. `terms` and `images` map names to primary keys."""

    def named(block: dict[str, Any]) -> dict[str, Any]:
        value = block["value"]
        if block["type"] == "glossary_term":
            return {**block, "value": terms[value]}
        if block["type"] == "figure":
            return {
                **block,
                "value": {**value, "image": {**value["image"], "image": images[value["image"]["image"]]}},
            }
        return block

    cover = {
        "title": title,
        "summary": toolkit.summary,
        "publisher": publisher,
        "edition_label": toolkit.edition_label,
        "disclaimer": toolkit.disclaimer,
        "source": toolkit.source,
        "source_url": toolkit.source_url,
        "body": [named(block) for block in toolkit.body],
    }
    found = [Draft(cover, None, 1)]

    def add(chapters: Sequence[Chapter], parent: int) -> None:
        for chapter in chapters:
            content = {
                "title": chapter.title,
                "summary": chapter.summary,
                "source": chapter.source,
                "source_url": chapter.source_url,
                "body": [named(block) for block in chapter.body],
            }
            found.append(Draft(content, parent, chapter.line))
            add(chapter.chapters, len(found) - 1)

    add(toolkit.chapters, 0)
    return found
