"""Listing pages as readers see them: everything is loaded in a fixed number of queries, filters work without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Locale

from campaign_library.alphabet import by_letter, sort_key
from campaign_library.languages import LANGUAGE_NAMES
from campaign_library.models import (
    Bill,
    CallToAction,
    GlossaryTerm,
    Organisation,
    Resource,
    StatePolicy,
)
from campaign_library.models.base import LibrarySnippet
from campaign_library.models.bill import JURISDICTIONS
from campaign_library.standing_in import affiliate_of_site
from campaign_library.state_table import StateTable, state_table
from campaign_library.states import STATE_CHOICES
from editions.rendering import EditionResponse

from .filtering import Filter, Thing, filters, passing
from .routing import Place
from .serving import PublicPageMixin

NATIONWIDE = "all"


def listed(
    model: type[LibrarySnippet], place: Place, locale: Locale, *, with_topics: bool = True
) -> list[Any]:
    """What the site shows of one kind, with what its fragment follows: one query, and one for the topics."""
    found = model.objects.shown_by(affiliate_of_site(place.root.site), locale)
    found = found.select_related(*model.shown_with)
    return list(found.prefetch_related("tags") if with_topics else found)


def topics(snippets: Iterable[Any], language: str) -> list[tuple[str, str]]:
    """``(slug, name)`` of all topics in use, by name. The tags must have been loaded."""
    found = {tag.slug: tag.in_language(language) for snippet in snippets for tag in snippet.tags.all()}
    return sorted(found.items(), key=lambda topic: sort_key(topic[1], language))


def slugs(snippet: Any) -> list[str]:
    return [tag.slug for tag in snippet.tags.all()]


class PublicListingMixin(PublicPageMixin):
    """A page whose list can be narrowed by its address: ``?language=es&type=report``. What it does not know it ignores."""

    asked: Mapping[str, str] = {}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> EditionResponse:
        self.asked = {name: request.GET[name] for name in request.GET}
        return super().serve(request, *args, **kwargs)

    def prepare_public(self, place: Place) -> dict[str, Any]:
        return {**super().prepare_public(place), **self.listing(place)}

    def listing(self, place: Place) -> dict[str, Any]:
        raise NotImplementedError

    def narrowed(
        self,
        things: list[Thing[Any]],
        labels: Mapping[str, str],
        choices: Mapping[str, list[tuple[str, str]]],
    ) -> tuple[list[Any], list[Filter]]:
        """What passes, and the filters. A value that none of the choices has asks for nothing."""
        asked = {
            name: self.asked[name]
            for name in labels
            if self.asked.get(name) in {value for value, _label in choices[name]}
        }
        chosen = [thing.what for thing in passing(things, asked)]
        return chosen, filters(things, asked, labels, choices)


class PublicGlossaryMixin(PublicListingMixin):
    def listing(self, place: Place) -> dict[str, Any]:
        terms = listed(GlossaryTerm, place, self.locale, with_topics=False)
        language = self.locale.language_code
        return {"letters": by_letter(terms, language, lambda term: term.term)}


class PublicResourcesMixin(PublicListingMixin):
    def listing(self, place: Place) -> dict[str, Any]:
        resources = listed(Resource, place, self.locale)
        language = self.locale.language_code
        resources.sort(key=lambda resource: sort_key(resource.title, language))
        things = [
            Thing(each, {"language": each.languages, "type": [each.kind], "topic": slugs(each)})
            for each in resources
        ]
        labels = {"language": _("Language"), "type": _("Type"), "topic": _("Topic")}
        choices = {
            "language": list(LANGUAGE_NAMES.items()),
            "type": [(value, str(label)) for value, label in Resource.Kind.choices],
            "topic": topics(resources, language),
        }
        found, offered = self.narrowed(things, labels, choices)
        return {"found": found, "filters": offered, "total": len(resources)}


class PublicDirectoryMixin(PublicListingMixin):
    def listing(self, place: Place) -> dict[str, Any]:
        organisations = listed(Organisation, place, self.locale)
        things = [
            Thing(
                each,
                {
                    "state": [each.state or NATIONWIDE],
                    "language": each.languages,
                    "kind": [each.kind],
                    "topic": slugs(each),
                },
            )
            for each in organisations
        ]
        labels = {"state": _("Area"), "language": _("Language"), "kind": _("Kind"), "topic": _("Topic")}
        language = self.locale.language_code
        choices = {
            "state": [(NATIONWIDE, _("Nationwide")), *STATE_CHOICES],
            "language": list(LANGUAGE_NAMES.items()),
            "kind": [(value, str(label)) for value, label in Organisation.Kind.choices],
            "topic": topics(organisations, language),
        }
        found, offered = self.narrowed(things, labels, choices)
        return {"areas": areas(found, language), "filters": offered, "total": len(things), "found": found}


def areas(organisations: Iterable[Organisation], language: str) -> list[tuple[str, list[Organisation]]]:
    """``(area, organisations)``: the whole country first, then state by state; within each by name."""
    found: dict[str, list[Organisation]] = {}
    for each in sorted(organisations, key=lambda each: sort_key(each.name, language)):
        found.setdefault(each.state_name, []).append(each)
    return [(state or _("Nationwide"), found[state]) for state in sorted(found)]


class PublicTrackerMixin(PublicListingMixin):
    def listing(self, place: Place) -> dict[str, Any]:
        bills = listed(Bill, place, self.locale)
        things = [
            Thing(each, {"state": [each.jurisdiction], "stance": [each.stance], "topic": slugs(each)})
            for each in bills
        ]
        labels = {"state": _("State"), "stance": _("Stance"), "topic": _("Topic")}
        choices = {
            "state": [(value, str(label)) for value, label in JURISDICTIONS],
            "stance": [(value, str(label)) for value, label in Bill.Stance.choices],
            "topic": topics(bills, self.locale.language_code),
        }
        found, offered = self.narrowed(things, labels, choices)
        return {
            "found": found,
            "filters": offered,
            "total": len(bills),
            "policies": self.policies(place),
        }

    def policies(self, place: Place) -> StateTable:
        """The policies, with the row of the state that was asked for only, where one was."""
        state = self.asked.get("state", "")
        return state_table(listed(StatePolicy, place, self.locale, with_topics=False), state)


class PublicActionsMixin(PublicListingMixin):
    def listing(self, place: Place) -> dict[str, Any]:
        actions = listed(CallToAction, place, self.locale)
        things = [
            Thing(each, {"kind": [each.kind], "effort": [each.effort], "topic": slugs(each)})
            for each in actions
            if not each.is_over
        ]
        labels = {"effort": _("How long it takes"), "kind": _("What it is"), "topic": _("Topic")}
        choices = {
            "effort": [(value, str(label)) for value, label in CallToAction.Effort.choices],
            "kind": [(value, str(label)) for value, label in CallToAction.Kind.choices],
            "topic": topics(actions, self.locale.language_code),
        }
        found, offered = self.narrowed(things, labels, choices)
        order = CallToAction.Effort.values
        found.sort(key=lambda each: (each.is_early, order.index(each.effort), each.title))
        over = [each for each in actions if each.is_over]
        over.sort(key=lambda each: (each.valid_until, each.title), reverse=True)
        return {
            "found": found,
            "efforts": [
                (label, [each for each in found if each.effort == value and not each.is_early])
                for value, label in CallToAction.Effort.choices
                if any(each.effort == value and not each.is_early for each in found)
            ],
            "early": [each for each in found if each.is_early],
            "over": over,
            "filters": offered,
            "total": len(things),
        }
