"""Draws the data model from Django's own model metadata, as SVG and as Mermaid.

``python docs/draw_data_model.py`` writes docs/concepts/data-model.svg and the diagram in docs/concepts/data-model.md anew;
``tests/site/test_docs.py`` compares them with the models. Which tables stand where is said here, what is in them is not.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path

DOCS = Path(__file__).resolve().parent
SVG = DOCS / "concepts" / "data-model.svg"
PAGE = DOCS / "concepts" / "data-model.md"
BEGIN, END = "<!-- drawn: begin -->", "<!-- drawn: end -->"

#: Model label to its place: column and row of a grid. Tables of Django and Wagtail are drawn without fields.
PLACES = {
    "wagtailcore.Site": (0, 0),
    "wagtailcore.Page": (1, 0),
    "wagtailcore.Locale": (2, 0),
    "network.Affiliate": (0, 1),
    "network.ProfileValue": (0, 2),
    "network.AffiliateGroup": (0, 3),
    "network.NationalGroup": (0, 4),
    "network.Invitation": (0, 5),
    "network.Opening": (1, 5),
    "network.FormerAddress": (2, 5),
    "editions.SiteSettings": (0, 6),
    "editions.Edition": (1, 1),
    "editions.Adoption": (1, 2),
    "editions.Conflict": (1, 3),
    "toolkit_pages.ChapterPage": (1, 4),
    "editions.Version": (2, 1),
    "editions.Release": (2, 2),
    "editions.ReleaseItem": (2, 3),
    "editions.Update": (2, 4),
    "editions.Protection": (1, 5),
    "editions.Withdrawal": (2, 5),
    "editions.WithdrawnPage": (0, 5),
}
PLAIN = {"wagtailcore.Site", "wagtailcore.Page", "wagtailcore.Locale"}
#: Of these types only what the engine needs is drawn; their other fields are content.
ONLY = {"toolkit_pages.ChapterPage": {"page_ptr", "base_version", "kept"}}

WIDTH, GAP_X, GAP_Y, LINE, HEAD, MARGIN = 300, 90, 34, 18, 28, 50


@dataclass(frozen=True)
class Column:
    name: str
    kind: str
    note: str = ""
    target: str = ""


@dataclass(frozen=True)
class Table:
    label: str
    name: str
    columns: tuple[Column, ...]


def tables() -> list[Table]:
    from django.apps import apps

    found = []
    for label in PLACES:
        model = apps.get_model(label)
        columns = () if label in PLAIN else tuple(columns_of(model, ONLY.get(label)))
        found.append(Table(label, model._meta.object_name, columns))
    return found


def columns_of(model, only):
    """The local columns of a model; its many-to-many relations come last."""
    for field in [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]:
        if only is not None and field.name not in only:
            continue
        target = field.related_model._meta.label if field.related_model else ""
        if field.primary_key and not target:
            continue
        notes = []
        if field.many_to_many:
            kind = "many"
        elif target:
            kind = "one" if field.one_to_one else "key"
        else:
            kind = field.get_internal_type().removesuffix("Field").lower()
        if field.null:
            notes.append("may be empty")
        if field.unique and not field.one_to_one:
            notes.append("unique")
        yield Column(field.name, kind, ", ".join(notes), target)


def height_of(table: Table) -> int:
    return HEAD + LINE * len(table.columns) + (8 if table.columns else 0)


def boxes(found: list[Table]) -> dict[str, tuple[int, int, int]]:
    """Label to x, y and height. Each column of the grid is stacked by itself."""
    result = {}
    for column in sorted({place[0] for place in PLACES.values()}):
        y = 20
        for table in sorted(
            (each for each in found if PLACES[each.label][0] == column),
            key=lambda each: PLACES[each.label][1],
        ):
            height = height_of(table)
            result[table.label] = (MARGIN + column * (WIDTH + GAP_X), y, height)
            y += height + GAP_Y
    return result


def svg(found: list[Table]) -> str:
    place = boxes(found)
    width = max(x for x, _y, _h in place.values()) + WIDTH + 20
    height = max(y + h for _x, y, h in place.values()) + 20
    lines, drawn = [], []
    for table in found:
        x, y, box = place[table.label]
        for number, column in enumerate(table.columns):
            # A line across a whole column would run behind its boxes; the words beside the name say it too.
            if column.target in place and abs(PLACES[column.target][0] - PLACES[table.label][0]) < 2:
                start = y + HEAD + LINE * number + LINE // 2 + 2
                lines.append(arrow(x, start, place[column.target], len(lines)))
        drawn.append(box_of(table, x, y, box))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            'role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="12">',
            '<title id="title">Tables of the network and how they point to one another</title>',
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
            '<path d="M0 0L8 4L0 8z" fill="#5b6b7a"/></marker></defs>',
            '<g fill="none" stroke="#5b6b7a" stroke-width="1" marker-end="url(#tip)">',
            *lines,
            "</g>",
            *drawn,
            "</svg>",
            "",
        ]
    )


def arrow(x: int, y: int, target: tuple[int, int, int], count: int) -> str:
    """From one side of a line of a table to the nearer side of the table that it points to."""
    left, top, height = target
    end = top + 8 + (count * 7) % max(8, height - 16)
    if left > x:
        return f'<path d="M{x + WIDTH} {y}C{x + WIDTH + 45} {y} {left - 45} {end} {left} {end}"/>'
    if left < x:
        return f'<path d="M{x} {y}C{x - 45} {y} {left + WIDTH + 45} {end} {left + WIDTH} {end}"/>'
    bend = 18 + (count * 5) % 20
    return f'<path d="M{x} {y}C{x - bend} {y} {x - bend} {end} {x} {end}"/>'


def box_of(table: Table, x: int, y: int, height: int) -> str:
    own = table.columns != ()
    head, text = ("#1d4f7c", "#fff") if own else ("#e3e8ee", "#1c2733")
    app = table.label.partition(".")[0]
    parts = [
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{height}" rx="4" fill="#fff" stroke="#1d4f7c"/>',
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEAD}" rx="4" fill="{head}"/>',
        f'<text x="{x + 10}" y="{y + 18}" fill="{text}" font-weight="600">{escape(table.name)}'
        f'<tspan font-weight="400" fill-opacity=".8"> · {escape(app)}</tspan></text>',
    ]
    for number, column in enumerate(table.columns):
        line = y + HEAD + LINE * number + 16
        kind = f"→ {column.target.partition('.')[2]}" if column.target else column.kind
        note = " ?" if "may be empty" in column.note else ""
        parts.append(
            f'<text x="{x + 10}" y="{line}" fill="#1c2733">{escape(column.name)}'
            f'<tspan fill="#5b6b7a">{note}</tspan></text>'
            f'<text x="{x + WIDTH - 10}" y="{line}" fill="#5b6b7a" text-anchor="end">{escape(kind)}</text>'
        )
    return "\n".join(parts)


def mermaid(found: list[Table]) -> str:
    names = {table.label: table.name for table in found}
    lines = ["```mermaid", "erDiagram"]
    for table in found:
        for column in table.columns:
            if column.target not in names:
                continue
            many = "}o" if column.kind == "key" else ("}o" if column.kind == "many" else "|o")
            one = "o{" if column.kind == "many" else ("o|" if "may be empty" in column.note else "||")
            lines.append(f"    {table.name} {many}--{one} {names[column.target]} : {column.name}")
    for table in found:
        if any(column.target not in names for column in table.columns):
            lines.append(f"    {table.name} {{")
            lines += [
                f"        {column.kind} {column.name}"
                for column in table.columns
                if column.target not in names
            ]
            lines.append("    }")
    return "\n".join([*lines, "```"])


def page(text: str, found: list[Table]) -> str:
    before, rest = text.split(BEGIN)
    _old, after = rest.split(END)
    return f"{before}{BEGIN}\n{mermaid(found)}\n{END}{after}"


def main() -> None:
    root = DOCS.parent
    sys.path[:0] = [str(root), str(root / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit_site.settings.dev")
    import django

    django.setup()
    found = tables()
    SVG.write_text(svg(found), "utf-8")
    PAGE.write_text(page(PAGE.read_text("utf-8"), found), "utf-8")
    print(f"Drawn: {len(found)} tables")


if __name__ == "__main__":
    main()
