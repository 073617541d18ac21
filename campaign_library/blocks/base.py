"""What all blocks are made of, those of the library's documents and those of pages. Stored shapes are binding."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from editions.forms import is_empty
from editions.registry import NAME

RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


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
        return "campaign_library.blocks.ProseBlock", [], dict(self._constructor_args[1])


def prose(**kwargs):
    return ProseBlock(**kwargs)


class DayBlock(blocks.DateBlock):
    """A day whose stored form is always text: the merge compares JSON, which has no dates."""

    def normalize(self, value):
        return self.to_python(value)

    def get_prep_value(self, value):
        return value.isoformat() if hasattr(value, "isoformat") else value


class NameBlock(blocks.CharBlock):
    """A name by which texts point to something. The same in all languages, so it is nothing to translate."""

    def __init__(self, pattern: str, message: str, **kwargs):
        kwargs.setdefault("default", "")
        kwargs.setdefault("max_length", 60)
        super().__init__(validators=[RegexValidator(pattern, message, code="name")], **kwargs)
        self.pattern, self.message = pattern, message

    def get_searchable_content(self, value):
        return []

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value


class ChoiceBlock(blocks.ChoiceBlock):
    """A choice whose label is a word of the form, in the language of whoever saves: nobody looks for it in the text."""

    def get_searchable_content(self, value):
        return []


def part_name(**kwargs):
    """The name of a section or provision, for cross-references such as ``[[oversight]]``."""
    kwargs.setdefault("required", False)
    kwargs.setdefault("label", _("Name for references"))
    kwargs.setdefault(
        "help_text",
        _("Only if other parts point here: write [[the-name]] there, and readers see the number as a link."),
    )
    return NameBlock(
        r"^[a-z][a-z0-9-]*\Z", _("Use small letters, digits and hyphens, such as oversight."), **kwargs
    )


def variable_name(**kwargs):
    """The name of a blank: a variable's, or one of the affiliate's own values."""
    return NameBlock(
        NAME.pattern.replace("$", r"\Z"),
        _("Use small letters, digits and _ only, and begin with a letter, such as oversight_body."),
        **kwargs,
    )
