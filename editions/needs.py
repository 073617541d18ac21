"""What waits for a person on the admin's home, told by each part of the product in the same words.

Two Wagtail hooks feed it, so that the core knows no events and no profiles:

``register_editor_needs(user, sites)`` → iterable of `Need`, for somebody who acts for ``sites`` (a list of
Wagtail sites, not empty). ``register_staff_needs(user)`` → the same for national staff.

Each hook names at most `NAMED` things and asks the database in a number of statements that does not grow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from wagtail import hooks
from wagtail.models import Site

from editions.standing import Tone

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: So many things of one kind are named on the home; the kind's own screen has all.
NAMED = 6


class Urgency(IntEnum):
    """The order of the home: what readers see wrongly first, what is only nice to have last."""

    FAILED = 5
    CONFLICT = 10
    TO_APPROVE = 20
    WAITS = 30
    OVERDUE = 40
    MISSING = 50
    TO_TRANSLATE = 60


@dataclass(frozen=True)
class Need:
    """One thing to do, one click away: ``url`` is where it is done. ``mark`` stands in the badge beside it."""

    urgency: Urgency
    title: str
    words: "str | _StrPromise"
    url: str
    mark: "str | _StrPromise"
    tone: Tone = Tone.WAITS


def needs_of_editor(user: Any, sites: Sequence[Site]) -> list[Need]:
    """All that waits for somebody of an affiliate, most urgent first."""
    return _ordered(need for hook in hooks.get_hooks("register_editor_needs") for need in hook(user, sites))


def needs_of_staff(user: Any) -> list[Need]:
    """All that waits for national staff, most urgent first."""
    return _ordered(need for hook in hooks.get_hooks("register_staff_needs") for need in hook(user))


def _ordered(needs: Iterable[Need]) -> list[Need]:
    return sorted(needs, key=lambda need: need.urgency)
