"""Reads a CSV of affiliates to open. Knows nothing of the database: what a row may say is the action's to check."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

NEEDED = ("name", "place", "hostname", "languages")
COLUMNS = (*NEEDED, "slug", "port", "time_zone", "colour_1", "colour_2", "toolkits", "email")
LISTS = ("languages", "toolkits")
MAX_ROWS, MAX_CHARACTERS = 500, 1_000_000


class UnreadableFile(ValueError):
    """The file as a whole cannot be read; `kind` says why, `detail` what is meant."""

    def __init__(self, kind: str, detail: str = ""):
        super().__init__(f"{kind}: {detail}")
        self.kind, self.detail = kind, detail


@dataclass
class Row:
    """One line: what it says by column, and what is wrong with its form (column → kind)."""

    line: int
    fields: dict[str, object]
    problems: dict[str, str] = field(default_factory=dict)


def read_rows(text: str) -> list[Row]:
    """One `Row` for each line with content. Raises UnreadableFile: no heading, unknown columns, too much."""
    if len(text) > MAX_CHARACTERS:
        raise UnreadableFile("too-long")
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    try:
        lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        names = [(name or "").strip().lower() for name in lines.fieldnames or ()]
        if missing := [name for name in NEEDED if name not in names]:
            raise UnreadableFile("missing", ", ".join(missing))
        if unknown := [name for name in names if name and name not in COLUMNS]:
            raise UnreadableFile("unknown", ", ".join(unknown))
        lines.fieldnames = names
        rows = [_row(lines.line_num, raw) for raw in lines]
    except csv.Error as error:
        raise UnreadableFile("broken", str(error)) from error
    rows = [row for row in rows if any(row.fields.values())]
    if not rows:
        raise UnreadableFile("empty")
    if len(rows) > MAX_ROWS:
        raise UnreadableFile("too-many", str(MAX_ROWS))
    return rows


def _row(line: int, raw: dict) -> Row:
    row = Row(line, {})
    if raw.get(None):
        row.problems["line"] = "too-many-cells"
    for name in COLUMNS:
        value = (raw.get(name) or "").strip()
        if name in LISTS:
            row.fields[name] = value.replace(";", " ").replace(",", " ").split()
        elif name == "port":
            if value and not value.isdigit():
                row.problems[name] = "no-number"
            elif value:
                row.fields[name] = int(value)
        elif value or name in NEEDED:
            row.fields[name] = value
        if name in NEEDED and not value:
            row.problems[name] = "missing"
    return row
