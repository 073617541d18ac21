"""Where an affiliate's variables are used: the pages and snippets that say ``{{ name }}``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import quote
from django.db import models
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Locale

from editions.variables import find

from .models import Affiliate
from .roles import owned_models
from .scoping import usable_by


@dataclass(frozen=True)
class Use:
    """One thing that says a variable. `url` is empty where it is not the affiliate's to edit."""

    title: str
    url: str
    kind: str
    language: str


def uses_of_variables(affiliate: Affiliate) -> dict[str, list[Use]]:
    """name → where it is used, in the tree's order: the affiliate's pages, then the snippets they may show.

    Read from the live rows. Queries: one for the languages, one for the pages, one for each page type among
    them, one for each kind of snippet; none for each page.
    """
    found: dict[str, list[Use]] = defaultdict(list)
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    for page in affiliate.pages().specific():
        use = Use(
            title=page.title,
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            kind=str(page.get_verbose_name()),
            language=languages[page.locale_id],
        )
        for name in find(texts_of(page)):
            found[name].append(use)
    for model in owned_models():
        if not hasattr(model, "snippet_viewset"):
            # What readers send in is no text of the affiliate's.
            continue
        for snippet in usable_by(affiliate, model._default_manager.all()):
            own = snippet.owner_id == affiliate.pk
            use = Use(
                title=str(snippet),
                url=reverse(model.snippet_viewset.get_url_name("edit"), args=[quote(snippet.pk)])
                if own
                else "",
                kind=str(model._meta.verbose_name),
                language=languages.get(getattr(snippet, "locale_id", None), ""),
            )
            for name in find(texts_of(snippet)):
                found[name].append(use)
    return dict(found)


def texts_of(thing: models.Model) -> list[Any]:
    """The raw values of all fields of `thing` that hold text, streams as their raw data. No query."""
    return [
        list(value.raw_data) if isinstance(field, StreamField) else value
        for field in thing._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField, StreamField))
        and (value := getattr(thing, field.attname)) is not None
    ]
