from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from .editions import Edition
from .versions import Version


class ReleaseQuerySet(models.QuerySet):
    def due(self):
        """Unfinished, or scheduled for a time that has come."""
        scheduled = models.Q(state=Release.State.SCHEDULED, send_at__lte=timezone.now())
        return self.filter(scheduled | models.Q(state__in=Release.UNFINISHED))


class Release(models.Model):
    """One sending: versions of some pages, to some sites. Its progress is the number of its updates."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("scheduled")
        QUEUED = "queued", _("waiting to start")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    #: States in which a worker has something to do.
    UNFINISHED = (State.QUEUED, State.RUNNING)

    title = models.CharField(_("title"), max_length=255)
    note = models.TextField(_("what changed, for the affiliates"), blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    # When it begins; empty for at once. Its versions are fixed when it is scheduled.
    send_at = models.DateTimeField(_("send at"), null=True)
    # The release that this one takes back: its items are the versions before that one's.
    undoes = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="undone_by")
    sites = models.ManyToManyField(Site, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-created_at", "-pk"]
        permissions = [("send_release", _("Can send updates to affiliates"))]

    def __str__(self):
        return self.title


class ReleaseItem(models.Model):
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="items")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "version"], name="item_once")]

    def __str__(self):
        return str(self.version)


class Update(models.Model):
    """What a release did to one edition: the receipt. One row per release, version and site."""

    class Outcome(models.TextChoices):
        APPLIED = "applied", _("applied")
        MERGED = "merged", _("merged with local words")
        FORCED = "forced", _("local words replaced, as protected")
        CONFLICT = "conflict", _("in conflict")
        ADDED = "added", _("added")
        OFF = "off", _("taken off line")
        WAITING = "waiting", _("waits for the affiliate")
        HELD = "held", _("held")
        HIDDEN = "hidden", _("hidden here")
        SKIPPED = "skipped", _("skipped")
        FAILED = "failed", _("failed")

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="updates")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    edition = models.ForeignKey(Edition, null=True, on_delete=models.SET_NULL, related_name="updates")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    # Why, and what to do about it, in an editor's words; empty where it went as expected.
    message = models.TextField(blank=True)
    # Conflicts and notices as editions.merge writes them, and streams moved by both sides; empty where nothing was local.
    receipt = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # The revision that the merge made, where there was something local to merge.
    revision_id = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    notified_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["release", "version", "site"], name="update_once"),
        ]
        indexes = [models.Index(fields=["site", "outcome"])]

    def __str__(self):
        return f"{self.release}: {self.site}, {self.outcome}"
