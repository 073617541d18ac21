"""What each block brings along, and that all its words can be translated."""

import pytest
from wagtail import blocks
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from campaign_library.blocks.base import NameBlock
from editions.canonical import canonical_stream
from tests import factories
from toolkit_pages.blocks import CHAPTER_BLOCKS
from toolkit_pages.models import ChapterPage

FIELD = ChapterPage.body.field


@pytest.mark.parametrize("kind", CHAPTER_BLOCKS, ids=lambda kind: kind.name)
def test_a_block_has_icon_label_group_template_and_words(kind):
    block = kind.factory()
    block.set_name(kind.name)
    assert block.meta.icon != "placeholder"
    assert block.label
    assert block.meta.group
    assert block.meta.template.startswith("toolkit_pages/blocks/")
    assert block.get_description()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", CHAPTER_BLOCKS, ids=lambda kind: kind.name)
def test_a_block_has_a_preview(kind, admin_client):
    from django.urls import reverse

    block = FIELD.stream_block.child_blocks[kind.name]
    assert block.is_previewable
    response = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    assert "toolkit_pages/site.css" in response.content.decode()


def words_of(block, raw):
    """Every plain text of a stream that is for readers, from its raw data."""
    if isinstance(block, blocks.StreamBlock):
        for child in raw:
            yield from words_of(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            yield from words_of(block.child_block, item["value"])
    elif isinstance(block, blocks.StructBlock) and raw:
        for name, child in block.child_blocks.items():
            yield from words_of(child, raw.get(name))
    elif isinstance(block, blocks.CharBlock) and not isinstance(block, NameBlock) and raw:
        yield raw


@pytest.mark.django_db
def test_every_word_of_every_block_is_translated():
    body = canonical_stream(FIELD.stream_block, factories.every_block(None, None))
    stream = FIELD.to_python(body)
    segments = StreamFieldSegmentExtractor(FIELD).handle_stream_block(stream)
    numbered = [segment.with_order(order) for order, segment in enumerate(segments)]
    strings = [
        segment for segment in numbered if isinstance(segment, StringSegmentValue) and not segment.is_empty()
    ]
    assert {"Sheriff", "Decides", "It costs trust", "Inside.", "Budget"} <= {
        each.render_text() for each in strings
    }
    translated = []
    for segment in numbered:
        if segment.is_empty():
            continue
        if isinstance(segment, StringSegmentValue):
            words = StringSegmentValue.from_source_html(
                segment.path, segment.render_html().upper().replace("<B>", "<b>").replace("</B>", "</b>")
            )
            words.attrs, words.order = segment.attrs, segment.order
            segment = words
        translated.append(segment)
    found = {each.render_text() for each in strings}
    missing = [text for text in words_of(FIELD.stream_block, body) if text not in found]
    assert missing == []
    other = FIELD.to_python(body)
    english, spanish = factories.locale("en"), factories.locale("es")
    StreamFieldSegmentsWriter(FIELD, english, spanish).handle_stream_block(other, translated)
    result = FIELD.get_prep_value(other)
    by_type = {child["type"]: child["value"] for child in result}
    assert by_type["table"]["table"] == {
        "columns": [{"type": "text", "heading": "OFFICE"}, {"type": "rich_text", "heading": "DECIDES"}],
        "rows": [{"values": ["SHERIFF", "<p>THE <b>JAIL</b></p>"]}],
        "caption": "",
    }
    assert by_type["steps"]["steps"][0]["value"]["steps"][0]["value"]["title"] == "FIRST"
    assert by_type["talking_points"]["points"][0]["value"]["as_of"] == "2016-11-15"
    assert by_type["callout"]["kind"] == "warning"
    assert by_type["worksheet"]["parts"][0]["value"]["fields"][0]["value"] == {
        "label": "FIELD LINE",
        "kind": "line",
        "hint": "HINT LINE",
    }
    assert [each["value"] for each in by_type["rights_scenario"]["do"]] == ["STAY CALM", "ASK FOR A PAPER"]
    assert by_type["footnotes"]["notes"][0]["value"]["key"] == "census", "marks in the text name it"
    assert [child["id"] for child in result] == [child["id"] for child in body]
