"""What a word is, and how many of each a text, a rich text or a stream of blocks holds.

The importer's law is counted with these functions: the words of a file are the words of the pages and terms
made from it, the addresses of the links kept, and the words that the report says were left out.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

REFERENCE = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
# Invisible: a backslash only escapes, the others only say where a line may break.
INVISIBLE = dict.fromkeys(map(ord, "\\\u00ad\u200b\u200c\u200d\u2060\ufeff"))
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Raised digits are marks of footnotes: they belong to no word.
RAISED = re.compile("[⁰¹²³⁴-⁹]+")
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
TAG = re.compile(r"<[^<>]*>")

# Which values of a block are rich text; every other string is plain. A table says it column by column.
RICH_VALUES = {
    "steps": {"text"},
    "questions": {"hint"},
    "callout": {"text"},
    "quote": {"text"},
    "talking_points": {"evidence"},
    "call_to_action": set(),
    "footnotes": {"text"},
}
NOT_WORDS = {"id", "type", "level", "kind", "language", "source_url"}


def resolve(text: str) -> str:
    """The text with its character references (`&eacute;`, `&#233;`) resolved, as often as there are any."""
    while True:
        resolved = REFERENCE.sub(lambda found: html.unescape(found.group()), text)
        if resolved == text:
            return text
        text = resolved


def words(text: str) -> Counter[str]:
    """The words of a plain or Markdown text, as they are written, with how often each stands.

    A word is a longest run of letters and digits; an apostrophe between two of them belongs to it.
    Backslashes, soft hyphens and zero-width characters do not count, character references count as what they
    stand for, raised digits as numbers beside the word they stand at.
    """
    return Counter(WORD.findall(lowered(resolve(text.translate(INVISIBLE)).translate(INVISIBLE))))


def lowered(text: str) -> str:
    """The text with raised digits as digits, apart from the words beside them."""
    return RAISED.sub(lambda found: f" {found.group().translate(LOWERED)} ", text)


def words_of_rich(value: str) -> Counter[str]:
    """The words a reader sees in rich text: addresses of links are not among them."""
    return words(_plain(value))


def texts_of_blocks(blocks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The texts that readers see in raw StreamField data, without formatting."""
    for block in blocks:
        kind, value = block.get("type"), block.get("value")
        if kind == "paragraph":
            yield _plain(value) if isinstance(value, str) else ""
        elif kind == "table" and isinstance(value, Mapping):
            yield value.get("caption") or ""
            yield value.get("source") or ""
            yield from _of_table(value.get("table") or {})
        elif kind == "figure" and isinstance(value, Mapping):
            # The name of its picture is none of its words.
            yield (value.get("image") or {}).get("alt_text") or ""
            yield from (value.get(name) or "" for name in ("caption", "source"))
            yield _plain(value.get("long_description") or "")
        else:
            yield from _of_value(value, RICH_VALUES.get(str(kind), set()))


def words_of_blocks(blocks: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """The words of raw StreamField data in the vocabulary of the chapter's body."""
    return sum((words(text) for text in texts_of_blocks(blocks)), Counter())


def _plain(rich: str) -> str:
    return html.unescape(TAG.sub(" ", rich))


def _of_table(table: Mapping[str, Any]) -> Iterator[str]:
    columns = table.get("columns", [])
    yield from (column.get("heading", "") for column in columns)
    for row in table.get("rows", []):
        for column, value in zip(columns, row.get("values", []), strict=False):
            yield _plain(value) if column.get("type") == "rich_text" else value


def _of_value(value: Any, rich: set[str], name: str = "") -> Iterator[str]:
    if isinstance(value, str):
        yield _plain(value) if name in rich else value
    elif isinstance(value, Mapping):
        for key, child in value.items():
            if key not in NOT_WORDS:
                yield from _of_value(child, rich, key)
    elif isinstance(value, list):
        for child in value:
            yield from _of_value(child, rich, name)
