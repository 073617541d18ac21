"""The form of every snippet of the library."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.fields import RichTextField

from .placeholders import dead_links, is_placeholder


class LibraryForm(WagtailAdminModelForm):
    """Refuses to publish a link that leads nowhere, with a message at its field. A draft may hold one."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.is_deferred_validation:
            return data
        for field in self.instance._meta.concrete_fields:
            if field.name not in self.fields:
                continue
            if isinstance(field, models.URLField):
                self._refuse_address(field.name)
            elif isinstance(field, (RichTextField, models.TextField)):
                self._refuse_links(field.name, data.get(field.name))
        return data

    def _refuse_address(self, name: str) -> None:
        written = str(self.data.get(self.add_prefix(name)) or "").strip()
        if written and is_placeholder(written):
            self._errors.pop(name, None)
            self.add_error(
                name, _("This is a placeholder, not an address. Give the address, or leave the field empty.")
            )

    def _refuse_links(self, name: str, html: Any) -> None:
        dead = dead_links(html) if isinstance(html, str) else []
        if dead:
            message = ngettext(
                "This link leads nowhere: %(words)s. Give it an address, or take it away.",
                "These links lead nowhere: %(words)s. Give them addresses, or take them away.",
                len(dead),
            )
            words = ", ".join(f"“{words}”" for words in dead)
            self.add_error(name, ValidationError(message, params={"words": words}, code="dead-link"))
