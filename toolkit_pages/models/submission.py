"""An event that a reader has registered: kept apart from the pages until a person of the site has approved it."""

from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editions.network.models import OwnedMixin
from editions.network.models.ownership import OwnedQuerySet
from editions.network.scoping import affiliates_of, is_national


class SubmissionQuerySet(OwnedQuerySet):
    def visible_to(self, user):
        """Those of the user's own affiliates; for national staff those of the national site, and no others.

        Who registered an event trusted one organisation with an address: being national opens no other's list.
        """
        mine = Q(owner__in=[affiliate.pk for affiliate in affiliates_of(user)])
        return self.filter(mine | Q(owner=None) if is_national(user) else mine)

    def to_decide(self):
        """What waits for a person: new ones, and changes of approved ones."""
        return self.filter(Q(state=EventSubmission.State.WAITING) | Q(change__isnull=False))


class EventSubmission(OwnedMixin, models.Model):
    """The submitter's only trace is ``email``, which `actions.events.ForgetSubmitters` empties when it is no longer needed.

    ``data`` are the fields of the event as the form took them, in JSON; ``change`` is what the submitter wants instead, once
    the event is published. ``token`` is the SHA-256 of the edit link's token, which stands in the e-mail and nowhere else.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    events_page = models.ForeignKey(
        "toolkit_pages.EventsPage", on_delete=models.CASCADE, related_name="submissions"
    )
    event = models.ForeignKey(
        "toolkit_pages.EventPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="submissions",
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    data = models.JSONField(encoder=DjangoJSONEncoder)
    change = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    email = models.EmailField(_("e-mail"), blank=True)
    token = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    token_expires = models.DateTimeField()
    last_day = models.DateField(_("last day of the event"))
    created_at = models.DateTimeField(_("registered"), default=timezone.now, db_index=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("registered event")
        verbose_name_plural = _("registered events")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return str(self.data.get("title", ""))

    @property
    def fingerprint(self) -> str:
        """Of what a person looks at before they decide: it differs when the submitter has changed anything meanwhile."""
        seen = json.dumps([self.state, self.data, self.change], sort_keys=True, cls=DjangoJSONEncoder)
        return hashlib.sha256(seen.encode()).hexdigest()

    @property
    def waits(self) -> bool:
        return self.state == self.State.WAITING or self.change is not None

    @property
    def is_open(self) -> bool:
        """Whether its submitter can still change it."""
        return self.state in (self.State.WAITING, self.State.APPROVED)
