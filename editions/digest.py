"""One e-mail for each affiliate about everything that began to wait since the last one.

Each update is told once: ``Update.notified_at`` says when. The message goes to those who may publish on the
site (``editions.access.recipients_of``), in the language of their own admin, unless they have switched off
the notifications about what waits for a moderator (*submitted* in their account's notification settings),
which is the nearest that Wagtail asks.
"""

import logging
from collections import defaultdict

from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import Site
from wagtail.users.models import UserProfile

from editions.access import recipients_of
from editions.models import Edition, Update

logger = logging.getLogger(__name__)

#: Pages that are named in one message; it says how many there are in all.
NAMED = 25
ASKING = (Update.Outcome.CONFLICT, Update.Outcome.FORCED, Update.Outcome.WAITING)


def untold():
    """Updates that an affiliate has not been told of and that still wait for it."""
    waits = Q(edition__in=Edition.objects.waiting().values("pk")) | Q(
        edition__in=Edition.objects.in_conflict().values("pk")
    )
    return Update.objects.filter(waits, notified_at=None, outcome__in=ASKING, edition__page__isnull=False)


def send_digests() -> int:
    """Send what is due. Returns the number of messages sent. Safe to run at any time, and by two workers at
    once."""
    sent = 0
    for site_id in list(untold().values_list("site_id", flat=True).distinct().order_by("site_id")):
        sent += send_digest(Site.objects.select_related("root_page").get(pk=site_id))
    return sent


def send_digest(site: Site) -> int:
    """Tell the editors of one site. What is marked as told is marked first: a message too few is better than
    the same one again and again, and the admin shows everything anyway."""
    with transaction.atomic():
        updates = list(
            untold()
            .select_for_update(of=("self",))
            .filter(site=site)
            .select_related("edition__page", "edition__locale", "release")
            .order_by("-release_id", "pk")
        )
        Update.objects.filter(pk__in=[update.pk for update in updates]).update(notified_at=timezone.now())
    if not updates:
        return 0
    sent = 0
    for user in recipients_of(site):
        if not UserProfile.get_for_user(user).submitted_notifications:
            continue
        try:
            sent += send_mail(*message(site, updates, user), [user.email])
        except OSError:
            logger.exception("The digest of %s could not be sent to user %s", site, user.pk)
    return sent


def message(site: Site, updates: list[Update], user) -> tuple[str, str]:
    """Subject and text, in the user's language."""
    base = get_admin_base_url() or ""
    pages = defaultdict(lambda: {"conflict": False, "forced": False})
    for update in updates:
        row = pages[update.edition_id]
        row["title"], row["language"] = update.edition.page.title, update.edition.locale.get_display_name()
        row["url"] = base + reverse("editions:review", args=[update.edition_id])
        row["conflict"] |= update.outcome == Update.Outcome.CONFLICT
        row["forced"] |= update.outcome == Update.Outcome.FORCED
        row["release"] = update.release.title
    rows = sorted(pages.values(), key=lambda row: (not row["conflict"], row["title"]))
    context = {
        "site": site.site_name or site.hostname,
        "user": user,
        "rows": rows[:NAMED],
        "count": len(rows),
        "more": max(len(rows) - NAMED, 0),
        "releases": list({update.release_id: update.release for update in updates}.values()),
        "url": base + reverse("editions:updates"),
    }
    with override(UserProfile.get_for_user(user).get_preferred_language()):
        subject = render_to_string("editions/mail/digest_subject.txt", context)
        text = render_to_string("editions/mail/digest.txt", context)
    return " ".join(subject.split()), text
