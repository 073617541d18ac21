"""Blocks from a registry: what no app registers keeps its data, through every door of the editor."""

import pickle

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from wagtail import blocks, hooks
from wagtail.models import Page, ReferenceIndex

from editions.blocks import StreamBlockType, reset, stream_block_types, without_blocks
from editions.fields import RegisteredStreamBlock, RegisteredStreamField
from tests import editor, factories
from toolkit_pages.models import ChapterPage

STRANGE = {
    "type": "from_an_add_on",
    "value": {
        "place": "Room 3",
        "nested": [{"type": "item", "value": None, "id": "n"}],
        "n": 1.5,
        "ü": "\u2028",
    },
    "id": "strange-1",
}


class NestedBlock(blocks.StructBlock):
    inside = RegisteredStreamBlock(registry="nested")


@pytest.fixture
def offered():
    """Two block types that an add-on offers."""
    kinds = [
        StreamBlockType("from_an_add_on", lambda: blocks.CharBlock(required=False)),
        StreamBlockType("nested", NestedBlock),
        StreamBlockType("word", blocks.CharBlock, registry="nested"),
    ]
    with hooks.register_temporarily("register_stream_blocks", lambda: kinds):
        reset()
        yield
    reset()


@pytest.fixture
def page(db):
    national = factories.organisation("National", default=True)
    body = [factories.paragraph("<p>One.</p>", "p1"), STRANGE, factories.paragraph("<p>Two.</p>", "p2")]
    return factories.chapter(factories.toolkit(national.home), "Chapter", body)


def stored(page):
    """The raw JSON in the database, past every Python layer."""
    import json

    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM toolkit_pages_chapterpage WHERE page_ptr_id = %s", [page.pk])
        value = cursor.fetchone()[0]
    return json.loads(value) if isinstance(value, str) else value


def test_unknown_blocks_load_and_save_byte_for_byte(page):
    assert stored(page)[1] == STRANGE
    again = ChapterPage.objects.get(pk=page.pk)
    again.title = "Changed"
    list(again.body)  # convert all to native values, so that saving has to convert them back
    again.save()
    assert stored(page)[1] == STRANGE


def test_revision_publish_and_revert_keep_them(page):
    revision = ChapterPage.objects.get(pk=page.pk).save_revision()
    revision.publish()
    assert stored(page)[1] == STRANGE
    assert revision.as_object().body.get_prep_value()[1] == STRANGE


def test_copy_keeps_them(page):
    copy = page.copy(update_attrs={"slug": "a-copy"})
    assert stored(copy)[1] == STRANGE


def test_translation_keeps_them(page, admin_user):
    from wagtail_localize.models import Translation, TranslationSource

    spanish = factories.locale("es")
    tree = factories.organisation("National es", "es.localhost", languages=("es",))
    parent = page.get_parent().specific
    home = parent.get_parent().specific
    type(tree.home).objects.filter(pk=tree.home.pk).update(translation_key=home.translation_key)
    for each in (parent, page):
        source, _made = TranslationSource.update_or_create_from_instance(each.specific)
        Translation.objects.create(source=source, target_locale=spanish).save_target(publish=True)
    translated = ChapterPage.objects.get(translation_key=page.translation_key, locale=spanish)
    assert stored(translated)[1] == STRANGE


def test_the_edit_form_keeps_them_and_says_why(admin_client, page):
    response = admin_client.get(editor.edit_url(page))
    assert b"needs an add-on that is switched off" in response.content
    editor.publish(admin_client, page, editor.unchanged(admin_client, page, title="New title"))
    assert stored(page)[1] == STRANGE
    assert ChapterPage.objects.get(pk=page.pk).title == "New title"


def test_the_form_moves_them(admin_client, page):
    data = editor.unchanged(admin_client, page, **{"body-1-order": "0", "body-0-order": "1"})
    editor.publish(admin_client, page, data)
    assert [child["id"] for child in stored(page)] == ["strange-1", "p1", "p2"]
    assert stored(page)[0] == STRANGE


def test_the_form_removes_them(admin_client, page):
    editor.publish(admin_client, page, editor.unchanged(admin_client, page, **{"body-1-deleted": "1"}))
    assert [child["id"] for child in stored(page)] == ["p1", "p2"]


def test_a_draft_keeps_them(admin_client, page):
    editor.save_draft(admin_client, page, editor.unchanged(admin_client, page))
    assert Page.objects.get(pk=page.pk).get_latest_revision_as_object().body.get_prep_value()[1] == STRANGE


def test_what_this_server_did_not_write_is_refused(admin_client, page):
    data = editor.unchanged(admin_client, page)
    data["body-1-value"] = '["paragraph", "<script>alert(1)</script>"]'
    response = admin_client.post(editor.edit_url(page), {**data, "action-publish": "1"})
    assert response.status_code == 200
    assert "body" in response.context["form"].errors
    assert stored(page)[1] == STRANGE


def test_a_form_opened_while_it_was_on_is_refused_once_it_is_off(admin_client, page, offered):
    page.body = [{"type": "from_an_add_on", "value": "words", "id": "strange-1"}]
    page.save()
    data = editor.unchanged(admin_client, page)
    with without_blocks("from_an_add_on"):
        response = admin_client.post(editor.edit_url(page), {**data, "action-publish": "1"})
        assert response.status_code == 200
        assert "body" in response.context["form"].errors
    assert stored(page)[0]["value"] == "words"


def test_a_form_opened_while_it_was_off_is_understood_once_it_is_on(admin_client, page, offered):
    page.body = [{"type": "from_an_add_on", "value": "words", "id": "strange-1"}]
    page.save()
    with without_blocks("from_an_add_on"):
        data = editor.unchanged(admin_client, page)
    editor.publish(admin_client, page, data)
    assert stored(page) == [{"type": "from_an_add_on", "value": "words", "id": "strange-1"}]


def test_off_and_on_again_gives_the_block_back(page, offered):
    page.body = [{"type": "from_an_add_on", "value": "words", "id": "strange-1"}]
    page.save()
    with without_blocks("from_an_add_on"):
        off = ChapterPage.objects.get(pk=page.pk)
        assert str(off.body).strip() == '<div class="w-block-from_an_add_on block-from_an_add_on"></div>'
        off.save_revision().publish()
    on = ChapterPage.objects.get(pk=page.pk)
    assert on.body[0].value == "words"
    assert isinstance(on.body[0].block, blocks.CharBlock)


def test_streams_inside_blocks_keep_them_too(admin_client, page, offered):
    nested = {
        "type": "nested",
        "id": "outer",
        "value": {"inside": [{"type": "word", "value": "a", "id": "w"}, STRANGE]},
    }
    page.body = [nested]
    page.save()
    editor.publish(admin_client, page, editor.unchanged(admin_client, page))
    assert stored(page) == [nested]


def test_everything_else_that_reads_streams_takes_them(page):
    from wagtail.admin.compare import StreamFieldComparison
    from wagtail_localize.segments.extract import extract_segments

    page = ChapterPage.objects.get(pk=page.pk)
    assert pickle.loads(pickle.dumps(page.body)).get_prep_value()[1] == STRANGE
    assert list(page.body.raw_data)[1] == STRANGE
    assert page.body == ChapterPage.objects.get(pk=page.pk).body
    assert page.body.blocks_by_name("paragraph")
    field = page._meta.get_field("body")
    assert "Room 3" not in " ".join(str(words) for words in field.get_searchable_content(page.body))
    assert not any("strange-1" in segment.path for segment in extract_segments(page))
    ReferenceIndex.create_or_update_for_object(page)
    block = field.get_block_by_content_path(page.body, ["strange-1"])
    assert block.value == STRANGE["value"]
    other = ChapterPage.objects.get(pk=page.pk)
    other.body = [STRANGE | {"value": "else"}]
    comparison = StreamFieldComparison(field, page, other)
    assert comparison.has_changed()
    assert comparison.htmldiff()
    call_command("rebuild_references_index", verbosity=0)


def test_bulk_to_python_converts_nested_streams_with_unknown_types(offered):
    block = RegisteredStreamBlock(registry="nested")
    values = block.bulk_to_python([[{"type": "word", "value": "a", "id": "1"}, STRANGE], [STRANGE]])
    assert [value.get_prep_value() for value in values] == [
        [{"type": "word", "value": "a", "id": "1"}, STRANGE],
        [STRANGE],
    ]


def test_migrations_hold_no_blocks(offered):
    field = RegisteredStreamField(registry="chapter", blank=True)
    _name, path, args, kwargs = field.deconstruct()
    assert path == "editions.fields.RegisteredStreamField"
    assert args == []
    assert kwargs == {"registry": "chapter", "blank": True}
    assert field.clone().deconstruct()[1:] == field.deconstruct()[1:]
    assert RegisteredStreamBlock(registry="nested").deconstruct() == (
        "editions.fields.RegisteredStreamBlock",
        [],
        {"registry": "nested"},
    )


def test_an_add_on_dirties_no_migration(db, offered):
    assert MigrationAutodetector  # the command below is its front door
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    with without_blocks("from_an_add_on", "nested", "paragraph"):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_blocks_come_in_order_and_in_groups(offered):
    names = [kind.name for kind in stream_block_types("chapter")]
    assert names[:2] == ["paragraph", "heading"]
    assert names[-2:] == ["from_an_add_on", "nested"]
    groups = dict(ChapterPage.body.field.stream_block.grouped_child_blocks())
    assert len(groups) >= 4


@pytest.mark.parametrize("name", ["paragraph", "unavailable"])
def test_a_name_offered_twice_or_reserved_is_refused(name):
    kind = StreamBlockType(name, blocks.CharBlock)
    with hooks.register_temporarily("register_stream_blocks", lambda: [kind]):
        reset()
        with pytest.raises(ImproperlyConfigured, match=name):
            stream_block_types("chapter")
    reset()
