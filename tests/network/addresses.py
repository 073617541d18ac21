"""Every address of the installed project, from the URL resolver: no list to keep. Parameters are filled with what they may mean.

What a parameter is called says what it is a number of (``page_id``, ``task_state_id``), else the view does, by its model; where
nobody says, the numbers are tried that everything of the owner's begins with (see `one_of_everything`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import Resolver404, get_resolver, resolve
from django.utils.regex_helper import normalize
from django.views.generic.edit import ProcessFormView
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from editions.network.doors import is_closed_to_affiliates
from editions.network.roles import owned_models
from toolkit_pages.models import ChapterPage, ToolkitPage

from .world import SEARCHED, World

NATIONAL, A, B = "national", "a", "b"
FIRST = {NATIONAL: (1777, 1000, 1778), A: (4777, 4000, 4778, 4001), B: (7777, 7700, 7778, 7701)}
"""Where the numbers of each begin: of what `one_of_everything` makes, and of what comes with an affiliate."""
FEW_KINDS = ("glossaryterm", "bill")
"""Of snippets with an owner. One viewset builds the views of all kinds: the others are asked once each."""
ACTIONS = (
    "approve", "reject", "copy", "copy_for_translation", "create_alias", "convert_alias", "delete", "publish", "unpublish",
    "move", "revert_to_page_revision",
)  # fmt: skip
WORDS = {"filter_spec": ("original", "max-80x80"), "action_name": ACTIONS, "action": ACTIONS}
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Address:
    """One view with its parameters filled. ``whose``: the owner of what the numbers name; "" where there are none."""

    name: str
    path: str
    whose: str
    methods: tuple[str, ...]
    queries: tuple[str, ...] = ("",)

    @property
    def is_admin(self) -> bool:
        return self.path.startswith("/admin/")


@dataclass(frozen=True)
class Pattern:
    name: str
    template: str
    params: tuple[str, ...]
    callback: Any


def patterns(resolver=None, prefixes=(("", ()),), namespaces=()) -> Iterator[Pattern]:
    """All views of the project."""
    for each in (resolver or get_resolver()).url_patterns:
        here = [
            (before + text, (*params, *more))
            for before, params in prefixes
            for text, more in normalize(each.pattern.regex.pattern)
        ]
        if hasattr(each, "url_patterns"):
            inner = (*namespaces, each.namespace) if each.namespace else namespaces
            yield from patterns(each, here, inner)
        else:
            for text, params in here:
                yield Pattern(
                    ":".join((*namespaces, each.name or "")), "/" + text, tuple(params), each.callback
                )


class Addresses:
    """Fills the patterns with the numbers of `world`."""

    def __init__(self, world: World):
        self.world = world

    def all(self, wanted=lambda name: True) -> Iterator[Address]:
        seen: set[str] = set()
        named: set[str] = set()
        for pattern in patterns():
            if not wanted(pattern.name):
                continue
            for whose, values in self.fillings(pattern):
                path = pattern.template % dict(zip(pattern.params, values, strict=True))
                if path in seen or not leads_to(path, pattern):
                    continue
                seen.add(path)
                again = pattern.name in named
                named.add(pattern.name)
                if again and (not of_few_kinds(pattern.name) or is_closed_to_affiliates(pattern.name)):
                    # The same view again, or a door that is shut whatever the number.
                    continue
                methods = methods_of(pattern.callback)
                if again and is_function(pattern.callback):
                    # What it does with a method it does with every number.
                    methods = methods[:2]
                yield Address(pattern.name, path, whose, methods, self.queries(pattern, whose))

    def queries(self, pattern: Pattern, whose: str) -> tuple[str, ...]:
        """Query strings: everything there is to search, filter and choose by."""
        of_b = [("id", number) for number in FIRST[B]]
        if pattern.name == "wagtail_bulk_action":
            return (
                urlencode(of_b),
                urlencode([("id", number) for number in FIRST[NATIONAL]]),
                f"id=all&childOf={FIRST[B][0]}",
            )
        view = getattr(pattern.callback, "view_class", None)
        only_a_form = hasattr(view, "get_form") and not hasattr(view, "filterset_class")
        if (pattern.params and whose) or only_a_form:
            return ("",)
        one = FIRST[B][0]
        filters = {
            "collection_id": 7700, "owner": 7700, "user": one, "site": 7700, "locale": "es", "parent": one, "parent_page_id": one,
            "workflow": one, "tag": "quokka", "export": "csv",
        }  # fmt: skip
        if pattern.name.startswith("wagtailadmin_api"):
            return (
                "",
                f"child_of={one}&fields=*",
                f"descendant_of={one}",
                f"search={SEARCHED}",
                f"id={one}",
                "fields=*&limit=50",
            )
        drafts = [("id", number) for number in self.world.pages[NATIONAL]]
        if pattern.name.endswith("chosen_multiple"):
            return "", urlencode(of_b), urlencode(drafts)
        if not of_few_kinds(pattern.name):
            return ("", f"q={SEARCHED}")
        return (
            "",
            # A tag is asked for alone: Wagtail's chooser of images cannot search among what has one.
            urlencode([("q", SEARCHED), ("term", SEARCHED), *of_b, *drafts]),
            urlencode(filters),
        )

    # Numbers -------------------------------------------------------------------------------------

    def fillings(self, pattern: Pattern) -> Iterator[tuple[str, tuple]]:
        texts = self.texts(pattern)
        numbers = [name for name in pattern.params if name not in texts]
        for words in itertools.product(*dict.fromkeys(texts.values())):
            spelled = dict(zip(dict.fromkeys(texts.values()), words, strict=True))
            said = {name: spelled[choices][_place(name, texts)] for name, choices in texts.items()}
            for whose, values in itertools.islice(self.numbers(pattern, numbers, said), 2 if said else None):
                filled = {**said, **dict(zip(numbers, values, strict=True))}
                yield whose, tuple(filled[name] for name in pattern.params)

    def texts(self, pattern: Pattern) -> dict[str, tuple]:
        """Parameter → what it may say, each choice a tuple shared by the parameters that belong together."""
        found: dict[str, tuple] = {}
        names = [name for name in pattern.params if name.endswith(("app_label", "app_name", "model_name"))]
        if pattern.name == "wagtail_bulk_action":
            return dict.fromkeys(pattern.params, bulk_actions())
        if names:
            found = dict.fromkeys(names, model_names(len(names)))
        for name in pattern.params:
            if name in WORDS:
                found[name] = tuple((word,) for word in WORDS[name])
        return found

    def numbers(self, pattern: Pattern, names: list[str], said: dict) -> Iterator[tuple[str, tuple]]:
        if not names:
            yield "" if not said else B, ()
            return
        kinds = [model_called(name) or model_of(pattern.callback) for name in names]
        if len(names) == 1:
            for whose in (B, A, NATIONAL):
                for number in self.of(whose, kinds[0]):
                    yield whose, (number,)
            return
        for whose in (B, A, NATIONAL):
            for pair in self.tied(whose, kinds):
                yield whose, pair
        # One of A's with something of B's, and the other way round.
        yield B, tuple(self.of(A if place == 0 else B, kind)[0] for place, kind in enumerate(kinds))
        yield B, tuple(self.of(B if place == 0 else A, kind)[0] for place, kind in enumerate(kinds))

    def of(self, whose: str, kind: type[models.Model] | None) -> list:
        """Numbers of `whose` rows of this kind: some of each sort where there are many."""
        if kind is None:
            return list(FIRST[whose][: 3 if whose == B else 2])
        found = self.world.numbers[whose].get(kind, [])
        if kind is Page:
            return self.world.pages[whose]
        some = [number for number in FIRST[whose] if number in found] or found[:2] or list(FIRST[whose][:1])
        return some if whose == B else some[:1]

    def tied(self, whose: str, kinds: list) -> list[tuple]:
        """Numbers that belong together: the row of one kind points to that of another."""
        first, *rest = (self.of(whose, kind) for kind in kinds)
        pairs = [
            (
                one,
                *(
                    self.pointing(whose, kind, kinds[0], one, choices)
                    for kind, choices in zip(kinds[1:], rest, strict=True)
                ),
            )
            for one in first[: 3 if whose == B else 2]
        ]
        return list(dict.fromkeys(pairs))

    def pointing(self, whose, kind, target, number, choices):
        for pk in self.world.numbers[whose].get(kind, ()):
            if (target, str(number)) in self.pointers(kind, pk):
                return pk
        return choices[0]

    @cache  # noqa: B019
    def pointers(self, kind: type[models.Model], pk: Any) -> set:
        row = kind._base_manager.get(pk=pk)
        found = {
            (each.remote_field.model, str(getattr(row, each.attname)))
            for each in kind._meta.concrete_fields
            if each.remote_field
        }
        if hasattr(row, "object_id") and hasattr(row, "content_type_id"):
            model = ContentType.objects.get_for_id(row.content_type_id).model_class()
            found |= {(model, row.object_id), (Page if issubclass(model, Page) else model, row.object_id)}
        return found


def leads_to(path: str, pattern: Pattern) -> bool:
    try:
        return resolve(path).func is pattern.callback
    except Resolver404:
        return False


def methods_of(callback) -> tuple[str, ...]:
    """What a view answers, as far as it says so itself: Django answers the rest with 405 before the view is asked."""
    view = getattr(callback, "view_class", None) or getattr(callback, "cls", None)
    actions = getattr(callback, "actions", None)
    return tuple(
        method
        for method in METHODS
        if view is None or (method in actions if actions else _answers(view, method))
    )


def of_few_kinds(name: str) -> bool:
    """Whether a view is asked with many numbers: not that of the eleventh kind of snippet."""
    return "_campaign_library_" not in name or name.split(":")[0].endswith(FEW_KINDS)


def is_function(callback) -> bool:
    return not hasattr(callback, "view_class") and not hasattr(callback, "cls")


def _answers(view: type, method: str) -> bool:
    """Django's forms take PUT as POST: nothing else happens then."""
    return hasattr(view, method) and getattr(view, method) is not ProcessFormView.put


def model_of(callback) -> type[models.Model] | None:
    given = getattr(callback, "view_initkwargs", None) or getattr(callback, "initkwargs", None) or {}
    return given.get("model") or getattr(getattr(callback, "view_class", None), "model", None)


@cache
def model_called(param: str) -> type[models.Model] | None:
    """``task_state_id`` → TaskState, ``revision_id_a`` → Revision, ``parent_page_id`` → Page."""
    stem = re.sub(r"_(id|pk)(_[ab])?$", "", param).replace("parent_", "").replace("_to_move", "")
    others = {"destination": "page", "doc": "document", "session": "editing_session", "person": "user"}
    stem = others.get(stem, stem).replace("_", "")
    found = [model for model in apps.get_models() if model._meta.model_name == stem]
    return found[0] if found and stem != "pk" else None


@cache
def content_models() -> tuple[type[models.Model], ...]:
    others = (
        Page,
        ToolkitPage,
        ChapterPage,
        get_image_model(),
        get_document_model(),
        get_user_model(),
        Group,
    )
    return (
        *others,
        *sorted(
            owned_models(), key=lambda model: (model._meta.model_name not in FEW_KINDS, model._meta.label)
        ),
    )


@cache
def model_names(count: int) -> tuple[tuple[str, ...], ...]:
    names = [(model._meta.app_label, model._meta.model_name) for model in content_models()]
    return tuple(names[1:9]) if count == 2 else tuple((model,) for _app, model in names[7:10])


@cache
def bulk_actions() -> tuple[tuple[str, str, str], ...]:
    bulk_action_registry._scan_for_bulk_actions()
    return tuple(
        (model._meta.app_label, model._meta.model_name, action.action_type)
        for model in content_models()[:9]
        for action in bulk_action_registry.get_bulk_actions_for_model(
            model._meta.app_label, model._meta.model_name
        )
    )


def _place(name: str, texts: dict[str, tuple]) -> int:
    return [each for each, choices in texts.items() if choices is texts[name]].index(name)
