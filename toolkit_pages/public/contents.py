"""The contents of a toolkit, with numbers computed from the tree: "3", "3.2"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from editions.addresses import SiteRoot


@dataclass
class Entry:
    """One chapter in the contents."""

    pk: int
    title: str
    address: str
    number: str
    level: int
    path: str
    summary: str = ""
    is_current: bool = False
    is_open: bool = False
    is_local: bool = False
    parts: list[Entry] = field(default_factory=list)


@dataclass
class Contents:
    """A toolkit's live chapters in order, from one query."""

    toolkit: dict[str, Any]
    address: str
    chapters: list[Entry]
    flat: list[Entry]

    def entry(self, pk: int) -> Entry | None:
        return next((entry for entry in self.flat if entry.pk == pk), None)

    def neighbours(self, pk: int) -> tuple[Entry | None, Entry | None]:
        """The entries read before and after one, None at the ends and for a page that is not in the contents."""
        places = [index for index, entry in enumerate(self.flat) if entry.pk == pk]
        if not places:
            return None, None
        at = places[0]
        return (
            self.flat[at - 1] if at else None,
            self.flat[at + 1] if at + 1 < len(self.flat) else None,
        )

    def chapter_of(self, pk: int) -> Entry | None:
        """The top-level chapter that a page is, or is a part of."""
        entry = self.entry(pk)
        return next((each for each in self.chapters if entry and entry.path.startswith(each.path)), None)


COLUMNS = (
    "pk",
    "title",
    "url_path",
    "path",
    "depth",
    "locale__language_code",
    "chapterpage__summary",
    "chapterpage__base_version",
    "toolkitpage__publisher",
    "toolkitpage__edition_label",
    "toolkitpage__historical",
    "toolkitpage__disclaimer",
)


def contents_of(page: Page, root: SiteRoot, *, is_national: bool = False) -> Contents | None:
    """The contents of the toolkit that ``page`` is or belongs to; None for a page outside a toolkit."""
    step = Page.steplen
    # A toolkit stands right beneath a home: one level deeper than the site's root page.
    toolkit_path = page.path[: step * (root.site.root_page.depth + 1)]
    rows = list(
        Page.objects.filter(path__startswith=toolkit_path, live=True).order_by("path").values(*COLUMNS)
    )
    if not rows or rows[0]["path"] != toolkit_path:
        # The toolkit itself is a draft: its preview still has contents.
        rows.insert(0, {**dict.fromkeys(COLUMNS), "path": toolkit_path, "depth": len(toolkit_path) // step})
        rows[0].update(title=page.title, url_path=page.url_path, locale__language_code=None)
    return build(rows, root, current=page.pk, is_national=is_national)


def build(rows: list[dict[str, Any]], root: SiteRoot, *, current: int, is_national: bool) -> Contents:
    """From rows in tree order, the toolkit first. A part whose chapter is not live is left out."""
    step = Page.steplen
    toolkit, *chapters = rows
    by_path: dict[str, Entry] = {}
    tops: list[Entry] = []
    flat: list[Entry] = []
    for row in chapters:
        parent = by_path.get(row["path"][:-step])
        if parent is None and row["depth"] != toolkit["depth"] + 1:
            continue
        siblings = parent.parts if parent else tops
        number = f"{parent.number}.{len(siblings) + 1}" if parent else str(len(siblings) + 1)
        entry = Entry(
            pk=row["pk"],
            title=row["title"],
            address=root.path(row["url_path"], row["locale__language_code"]),
            number=number,
            level=number.count(".") + 1,
            path=row["path"],
            summary=row["chapterpage__summary"] or "",
            is_current=row["pk"] == current,
            is_local=not is_national and row["chapterpage__base_version"] is None,
        )
        siblings.append(entry)
        by_path[row["path"]] = entry
        flat.append(entry)
    here = next((entry for entry in flat if entry.is_current), None)
    for entry in flat:
        entry.is_open = here is not None and here.path.startswith(entry.path)
    language = toolkit["locale__language_code"] or root.language
    return Contents(toolkit, root.path(toolkit["url_path"], language), tops, flat)
