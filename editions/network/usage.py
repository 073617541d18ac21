"""Where an affiliate's variables are used: the pages and snippets that say ``{{ name }}``. And which nothing fills in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.admin.utils import quote
from django.db import models
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, get_page_models

from editions.registry import known_variables
from editions.variables import find

from .models import Affiliate
from .roles import national_folder, owned_models
from .scoping import usable_by
from .variables import unsaid

EMPTY = Value("", output_field=models.TextField())
#: Letters of other scripts, in a stream on SQLite; and what a stream of blanks calls them.
_CODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_BLANK = re.compile(r'"name": "(\w+)"')


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


def missing_values(affiliate: Affiliate) -> set[str]:
    """The variables for which its readers see a neutral word: a page of its own or a snippet that it may show says them, its
    profile does not. One statement, none where the profile says all; one more for the values where they are not prefetched."""
    return names_said(unsaid(affiliate), affiliate.folder, lambda snippets: usable_by(affiliate, snippets))


def said_nationally() -> set[str]:
    """The registered variables that national's own texts say. One statement, and those for national's folder."""
    return names_said(set(known_variables()), national_folder(), lambda snippets: snippets.filter(owner=None))


def names_said(wanted: set[str], folder: Page, shown: Callable[[QuerySet], QuerySet]) -> set[str]:
    """Which of `wanted` stand on a page beneath `folder` or in a snippet that `shown` leaves: one statement, whose rows
    are only the things that say a variable. A document's own blank of that name is none."""
    if not wanted:
        return set()
    things = [model.objects.descendant_of(folder) for model in get_page_models()]
    snippets = [model for model in owned_models() if hasattr(model, "snippet_viewset")]
    things += [shown(model._default_manager.all()) for model in snippets]
    width = max(len(written_fields(each.model)) for each in things)
    first, *others = (saying_variables(each, width) for each in things)
    found: set[str] = set()
    for blanks, *texts in first.union(*others, all=True):
        names = find([_CODE.sub(lambda code: chr(int(code[1], 16)), text) for text in texts if text])
        found |= (names & wanted) - set(_BLANK.findall(blanks))
        if found == wanted:
            break
    return found


def saying_variables(things: QuerySet, width: int) -> QuerySet:
    """Of each thing that says a variable the stream with its own blanks, then its texts, in `width` columns."""
    fields = written_fields(things.model)
    texts = {f"text_{number}": as_text(field.attname) for number, field in enumerate(fields)}
    says = reduce(or_, (Q(**{f"{name}__contains": "{{"}) for name in texts))
    own = getattr(things.model, "blanks_field", "")
    empty = {f"text_{number}": EMPTY for number in range(len(fields), width)}
    columns = {"own_blanks": as_text(own) if own else EMPTY, **texts, **empty}
    return things.order_by().annotate(**columns).filter(says).values_list(*columns)


def as_text(name: str) -> Any:
    return Cast(name, models.TextField())


def texts_of(thing: models.Model) -> list[Any]:
    """The raw values of all fields of `thing` that hold text, streams as their raw data. No query."""
    return [
        list(value.raw_data) if isinstance(field, StreamField) else value
        for field in text_fields(type(thing))
        if (value := getattr(thing, field.attname)) is not None
    ]


def text_fields(model: type[models.Model]) -> list[models.Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField, StreamField))
    ]


def written_fields(model: type[models.Model]) -> list[models.Field]:
    """Those in which somebody writes: an address is made by itself, a choice is somebody else's word."""
    return [
        field for field in text_fields(model) if field.editable and not field.choices and field.name != "slug"
    ]
