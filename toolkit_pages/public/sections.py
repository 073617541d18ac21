"""The parts of a site: what stands right beneath its home, for the navigation and for the doors on the home.

A page type says how it is called there by ``section_label`` (short), ``section_hint`` (one line) and ``section_order``; those
that say nothing are called by their title. Toolkits are one part, however many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from .routing import Place

ELSEWHERE = 55
"""The order of a part whose type names none: after what is done, before what is looked up."""


@dataclass(frozen=True)
class Kind:
    """How the pages of one type are called in the navigation."""

    label: str | _StrPromise
    hint: str | _StrPromise
    order: int
    #: Many pages of the type are one part of the site, found on the home under this anchor.
    anchor: str = ""


#: By the names of the page types that come with the product; a type's own attributes win.
KINDS = {
    "ToolkitPage": Kind(
        _("Toolkits"), _("Step by step, from the first question to the meeting."), 10, "toolkits"
    ),
    "CampaignPage": Kind(_("Campaigns"), _("What to work for, and what it takes."), 15, "campaigns"),
    "ActionsPage": Kind(_("Take action"), _("Sign, call, write or come: one thing at a time."), 20),
    "EventsPage": Kind(_("Events"), _("What is coming up, and how to join."), 30),
    "CaseStudiesPage": Kind(_("Case studies"), _("Places that have decided, side by side."), 40),
    "LibraryPage": Kind(_("Library"), _("Model law, letters and scripts, with your place filled in."), 50),
    "ResourcesPage": Kind(_("Resources"), _("Reports, films and cards from elsewhere."), 60),
    "GlossaryPage": Kind(_("Glossary"), _("Hard words in plain ones."), 70),
    "TrackerPage": Kind(_("Laws and bills"), _("What is proposed and what is in force, state by state."), 75),
    "DirectoryPage": Kind(_("Directory"), _("Who can help, and how to reach them."), 80),
}


@dataclass(frozen=True)
class SiteSection:
    """One part of the site."""

    label: str
    address: str
    hint: str
    order: int
    kind: str
    path: str
    is_current: bool = False
    is_here: bool = False
    #: Where one part stands for many pages: those.
    members: tuple[SiteSection, ...] = ()


def kind_of(model: type[Page] | None) -> Kind:
    known = KINDS.get(model.__name__ if model else "", Kind("", "", ELSEWHERE))
    return Kind(
        getattr(model, "section_label", known.label),
        getattr(model, "section_hint", known.hint),
        getattr(model, "section_order", known.order),
        known.anchor,
    )


def sections_of(place: Place, page: Any = None) -> list[SiteSection]:
    """The parts of the site in the language that is shown, in order; ``page`` is where the reader is. No query."""
    home = place.homes.get(place.wanted)
    if home is None:
        return []
    found: list[SiteSection] = []
    groups: dict[str, tuple[list[SiteSection], Kind]] = {}
    for child in place.children:
        if not child.path.startswith(home.path):
            continue
        model = ContentType.objects.get_for_id(child.content_type_id).model_class()
        kind = kind_of(model)
        section = SiteSection(
            label=child.title if kind.anchor else str(kind.label) or child.title,
            address=place.root.path(child.url_path, place.wanted),
            hint=child.search_description or ("" if kind.anchor else str(kind.hint)),
            order=kind.order,
            kind=model.__name__.lower() if model else "",
            path=child.path,
            is_current=bool(page is not None and page.path and page.path.startswith(child.path)),
            is_here=page is not None and page.pk == child.pk,
        )
        if kind.anchor:
            groups.setdefault(kind.anchor, ([], kind))[0].append(section)
        else:
            found.append(section)
    for anchor, (members, kind) in groups.items():
        found.append(_as_one(members, kind, f"{place.root.path(home.url_path, place.wanted)}#{anchor}"))
    return sorted(found, key=lambda section: (section.order, section.path))


def _as_one(members: list[SiteSection], kind: Kind, address: str) -> SiteSection:
    """The only one itself, or the place on the home where all are listed."""
    first = members[0]
    return SiteSection(
        label=str(kind.label),
        address=first.address if len(members) == 1 else address,
        hint=str(kind.hint),
        order=first.order,
        kind=first.kind,
        path=first.path,
        is_current=any(member.is_current for member in members),
        is_here=len(members) == 1 and first.is_here,
        members=tuple(members),
    )
