"""The variables that a network knows, and the values they have on one site.

Two Wagtail hooks feed it, so that the core names no variable and knows no affiliate:

``register_edition_variables()`` → iterable of `Variable`. Called once per process.
``edition_variable_values(site, locale)`` → dict of name → text for the names that have a value there; the
last hook registered wins where two give the same name. It may add custom names, which are known on that site only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wagtail import hooks

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise
    from wagtail.models import Locale, Site

NAME = re.compile(r"^[a-z][a-z0-9_]{0,62}$")
"""What a variable may be called: small letters, digits and underscores, a letter first."""


@dataclass(frozen=True)
class Variable:
    """One ``{{ name }}`` that texts may use. `label`, `default` and `help_text` may be lazy translations."""

    name: str
    label: str | _StrPromise
    default: str | _StrPromise
    help_text: str | _StrPromise = ""
    varies_by_language: bool = True
    """False where one value serves all languages: a name, a telephone number."""

    def __post_init__(self) -> None:
        if not NAME.match(self.name):
            raise ValueError(f"“{self.name}” cannot name a variable: small letters, digits and _ only")


def known_variables() -> Mapping[str, Variable]:
    """All registered variables by name, in the order in which they were registered.

    Raises ValueError when two hooks register the same name.
    """
    found: dict[str, Variable] = {}
    for hook in hooks.get_hooks("register_edition_variables"):
        for variable in hook():
            if found.get(variable.name, variable) != variable:
                raise ValueError(f"The variable “{variable.name}” is registered twice, with different words")
            found[variable.name] = variable
    return found


def variable_values(site: Site | None, locale: Locale | None) -> dict[str, str]:
    """What every variable says on `site` in `locale`: the site's value, else the neutral default.

    Values are plain text, not escaped: whoever puts them into HTML escapes them. With no site (a national
    page in its editor) all are defaults. The number of queries is that of the hooks; the network's needs one.
    """
    return with_defaults(own_values(site, locale))


def own_values(site: Site | None, locale: Locale | None) -> dict[str, str]:
    """What `site` itself says, without defaults: what is missing here is a blank of its documents."""
    values: dict[str, Any] = {}
    if site is not None:
        for hook in hooks.get_hooks("edition_variable_values"):
            values.update(hook(site, locale))
    return {name: str(value) for name, value in values.items()}


def with_defaults(values: Mapping[str, str]) -> dict[str, str]:
    """`values`, and the neutral default of every variable that has none."""
    return {**{name: str(variable.default) for name, variable in known_variables().items()}, **values}
