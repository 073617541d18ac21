"""Days within blocks, as sources print them."""

from __future__ import annotations

from django import forms
from wagtail import blocks

from ..validators import DAY_HELP, validate_past_day


class WhenBlock(blocks.FieldBlock):
    """A day in one of the forms of ``campaign_library.days``; nothing is stored as ""."""

    def __init__(self, required=False, help_text=None, **kwargs):
        self.field = forms.CharField(
            required=required,
            help_text=DAY_HELP if help_text is None else help_text,
            max_length=10,
            validators=[validate_past_day],
        )
        super().__init__(**kwargs)

    class Meta:
        icon = "date"
        default = ""
