from django.apps import apps
from wagtail import hooks
from wagtail.blocks import StructBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from .blocks import CAMPAIGN_BLOCKS, CASE_STUDY_BLOCKS, CHAPTER_BLOCKS


@hooks.register("register_stream_blocks")
def chapter_blocks():
    return CHAPTER_BLOCKS


@hooks.register("register_stream_blocks")
def blocks_of_places():
    return [
        kind for kind in (*CASE_STUDY_BLOCKS, *CAMPAIGN_BLOCKS) if refers_to_what_is_there(kind.factory())
    ]


def refers_to_what_is_there(block):
    """False for a block that refers to a kind of record that the library does not have (yet, or any more)."""
    children = block.child_blocks.values() if isinstance(block, StructBlock) else [block]
    return all(
        "." in name and name.lower() in known_models()
        for child in children
        if isinstance(child, SnippetChooserBlock) and isinstance(name := child._target_model, str)
    )


def known_models():
    return {model._meta.label_lower for model in apps.get_models()}
