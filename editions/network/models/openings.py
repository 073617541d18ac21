"""Affiliates that are being opened, and where an affiliate's site was before."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .affiliates import Affiliate


@dataclass(frozen=True)
class StepDone:
    """One line of the receipt. `message` says what was done, or what is wrong and what to do."""

    key: str
    title: str
    ok: bool
    message: str


class OpeningQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state__in=(Opening.State.QUEUED, Opening.State.RUNNING))


class Opening(models.Model):
    """One affiliate on its way: what was asked for, how far it is, and afterwards the receipt.

    `wanted` is what `network.actions.open_affiliate.Wanted` reads; `steps` are rows of `StepDone`. Openings of
    one file share their `batch`.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("needs you")

    wanted = models.JSONField()
    steps = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    affiliate = models.ForeignKey(
        Affiliate, on_delete=models.SET_NULL, null=True, blank=True, related_name="openings"
    )
    batch = models.UUIDField(default=uuid.uuid4, db_index=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, editable=False)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("opening of an affiliate")
        verbose_name_plural = _("openings of affiliates")

    def __str__(self) -> str:
        return self.wanted.get("name", "")

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def receipt(self) -> list[StepDone]:
        return [StepDone(**row) for row in self.steps]


class FormerAddress(models.Model):
    """A host name that led to an affiliate's site and now sends readers on."""

    affiliate = models.ForeignKey(Affiliate, on_delete=models.CASCADE, related_name="former_addresses")
    hostname = models.CharField(max_length=255)
    port = models.PositiveIntegerField(default=80)
    left_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-left_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("hostname", "port"), name="network_one_former_address"),
        )
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.hostname
