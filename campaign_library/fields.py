"""Model fields of the library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .languages import LANGUAGE_NAMES


class LanguagesField(models.JSONField):
    """A list of language codes (``campaign_library.languages``), ticked in the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model) -> None:
        super().validate(value, model_instance)
        unknown = (
            [code for code in value if code not in LANGUAGE_NAMES] if isinstance(value, list) else [value]
        )
        if unknown:
            raise ValidationError(
                _("Not a language that we know: %(codes)s."), params={"codes": ", ".join(map(str, unknown))}
            )

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=list(LANGUAGE_NAMES.items()),
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )
