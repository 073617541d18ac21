"""A typed table whose words can be translated: wagtail-localize asks the block itself for its segments."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.rich_text import RichText


class TranslatableTableBlock(TypedTableBlock):
    """Paths of segments: ``caption``, ``heading-<column>``, ``cell-<row>-<column>``, counted from 0.

    Rows and columns have no ids, so a translation is tied to their places; a table is never merged inside.
    """

    def get_translatable_segments(self, table: Any) -> list[Any]:
        from wagtail_localize.segments import StringSegmentValue

        if table is None:
            return []
        segments = [StringSegmentValue("caption", table.caption or "")]
        for number, column in enumerate(table.columns):
            segments.append(StringSegmentValue(f"heading-{number}", column["heading"] or ""))
        for row_number, row in enumerate(table.row_data):
            for number, (column, value) in enumerate(zip(table.columns, row["values"], strict=True)):
                path = f"cell-{row_number}-{number}"
                segments.extend(segment.wrap(path) for segment in _cell_segments(column["block"], value))
        return [segment for segment in segments if not segment.is_empty()]

    def restore_translated_segments(self, table: Any, segments: list[Any]) -> Any:
        """The table with the translations put in; places that the source no longer has are ignored."""
        by_path: dict[str, list[Any]] = {}
        for segment in segments:
            path, rest = segment.unwrap()
            by_path.setdefault(path, []).append(rest)
        if "caption" in by_path:
            table.caption = by_path["caption"][0].render_text()
        for number, column in enumerate(table.columns):
            if found := by_path.get(f"heading-{number}"):
                column["heading"] = found[0].render_text()
        for row_number, row in enumerate(table.row_data):
            row["values"] = [
                _restored_cell(column["block"], value, by_path.get(f"cell-{row_number}-{number}"))
                for number, (column, value) in enumerate(zip(table.columns, row["values"], strict=True))
            ]
        return table


def _cell_segments(block: blocks.Block, value: Any) -> list[Any]:
    from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

    if value is None:
        return []
    return StreamFieldSegmentExtractor(field=None).handle_block(block, value)


def _restored_cell(block: blocks.Block, value: Any, segments: list[Any] | None) -> Any:
    from wagtail_localize.segments.ingest import organise_template_segments
    from wagtail_localize.strings import restore_strings

    if not segments:
        return value
    if isinstance(block, blocks.RichTextBlock):
        _format, template, strings = organise_template_segments(segments)
        return RichText(restore_strings(template, strings))
    return segments[0].render_text()
