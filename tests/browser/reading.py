"""What a reader gets, made comparable."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.html import strip_tags

from editions.registry import known_variables

SPACE = re.compile(r"\s+")
#: Where a link leads is the site's own affair; what it says is not.
ADDRESS = re.compile(r' (href|src|srcset|cite)="[^"]*"')


def words(html: str) -> str:
    """The words alone, on one line."""
    return SPACE.sub(" ", strip_tags(html)).strip()


def main_of(page) -> str:
    return page.locator("main").inner_html()


def same_but_for_variables(national: str, local: str, values: Mapping[str, str]) -> None:
    """Fails with both texts unless they are equal but for links and the values of variables."""
    defaults = {name: str(variable.default) for name, variable in known_variables().items()}
    assert normal(national, values, defaults) == normal(local, values, defaults)


def normal(html: str, *names: Mapping[str, str]) -> str:
    html = ADDRESS.sub("", html)
    for values in names:
        for name, value in values.items():
            if " " in value or "-" in value:
                html = html.replace(value, f"<{name}>")
    return SPACE.sub(" ", html).strip()
