"""What all blocks are made of. Stored shapes are binding: import, demo and merge rely on them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.rich_text import RichText

from editions.forms import is_empty

RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


WRITING = _("Writing")


WORKING = _("Working together")


SHOWING = _("Showing")


SHARED = _("From the library")


RIGHTS = _("Rights and safety")


LANGUAGES = [
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ht", "Kreyòl ayisyen"),
    ("ar", "العربية"),
    ("zh", "中文"),
    ("vi", "Tiếng Việt"),
    ("tl", "Tagalog"),
]
"""Languages in which people are quoted and papers are written, named in themselves."""


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

    def normalize(self, value):
        return self.to_python(value)

    def get_prep_value(self, value):
        return value.isoformat() if hasattr(value, "isoformat") else value


class PairedFieldsMixin:
    """For a StructBlock two of whose fields make sense only together: the words of a button and its address.

    ``together`` lists such pairs with the message for the one that is missing.
    """

    together: tuple[tuple[str, str, object], ...] = ()

    def clean(self, value):
        result = super().clean(value)
        errors = {
            (two if result.get(one) else one): ValidationError(message)
            for one, two, message in self.together
            if bool(result.get(one)) != bool(result.get(two))
        }
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return result
