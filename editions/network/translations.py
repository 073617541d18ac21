"""A translation keeps the variables of its original (editions.md, Variables: one that drops or misspells one is refused).

wagtail-localize stores what a translator writes, or a PO file brings, with an error beside it: the editor shows it at the text, and
the page shows the original until it is mended. This says what such an error is.
"""

from __future__ import annotations

from typing import Any

from wagtail_localize.models import StringTranslation

from editions.forms import in_words
from editions.registry import known_variables
from editions.variables import same_variables


def refuse_other_variables(instance: StringTranslation, update_fields: Any = None, **kwargs: Any) -> None:
    """Handles ``pre_save`` of a translated text."""
    if update_fields is not None and "data" not in update_fields:
        return
    problems = same_variables(instance.translation_of.data, instance.data, known_variables().keys())
    if problems:
        instance.has_error, instance.field_error = True, in_words(problems[0])
