"""What readers get of events: the page of one, the list of a site, its calendars and its feed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from wagtail.contrib.routable_page.models import path, re_path

from editions.models import Edition
from editions.registry import variable_values

from ..public.serving import PublicPageMixin, telephone
from ..public.structured import organisation
from . import listing, registering
from .calendar import EPOCH, calendar
from .finding import fold, near
from .kinds import LANGUAGES, Kind
from .structured import entry, filled, structured

if TYPE_CHECKING:
    from ..public.routing import Place


class PublicEventMixin(PublicPageMixin):
    """One event; a day of action shows the local events that belong to it, by place."""

    def answer(self, request: HttpRequest, template: str, **options: Any) -> Any:
        self._query = request.GET
        return super().answer(request, template, **options)

    def prepare_public(self, place: Place) -> dict[str, Any]:
        if self.date is None:
            # Only a preview of what is not finished has none.
            self.date = timezone.now().date()
        context = super().prepare_public(place)
        address = place.root.path(self.url_path, self.locale.language_code) if self.url_path else "/"
        above = address.rstrip("/").rpartition("/")[0] + "/"
        key = national_key(self)
        context.update(
            event=self,
            events_address=above,
            calendar_address=f"{above}{self.slug}.ics",
            register_address=f"{above}register/?day={key}",
            is_over=self.is_over,
            contact_link=telephone(self.contact_phone),
            local=LocalEvents(key, place, getattr(self, "_query", {})) if self.is_day_of_action else None,
            whole=parent_day(self, place),
        )
        return context

    def structured_data(self, place: Place, context: dict[str, Any]) -> list[dict[str, Any]]:
        said = structured(self, context["canonical"], organisation(place))
        return [*super().structured_data(place, context), said]


def national_key(event: Any) -> Any:
    """The translation key by which events name a day of action: that of national's page, on an edition of it too."""
    if not event.is_day_of_action or event.base_version is None:
        return event.translation_key
    followed = Edition.objects.filter(page=event.pk).values_list("source_key", flat=True).first()
    return followed or event.translation_key


def parent_day(event: Any, place: Place) -> Any:
    """The national day of action that an event belongs to, with its address, where it is still on line: this site's edition of
    it where there is one."""
    if event.day_of_action is None:
        return None
    here = Q(edition__source_key=event.day_of_action, edition__site=place.root.site)
    days = listing.events().filter(Q(translation_key=event.day_of_action) | here)
    found = listing.by_place(listing.elsewhere(days, place), place)
    return found[0] if found else None


class LocalEvents:
    """The local events of a day of action that a reader asked for by the name of a place."""

    def __init__(self, key: Any, place: Place, query: Any) -> None:
        self.wanted = listing.Wanted(place=listing.Wanted.of(query).place)
        found = listing.of_day(place, key)
        self.shown = [each for each in found if self.wanted.takes(each)]
        self.places = sorted({each.where for each in found if each.where}, key=fold)
        self.near = near(self.wanted.place, self.places) if self.wanted.place and not self.shown else []


class EventList:
    """The lists of one events page for one reader. Everything is looked up here, in a fixed number of queries."""

    def __init__(self, page: Any, place: Place, query: Any) -> None:
        wanted = listing.Wanted.of(query)
        found = listing.beneath(page)
        mine = listing.own(listing.upcoming(found), place.root)
        others = listing.across(place)
        self.wanted = wanted
        self.mine = [each for each in mine if wanted.takes(each)]
        self.others = [each for each in others if wanted.takes(each)]
        self.past = [each for each in listing.own(listing.past(found), place.root) if wanted.takes(each)]
        everything = [*mine, *others]
        self.places = sorted({each.where for each in everything if each.where}, key=fold)
        kinds = {each.event.kind for each in everything}
        self.kinds = [(value, label) for value, label in Kind.choices if value in kinds]
        spoken = {code for each in everything for code in each.event.language_codes}
        self.languages = [(code, name) for code, name in LANGUAGES if code in spoken]
        self.near = near(wanted.place, self.places) if wanted.place and not (self.mine or self.others) else []


class PublicEventsMixin(PublicPageMixin):
    """The list of a site's events, and beneath it ``calendar.ics``, ``NAME.ics``, ``feed/`` and ``register/``."""

    #: The views beneath the page show no list, and look none up.
    shows_list = True
    answers_posts = True

    def prepare_public(self, place: Place) -> dict[str, Any]:
        context = super().prepare_public(place)
        address = place.root.path(self.url_path, self.locale.language_code) if self.url_path else "/"
        host = place.root.site.root_url.partition("://")[2]
        context.update(
            events_address=address,
            register_address=f"{address}register/" if self.takes_registrations else "",
            calendar_address=f"{address}calendar.ics",
            subscribe_address=f"webcal://{host}{address}calendar.ics",
            events_feed_address=f"{address}feed/",
        )
        if self.shows_list:
            context["events"] = EventList(self, place, getattr(self, "_query", {}))
        return context

    def answer(self, request: HttpRequest, template: str, **options: Any) -> Any:
        self.shows_list = "beneath" not in options
        self._query = request.GET
        return super().answer(request, template, **options)

    def everywhere(self, request: HttpRequest, below: str) -> dict[str, str]:
        """A view that this page has in all languages of the site, for ``beneath``."""
        return dict.fromkeys(request._place.homes, below)

    # Calendars and feed ----------------------------------------------------------------------------

    def url_on(self, place: Place, below: str = "") -> str:
        return place.root.url(self.url_path, self.locale.language_code) + below

    @re_path(r"^calendar\.ics/$", name="calendar")
    def serve_calendar(self, request: HttpRequest) -> HttpResponse:
        """All events of the site in this language: those to come, and for a year those that are over."""
        place = request._place
        since = timezone.now().date() - listing.REMEMBERED
        return self.calendar_of(
            request,
            listing.beneath(self).filter(last__gte=since),
            name=f"{place.identity.name}: {self.title}",
            source=self.url_on(place, "calendar.ics"),
        )

    @re_path(r"^(?P<slug>[-\w]+)\.ics/$", name="event_calendar")
    def serve_event(self, request: HttpRequest, slug: str) -> HttpResponse:
        found = list(listing.beneath(self).filter(slug=slug)[:1])
        if not found:
            raise Http404("There is no such event here.")
        return self.calendar_of(request, found, file=f"{slug}.ics")

    def calendar_of(
        self, request: HttpRequest, found: Any, *, name: str = "", source: str = "", file: str = ""
    ) -> HttpResponse:
        place = request._place
        language = self.locale.language_code
        values = variable_values(place.root.site, self.locale)
        with translation.override(language):
            # What is shown without its long texts in lists is written out here.
            entries = [
                entry(event, place.root.url(event.url_path, language), values)
                for event in (found if isinstance(found, list) else found.defer(None).defer("body"))
            ]
            content = calendar(entries, name=filled(name, values), source=source, language=language)
        etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response.headers["ETag"] = etag
        response.headers["Content-Language"] = language
        if file:
            response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
        return get_conditional_response(request, etag=etag, response=response)

    @path("feed/", name="feed")
    def serve_feed(self, request: HttpRequest) -> HttpResponse:
        """The events to come as Atom (RFC 4287), those that were published last first."""
        place = request._place
        language = self.locale.language_code
        values = variable_values(place.root.site, self.locale)
        with translation.override(language):
            found = listing.upcoming(listing.beneath(self))
            feed = Atom1Feed(
                title=f"{place.identity.name}: {filled(self.title, values)}",
                link=self.url_on(place),
                description=filled(self.intro, values),
                language=language,
                feed_url=self.url_on(place, "feed/"),
            )
            for event in sorted(found, key=lambda each: each.last_published_at or EPOCH, reverse=True):
                changed = event.last_published_at or event.latest_revision_created_at or EPOCH
                feed.add_item(
                    title=entry(event, "", values).title,
                    link=place.root.url(event.url_path, language),
                    description=filled(feed_words(event), values),
                    unique_id=f"urn:uuid:{event.translation_key}",
                    pubdate=event.first_published_at or changed,
                    updateddate=changed,
                    categories=[str(event.get_kind_display())],
                )
            response = HttpResponse(
                feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
            )
        response.headers["Content-Language"] = language
        return response

    # Readers register an event -----------------------------------------------------------------------

    @path("register/", name="register")
    def serve_register(self, request: HttpRequest) -> HttpResponse:
        return registering.register(self, request)

    @path("register/thanks/", name="registered")
    def serve_registered(self, request: HttpRequest) -> HttpResponse:
        return registering.thanks(self, request)

    @path("register/change/", name="revise")
    def serve_revise(self, request: HttpRequest) -> HttpResponse:
        return registering.revise(self, request)


def feed_words(event: Any) -> str:
    hours = " ".join(filter(None, [event.hour_words, event.zone_words]))
    when = _("%(day)s, %(hours)s") % {"day": event.day_words, "hours": hours}
    return "\n".join(filter(None, [when, event.address_words, event.summary]))
