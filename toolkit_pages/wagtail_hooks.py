from django.apps import apps
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.blocks import StructBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from editions.network import guards
from editions.network.doors import Door

from .blocks import CAMPAIGN_BLOCKS, CASE_STUDY_BLOCKS, CHAPTER_BLOCKS
from .style_guide import views as style_guide


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
    known = {model._meta.label_lower for model in apps.get_models()}
    children = block.child_blocks.values() if isinstance(block, StructBlock) else [block]
    return all(
        child._target_model.lower() in known for child in children if isinstance(child, SnippetChooserBlock)
    )


@hooks.register("register_admin_urls")
def style_guide_urls():
    return style_guide.urls


@hooks.register("register_admin_doors")
def style_guide_doors():
    # It shows how blocks look, with samples: nothing of anybody's.
    return [Door("toolkit_style_guide*", guards.checks_itself)]


@hooks.register("register_help_menu_item")
def style_guide_in_help():
    return MenuItem(
        _("Style guide"), reverse_lazy("toolkit_style_guide"), name="style-guide", icon_name="view"
    )
