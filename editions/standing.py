"""How an edition stands to national, in the words of a badge."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editions.conflicts import Kind
from editions.content import merge_options
from editions.differences import BlockState, Summary, states, summary
from editions.models import Edition


class Tone(StrEnum):
    """Which colour and letter a standing has; the words always stand beside it."""

    STEP = "step"
    OURS = "ours"
    WAITS = "waits"
    CONFLICT = "conflict"
    HELD = "held"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Standing:
    tone: Tone
    text: str


def with_conflicts(editions):
    """A queryset of editions with the numbers of their open conflicts and of the places where protected words have
    replaced the affiliate's and nobody has seen it, for ``standing_of``."""
    still_open, protected = Q(conflicts__settled_at=None), Q(conflicts__kind=Kind.PROTECTED)
    return editions.annotate(
        open_conflicts=Count("conflicts", filter=still_open & ~protected),
        open_protected=Count("conflicts", filter=still_open & protected),
    )


def standing_of(
    edition: Edition, *, conflicts: int, protected: int = 0, told: Summary | None = None
) -> Standing:
    """What is most urgent to know: conflicts, then a hold, then an update that waits, then words that protected ones have
    replaced, then what is the affiliate's own."""
    if edition.is_hidden:
        return Standing(Tone.HIDDEN, _("hidden here"))
    if edition.withdrawal_id is not None:
        return Standing(Tone.HIDDEN, _("withdrawn"))
    if edition.is_taken_off:
        return Standing(Tone.HIDDEN, _("taken off by national"))
    if conflicts:
        text = ngettext("%(count)d conflict", "%(count)d conflicts", conflicts) % {"count": conflicts}
        return Standing(Tone.CONFLICT, text)
    if edition.held:
        return Standing(Tone.HELD, _("on hold"))
    if edition.is_offered:
        return Standing(Tone.WAITS, _("new page waiting"))
    if edition.is_behind:
        return Standing(Tone.WAITS, _("update waiting"))
    if protected:
        text = ngettext("%(count)d place protected", "%(count)d places protected", protected)
        return Standing(Tone.WAITS, text % {"count": protected})
    if told is not None and not told.is_untouched:
        return Standing(Tone.OURS, ours_in_words(told))
    return Standing(Tone.STEP, _("in step"))


def ours_in_words(told: Summary) -> str:
    yours = told.adapted + told.local
    if yours:
        return ngettext("%(count)d block is yours", "%(count)d blocks are yours", yours) % {"count": yours}
    if told.hidden:
        return ngettext("%(count)d block is hidden", "%(count)d blocks are hidden", told.hidden) % {
            "count": told.hidden
        }
    return _("in your order")


def states_of(page, base_content: dict, content: dict | None = None) -> list[BlockState]:
    """The blocks and adapted fields of an edition, by state; ``content`` is the page's raw content where it
    is known already."""
    return states(
        base_content,
        page.get_content() if content is None else content,
        kept=page.kept_paths,
        **merge_options(type(page)),
    )


def told_of(found: Iterable[BlockState]) -> Summary:
    return summary(found)


def hold_in_words(target) -> str:
    """Until when a hold lasts; empty where there is none."""
    if not target.is_held():
        return ""
    if target.hold_until is None:
        return _("On hold until you lift it.")
    return _("On hold until %(date)s.") % {"date": date_format(target.hold_until, "DATE_FORMAT")}
