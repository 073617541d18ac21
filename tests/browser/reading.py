"""What a reader gets, made comparable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import unified_diff

from django.utils.html import strip_tags

from editions.registry import known_variables

SPACE = re.compile(r"\s+")
TAG = re.compile(r"(?=<)")
#: Where a link leads is the site's own affair, and so are the keys that the editor leaves; what it says is not.
ORIGIN = re.compile(r"https?://(?:[a-z-]+\.)?localhost:\d+")
ADDRESS = re.compile(r' (href|src|srcset|cite|data-block-key)="[^"]*"')


def words(html: str) -> str:
    """The words alone, on one line."""
    return SPACE.sub(" ", strip_tags(html)).strip()


def main_of(page) -> str:
    return page.locator("main").inner_html()


def same_but_for_variables(national: str, local: str, values: Mapping[str, str]) -> None:
    """Fails with both texts unless they are equal but for links and the values of variables."""
    defaults = {name: str(variable.default) for name, variable in known_variables().items()}
    theirs, ours = ([*TAG.split(normal(html, values, defaults))] for html in (national, local))
    assert theirs == ours, "\n".join(unified_diff(theirs, ours, "national", "local", lineterm="", n=2))


def normal(html: str, *names: Mapping[str, str]) -> str:
    html = ADDRESS.sub("", ORIGIN.sub("", html))
    for values in names:
        for name, value in values.items():
            if " " in value or "-" in value:
                html = html.replace(value, f"<{name}>")
    return SPACE.sub(" ", html).strip()
