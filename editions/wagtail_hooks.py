"""Only wires: what is registered here is defined in modules of its own."""

from wagtail import hooks

from editions import log_actions
from editions.link_handlers import EditionDocumentLinkHandler, EditionPageLinkHandler
from editions.viewsets import edition_page_viewset

hooks.register("register_log_actions", log_actions.register)
hooks.register("register_admin_viewset", lambda: edition_page_viewset)


@hooks.register("register_rich_text_features", order=100)
def links_of_editions(features):
    features.register_link_type(EditionPageLinkHandler)
    features.register_link_type(EditionDocumentLinkHandler)
