"""The list of case studies with its filters, and the table that compares two to four of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.contrib.routable_page.models import path as view_path

from campaign_library.states import STATE_CHOICES, STATES
from editions.rendering import EditionResponse
from editions.withdrawn import leave_out, with_withdrawn

from ..policies import Jurisdiction, Policy, Status
from .cases import HEAVY, Study, here, with_replies
from .comparing import FEWEST, MOST, Table, table_of
from .filtering import Filter, Thing, filters, passing
from .routing import Place, place_of
from .serving import PublicPageMixin

if TYPE_CHECKING:
    from ..models import CaseStudiesPage

FILTERS = ("policy", "state", "jurisdiction", "status", "provision")
#: More places than this in one address are somebody's play; the rest is not looked at.
ASKED_AT_MOST = 20


@dataclass
class Listing:
    """What a list shows. ``unknown``: asked for, and none of the choices."""

    studies: list[Study]
    total: int
    filters: list[Filter]
    unknown: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)

    @property
    def is_filtered(self) -> bool:
        return any(each.chosen for each in self.filters)


def studies_of(page: CaseStudiesPage, place: Place) -> list[Study]:
    """All published case studies beneath a list, by state and place, with their provisions. Two queries."""
    from ..models import CaseStudyPage

    if not page.path:
        return []
    pages = with_withdrawn(CaseStudyPage.objects.child_of(page).live())
    pages = list(pages.select_related("locale").defer(*HEAVY))
    leave_out(*pages)
    found = [here(place, each) for each in pages]
    found.sort(key=lambda study: (STATES.get(study.page.state, "~"), study.page.place, study.page.pk))
    return with_replies(place, page.locale, found)


def listing(studies: list[Study], query: QueryDict) -> Listing:
    """``query`` asks with the names in ``FILTERS``; ``with`` marks places to compare."""
    things = [Thing(study, values_of(study)) for study in studies]
    named = {reply.provision.code: reply.provision.label for study in studies for reply in study.replies}
    choices = {
        "policy": [(value, str(label)) for value, label in Policy.choices],
        "state": STATE_CHOICES,
        "jurisdiction": [(value, str(label)) for value, label in Jurisdiction.choices],
        "status": [(value, str(label)) for value, label in Status.choices],
        "provision": sorted(named.items(), key=lambda each: each[1]),
    }
    labels = {
        "policy": _("Policy"),
        "state": _("State"),
        "jurisdiction": _("Kind of place"),
        "status": _("Status"),
        "provision": _("Has the provision"),
    }
    asked = {name: query.get(name, "")[:80] for name in FILTERS if query.get(name)}
    known = {name: {value for value, _label in choices[name]} for name in FILTERS}
    unknown = [value for name, value in asked.items() if value not in known[name]]
    asked = {name: value for name, value in asked.items() if value in known[name]}
    return Listing(
        studies=[thing.what for thing in passing(things, asked)],
        total=len(studies),
        filters=filters(things, asked, labels, choices),
        unknown=unknown,
        marked=asked_slugs(query),
    )


def values_of(study: Study) -> dict[str, set[str]]:
    page = study.page
    has = {reply.provision.code for reply in study.replies if reply.answer in ("yes", "conditional")}
    return {
        "policy": {page.policy},
        "state": {page.state},
        "jurisdiction": {page.jurisdiction},
        "status": {page.status},
        "provision": has,
    }


def asked_slugs(query: QueryDict) -> list[str]:
    """The places asked for, ``with=one&with=two`` or ``with=one,two``, each once, in order."""
    asked = [part.strip() for value in query.getlist("with") for part in value.split(",")]
    return [slug[:80] for slug in dict.fromkeys(asked) if slug][:ASKED_AT_MOST]


@dataclass
class Comparison:
    """What ``compare/`` shows: a table, or why there is none and the list to choose from."""

    table: Table | None
    troubles: list[str]
    marked: list[str]


def comparison(studies: list[Study], asked: list[str]) -> Comparison:
    by_slug = {study.page.slug: study for study in studies}
    known = [by_slug[slug] for slug in asked if slug in by_slug]
    unknown = [slug for slug in asked if slug not in by_slug]
    troubles = []
    if unknown:
        troubles.append(
            ngettext(
                "“%(names)s” is not among the case studies here.",
                "These are not among the case studies here: “%(names)s”.",
                len(unknown),
            )
            % {"names": _("”, “").join(unknown)}
        )
    if len(known) < FEWEST:
        troubles.append(_("Choose two to four places to see them side by side."))
    elif len(known) > MOST:
        troubles.append(
            _("You chose %(count)d places. At most four fit side by side: take some out.")
            % {"count": len(known)}
        )
    fits = FEWEST <= len(known) <= MOST
    return Comparison(table_of(known) if fits else None, troubles, [study.page.slug for study in known])


class PublicCaseStudiesMixin(PublicPageMixin):
    """The list. ``RoutablePageMixin`` stands before it."""

    def serve(self, request: HttpRequest, view: Any = None, args: Any = None, kwargs: Any = None) -> Any:
        if view is not None:
            return super().serve(request, view, args, kwargs)
        return self.answer(request, self.get_template(request), context=self.list_context(request))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> EditionResponse:
        return self.serve(request)

    def list_context(self, request: HttpRequest) -> dict[str, Any]:
        place = place_at(request, self)
        with translation.override(place.wanted):
            return {"listing": listing(studies_of(self, place), request.GET), "list_address": ""}

    @view_path("compare/")
    def compare(self, request: HttpRequest) -> EditionResponse:
        place = place_at(request, self)
        with translation.override(place.wanted):
            studies = studies_of(self, place)
            found = comparison(studies, asked_slugs(request.GET))
        return self.answer(
            request,
            "toolkit_pages/compare_page.html",
            context={
                "comparison": found,
                "listing": Listing(studies, len(studies), [], marked=found.marked),
                "list_address": "../",
            },
            beneath=self.compare_elsewhere(place, found),
        )

    def compare_elsewhere(self, place: Place, found: Comparison) -> dict[str, str]:
        """The same comparison in the site's other languages, where all its places are there. One query."""
        from ..models import CaseStudyPage

        lists = {code: other for code, other in place.others.items() if code != self.locale.language_code}
        own = query_for(found.marked)
        beneath = {self.locale.language_code: f"compare/{own}"}
        if found.table is None or not lists:
            return {**beneath, **dict.fromkeys(lists, "compare/")}
        keys = [study.page.translation_key for study in found.table.studies]
        rows = CaseStudyPage.objects.filter(
            translation_key__in=keys, live=True, url_path__startswith=place.root.folder
        ).values_list("locale__language_code", "translation_key", "slug")
        slugs: dict[str, dict[Any, str]] = {}
        for code, key, slug in rows:
            slugs.setdefault(code, {})[key] = slug
        for code in lists:
            there = slugs.get(code, {})
            if all(key in there for key in keys):
                beneath[code] = f"compare/{query_for([there[key] for key in keys])}"
        return beneath


def place_at(request: HttpRequest, page: Any) -> Place:
    """The place that the request was routed to; of a preview, the one that its host says."""
    place = getattr(request, "_place", None) or place_of(request, page)
    if place is None:
        from django.http import Http404

        raise Http404("No site answers to this host.")
    return place


def query_for(slugs: list[str]) -> str:
    query = QueryDict(mutable=True)
    query.setlist("with", slugs)
    return f"?{query.urlencode()}" if slugs else ""
