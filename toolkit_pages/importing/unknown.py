"""Variables that nobody knows. The page editor refuses them (editions.md, *Variables*), so nothing is published with one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from editions.variables import Problem, Trouble, problems_in
from toolkit_pages.importing.results import Chapter, Doubt, Term

KIND = "unknown-variable"


def unknown_variables(
    known: Collection[str],
    text: str,
    front: Sequence[Any],
    chapters: Sequence[Chapter],
    terms: Sequence[Term],
    places: Sequence[tuple[int, str, str]],
) -> list[Doubt]:
    """A doubt for each wrong variable of a page's fields, a block or a term.

    `front` holds the texts and the body of the toolkit's own page, `places` says on which line (of `text`) a block begins.
    """
    begins: dict[str, int] = {}
    for line, _chapter, block in places:
        begins[block] = min(line, begins.get(block, line))
    lines = text.split("\n")
    pages: list[tuple[str, int, Sequence[Any]]] = [("", 1, front)]
    for chapter in (part for top in chapters for part in top.walk()):
        texts = [chapter.title, chapter.summary, chapter.source, chapter.source_url]
        pages.append((chapter.title, chapter.line, [*texts, chapter.body]))
    homes: dict[str, str] = {}
    found = []
    for title, start, values in pages:
        for value, block in _parts(values):
            if isinstance(value, Mapping) and value.get("type") == "glossary_term":
                homes[value["value"]] = title
                continue
            for problem in problems_in(value, known):
                line = _line(lines, problem, begins.get(block, start))
                found.append(Doubt(KIND, _written(problem), line, title, block))
    for term in terms:
        for problem in problems_in([term.long, term.plain, term.term], known):
            line = _line(lines, problem, term.line)
            found.append(Doubt(KIND, _written(problem), line, homes.get(term.term, "")))
    return found


def _parts(values: Sequence[Any]) -> Iterator[tuple[Any, str]]:
    """Each text, and each block of a body with its id."""
    for value in values:
        if isinstance(value, list):
            for block in value:
                yield block, str(block.get("id", ""))
        else:
            yield value, ""


def _written(problem: Problem) -> str:
    """The variable as it stands, and the one that was probably meant."""
    end = "…" if problem.message is Trouble.UNFINISHED else " }}"
    meant = f" → {{{{ {problem.suggestion} }}}}?" if problem.suggestion else ""
    return f"{{{{ {problem.name}{end}{meant}"


def _line(lines: Sequence[str], problem: Problem, start: int) -> int:
    """The first line from `start` on that has the braces and the name; `start` where marks of style stand between."""
    first = re.escape(problem.name.partition(" ")[0])
    pattern = re.compile(rf"\{{\{{[\W_]*{first}")
    found = (at for at in range(max(start, 1), len(lines) + 1) if pattern.search(lines[at - 1]))
    return next(found, max(start, 1))
