"""Form widgets of the engine."""

from __future__ import annotations

from django import forms
from django.utils.functional import cached_property
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter


class KeptValueWidget(forms.HiddenInput):
    """Carries the signed value of a block whose add-on is switched off through the form, unread."""

    # The field block shows a label and the notice only for widgets that are not hidden.
    @property
    def is_hidden(self) -> bool:
        return False


class KeptValueAdapter(WidgetAdapter):
    js_constructor = "editions.KeptValue"

    @cached_property
    def media(self) -> forms.Media:
        return forms.Media(js=[versioned_static("editions/js/registered-stream.js")])


register(KeptValueAdapter(), KeptValueWidget)
