from wagtail import hooks

from .blocks import CHAPTER_BLOCKS
from .events import admin_wiring as events


@hooks.register("register_stream_blocks")
def chapter_blocks():
    return CHAPTER_BLOCKS


hooks.register("register_log_actions", events.register_log_actions)
hooks.register("register_admin_urls", events.admin_urls)
hooks.register("register_admin_doors", events.doors)
hooks.register("register_admin_menu_item", events.EventsMenuItem)
hooks.register("construct_homepage_panels", events.add_panels)
hooks.register("register_page_header_buttons", events.header_buttons)
hooks.register("register_page_listing_more_buttons", events.listing_buttons)
