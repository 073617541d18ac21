from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from editions.conflicts import Kind
from editions.streams import MISSING, Json, Path

from .editions import Edition
from .versions import Version


class ConflictQuerySet(models.QuerySet):
    def open(self):
        return self.filter(settled_at=None)


class Conflict(models.Model):
    """One place of one edition where both sides changed the same thing. Until it is settled, the local text stands.

    ``path`` is a list: field name, then block ids and field names. ``sides`` holds what stood there: raw ``base``, ``national``
    and ``local``, a key missing where nothing stood (as in ``editions.merge.Conflict.as_json``). ``base`` stays what it was when
    the conflict opened, although the edition's base moves on; newer national text replaces the older.
    """

    class Decision(models.TextChoices):
        KEEP = "keep", _("kept ours")
        TAKE = "take", _("took national's")
        EDIT = "edit", _("wrote it together")
        MOOT = "moot", _("settled itself")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="conflicts")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    path = models.JSONField()
    kind = models.CharField(max_length=50)
    sides = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    opened_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision = models.CharField(max_length=10, blank=True, choices=Decision.choices)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        ordering = ["opened_at", "pk"]
        indexes = [models.Index(fields=["edition", "settled_at"])]

    def __str__(self):
        return f"{self.edition}: {'/'.join(self.path)}"

    @property
    def place(self) -> Path:
        return tuple(self.path)

    @property
    def about_page(self) -> bool:
        """Whether it asks of the whole page: national has taken its own off."""
        return not self.path and self.kind == Kind.REMOVED_NATIONALLY

    @property
    def base(self) -> Json:
        return self.sides.get("base", MISSING)

    @property
    def national(self) -> Json:
        return self.sides.get("national", MISSING)

    @property
    def local(self) -> Json:
        """The text that was here when the conflict opened; the page may have moved on since."""
        return self.sides.get("local", MISSING)
