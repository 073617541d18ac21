"""Only wires: what is registered here is defined in modules of its own."""

from wagtail import hooks

from editions import admin_urls, log_actions, menu
from editions.link_handlers import EditionDocumentLinkHandler, EditionPageLinkHandler
from editions.views import editor, home
from editions.viewsets import edition_page_viewset
from editions.withdrawn import leave_out

hooks.register("register_log_actions", log_actions.register)
hooks.register("register_admin_viewset", lambda: edition_page_viewset)
hooks.register("register_admin_urls", admin_urls.register)
hooks.register("register_admin_menu_item", menu.ReleasesMenuItem)
hooks.register("register_admin_menu_item", menu.UpdatesMenuItem)
hooks.register("register_admin_menu_item", menu.ToolkitsMenuItem)
hooks.register("construct_homepage_panels", home.add_panels)
hooks.register("register_editor_needs", home.editions_that_need)
hooks.register("register_editor_needs", home.to_translate)
hooks.register("register_page_action_menu_item", lambda: editor.PublishAndSend(order=105))
hooks.register("insert_global_admin_css", editor.global_css)
# Before anything else reads the page.
hooks.register("before_serve_page", lambda page, *args: leave_out(page), order=-100)


@hooks.register("register_rich_text_features", order=100)
def links_of_editions(features):
    features.register_link_type(EditionPageLinkHandler)
    features.register_link_type(EditionDocumentLinkHandler)
