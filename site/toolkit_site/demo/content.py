"""Reads the demo's files. The English file has the structure; that of another language words only.

A *document* is one page's file as a dict: the page's fields and ``block``, a list of dicts that each have a
``key`` and a ``type``. ``national`` and ``second`` give documents in reading order, parents first.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parent / "content"
LANGUAGES = ("en", "es")

# Words, as opposed to structure. What is empty in English may be left out of the translation.
WORDS = frozenset(
    {
        "title",
        "slug",
        "summary",
        "intro",
        "text",
        "publisher",
        "audience",
        "edition_label",
        "source",
        "checked_by",
        "disclaimer",
        "question",
        "hint",
        "point",
        "evidence",
        "alt",
        "caption",
        "long_description",
        "columns",
        "rows",
        "speaker",
        "role",
        "term",
        "plain",
        "long",
        "formerly",
        "button",
        "note",
    }
)


class ContentError(Exception):
    """A demo file does not fit its English twin, or names something that does not exist."""


@dataclass(frozen=True)
class Change:
    """One correction: ``field`` is the place inside a block, as ``edits.change`` takes it."""

    page: str
    block: str
    field: str
    text: str


@dataclass(frozen=True)
class SecondEdition:
    """What national sends after its first sending."""

    title: str
    note: str
    changes: list[Change]
    # (document, key of the page after which it comes)
    new: list[tuple[dict[str, Any], str]]


@dataclass(frozen=True)
class Affiliate:
    """A fictional affiliate: ``values[language][variable]`` and the edits its editor makes, in order."""

    key: str
    name: str
    hostname: str
    place: str
    brand: str
    accent: str
    time_zone: str
    mark: str
    values: dict[str, dict[str, str]]
    # language → {"intro", "text"} of its home page
    home: dict[str, dict[str, str]]
    edits: list[dict[str, Any]] = field(default_factory=list)


def load(path: Path) -> dict[str, Any]:
    """The file as a dict. Raises ContentError with the file's name if it is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"{path.relative_to(CONTENT)}: {error}") from error


def overlay(source: Any, words: Any, where: str = "") -> Any:
    """``source`` with the words of ``words`` in place of its own.

    Lists must be equally long and, where items have keys, name the same keys in the same order. A name that
    ``source`` does not have raises ContentError: it would be lost without a word.
    """
    if isinstance(source, dict) and isinstance(words, dict):
        if unknown := words.keys() - source.keys():
            raise ContentError(f"{where}: not in the English file: {', '.join(sorted(unknown))}")
        if words.get("key", source.get("key")) != source.get("key"):
            raise ContentError(f"{where}: {words['key']!r} stands where English has {source.get('key')!r}")
        return {
            name: overlay(value, words[name], f"{where}/{name}") if name in words else value
            for name, value in source.items()
        }
    if isinstance(source, list) and isinstance(words, list):
        if len(source) != len(words):
            raise ContentError(f"{where}: {len(words)} items, English has {len(source)}")
        return [
            overlay(one, other, f"{where}/{number}")
            for number, (one, other) in enumerate(zip(source, words, strict=True), start=1)
        ]
    if type(source) is not type(words):
        raise ContentError(f"{where}: of another kind than in English")
    return words


def read(name: str, language: str, folder: Path = CONTENT) -> dict[str, Any]:
    """The document ``name`` (a file without its ending) in one language."""
    source = load(folder / "en" / f"{name}.toml")
    if language == "en":
        return source
    return overlay(source, load(folder / language / f"{name}.toml"), f"{language}/{name}")


def chapter_names() -> list[str]:
    """Names of the chapters' files, in reading order: they begin with their place."""
    return sorted(path.stem for path in (CONTENT / "en").glob("[0-9]*.toml"))


def home(language: str) -> dict[str, Any]:
    return read("home", language)


def toolkit(language: str) -> dict[str, Any]:
    return read("toolkit", language)


def chapters(language: str) -> list[dict[str, Any]]:
    """All chapters in reading order. One with ``parent`` stands beneath the chapter of that key."""
    return [read(name, language) for name in chapter_names()]


def terms(language: str) -> list[dict[str, Any]]:
    return read("terms", language)["term"]


def actions(language: str) -> list[dict[str, Any]]:
    return read("actions", language)["action"]


def second(language: str) -> SecondEdition:
    folder = CONTENT / "second"
    raw = read("corrections", language, folder)
    return SecondEdition(
        title=raw["title"],
        note=raw["note"],
        changes=[Change(**change) for change in raw["change"]],
        new=[(read(new["file"], language, folder), new["after"]) for new in raw["new"]],
    )


def affiliates() -> list[Affiliate]:
    """The affiliates, by key."""
    found = []
    for path in sorted((CONTENT / "affiliates").glob("*.toml")):
        raw = load(path)
        raw["edits"] = raw.pop("edit", [])
        for edit in raw["edits"]:
            # An edit that brings words is made in the languages that it has words for.
            edit.setdefault("languages", [language for language in LANGUAGES if language in edit])
        found.append(Affiliate(**raw))
    return found
