"""The parts of a letter, petition, script or resolution."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from editions.blocks import StreamBlockType

from .base import line, prose


class PassageBlock(blocks.StructBlock):
    text = prose(label=_("Text"), help_text=_("Blanks are written {{ name }}."))
    note = line(
        label=_("Hint for who uses it"),
        required=False,
        max_length=255,
        help_text=_("Not part of the text: it is not copied."),
    )

    class Meta:
        icon = "pilcrow"
        label = _("Passage")
        label_format = "{text}"
        description = _("One or more paragraphs of the text.")


class WhereasBlock(blocks.StructBlock):
    text = prose(label=_("What is the case"), help_text=_("Without the word “whereas”: it comes by itself."))
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "info-circle"
        label = _("Whereas")
        label_format = "{text}"
        description = _("A reason of a resolution, with its source.")


class ResolvedBlock(blocks.StructBlock):
    text = prose(label=_("What is decided"), help_text=_("Without “resolved”: it comes by itself."))

    class Meta:
        icon = "tick"
        label = _("Resolved")
        label_format = "{text}"
        description = _("What a resolution decides.")


class SpeechBlock(blocks.StructBlock):
    speaker = line(label=_("Who speaks"), max_length=80)
    text = prose(label=_("Words"))

    class Meta:
        icon = "comment"
        label = _("Speech")
        label_format = "{speaker}"
        description = _("What somebody says, in a script for a call or a meeting.")


class EndorserBlock(blocks.StructBlock):
    name = line(label=_("Organisation"), max_length=160)
    place = line(label=_("Place"), required=False, max_length=120)

    class Meta:
        icon = "group"
        label = _("Organisation")
        label_format = "{name}"


class EndorsersBlock(blocks.StructBlock):
    organisations = blocks.ListBlock(EndorserBlock(), label=_("Organisations"), min_num=1)

    class Meta:
        icon = "group"
        label = _("Signed by")
        description = _("The organisations that sign it with you.")


TEXT_BLOCKS = [
    StreamBlockType("passage", PassageBlock, registry="text", order=10),
    StreamBlockType("whereas", WhereasBlock, registry="text", order=20),
    StreamBlockType("resolved", ResolvedBlock, registry="text", order=30),
    StreamBlockType("speech", SpeechBlock, registry="text", order=40),
    StreamBlockType("endorsers", EndorsersBlock, registry="text", order=50),
]
