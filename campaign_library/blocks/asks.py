"""What is asked of one kind of decision maker."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from editions.blocks import StreamBlockType

from .base import DayBlock, line, prose
from .ordinance import ProvisionChooserBlock


class AskBlock(blocks.StructBlock):
    text = prose(label=_("Ask"), help_text=_("One request that this office can grant by itself."))
    why = prose(label=_("Why"), required=False, help_text=_("One reason, for the talk and the sheet."))
    provisions = blocks.ListBlock(
        ProvisionChooserBlock(required=True, help_text=""),
        label=_("Provisions"),
        default=[],
        required=False,
        collapsed=True,
        help_text=_("Which rules of the shared vocabulary it asks for."),
    )
    as_of = DayBlock(label=_("As of"), required=False)
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "comment"
        label = _("Ask")
        label_format = "{text}"
        description = _("One request, numbered on the sheet.")


ASK_BLOCKS = [StreamBlockType("ask", AskBlock, registry="ask", order=10)]
