"""Documents of the library within a text: an ordinance or one section of it, demands, asks, a letter.

Whatever their number, a page's documents of one kind are loaded in one query, and all of them ask once where the library is.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from campaign_library import showing
from campaign_library.models.document import LibraryDocument
from campaign_library.snippet_block import LibrarySnippetBlock
from editions.blocks import StreamBlockType

from .base import SHARED, line


class DocumentBlock(blocks.StructBlock):
    """A document, and how much of it. Templates get ``doc`` (``campaign_library.showing``), None where there is nothing to show."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        document = value.get("document")
        shown = document is not None and (document.live or document.pk is None)
        context["doc"] = self.shown(document, value, context) if shown else None
        reading = reading_of(document, context) if shown else None
        # Said only where it is not that of the page: what national has not translated is shown as it is.
        other = reading is not None and reading.language != context.get("content_language")
        context["other_language"] = reading.language if other else ""
        return context

    def shown(self, document: LibraryDocument, value: Any, context: dict[str, Any]) -> showing.Shown:
        raise NotImplementedError

    def get_preview_value(self):
        return self.normalize({**self.preview, "document": self.preview_document()})

    def preview_document(self) -> LibraryDocument:
        """One that is not in the database, with a few words in it."""
        raise NotImplementedError

    preview: dict[str, Any] = {}


def address_of(document: LibraryDocument, context: dict[str, Any]) -> str:
    """Where it is read in full; empty in a preview, which has no site."""
    from ..public.library import document_address

    place = context.get("place")
    return document_address(place, document) if place is not None else ""


def reading_of(document: LibraryDocument, context: dict[str, Any]) -> Any:
    """The library page in the document's language, as readers of this page reach it."""
    from ..public.library import reading_at

    place = context.get("place")
    return reading_at(place, document.locale_id) if place is not None and document.pk is not None else None


def words_of(context: dict[str, Any]) -> dict[str, str]:
    return context.get("own_words") or {}


class OrdinanceBlock(DocumentBlock):
    document = LibrarySnippetBlock("campaign_library.ModelOrdinance", label=_("Model ordinance"))
    section = line(
        label=_("Section"),
        required=False,
        max_length=60,
        help_text=_(
            "The number of one section, or its name for references, to show it whole. Empty: a summary."
        ),
    )

    class Meta:
        icon = "doc-full"
        label = pgettext_lazy("block", "Model ordinance")
        group = SHARED
        template = "toolkit_pages/blocks/ordinance.html"
        description = _("A model ordinance in short, or one of its sections, with the way to the whole.")

    preview = {"section": "1"}

    def shown(self, document, value, context):
        return showing.show_part(
            document, value.get("section") or "", words_of(context), address=address_of(document, context)
        )

    def preview_document(self):
        return self.child_blocks["document"].target_model(
            title=_("County ordinance"),
            summary=_("What the county knows and pays for serves its residents."),
            sections=[
                {
                    "type": "clause",
                    "value": {
                        "heading": str(_("Enforcement and oversight")),
                        "text": "<p>{}</p>".format(_("The oversight body takes complaints from anyone.")),
                    },
                    "id": "preview",
                }
            ],
        )


class DemandListBlock(DocumentBlock):
    document = LibrarySnippetBlock("campaign_library.DemandList", label=_("List of demands"))

    class Meta:
        icon = "list-ol"
        label = pgettext_lazy("block", "Demands")
        group = SHARED
        template = "toolkit_pages/blocks/demand_list.html"
        description = _("A list of demands, whole, each with its own address.")

    def shown(self, document, value, context):
        return showing.show_demands(document, None, words_of(context), address=address_of(document, context))

    def preview_document(self):
        return self.child_blocks["document"].target_model(
            title=_("A policy agenda"),
            demands=[
                {
                    "type": "demand",
                    "value": {"text": "<p>{}</p>".format(_("No city money for federal enforcement."))},
                    "id": "preview",
                }
            ],
        )


class AskSheetBlock(DocumentBlock):
    document = LibrarySnippetBlock("campaign_library.DecisionMakerType", label=_("Decision maker"))

    class Meta:
        icon = "group"
        label = pgettext_lazy("block", "Ask sheet")
        group = SHARED
        template = "toolkit_pages/blocks/ask_sheet.html"
        description = _("What one kind of decision maker controls, and what to ask.")

    def shown(self, document, value, context):
        return showing.show_asks(document, None, words_of(context), address=address_of(document, context))

    def preview_document(self):
        return self.child_blocks["document"].target_model(
            title=_("Sheriff"),
            chosen=_("Elected for four years in most counties."),
            asks=[
                {
                    "type": "ask",
                    "value": {"text": "<p>{}</p>".format(_("Decline requests for release dates."))},
                    "id": "preview",
                }
            ],
        )


class TextTemplateBlock(DocumentBlock):
    document = LibrarySnippetBlock("campaign_library.TextTemplate", label=_("Letter or text"))

    class Meta:
        icon = "mail"
        label = pgettext_lazy("block", "Letter or text")
        group = SHARED
        template = "toolkit_pages/blocks/text_template.html"
        description = _("A letter, petition or script to copy, with the affiliate's words in its blanks.")

    def shown(self, document, value, context):
        return showing.show_text(
            document, None, words_of(context), address=address_of(document, context), lists_blanks=False
        )

    def preview_document(self):
        return self.child_blocks["document"].target_model(
            title=_("Letter to the sheriff"),
            body=[
                {
                    "type": "passage",
                    "value": {"text": "<p>{}</p>".format(_("We ask for an hour of your time."))},
                    "id": "preview",
                }
            ],
        )


DOCUMENT_BLOCKS = [
    StreamBlockType("ordinance", OrdinanceBlock, order=120),
    StreamBlockType("demand_list", DemandListBlock, order=130),
    StreamBlockType("ask_sheet", AskSheetBlock, order=140),
    StreamBlockType("text_template", TextTemplateBlock, order=150),
]
