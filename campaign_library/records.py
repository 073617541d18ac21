"""Dated rows of the library's records: the stages of a bill, the states that have a policy.

Stored shapes are binding (docs/reference/snippets.md). Like the blocks of chapters they come from a registry.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from editions.blocks import StreamBlockType

from .blocks.base import ChoiceBlock
from .blocks.days import WhenBlock
from .states import STATE_CHOICES, state_name

STAGES = [
    ("introduced", _("Introduced")),
    ("committee", _("In committee")),
    ("amended", _("Amended")),
    ("passed_first", _("Passed one chamber")),
    ("passed_both", _("Passed both chambers")),
    ("signed", _("Signed into law")),
    ("effective", _("In force")),
    ("vetoed", _("Vetoed")),
    ("failed", _("Failed")),
    ("withdrawn", _("Withdrawn")),
    ("enjoined", _("Blocked by a court")),
    ("struck_down", _("Struck down")),
    ("repealed", _("Repealed")),
]


def line(**kwargs):
    """A line of text; never null in the data, so that every text can be translated and merged."""
    return blocks.CharBlock(default="", **kwargs)


class StageValue(blocks.StructValue):
    @property
    def stage_words(self):
        return dict(STAGES).get(self["stage"], self["stage"])


class StageBlock(blocks.StructBlock):
    date = WhenBlock(label=_("Day"), required=True)
    stage = ChoiceBlock(label=_("What happened"), choices=STAGES)
    note = line(
        label=_("Note"), required=False, max_length=255, help_text=_("The vote, the court, what it changed.")
    )

    class Meta:
        icon = "history"
        label = _("Stage")
        value_class = StageValue


class PolicyStateValue(blocks.StructValue):
    @property
    def state_words(self):
        return state_name(self["state"])


class PolicyStateBlock(blocks.StructBlock):
    state = ChoiceBlock(label=_("State"), choices=STATE_CHOICES)
    since = line(label=_("Since"), required=False, max_length=40, help_text=_("The year, or the day."))
    law = line(label=_("Law"), required=False, max_length=160, help_text=_("Such as AB 60."))
    note = line(label=_("Note"), required=False, max_length=255)
    url = blocks.URLBlock(label=_("Web address"), required=False, default="")

    class Meta:
        icon = "site"
        label = _("State")
        value_class = PolicyStateValue


RECORD_BLOCKS = [
    StreamBlockType("stage", StageBlock, registry="bill_stages", order=10),
    StreamBlockType("state", PolicyStateBlock, registry="policy_states", order=10),
]
