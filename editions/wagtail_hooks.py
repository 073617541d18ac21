from wagtail import hooks

from .link_handlers import EditionDocumentLinkHandler, EditionPageLinkHandler


@hooks.register("register_rich_text_features", order=100)
def links_of_editions(features):
    features.register_link_type(EditionPageLinkHandler)
    features.register_link_type(EditionDocumentLinkHandler)
