"""What national has protected: which places, why, and what of a text goes against it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from editions.conflicts import Conflict, Kind
from editions.content import merge_options
from editions.merge import merge_page
from editions.models import Protection, Version
from editions.streams import Json, Path


def marks_of(source_key: UUID) -> list[dict]:
    """The marks of a national page now, as its next version will carry them."""
    return [mark.as_json() for mark in Protection.objects.filter(source_key=source_key)]


def marks_by_key(source_keys: Iterable[UUID]) -> dict[UUID, list[dict]]:
    """As ``marks_of`` for many pages, in one statement."""
    found: dict[UUID, list[dict]] = {}
    for mark in Protection.objects.filter(source_key__in=list(source_keys)):
        found.setdefault(mark.source_key, []).append(mark.as_json())
    return found


def reason_at(marks: Iterable[Mapping], path: Path) -> str:
    """Why ``path`` is protected: the reason of the mark at it, above it, or else beneath it. Empty where there is none."""
    marks = list(marks)
    for mark in marks:
        if tuple(path[: len(mark["path"])]) == tuple(mark["path"]):
            return mark["reason"]
    return next((mark["reason"] for mark in marks if tuple(mark["path"][: len(path)]) == tuple(path)), "")


def against(version: Version, model, content: Mapping[str, Json]) -> list[Conflict]:
    """The places at which raw ``content`` (some or all fields) is not what the version protects."""
    national = {name: value for name, value in version.content.items() if name in content}
    merged = merge_page(
        national, national, content, protected=version.protected_paths, **merge_options(model)
    )
    return [each for each in merged.conflicts if each.kind is Kind.PROTECTED]
