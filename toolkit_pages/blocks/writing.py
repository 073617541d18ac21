"""Running text and what is set off from it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from editions.blocks import StreamBlockType

from .base import LANGUAGES, WRITING, ChoiceBlock, ProseBlock, line, prose


class ParagraphBlock(ProseBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = WRITING
        template = "toolkit_pages/blocks/paragraph.html"
        description = _("Running text with links and lists.")
        preview_value = RichText(
            "<p>A small team with <b>one clear request</b> gets further than a full room without a plan.</p>"
        )


class HeadingBlock(blocks.StructBlock):
    text = line(label=_("Heading"), max_length=200)
    level = ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("Section")), ("3", _("Part of a section"))],
        default="2",
        help_text=_("Chapters start with their title; sections come beneath it."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        group = WRITING
        template = "toolkit_pages/blocks/heading.html"
        description = _("Opens a section or a part of one. Never type its number.")
        preview_value = {"text": "Who to bring", "level": "2"}


class CalloutBlock(blocks.StructBlock):
    kind = ChoiceBlock(
        label=_("Kind"),
        choices=[("note", _("Note")), ("warning", _("Warning")), ("tip", _("Tip"))],
        default="note",
    )
    title = line(label=_("Title"), required=False, max_length=255)
    text = prose(label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Call-out")
        group = WRITING
        template = "toolkit_pages/blocks/callout.html"
        description = _("A note, a warning or a tip set off from the text.")
        preview_value = {
            "kind": "warning",
            "title": "Ask before you film",
            "text": RichText("<p>Some people in the room may be at risk.</p>"),
        }


class QuoteBlock(blocks.StructBlock):
    text = prose(label=_("Quotation"))
    speaker = line(label=_("Speaker"), required=False, max_length=160)
    role = line(
        label=_("Role"), required=False, max_length=255, help_text=_("Who they were when they said it.")
    )
    source = line(label=_("Source"), required=False, max_length=255)
    source_url = blocks.URLBlock(label=_("Web address of the source"), required=False, default="")
    language = ChoiceBlock(
        label=_("Language of the original"),
        required=False,
        default="",
        choices=LANGUAGES,
        help_text=_("Only if it differs from the page's."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        group = WRITING
        template = "toolkit_pages/blocks/quote.html"
        description = _("What somebody said, with who, when and where.")
        preview_value = {
            "text": RichText("<p>A request is not an order.</p>"),
            "speaker": "A county supervisor",
            "role": "at a public hearing",
            "source": "Minutes of the board",
            "source_url": "",
            "language": "",
        }


WRITING_BLOCKS = [
    StreamBlockType("paragraph", ParagraphBlock, order=10),
    StreamBlockType("heading", HeadingBlock, order=20),
    StreamBlockType("callout", CalloutBlock, order=30),
    StreamBlockType("quote", QuoteBlock, order=40),
]
