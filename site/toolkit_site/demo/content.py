"""Reads the demo's files. The English file has the structure; that of another language words only.

A *document* is one page's file as a dict: its ``key``, its ``kind`` (which page type), the ``parent``'s key, the
page's fields and ``block``, a list of dicts that each have a ``key`` and a ``type``. The functions give
documents in reading order, parents first.

``pages`` holds the home and the pages around the toolkits, ``toolkits`` a folder for each toolkit, ``library``
a file for each kind of snippet, ``second`` what national sends later, ``affiliates`` a file for each of them.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parent / "content"
LANGUAGES = ("en", "es")
# National alone has a little in these: a proof that the site reads from right to left.
SAMPLES = ("ar",)
# The toolkit that the affiliates' story is told with.
FIRST = "1-detainers"
# Kind of snippet: the file that holds them.
LIBRARY = {
    "term": "terms",
    "action": "actions",
    "provision": "provisions",
    "ordinance": "ordinances",
    "demandlist": "demand-lists",
    "decider": "deciders",
    "letter": "texts",
    "organisation": "organisations",
    "resource": "resources",
    "bill": "bills",
    "policy": "policies",
}

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
        "label",
        "what",
        "situation",
        "do",
        "do_not",
        "warning",
        "purpose",
        "request",
        "task",
        "not_for",
        "instead",
        "hours",
        "script",
        "pledge_text",
        "post_text",
        "risk_note",
        "sms_note",
        "how_to_join",
        "instrument",
        "status_source",
        "unit",
        "about",
        "heading",
        "explanation",
        "drafter_note",
        "meaning",
        "addressed_to",
        "subject",
        "controls",
        "chosen",
        "reach",
        "why",
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
    # keys of national's pages that it follows, each with all beneath it
    adopts: list[str]
    # values of its own: words that documents of the library have blanks for
    own: dict[str, dict[str, str]] = field(default_factory=dict)
    edits: list[dict[str, Any]] = field(default_factory=list)
    # pages of its own: {"language", "beneath": key of national's page, and a document}
    pages: list[dict[str, Any]] = field(default_factory=list)
    # events that readers have registered: {"language", "beneath", "email", and fields of an event}
    registrations: list[dict[str, Any]] = field(default_factory=list)


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


def read(name: str, language: str, folder: Path) -> dict[str, Any]:
    """The document ``name`` (a file without its ending) in one language."""
    source = load(folder / "en" / f"{name}.toml")
    if language == "en":
        return source
    return overlay(source, load(folder / language / f"{name}.toml"), f"{language}/{name}")


def names(folder: Path, language: str) -> list[str]:
    """Names of the folder's documents in a language, in reading order: they begin with their place."""
    return sorted(path.stem for path in (folder / language).glob("[0-9]*.toml"))


def toolkit_names() -> list[str]:
    """The toolkits' folders, in the order in which the site shows them."""
    return sorted(path.name for path in (CONTENT / "toolkits").iterdir() if path.is_dir())


def toolkit_documents(name: str, language: str) -> list[dict[str, Any]]:
    """The toolkit's own page and its chapters; nothing in a language that it is not translated to."""
    folder = CONTENT / "toolkits" / name
    found = [read(one, language, folder) for one in names(folder, language)]
    for place, document in enumerate(found):
        document.setdefault("kind", "toolkit" if place == 0 else "chapter")
        document.setdefault("parent", "home" if place == 0 else found[0]["key"])
    return found


def home(language: str) -> dict[str, Any]:
    return {"kind": "home", **read("home", language, CONTENT / "pages")}


def around(language: str) -> list[dict[str, Any]]:
    """The pages beside the toolkits: case studies, events, lists."""
    found = [read(name, language, CONTENT / "pages") for name in names(CONTENT / "pages", language)]
    for document in found:
        document.setdefault("parent", "home")
    return found


def toolkit(language: str, name: str = FIRST) -> dict[str, Any]:
    return toolkit_documents(name, language)[0]


def chapters(language: str, name: str = FIRST) -> list[dict[str, Any]]:
    """All chapters of a toolkit. One with ``parent`` in its file stands beneath the chapter of that key."""
    return toolkit_documents(name, language)[1:]


def national(language: str) -> list[dict[str, Any]]:
    """All pages of national's first edition beneath its home."""
    return [
        *(document for name in toolkit_names() for document in toolkit_documents(name, language)),
        *around(language),
    ]


def library(language: str) -> list[tuple[str, dict[str, Any]]]:
    """(kind, document) of every snippet, those first that others refer to.

    A translation may leave out documents, and has those that it has under their keys.
    """
    found = []
    for kind, name in LIBRARY.items():
        source = load(CONTENT / "library" / "en" / f"{name}.toml")[kind]
        path = CONTENT / "library" / language / f"{name}.toml"
        if language == "en":
            found += [(kind, document) for document in source]
        elif path.exists():
            by_key = {document["key"]: document for document in source}
            for words in load(path)[kind]:
                where = f"{language}/{name}/{words['key']}"
                if words["key"] not in by_key:
                    raise ContentError(f"{where}: not in the English file")
                found.append((kind, overlay(by_key[words["key"]], words, where)))
    return found


def topics() -> list[dict[str, Any]]:
    """``{"slug", "name", "names"}`` of each topic; other languages stand in its ``names``."""
    return [
        {**topic, "names": topic["names"].strip()}
        for topic in load(CONTENT / "library" / "en" / "topics.toml")["topic"]
    ]


def snippets(kind: str, language: str) -> list[dict[str, Any]]:
    return [document for one, document in library(language) if one == kind]


def terms(language: str) -> list[dict[str, Any]]:
    return snippets("term", language)


def actions(language: str) -> list[dict[str, Any]]:
    return snippets("action", language)


def second(language: str) -> SecondEdition:
    folder = CONTENT / "second"
    raw = read("corrections", language, folder)
    return SecondEdition(
        title=raw["title"],
        note=raw["note"],
        changes=[Change(**change) for change in raw["change"]],
        new=[
            ({"kind": "chapter", **read(new["file"], language, folder)}, new["after"]) for new in raw["new"]
        ],
    )


def affiliates() -> list[Affiliate]:
    """The affiliates, by key."""
    found = []
    for path in sorted((CONTENT / "affiliates").glob("*.toml")):
        raw = load(path)
        raw["edits"] = raw.pop("edit", [])
        raw["registrations"] = raw.pop("registration", [])
        raw["pages"] = [
            {
                "language": language,
                **{name: page[name] for name in page if name not in LANGUAGES},
                **page[language],
            }
            for page in raw.pop("page", [])
            for language in LANGUAGES
            if language in page
        ]
        for edit in raw["edits"]:
            # An edit that brings words is made in the languages that it has words for.
            edit.setdefault("languages", [language for language in LANGUAGES if language in edit])
        found.append(Affiliate(**raw))
    return found
