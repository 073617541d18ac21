"""The answer to a question, ready for its template: at most three statements, whatever the size of the network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst

from editions.registry import known_variables
from editions.variables import substitute

from ..sections import SiteSection
from .engine import Found, find
from .excerpts import Piece, answer, excerpt, marked
from .sources import SearchSource, sources
from .words import Question, suggestions

if TYPE_CHECKING:
    from ..routing import Place

PER_SCREEN = 15


@dataclass(frozen=True)
class Hit:
    """One thing found. ``within`` says in which part of the site it stands."""

    title: list[Piece]
    excerpt: list[Piece]
    address: str
    kind: str
    within: str = ""


@dataclass
class Results:
    """What there is to show. ``is_partial``: nothing has all the words, these have some of them."""

    question: Question
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    is_partial: bool = False
    kinds: list[dict[str, Any]] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    screen: int = 1
    screens: int = 1


def results(
    place: Place,
    question: Question,
    sections: list[SiteSection],
    values: Mapping[str, str],
    *,
    kind: str = "",
    screen: int = 1,
) -> Results:
    """Finds, orders and filters. ``kind`` is a key of one of the kinds that were found; an unknown one shows all."""
    shown = Results(question)
    if question.is_empty or question.is_too_short:
        return shown
    where = {source.name: source for source in sources()}
    found = find(place, list(where.values()), question)
    if not found and len(question.terms) > 1:
        found = find(place, list(where.values()), question, any_word=True)
        shown.is_partial = bool(found)
    if not found:
        everything = find(place, [where["pages"]], None)
        shown.suggestions = suggestions(question, (f"{each.label} {each.body}" for each in everything))
        return shown
    defaults = {name: str(variable.default) for name, variable in known_variables().items()}

    def plain(text: str) -> str:
        return unescape(substitute(text, values, defaults)) if "{{" in text else text

    scored = []
    for number, each in enumerate(found):
        address = where[each.source].address(place, each.where)
        if address is not None:
            label, body = plain(each.label), plain(each.body)
            scored.append((-answer(question, label, body).score, number, each, label, body, address))
    scored.sort(key=lambda row: row[:2])
    counts = Counter(_kind(row[2], where)[0] for row in scored)
    names = dict(_kind(row[2], where) for row in scored)
    kind = kind if kind in counts else ""
    shown.kinds = [
        {"key": key, "name": names[key], "count": number, "is_chosen": key == kind}
        for key, number in counts.most_common()
    ]
    chosen = [row for row in scored if not kind or _kind(row[2], where)[0] == kind]
    shown.total = len(chosen)
    shown.screens = max(1, -(-len(chosen) // PER_SCREEN))
    shown.screen = min(max(1, screen), shown.screens)
    first = (shown.screen - 1) * PER_SCREEN
    for _score, _number, each, label, body, address in chosen[first : first + PER_SCREEN]:
        shown.hits.append(
            Hit(
                title=marked(label, question),
                excerpt=excerpt(body, question),
                address=address,
                kind=_kind(each, where)[1],
                within=_within(address, sections),
            )
        )
    return shown


def _kind(each: Found, where: Mapping[str, SearchSource]) -> tuple[str, str]:
    """The key and the name of what was found: its page type's own words, or its source's."""
    if each.source != "pages":
        return each.source, str(where[each.source].kind)
    model = ContentType.objects.get_for_id(each.content_type).model_class()
    return (model.__name__.lower(), capfirst(str(model._meta.verbose_name))) if model else ("page", "")


def _within(address: str, sections: list[SiteSection]) -> str:
    for section in sections:
        if address.startswith(section.address) and address != section.address and "#" not in section.address:
            return section.label
    return ""
