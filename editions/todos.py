"""What is adapted, added or hidden in one language of an edition and not in another: a set difference by
block ids."""

from dataclasses import dataclass

from editions.changes import HOW, How, at
from editions.content import merge_options
from editions.differences import State, adapted_paths
from editions.models import Edition
from editions.places import Place, Reader, place_of
from editions.streams import MISSING, ORDER, Json, Path


@dataclass(frozen=True)
class Todo:
    """One place that only one language has made its own. ``here`` and ``there`` are readable values."""

    place: Place
    how: How
    here: Json
    there: Json


@dataclass(frozen=True)
class LanguageTodos:
    """The to-dos between one language of an edition and another one of it (``other``)."""

    other: Edition
    missing_there: list[Todo]
    missing_here: list[Todo]

    @property
    def count(self) -> int:
        return len(self.missing_there) + len(self.missing_here)


def own_paths(page, base_content: dict, content: dict) -> dict[Path, State]:
    found = adapted_paths(base_content, content, kept=page.kept_paths, **merge_options(type(page)))
    return {path: state for path, state in found.items() if path[-1] != ORDER}


def todos_of(edition: Edition, page, content: dict) -> list[LanguageTodos]:
    """For each other language in which the site has the page. Two statements, and one or two for each
    language."""
    others = list(
        Edition.objects.of(edition.site_id)
        .shown()
        .filter(source_key=edition.source_key)
        .exclude(pk=edition.pk)
        .select_related("base", "locale")
        .order_by("locale_id")
    )
    if not others:
        return []
    model = type(page)
    pages = model.objects.in_bulk([other.page_id for other in others])
    here = own_paths(page, edition.base.content, content)
    found = []
    for other in others:
        there_page = pages.get(other.page_id)
        if there_page is None:
            continue
        there_content = there_page.get_content()
        there = own_paths(there_page, other.base.content, there_content)
        reader = Reader(model).see([content, there_content, edition.base.content, other.base.content])
        shown_here, shown_there = reader.content(content), reader.content(there_content)
        found.append(
            LanguageTodos(
                other,
                [
                    _todo(path, here[path], model, content, edition, shown_here, shown_there)
                    for path in here
                    if path not in there
                ],
                [
                    _todo(path, there[path], model, there_content, other, shown_here, shown_there)
                    for path in there
                    if path not in here
                ],
            )
        )
    return [each for each in found if each.count]


def _todo(path, state, model, content, edition, shown_here, shown_there) -> Todo:
    here, there = at(shown_here, path), at(shown_there, path)
    return Todo(
        place_of(model, path, content, edition.base.content),
        HOW[state],
        "" if here is MISSING else here,
        "" if there is MISSING else there,
    )
