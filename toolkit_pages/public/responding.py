"""The last step of a public page, after variables and links."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from editions.rendering import EditionResponse

from .isolating import isolate
from .languages import direction


class PublicResponse(EditionResponse):
    """A page for readers. ``language`` is that of the address and of everything around the text."""

    @property
    def rendered_content(self) -> SafeString:
        html = super().rendered_content
        return mark_safe(isolate(html)) if direction(self.language) == "rtl" else html
