"""`{{ name }}` in a text: an affiliate's own word, filled in when the page is rendered (editions.md,
Variables).

A name is a letter followed by letters, digits and underscores, in any script. Spaces around it, of any kind,
say nothing. Pure: imports nothing from Django or Wagtail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from html import escape, unescape
from typing import Any, Final

# The editor and its converters write a no-break space as an entity or leave zero-width characters behind.
_SPACE: Final = r"(?:[\s\u200b\u200c\u200d\u2060\ufeff]|&nbsp;|&\#160;|&\#xa0;)*"
_NAME: Final = r"[^\W\d_]\w*"
_VARIABLE: Final = re.compile(rf"\{{\{{{_SPACE}({_NAME}){_SPACE}\}}\}}", re.IGNORECASE)
_OPEN: Final = re.compile(r"\{\{(?!\{)")
_CLOSE: Final = re.compile(r"\}\}")
_TAGS: Final = re.compile(r"<[a-zA-Z/!][^<>]*>")


class Trouble(StrEnum):
    """What is wrong with a variable in a text: keys of messages, for the caller to word."""

    UNKNOWN = "unknown"
    UNFINISHED = "unfinished"
    SPLIT_BY_TAGS = "split-by-tags"
    NOT_A_NAME = "not-a-name"
    DROPPED = "dropped"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Problem:
    """`name` is the name, or what was written where none can be read; `suggestion` the known name that was
    probably meant, or the empty string."""

    name: str
    message: Trouble
    suggestion: str = ""


def names(text: str) -> list[str]:
    """The names of the variables in a text, each once, in order."""
    return list(dict.fromkeys(found[1] for found in _VARIABLE.finditer(text)))


def find(value: Any) -> set[str]:
    """The names of the variables anywhere in a raw value: stream data, a struct, a text. Never raises."""
    return {name for text in texts(value) for name in names(text)}


def texts(value: Any) -> Iterator[str]:
    """All texts anywhere in a raw value."""
    todo = [value]
    while todo:
        each = todo.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            todo += each.values()
        elif isinstance(each, list | tuple):
            todo += each


def problems(text: str, known: Collection[str]) -> list[Problem]:
    """What an editor must mend before the text is saved: names that nobody knows, `{{` without an end, names
    split by the tags of rich text, braces around what is no name."""
    return [each for each, _ in _problems(text, known)]


def problems_in(value: Any, known: Collection[str]) -> list[Problem]:
    """The problems of all texts in a raw value, each once, in order. Never raises."""
    return list(dict.fromkeys(each for text in texts(value) for each in problems(text, known)))


def _problems(text: str, known: Collection[str]) -> Iterator[tuple[Problem, str]]:
    """Each problem, with the name that was meant if it can be read."""
    position = 0
    while opened := _OPEN.search(text, position):
        if found := _VARIABLE.match(text, opened.start()):
            position = found.end()
            name = found[1]
            if name not in known:
                yield Problem(name, Trouble.UNKNOWN, _closest(name, known)), name
            continue
        position = opened.end()
        closed = _CLOSE.search(text, position)
        following = _OPEN.search(text, position)
        if closed is None or (following and following.start() < closed.start()):
            rest = text[position : following.start() if following else None]
            start = " ".join(unescape(_TAGS.sub("", rest)).split())[:30]
            yield Problem(start, Trouble.UNFINISHED, _closest(start.partition(" ")[0], known)), ""
            continue
        written = text[position : closed.start()]
        position = closed.end()
        inner = " ".join(unescape(_TAGS.sub("", written)).split())
        meant = _VARIABLE.fullmatch(f"{{{{{inner}}}}}")
        if meant and _TAGS.search(written):
            name = meant[1]
            suggestion = name if name in known else _closest(name, known)
            yield Problem(name, Trouble.SPLIT_BY_TAGS, suggestion), name
        else:
            yield Problem(inner[:30], Trouble.NOT_A_NAME, _closest(re.sub(r"\W+", "_", inner), known)), ""


def _closest(name: str, known: Collection[str]) -> str:
    return next(iter(get_close_matches(name, sorted(known), n=1)), "")


def substitute(html: str, values: Mapping[str, str], defaults: Mapping[str, str]) -> str:
    """Rendered HTML with its variables filled in, in one pass: a value that contains `{{ … }}` is shown as
    it is.

    `values` are the affiliate's words; one that is missing or blank gives way to the neutral default, and a
    name without either to nothing: no reader ever sees braces. Words are plain texts; they are escaped,
    quotes too, so they are safe in texts and in quoted attributes (`href="{{ url }}"` takes what is written
    there: check a value's scheme when it is saved). What is no variable stays as it is. Give it what editors
    wrote, not a page with scripts of its own: braces in a script would be variables too.
    """

    def word(name: str) -> str:
        return as_words(str(values.get(name) or "").strip() or str(defaults.get(name) or ""))

    return replaced(html, word)


def as_words(value: str) -> str:
    """A value as HTML. Braces are written as entities, so that a second pass finds nothing to fill in."""
    return escape(value, quote=True).replace("{", "&#123;").replace("}", "&#125;")


def replaced(html: str, word: Callable[[str], str | None]) -> str:
    """`html` with each variable replaced by the HTML that `word` gives for its name; None leaves it as it is."""

    def put(found: re.Match[str]) -> str:
        given = word(found[1])
        return found[0] if given is None else given

    return _VARIABLE.sub(put, html)


def same_variables(source: Any, translation: Any, known: Collection[str] = frozenset()) -> list[Problem]:
    """What a translation drops, misspells or adds, compared with its source: texts or raw values.

    A name in the translation that the source does not have counts as a misspelling of the closest one that is
    dropped (`UNKNOWN` with a suggestion), as an addition (`ADDED`) otherwise, unless it is in `known`. One
    that the source has twice may stand once: grammar differs. Order says nothing. An untranslated, empty
    translation has no problems.
    """
    if not any(text.strip() for text in texts(translation)):
        return []
    wanted = list(dict.fromkeys(name for text in _in_order(source) for name in names(text)))
    given = list(dict.fromkeys(name for text in _in_order(translation) for name in names(text)))
    found = [
        problem
        for text in _in_order(translation)
        for problem in problems(text, frozenset(given))
        if problem.message is not Trouble.UNKNOWN
    ]
    dropped = [name for name in wanted if name not in given]
    for problem in found:
        # Told already: it is there, but split or unfinished.
        for name in (problem.name, problem.suggestion, _closest(problem.name, dropped)):
            if name in dropped:
                dropped.remove(name)
                break
    for name in given:
        if name in wanted:
            continue
        if meant := _closest(name, dropped):
            dropped.remove(meant)
            found.append(Problem(name, Trouble.UNKNOWN, meant))
        elif name not in known:
            found.append(Problem(name, Trouble.ADDED))
    return found + [Problem(name, Trouble.DROPPED, name) for name in dropped]


def _in_order(value: Any) -> list[str]:
    return list(texts(value))[::-1] if not isinstance(value, str) else [value]
