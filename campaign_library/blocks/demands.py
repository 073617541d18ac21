"""Demands, nested three deep. Each keeps the id that it was given; its number is computed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from editions.blocks import StreamBlockType

from .base import DayBlock, line, prose
from .ordinance import ProvisionChooserBlock


def facts() -> BlockGroup:
    """The folded part of the form: where and when it was demanded."""
    return BlockGroup(
        ["place", "as_of", "source"],
        heading=_("Place, date and source"),
        classname="collapsed",
        icon="info-circle",
        label_format="",
    )


class DemandFields(blocks.StructBlock):
    """What every demand says, whatever its depth."""

    title = line(
        label=_("In a few words"),
        required=False,
        max_length=160,
        help_text=_("May stay empty: many are one sentence."),
    )
    text = prose(label=_("Demand"), help_text=_("One thing that somebody can decide. It must stand alone."))
    provisions = blocks.ListBlock(
        ProvisionChooserBlock(required=True, help_text=""),
        label=_("Provisions"),
        default=[],
        required=False,
        collapsed=True,
        help_text=_("Which rules of the shared vocabulary it asks for."),
    )
    place = line(
        label=_("Place"),
        required=False,
        max_length=120,
        help_text=_("Where it was raised, if not everywhere."),
    )
    as_of = DayBlock(label=_("As of"), required=False)
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "list-ol"
        label = _("Demand")
        form_layout = ["title", "text", "demands", "provisions", facts()]
        label_format = "{title} {text}"


class InnermostDemandBlock(DemandFields):
    class Meta:
        form_layout = ["title", "text", "provisions", facts()]


class InnerDemandBlock(DemandFields):
    demands = blocks.ListBlock(
        InnermostDemandBlock(), label=_("Parts of it"), default=[], required=False, collapsed=True
    )

    class Meta:
        form_layout = ["title", "text", "demands", "provisions", facts()]


class DemandBlock(DemandFields):
    demands = blocks.ListBlock(
        InnerDemandBlock(), label=_("Parts of it"), default=[], required=False, collapsed=True
    )

    class Meta:
        form_layout = ["title", "text", "demands", "provisions", facts()]
        description = _("One numbered demand, with parts (a) and (i) where it has any.")


DEMAND_BLOCKS = [StreamBlockType("demand", DemandBlock, registry="demand", order=10)]
