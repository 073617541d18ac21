from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from editions.network import guards
from editions.network.doors import Door

from . import needs
from .blocks import CAMPAIGN_BLOCKS, CASE_STUDY_BLOCKS, CHAPTER_BLOCKS
from .events import admin_wiring as events
from .importing import log_actions as import_log
from .importing import views as importing
from .public.searching.documents import document_sources
from .public.searching.library import library_sources
from .style_guide import views as style_guide

hooks.register("register_search_sources", library_sources)
hooks.register("register_search_sources", document_sources)


@hooks.register("register_stream_blocks")
def blocks_of_pages():
    return [*CHAPTER_BLOCKS, *CASE_STUDY_BLOCKS, *CAMPAIGN_BLOCKS]


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


hooks.register("register_log_actions", events.register_log_actions)
hooks.register("register_admin_urls", events.admin_urls)
hooks.register("register_admin_doors", events.doors)
hooks.register("register_admin_menu_item", events.EventsMenuItem)
hooks.register("register_editor_needs", needs.events_to_approve)
hooks.register("register_editor_needs", needs.own_facts_past_review)
hooks.register("register_staff_needs", needs.national_events_to_approve)
hooks.register("register_staff_needs", needs.national_facts_past_review)
hooks.register("register_page_header_buttons", events.header_buttons)
hooks.register("register_page_listing_more_buttons", events.listing_buttons)
hooks.register("register_admin_urls", importing.admin_urls)
hooks.register("register_admin_menu_item", importing.ImportsMenuItem)
hooks.register("register_log_actions", import_log.register)


@hooks.register("register_admin_doors")
def importing_doors():
    # A toolkit is national's: affiliates adopt it, or write pages of their own.
    return [Door("toolkit_imports:*", guards.national_only)]
