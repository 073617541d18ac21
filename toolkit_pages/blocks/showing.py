"""Pictures and tables."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from editions.blocks import StreamBlockType

from ..tables import TranslatableTableBlock
from .base import SHOWING, line, prose


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"), required=False)
    caption = line(label=_("Caption"), required=False, max_length=400)
    long_description = prose(
        label=_("Long description"),
        required=False,
        help_text=_("Everything the picture says, for those who do not see it. Needed for diagrams."),
    )
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Figure")
        group = SHOWING
        template = "toolkit_pages/blocks/figure.html"
        description = _("A picture or diagram with caption, source and a description in words.")
        preview_value = {
            "image": None,
            "caption": "The way of a case through the county jail",
            "long_description": RichText("<p>Arrest, booking, first hearing, release.</p>"),
            "source": "Drawn for this toolkit",
        }


class TableBlock(blocks.StructBlock):
    caption = line(label=_("Caption"), required=False, max_length=255)
    table = TranslatableTableBlock(
        [
            ("text", line(label=_("Text"), required=False)),
            ("rich_text", prose(label=_("Formatted text"), required=False)),
        ],
        label=_("Table"),
    )
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "table"
        label = _("Table")
        group = SHOWING
        template = "toolkit_pages/blocks/table.html"
        description = _("Rows and columns. On a phone it scrolls by itself.")

    def get_preview_value(self):
        return self.normalize(
            {
                "caption": "Who decides what",
                "table": self.child_blocks["table"].to_python(
                    {
                        "columns": [
                            {"type": "text", "heading": "Office"},
                            {"type": "text", "heading": "Decides"},
                        ],
                        "rows": [
                            {"values": ["Sheriff", "Who is held in the jail"]},
                            {"values": ["Board", "The budget and county policy"]},
                        ],
                        "caption": "",
                    }
                ),
                "source": "",
            }
        )


SHOWING_BLOCKS = [
    StreamBlockType("figure", FigureBlock, order=80),
    StreamBlockType("table", TableBlock, order=90),
]
