"""Every door of the admin, and who may go through it: the one table that `network.middleware` asks.

It is there for what Wagtail's own machinery (permissions of pages and collections, permission policies,
viewsets, hooks) leaves open, mostly views of other packages. For affiliate users a view that no line fits
is closed: a package that brings new views opens none by accident. National staff meet only `CLOSED` and `PLANNED`,
and writers `TRANSLATING`.

A line is a pattern of URL names (``namespace:name``, ``*`` for any) and a guard: a function of the request
and the view's arguments that says whether the user may go on, or raises PermissionDenied with a reason for
the user. The first line that fits decides. An add-on adds lines through the hook ``register_admin_doors`` →
list of `Door`; they come before the table's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import get_snippet_models

from . import guards
from .models import OwnedMixin
from .scoping import acts_everywhere, is_national

Guard = Callable[[HttpRequest, dict[str, Any]], bool]


@dataclass(frozen=True)
class Door:
    """Views whose URL names fit `pattern`, and what must hold before someone comes in."""

    pattern: str
    guard: Guard

    def fits(self, name: str) -> bool:
        return fnmatchcase(name, self.pattern)


CLOSED = (
    # It overwrites a page's own words with those of another.
    Door("wagtail_localize:convert_to_alias", guards.nobody),
    # One switch makes copies on every site of the network.
    Door("wagtaillocales:add", guards.no_synchronising),
    Door("wagtaillocales:edit", guards.no_synchronising),
)
"""Closed to national staff and administrators too."""

PLANNED = (
    # It publishes all languages at once, before anybody has seen a plan.
    Door("wagtail_localize:update_translations", guards.no_publishing_of_shared),
)
"""Asked of all national staff: affiliates never write what is shared."""

TRANSLATING = tuple(
    Door(f"wagtail_localize:{name}", guards.theirs_to_translate)
    for name in (
        "submit_page_translation",
        "submit_snippet_translation",
        "update_translations",
        "edit_string_translation",
        "edit_override",
        "*_pofile",
        "machine_translate",
        "stop_translation",
    )
)
"""Asked of national staff who may not change what is an affiliate's: wagtail-localize asks no page."""

TABLE = (
    *CLOSED,
    # The user's own account, and what holds nothing of anybody's.
    Door("wagtailadmin_home", guards.checks_itself),
    Door("wagtailadmin_account", guards.checks_itself),
    Door("wagtailadmin_log*", guards.checks_itself),
    Door("wagtailadmin_password_reset*", guards.checks_itself),
    Door("wagtailadmin_dismissibles", guards.checks_itself),
    Door("wagtailadmin_sprite", guards.checks_itself),
    Door("wagtailadmin_javascript_catalog", guards.checks_itself),
    Door("wagtailadmin_block_preview", guards.checks_itself),
    Door("wagtail_localize:javascript_catalog", guards.checks_itself),
    # Ours: every view asks `network.scoping`, or the page's permissions.
    Door("network:*", guards.checks_itself),
    Door("network_entry:*", guards.checks_itself),
    Door("editions:*", guards.checks_itself),
    Door("editions_*", guards.checks_itself),
    # Pages: Wagtail asks the page's permissions, both ends of a move or copy included.
    Door("wagtailadmin_pages:type_use*", guards.national_only),
    Door("wagtailadmin_pages:move_confirm", guards.own_pages),
    Door("wagtailadmin_pages:copy", guards.pages_to_name),
    Door("wagtailadmin_pages:choose_parent", guards.pages_to_name),
    Door("wagtailadmin_pages:confirm_workflow_cancellation", guards.own_pages),
    Door("wagtailadmin_pages:*", guards.checks_itself),
    Door("wagtailadmin_explore*", guards.checks_itself),
    Door("wagtailadmin_editing_sessions:*", guards.checks_itself),
    Door("wagtailadmin_choose_page_child", guards.page_to_browse),
    Door("wagtailadmin_choose_page_chosen_multiple", guards.pages_to_name),
    Door("wagtailadmin_choose_page*", guards.checks_itself),
    Door("wagtailadmin_api:*", guards.checks_itself),
    # Images and documents: Wagtail asks the collection's permissions.
    Door("wagtailimages:*", guards.checks_itself),
    Door("wagtaildocs:*", guards.checks_itself),
    Door("wagtailimages_chooser:*", guards.checks_itself),
    Door("wagtaildocs_chooser:*", guards.checks_itself),
    Door("wagtailembeds:*", guards.checks_itself),
    Door("wagtail_bulk_action", guards.own_selection),
    # wagtail-localize asks no page for most of what it does.
    Door("wagtail_localize:submit_page_translation", guards.own_page_to_translate),
    Door("wagtail_localize:submit_snippet_translation", guards.own_snippet_to_translate),
    Door("wagtail_localize:update_translations", guards.own_source),
    Door("wagtail_localize:edit_string_translation", guards.own_translation),
    Door("wagtail_localize:edit_override", guards.own_translation),
    Door("wagtail_localize:*_pofile", guards.own_translation),
    Door("wagtail_localize:machine_translate", guards.own_translation),
    Door("wagtail_localize:preview_translation", guards.own_translation),
    Door("wagtail_localize:stop_translation", guards.own_translation),
    # Reports that name everybody's things, and what runs the whole network: national staff's.
    Door("wagtail_localize:*", guards.national_only),
    Door("wagtailadmin_reports:*", guards.national_only),
    Door("wagtailadmin_workflows:*", guards.national_only),
    Door("wagtailadmin_collections:*", guards.national_only),
    Door("wagtailadmin_tag*", guards.national_only),
    Door("wagtailredirects:*", guards.national_only),
    Door("wagtailsites:*", guards.national_only),
    Door("wagtaillocales:*", guards.national_only),
    Door("wagtailusers_*", guards.national_only),
    Door("wagtailsnippets:index", guards.national_only),
)


@cache
def _registered() -> tuple[Door, ...]:
    return tuple(door for hook in hooks.get_hooks("register_admin_doors") for door in hook())


@cache
def _snippet_doors() -> tuple[Door, ...]:
    """One door for the screens of each kind of snippet, one for its chooser.

    Those of snippets with an owner are built by `network.viewsets`, which checks each object; a kind
    without one is national's, and can be chosen.
    """
    doors = []
    for model in get_snippet_models():
        viewset = model.snippet_viewset
        guard = guards.checks_itself if issubclass(model, OwnedMixin) else guards.national_only
        chooser = viewset.chooser_viewset.url_namespace
        doors += [
            Door(f"{chooser}:create", guards.national_only),
            Door(f"{chooser}:*", guards.checks_itself),
            Door(f"{viewset.url_namespace}:*", guard),
        ]
    return tuple(doors)


def door_for(name: str) -> Door | None:
    """The line of the table that decides on the view called `name`; None where there is none."""
    lines = (*_registered(), *TABLE, *_snippet_doors())
    return next((door for door in lines if door.fits(name)), None)


def is_closed_to_affiliates(name: str) -> bool:
    """Whether no affiliate user ever comes through, whatever the object."""
    door = door_for(name)
    return door is None or door.guard in (guards.national_only, guards.nobody)


def may_enter(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> bool:
    """Whether the user of `request`, who is logged in, may go to the admin view called `name`.

    Raises PermissionDenied with a reason where the guard gives one.
    """
    if is_national(request.user):
        everybody = (*CLOSED, *PLANNED)
        doors = everybody if acts_everywhere(request.user) else (*everybody, *TRANSLATING)
        return all(door.guard(request, kwargs) for door in doors if door.fits(name))
    door = door_for(name)
    return door is not None and door.guard(request, kwargs)
