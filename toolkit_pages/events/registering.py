"""Register your event: the public form, without an account, a cookie or a script, and the page behind the edit link."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import override

from editions.actions.errors import EditionError

from . import tokens
from .forms import RegistrationForm, RevisionForm
from .mail import NotSent
from .page_form import zone_of_page
from .values import as_json

if TYPE_CHECKING:
    from ..models import EventsPage

TEMPLATE = "toolkit_pages/events_register.html"
#: Bytes: a form of plain text is never longer.
LONGEST_POST = 60_000


def register(page: EventsPage, request: HttpRequest) -> HttpResponse:
    from ..actions.registrations import RegisterEvent, TooMany

    language = page.locale.language_code
    with override(request._place.wanted):
        if not page.takes_registrations:
            return shown(page, request, "register/", form=None, status=404)
        options = {"language": language, "zone": zone_of_page(page)}
        if request.method != "POST":
            # The button of a national day of action says for which day.
            initial = {"day_of_action": request.GET.get("day", "")}
            form = RegistrationForm(initial=initial, **options)
            return shown(page, request, "register/", form=stamped(page, form))
        form = RegistrationForm(request.POST, **options)
        if not form.is_valid():
            return shown(page, request, "register/", form=stamped(page, form), status=422)
        if trouble := stamp_trouble(page, request, form):
            return shown(page, request, "register/", form=stamped(page, form), trouble=trouble, status=422)
        action = RegisterEvent(
            page,
            as_json(form.cleaned_data),
            form.cleaned_data["email"],
            address=page.url_on(request._place, "register/change/"),
        )
        try:
            action.execute()
        except TooMany as refusal:
            response = shown(
                page,
                request,
                "register/",
                form=stamped(page, form),
                trouble=" ".join(refusal.messages),
                status=429,
            )
            response.headers["Retry-After"] = "3600"
            return response
        except EditionError as refusal:
            trouble = " ".join(refusal.messages)
            return shown(page, request, "register/", form=stamped(page, form), trouble=trouble, status=409)
        except NotSent:
            trouble = _(
                "The e-mail with your link could not be sent, so nothing was kept. Look at the address, and try again later."
            )
            return shown(page, request, "register/", form=stamped(page, form), trouble=trouble, status=503)
    return see_other(page, request, "register/thanks/")


def thanks(page: EventsPage, request: HttpRequest) -> HttpResponse:
    return shown(page, request, "register/thanks/", is_done=True)


def revise(page: EventsPage, request: HttpRequest) -> HttpResponse:
    """Behind the edit link. Whoever has the link may change or withdraw the event: nothing else is known of them."""
    from ..actions.registrations import ReviseRegistration, WithdrawRegistration, find

    key = request.GET.get("key", "")
    below = "register/change/"
    submission = find(page, key)
    with override(request._place.wanted):
        if submission is None:
            return shown(page, request, below, is_gone=True, status=404)
        if request.method == "POST" and "withdraw" in request.POST:
            if "sure" not in request.POST:
                trouble = _("Tick the box to withdraw the event.")
                form = RevisionForm(initial=latest(submission), **options_of(page))
                return shown(
                    page, request, below, form=form, submission=submission, trouble=trouble, status=422
                )
            try:
                WithdrawRegistration(submission).execute()
            except EditionError:
                return shown(page, request, below, is_gone=True, status=409)
            return shown(page, request, below, is_withdrawn=True)
        if request.method != "POST":
            form = RevisionForm(initial=latest(submission), **options_of(page))
            return shown(page, request, below, form=form, submission=submission)
        form = RevisionForm(request.POST, initial=latest(submission), **options_of(page))
        if not form.is_valid():
            return shown(page, request, below, form=form, submission=submission, status=422)
        try:
            submission = ReviseRegistration(submission, as_json(form.cleaned_data)).execute()
        except EditionError:
            # Somebody decided while the form was open.
            return shown(page, request, below, is_gone=True, status=409)
        form = RevisionForm(initial=latest(submission), **options_of(page))
        return shown(page, request, below, form=form, submission=submission, is_saved=True)


def options_of(page: EventsPage) -> dict[str, Any]:
    return {"language": page.locale.language_code, "zone": zone_of_page(page)}


def latest(submission: Any) -> dict[str, Any]:
    return submission.change or submission.data


def stamped(page: EventsPage, form: RegistrationForm) -> RegistrationForm:
    """The form with a fresh stamp, whatever was posted, so that sending it again works."""
    form.fresh_stamp = tokens.stamp(page.pk, time.time())
    return form


def stamp_trouble(page: EventsPage, request: HttpRequest, form: RegistrationForm) -> str:
    """Why a complete form is not taken yet; nothing if it is. All of it can be sent again."""
    origin = urlsplit(request.headers.get("Origin", "")).netloc
    age = tokens.stamp_age(form.cleaned_data.get("stamp", ""), page.pk, time.time())
    if (origin and origin != request.get_host()) or age is None or age > tokens.LONGEST:
        return _(
            "This form was open for long, or came from elsewhere. Look at it once more, and send it again."
        )
    if age < tokens.FASTEST:
        return _("That was very fast. Look at it once more, and send it again.")
    return ""


def shown(
    page: EventsPage, request: HttpRequest, below: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The page of the form. It is nobody's to keep: neither a cache's nor a search engine's."""
    context.setdefault("trouble", "")
    response = page.answer(
        request, TEMPLATE, context=context, beneath=page.everywhere(request, below), status=status
    )
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def see_other(page: EventsPage, request: HttpRequest, below: str) -> HttpResponse:
    place = request._place
    response = HttpResponseRedirect(place.root.path(page.url_path, page.locale.language_code) + below)
    response.status_code = 303
    return response
