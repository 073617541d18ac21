"""What the templates of the library's documents get: everything is asked of the database here, in fixed numbers of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from wagtail.blocks import StreamValue
from wagtail.models import Locale

from editions.registry import own_values

from .documents.comparing import Difference, compare
from .documents.demands import Demand
from .documents.letters import Passage
from .documents.ordinance import Ordinance, Section
from .dressing import Dressing
from .models import DecisionMakerType, DemandList, ModelOrdinance, Provision, TextTemplate
from .models.document import LibraryDocument
from .standing_in import current


@dataclass
class Shown:
    """``snippet`` as readers of one site see it in one language. Templates dress its texts by the filters of ``documents``."""

    snippet: LibraryDocument
    dressing: Dressing
    provisions: Mapping[int, Provision] = field(default_factory=dict)
    address: str = ""

    @property
    def language(self) -> str:
        return self.snippet.locale.language_code


@dataclass
class ShownOrdinance(Shown):
    ordinance: Ordinance = field(default_factory=lambda: Ordinance(()))
    section: Section | None = None
    parent: ModelOrdinance | None = None
    differences: list[Difference] = field(default_factory=list)

    @property
    def stream(self) -> StreamValue:
        return self.snippet.sections


@dataclass
class ShownDemands(Shown):
    demands: tuple[Demand, ...] = ()
    office: str = ""


@dataclass
class ShownText(Shown):
    passages: tuple[Passage, ...] = ()

    @property
    def stream(self) -> StreamValue:
        return self.snippet.body


def show_ordinance(
    ordinance: ModelOrdinance,
    locale: Locale,
    values: Mapping[str, str],
    *,
    address: str = "",
    parent: ModelOrdinance | None = None,
) -> ShownOrdinance:
    """One query, for the provisions that it names. ``parent`` is what it is compared with, in the same language."""
    read = ordinance.read()
    return ShownOrdinance(
        snippet=ordinance,
        dressing=Dressing(ordinance.read_blanks(), values, read.targets),
        provisions=provisions_in(read.provisions(), locale),
        address=address,
        ordinance=read,
        parent=parent,
        differences=compare(read, parent.read()) if parent is not None else [],
    )


def show_part(
    ordinance: ModelOrdinance, section: str, values: Mapping[str, str], *, address: str
) -> ShownOrdinance:
    """An ordinance within another text: no query. ``section`` is the name or number of the one that is shown whole."""
    read = ordinance.read()
    found = next((each for each in read.sections if section and section in (each.name, each.number)), None)
    return ShownOrdinance(
        snippet=ordinance,
        dressing=Dressing(ordinance.read_blanks(), values, read.targets, address, lists_blanks=False),
        address=address,
        ordinance=read,
        section=found,
    )


def show_demands(
    document: DemandList,
    locale: Locale | None,
    values: Mapping[str, str],
    *,
    address: str = "",
) -> ShownDemands:
    """One query for the provisions; none without a locale, in which they would be named."""
    demands = document.read()
    return ShownDemands(
        snippet=document,
        dressing=Dressing([], values),
        provisions=provisions_in(_named(demands), locale) if locale is not None else {},
        address=address,
        demands=demands,
    )


def show_asks(
    document: DecisionMakerType,
    locale: Locale | None,
    values: Mapping[str, str],
    *,
    address: str = "",
) -> ShownDemands:
    """As ``show_demands``; ``office`` is what the affiliate calls it, where its profile says so."""
    asks = document.read()
    return ShownDemands(
        snippet=document,
        dressing=Dressing([], values),
        provisions=provisions_in(_named(asks), locale) if locale is not None else {},
        address=address,
        demands=asks,
        office=values.get(document.variable, ""),
    )


def show_text(
    document: TextTemplate,
    locale: Locale | None,
    values: Mapping[str, str],
    *,
    address: str = "",
    lists_blanks: bool = True,
) -> ShownText:
    """No query."""
    return ShownText(
        snippet=document,
        dressing=Dressing(document.read_blanks(), values, lists_blanks=lists_blanks),
        address=address,
        passages=document.read(),
    )


def _named(demands: Iterable[Demand]) -> set[int]:
    return {pk for top in demands for each in top.all() for pk in each.provisions}


def provisions_in(wanted: Iterable[int], locale: Locale) -> dict[int, Provision]:
    """id → the provision in this language, or as it was chosen where it has no translation. One query, none for no ids.

    What is not published is left out: a text that names it stands without the name. A copy that the affiliate has adapted
    stands in for national's.
    """
    wanted = set(wanted)
    if not wanted:
        return {}
    keys = Provision.objects.filter(pk__in=wanted).values("translation_key")
    which = Q(translation_key__in=keys)
    affiliate = current().affiliate
    if affiliate is not None:
        which |= Q(adapts__translation_key__in=keys, owner=affiliate, live=True)
    family = list(Provision.objects.filter(which).order_by("pk"))
    chosen = {each.pk: each for each in family if each.pk in wanted}
    translated = {each.translation_key: each for each in family if each.live and each.locale_id == locale.pk}
    stand_ins = {each.adapts_id: each for each in family if each.adapts_id and each.live}
    shown = {pk: translated.get(each.translation_key, each) for pk, each in chosen.items()}
    shown = {pk: stand_ins.get(each.pk, each) for pk, each in shown.items()}
    return {pk: each for pk, each in shown.items() if each.live}


def preview_values(document: LibraryDocument) -> dict[str, str]:
    """The values in a preview: the owner's; national documents show their blanks."""
    site: Any = document.owner.site if document.owner is not None else None
    return own_values(site, document.locale)
