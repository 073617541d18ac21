"""The project's own words in locale/, without the gettext programs: Python alone can install and check them.

Compiling needs polib. Finding words in code and templates needs Babel, which only the lint requirements have.
"""

import ast
import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

#: Folders whose words go into the one catalogue. Add-ons bring their own, beside their code.
SOURCES = ("editions", "campaign_library", "toolkit_pages", "site/toolkit_site")
#: Where the words stand that readers see: what a language needs that the admin is not offered in.
_PUBLIC = re.compile(
    r"(?:toolkit_pages|campaign_library)/(?:public/|.*/public/|.*\bpublic\.py$|templates/(?!.*/(?:admin|mail|importing)/|wagtail|.*preview))"
    r"|toolkit_pages/(?:site_urls|views)\.py$|editions/links\.py$"
    r"|toolkit_pages/events/(?:finding|forms|kinds|listing|registering|structured|when|zones)\.py$|campaign_library/ways\.py$"
)
#: Where lists of choices stand whose labels readers see. The others are for the admin: how a block is shown, what a moderator does.
_CHOICES = re.compile(
    r"(?:toolkit_pages|campaign_library)/(?!importing/|views/|models/submission|blocks/(?:places|worksheets)\.py)"
)
_KEYWORDS = {
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "_": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

#: Of languages with other plurals than English (CLDR, as gettext writes them).
PLURALS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
}

Key = tuple[str | None, str]


@dataclass
class Message:
    """One text to translate, with where it stands."""

    text: str
    plural: str | None = None
    context: str | None = None
    places: list[tuple[str, int]] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    # Whether it labels a choice that readers see.
    is_choice: bool = False

    @property
    def key(self) -> Key:
        return self.context, self.text


def addon_packages(root: Path) -> list[Path]:
    """The packages of the add-ons kept below ``root`` that have words in other languages."""
    return sorted(folder.parent for folder in (root / "addons").glob("*/*/locale"))


def find_messages(root: Path, sources: Iterable[str] = SOURCES) -> dict[Key, Message]:
    """All texts marked for translation in Python and template files below ``root``'s source folders."""
    found: dict[Key, Message] = {}
    for path in source_files(root, sources):
        place = path.relative_to(root).as_posix()
        labels = choice_labels(path) if path.suffix == ".py" and _CHOICES.match(place) else frozenset()
        for line, text, plural, context, notes in _extract(path):
            message = found.setdefault((context, text), Message(text, plural, context))
            message.plural = message.plural or plural
            message.places.append((place, line))
            message.notes.update(notes)
            message.is_choice |= message.key in labels
    return found


def choice_labels(path: Path) -> frozenset[Key]:
    """The labels of choices in Python source: members of ``TextChoices``, and pairs of a value and its label."""
    tree = ast.parse(path.read_text("utf-8"))
    pairs: list[ast.Tuple] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any("TextChoices" in ast.unparse(base) for base in node.bases):
            pairs += [
                each.value
                for each in node.body
                if isinstance(each, ast.Assign) and isinstance(each.value, ast.Tuple)
            ]
        elif isinstance(node, (ast.List, ast.Tuple)):
            pairs += [each for each in node.elts if isinstance(each, ast.Tuple)]
    found = set()
    for pair in pairs:
        match pair.elts:
            case [_, ast.Call(func=ast.Name(id=name), args=[*context, ast.Constant(value=str(text))])]:
                if name in _KEYWORDS:
                    found.add((context[0].value if context else None, text))
    return frozenset(found)


def source_files(root: Path, sources: Iterable[str] = SOURCES) -> Iterator[Path]:
    for folder in sources:
        for path in sorted((root / folder).rglob("*")):
            is_code = path.suffix == ".py" and "migrations" not in path.parts
            if is_code or (path.suffix in {".html", ".txt"} and "templates" in path.parts):
                yield path


def for_readers(messages: dict[Key, Message]) -> dict[Key, Message]:
    """Those of the messages that the public site shows."""
    return {
        key: message
        for key, message in messages.items()
        if message.is_choice or any(_PUBLIC.match(place) for place, _line in message.places)
    }


def _extract(path: Path) -> Iterator[tuple[int, str, str | None, str | None, list[str]]]:
    from babel.messages.extract import extract

    source = path.read_text("utf-8")
    if path.suffix != ".py":
        # Django turns a template into calls of gettext between filler; Babel reads these as Python, for which
        # lines must not be indented.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).split("\n"))
    stream = io.BytesIO(source.encode())
    options = {"encoding": "utf-8"}
    for line, texts, notes, context in extract("python", stream, _KEYWORDS, ["Translators:"], options):
        singular, plural = texts if isinstance(texts, tuple) else (texts, None)
        if singular:
            yield line, singular, plural, context, notes


def update(
    path: Path, messages: dict[Key, Message], allowed: dict[Key, Message] | None = None
) -> tuple[int, int]:
    """Bring the .po file at ``path`` in line with ``messages``; return how many were added and removed.

    Translations stay. What is no longer used goes (unless it is in ``allowed``); git remembers it.
    """
    allowed = messages if allowed is None else allowed
    catalogue = polib.pofile(str(path), wrapwidth=100) if path.exists() else new_catalogue(path)
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    added = [message for key, message in messages.items() if key not in entries]
    removed = [entry for key, entry in entries.items() if key not in allowed or entry.obsolete]
    for entry in removed:
        catalogue.remove(entry)
    for message in added:
        entry = polib.POEntry(msgctxt=message.context, msgid=message.text)
        catalogue.append(entry)
        entries[message.key] = entry
    for key, entry in entries.items():
        message = allowed.get(key)
        if message is None:
            continue
        # File names without lines: a moved line is no change to a translator.
        entry.occurrences = [(place, "") for place in dict.fromkeys(place for place, _line in message.places)]
        entry.comment = "\n".join(sorted(message.notes))
        if message.plural and entry.msgid_plural != message.plural:
            entry.msgid_plural, entry.msgstr = message.plural, ""
            entry.msgstr_plural = dict.fromkeys(range(plurals(catalogue)), "")
    catalogue.sort(key=lambda entry: (entry.occurrences[0][0], entry.msgid))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return len(added), len(removed)


def new_catalogue(path: Path) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Language": path.parent.parent.name,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS.get(path.parent.parent.name, "nplurals=2; plural=(n != 1);"),
    }
    return catalogue


def plurals(catalogue: polib.POFile) -> int:
    """How many forms of a noun beside a number the language has."""
    found = re.search(r"nplurals=(\d+)", catalogue.metadata.get("Plural-Forms", ""))
    return int(found[1]) if found else 2


def problems(
    path: Path, messages: dict[Key, Message], allowed: dict[Key, Message] | None = None
) -> Iterator[str]:
    """What is wrong with the .po file, a line each: missing, empty, fuzzy, unused, or another placeholder.

    ``allowed`` may stand in it too.
    """
    allowed = messages if allowed is None else allowed
    if not path.exists():
        yield f"{path} does not exist"
        return
    entries = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))}
    for key, message in messages.items():
        entry = entries.get(key)
        where = "{}:{}".format(*message.places[0])
        if entry is None:
            yield f"{where}: not in the catalogue: {message.text!r} (make messages)"
        elif not entry.translated():
            yield f"{where}: not translated: {message.text!r}"
        else:
            yield from (f"{where}: {problem}" for problem in placeholder_problems(entry))
    for key, entry in entries.items():
        if key not in allowed:
            yield f"{path.name}: no longer used: {entry.msgid!r} (make messages)"


def placeholder_problems(entry: polib.POEntry) -> Iterator[str]:
    """A translation that names a value which the text does not have stops the page that shows it."""
    allowed = set(_PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
    for text in [entry.msgstr, *entry.msgstr_plural.values()]:
        unknown = set(_PLACEHOLDER.findall(text)) - allowed
        if unknown:
            yield f"unknown {', '.join(sorted(unknown))} in the translation of {entry.msgid!r}"
    if not entry.msgid_plural:
        lost = allowed - set(_PLACEHOLDER.findall(entry.msgstr))
        if lost:
            yield f"{', '.join(sorted(lost))} is missing in the translation of {entry.msgid!r}"


def catalogues(folders: Iterable[Path]) -> list[Path]:
    return sorted(path for folder in folders for path in Path(folder).glob("*/LC_MESSAGES/django.po"))


def compile_catalogue(path: Path) -> Path:
    """Write the .mo file beside the .po file, unless it is newer already; return its path."""
    target = path.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
        unfinished = target.with_suffix(f".{os.getpid()}.tmp")
        polib.pofile(str(path)).save_as_mofile(str(unfinished))
        unfinished.replace(target)
    return target
