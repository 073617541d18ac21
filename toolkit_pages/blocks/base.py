"""What all blocks are made of. Stored shapes are binding: import, demo and merge rely on them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from editions.forms import is_empty

from ..validators import DAY_HELP, validate_past_day

RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


WRITING = _("Writing")


WORKING = _("Working together")


SHOWING = _("Showing")


SHARED = _("From the library")


def line(**kwargs):
    """A line of text; never null in the data, so that every text can be translated and merged."""
    return blocks.CharBlock(default="", **kwargs)


class ProseBlock(blocks.RichTextBlock):
    """Formatted text with the toolkits' few features. Nothing is stored as nothing, not as an empty paragraph."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    def value_from_form(self, value):
        return RichText("" if is_empty(value) else value)

    def deconstruct(self):
        return "toolkit_pages.blocks.ProseBlock", [], dict(self._constructor_args[1])


def prose(**kwargs):
    return ProseBlock(**kwargs)


class DayBlock(blocks.DateBlock):
    """A day whose stored form is always text: the merge compares JSON, which has no dates."""

    def get_prep_value(self, value):
        return value.isoformat() if hasattr(value, "isoformat") else value


class WhenBlock(blocks.FieldBlock):
    """A day as a source prints it, in one of the forms of ``toolkit_pages.days``; nothing is stored as ""."""

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
