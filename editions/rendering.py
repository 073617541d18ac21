"""The last step of a public page: variables and links, put in by one pass over the rendered text.

They stand in the stored content as they were written, so that an edition stays equal to national.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from .links import Links, collecting
from .registry import known_variables
from .variables import substitute


class EditionResponse(TemplateResponse):
    """A page rendered for readers of one site in one language.

    ``values`` are the site's words for the variables (``registry.variable_values``); ``links`` knows site and locale.
    """

    def __init__(
        self,
        request: Any,
        template: Any,
        context: dict[str, Any],
        *,
        links: Links,
        values: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(request, template, context, **kwargs)
        self.links = links
        self.values = values
        self.language = links.locale.language_code
        self.headers["Content-Language"] = self.language

    @property
    def rendered_content(self) -> SafeString:
        with translation.override(self.language), collecting(self.links):
            html = super().rendered_content
            html = self.links.resolve(html)
            defaults = {name: str(variable.default) for name, variable in known_variables().items()}
        return mark_safe(substitute(html, self.values, defaults))

    def __getstate__(self) -> dict[str, Any]:
        # A rendered response may be cached (TemplateResponse allows it); what made it may not.
        state = super().__getstate__()
        for name in ("links", "values"):
            state.pop(name, None)
        return state
