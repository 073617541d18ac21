"""What the campaign library shares, shown within a text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign_library.snippet_block import LibrarySnippetBlock
from editions.blocks import StreamBlockType

from .base import SHARED


class CallToActionBlock(LibrarySnippetBlock):
    def __init__(self, **kwargs):
        super().__init__("campaign_library.CallToAction", **kwargs)

    class Meta:
        icon = "pick"
        label = pgettext_lazy("block", "Call to action")
        group = SHARED
        template = "toolkit_pages/blocks/call_to_action.html"
        description = _("One thing to do now, kept in the library.")

    def deconstruct(self):
        return "toolkit_pages.blocks.CallToActionBlock", [], dict(self._constructor_args[1])

    def get_preview_value(self):
        return self.target_model(
            title=_("Ask for a meeting this week"),
            kind="write",
            text=_("<p>A letter, a call script and one page to leave behind.</p>"),
            button=_("Prepare my meeting"),
            url="https://example.org/",
        )


class GlossaryTermBlock(LibrarySnippetBlock):
    def __init__(self, **kwargs):
        super().__init__("campaign_library.GlossaryTerm", **kwargs)

    class Meta:
        icon = "info-circle"
        label = pgettext_lazy("block", "Glossary term")
        group = SHARED
        template = "toolkit_pages/blocks/glossary_term.html"
        description = _("A word explained beside the text, kept in the library.")

    def deconstruct(self):
        return "toolkit_pages.blocks.GlossaryTermBlock", [], dict(self._constructor_args[1])

    def get_preview_value(self):
        return self.target_model(
            term=_("Detainer"),
            plain=_("A request that a jail hold somebody up to two days longer."),
        )


LIBRARY_BLOCKS = [
    StreamBlockType("call_to_action", CallToActionBlock, order=100),
    StreamBlockType("glossary_term", GlossaryTermBlock, order=110),
]
