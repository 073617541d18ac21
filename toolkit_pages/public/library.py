"""The library's documents on a site: which there are, where they are read, and what their templates get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from campaign_library import showing
from campaign_library.models import DecisionMakerType, DemandList, ModelOrdinance, TextTemplate
from campaign_library.models.document import LibraryDocument
from campaign_library.standing_in import affiliate_of_site, shown_for
from editions.rendering import EditionResponse

from .routing import Place, place_of
from .serving import PublicPageMixin, address


@dataclass(frozen=True)
class Kind:
    """One kind of document: its place in the address is the model's ``kind_path``."""

    model: type[LibraryDocument]
    title: Any
    explained: Any
    template: str
    show: Callable[..., showing.Shown]

    @property
    def path(self) -> str:
        return self.model.kind_path


KINDS = {
    kind.path: kind
    for kind in (
        Kind(
            ModelOrdinance,
            _("Model ordinances"),
            _("Whole texts to adapt, with notes and blanks."),
            "campaign_library/ordinance.html",
            showing.show_ordinance,
        ),
        Kind(
            DemandList,
            _("Demands"),
            _("What others asked for, to take whole or one by one."),
            "campaign_library/demands.html",
            showing.show_demands,
        ),
        Kind(
            DecisionMakerType,
            _("Who decides"),
            _("What each office controls, and what to ask of it, on one sheet."),
            "campaign_library/asks.html",
            showing.show_asks,
        ),
        Kind(
            TextTemplate,
            _("Letters and texts"),
            _("To copy, fill in and use."),
            "campaign_library/text.html",
            showing.show_text,
        ),
    )
}


@dataclass(frozen=True)
class Entry:
    """One document in a list."""

    document: LibraryDocument
    address: str
    is_local: bool


@dataclass(frozen=True)
class Shelf:
    kind: Kind
    address: str
    entries: list[Entry]


def shelf(kind: Kind, place: Place, locale: Locale, home: str) -> Shelf:
    """The documents of one kind, the site's own first. One query. ``home`` is the library's address."""
    found: dict[str, LibraryDocument] = {}
    documents = kind.model.objects.shown_by(affiliate_of_site(place.root.site), locale)
    for document in sorted(documents, key=lambda each: (each.owner_id is None, each.title)):
        found.setdefault(document.slug, document)
    entries = [
        Entry(document, f"{home}{kind.path}/{document.slug}/", document.owner_id is not None)
        for document in found.values()
    ]
    return Shelf(kind, f"{home}{kind.path}/", entries)


def document_at(kind: Kind, place: Place, locale: Locale, slug: str) -> LibraryDocument:
    """Raises Http404. An affiliate's own document stands before national's of the same address."""
    found = (
        kind.model.objects.shown_by(affiliate_of_site(place.root.site), locale)
        .filter(slug=slug)
        .select_related("locale")
    )
    document = min(found, key=lambda each: each.owner_id is None, default=None)
    if document is None:
        raise Http404("There is no such document here.")
    return document


def family_of(document: LibraryDocument) -> dict[str, str]:
    """language → path beneath the library page, of the document's published translations. One query."""
    family = type(document).objects.filter(translation_key=document.translation_key, live=True)
    return {
        code: f"{document.kind_path}/{slug}/"
        for code, slug in family.values_list("locale__language_code", "slug")
    }


def relatives_of(
    ordinance: ModelOrdinance, place: Place, locale: Locale
) -> tuple[ModelOrdinance | None, list[ModelOrdinance]]:
    """The ordinance that this is a variant of, and the variants of this one, in the same language. One query."""
    parents = ModelOrdinance._base_manager.filter(pk=ordinance.variant_of_id).values("translation_key")
    family = ModelOrdinance.objects.shown_by(affiliate_of_site(place.root.site), locale).filter(
        Q(variant_of__translation_key=ordinance.translation_key) | Q(translation_key__in=parents)
    )
    found = list(family.select_related("variant_of"))
    variants = [
        each
        for each in found
        if each.variant_of and each.variant_of.translation_key == ordinance.translation_key
    ]
    return next((each for each in found if each not in variants), None), variants


@dataclass(frozen=True)
class Reading:
    """Where the library is read in one language."""

    language: str
    address: str


def reading_at(place: Place, locale_id: int) -> Reading | None:
    """The library page in one language for what a page of this site embeds: the site's own, else national's.

    No query: both are at hand.
    """
    if place.library is None:
        place.library = {**nationals_readings(place), **own_readings(place)}
    return place.library.get(locale_id)


def document_address(place: Place, document: LibraryDocument) -> str:
    """Where readers of this site read a document in full; empty where no library page shows it."""
    reading = reading_at(place, document.locale_id) if document.pk is not None else None
    return f"{reading.address}{document.kind_path}/{document.slug}/" if reading is not None else ""


def own_readings(place: Place) -> dict[int, Reading]:
    """id of the locale → the site's own library page. No query."""
    return {
        page.locale_id: Reading(page.locale.language_code, address(place, page))
        for page in place.children
        if issubclass(page.specific_class or Page, PublicLibraryMixin)
    }


def nationals_readings(place: Place) -> dict[int, Reading]:
    """id of the locale → national's library page, on the site of another. No query."""
    if place.national is None:
        return {}
    return {
        page.locale_id: Reading(
            page.locale.language_code, place.national.url(page.url_path, page.locale.language_code)
        )
        for page in place.nationals_library
    }


class PublicLibraryMixin(PublicPageMixin):
    """The views of a library page. Put it after RoutablePageMixin, which hands on what has no view to ``serve``."""

    document_template = "toolkit_pages/library_document.html"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> EditionResponse:
        return self.show_index(request)

    def show_index(self, request: HttpRequest) -> EditionResponse:
        place = self.placed(request)
        home = address(place, self)
        shelves = [shelf(kind, place, self.locale, home) for kind in KINDS.values()]
        return self.answer(request, self.get_template(request), context={"shelves": shelves})

    def show_kind(self, request: HttpRequest, kind: str) -> EditionResponse:
        found = KINDS.get(kind)
        if found is None:
            raise Http404("The library has no such shelf.")
        place = self.placed(request)
        context = {"shelves": [shelf(found, place, self.locale, address(place, self))], "only": found}
        beneath = dict.fromkeys(place.others, f"{kind}/")
        return self.answer(request, self.get_template(request), context=context, beneath=beneath)

    def show_document(self, request: HttpRequest, kind: str, slug: str) -> EditionResponse:
        found = KINDS.get(kind)
        if found is None:
            raise Http404("The library has no such shelf.")
        place = self.placed(request)
        document = document_at(found, place, self.locale, slug)
        home = address(place, self)
        options: dict[str, Any] = {}
        context: dict[str, Any] = {
            "kind": found,
            "shelf_address": f"{home}{kind}/",
            "is_local_document": document.owner_id is not None,
            "document_template": found.template,
        }
        with translation.override(place.wanted), shown_for(affiliate_of_site(place.root.site)):
            if isinstance(document, ModelOrdinance):
                parent, variants = relatives_of(document, place, self.locale)
                options["parent"] = parent
                context["variants"] = [
                    Entry(each, f"{home}{kind}/{each.slug}/", each.owner_id is not None) for each in variants
                ]
                context["parent_address"] = f"{home}{kind}/{parent.slug}/" if parent else ""
            context["doc"] = found.show(document, self.locale, place.own_words(self.locale), **options)
        return self.answer(request, self.document_template, context=context, beneath=family_of(document))

    def placed(self, request: HttpRequest) -> Place:
        """The place to which the request was routed; in a preview, where the page stands."""
        place = getattr(request, "_place", None) or place_of(request, self)
        if place is None:
            raise Http404("No site answers to this host.")
        request._place = place
        return place

    def serve_preview(self, request: HttpRequest, mode_name: str) -> EditionResponse:
        return self.show_index(request)

    def prepare_public(self, place: Place) -> dict[str, Any]:
        return {**super().prepare_public(place), "library_address": address(place, self)}
