"""The mail with an invitation's link."""

from __future__ import annotations

import logging

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url

from .actions.people import label_of
from .models import Invitation

logger = logging.getLogger(__name__)


def send(invitation: Invitation) -> None:
    """Sends it, unless it is over; marks when, or what went wrong."""
    if not invitation.is_open:
        return
    with override(language_of(invitation)):
        subject, text = message(invitation)
        try:
            send_mail(subject, text, [invitation.email])
        except OSError:
            logger.exception("Invitation %s could not be sent", invitation.pk)
            invitation.problem = _("The mail server did not take the mail. Send it again later.")
        else:
            invitation.problem, invitation.sent_at = "", timezone.now()
    invitation.save(update_fields=["problem", "sent_at"])


def language_of(invitation: Invitation) -> str:
    """The affiliate's first language, as far as the admin speaks it; else the server's."""
    return spoken(invitation.affiliate.first_language if invitation.affiliate else settings.LANGUAGE_CODE)


def spoken(code: str) -> str:
    """`code` where the admin speaks it, else the server's language."""
    permitted = dict(getattr(settings, "WAGTAILADMIN_PERMITTED_LANGUAGES", settings.LANGUAGES))
    return code if code in permitted else settings.LANGUAGE_CODE


def message(invitation: Invitation) -> tuple[str, str]:
    base = get_admin_base_url() or ""
    by = invitation.invited_by
    context = {
        "invitation": invitation,
        "by": (by.get_full_name() or by.get_username()) if by else "",
        "role": label_of(invitation.role),
        "url": base + reverse("network_entry:accept", args=[invitation.token()]),
        "network": str(settings.WAGTAIL_SITE_NAME),
    }
    subject = render_to_string("network/mail/invitation_subject.txt", context).strip()
    return subject, render_to_string("network/mail/invitation.txt", context)
