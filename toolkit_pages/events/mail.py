"""The e-mails to whoever registered an event. They repeat nothing that was written in the form: a stranger may have typed
somebody else's address."""

from __future__ import annotations

import logging
import smtplib
from typing import TYPE_CHECKING, Any

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Site

from editions.addresses import SiteRoot
from editions.network.models import Affiliate

from ..public.identity import site_identity

if TYPE_CHECKING:
    from ..models import EventsPage, EventSubmission

logger = logging.getLogger(__name__)


class NotSent(Exception):
    """The message could not be handed to the mail server."""


def send_registered(submission: EventSubmission, page: EventsPage, link: str) -> None:
    """Raises NotSent: without the link nobody could change or withdraw the event."""
    send("registered", submission, page, {"link": link})


def send_approved(submission: EventSubmission, page: EventsPage) -> None:
    root = root_of(page)
    event = submission.event
    try:
        send(
            "approved",
            submission,
            page,
            {"link": root.url(event.url_path, event.locale.language_code) if root else ""},
        )
    except NotSent:
        # The event is on line all the same; who registered it can see it there.
        logger.exception("The approval of registration %s could not be mailed", submission.pk)


def send_refused(submission: EventSubmission, page: EventsPage, *, is_change: bool) -> None:
    """Raises NotSent: the reason would reach nobody."""
    send("refused", submission, page, {"reason": submission.reason, "is_change": is_change})


def send(name: str, submission: EventSubmission, page: EventsPage, context: dict[str, Any]) -> None:
    """In the language of the page at which the event was registered."""
    if not submission.email:
        return
    root = root_of(page)
    with translation.override(page.locale.language_code):
        identity = site_identity(root.site) if root else None
        context = {**context, "site": identity.name if identity else "", "day": submission.last_day}
        subject = render_to_string(f"toolkit_pages/mail/event_{name}_subject.txt", context)
        text = render_to_string(f"toolkit_pages/mail/event_{name}.txt", context)
    try:
        send_mail(" ".join(subject.split()), text, None, [submission.email])
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(str(error)) from error


def root_of(page: Any) -> SiteRoot | None:
    """The site that a page stands on."""
    affiliate = Affiliate.objects.owning(page).select_related("site__root_page__locale").first()
    if affiliate is not None:
        return SiteRoot(affiliate.site)
    national = Site.objects.select_related("root_page__locale").filter(is_default_site=True).first()
    return SiteRoot(national) if national else None
