"""What the blocks of pages are made of: the same as the library's documents, and the groups of the editor's menu."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks.struct_block import StructBlockValidationError

from campaign_library.blocks.base import (
    RICH_TEXT_FEATURES,
    ChoiceBlock,
    DayBlock,
    NameBlock,
    ProseBlock,
    line,
    prose,
)

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


__all__ = [
    "LANGUAGES",
    "RICH_TEXT_FEATURES",
    "RIGHTS",
    "SHARED",
    "SHOWING",
    "WORKING",
    "WRITING",
    "ChoiceBlock",
    "DayBlock",
    "NameBlock",
    "PairedFieldsMixin",
    "ProseBlock",
    "line",
    "prose",
]
