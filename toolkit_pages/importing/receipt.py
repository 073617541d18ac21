"""What an import wrote."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toolkit_pages.importing.results import LeftOut

if TYPE_CHECKING:
    from toolkit_pages.models import ToolkitPage


@dataclass
class ImportResult:
    """What an import did. Titles are those of pages, conflicts are rows of page, place and both texts."""

    page: ToolkitPage
    first: bool
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    not_published: list[str] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    terms_added: list[str] = field(default_factory=list)
    terms_changed: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
