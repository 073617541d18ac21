from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from editions.content import TAGS, blank_content, names_of, set_content
from editions.streams import Path


class VersionQuerySet(models.QuerySet):
    def of(self, source):
        """Versions of one national page in its language, newest first."""
        return self.filter(source_id=source.pk).order_by("-number")

    def of_snippet(self, snippet):
        """Versions of one national snippet in its language, newest first."""
        return self.filter(
            source_id=None, source_key=snippet.translation_key, locale=snippet.locale_id
        ).order_by("-number")


class Version(models.Model):
    """One immutable snapshot of a national page, or of a snippet that national shares, in one language, made when it is sent.

    Numbered per source, from 1; a page's languages are pages of their own in Wagtail, so a source has one language.
    A snapshot of our own, not a pointer to a revision: autosave overwrites revisions in place.
    The source is no foreign key, so that versions outlive a deleted national page. A snippet's is empty: key and language name it.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    source_id = models.PositiveBigIntegerField(null=True)
    source_key = models.UUIDField(
        help_text="The translation key of the national page: the same in all languages."
    )
    locale = models.ForeignKey(Locale, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    slug = models.CharField(max_length=255)
    parent_source_id = models.PositiveBigIntegerField(null=True)
    # National's earlier siblings, nearest first: where an edition is put when it is added.
    after_source_ids = models.JSONField(default=list)
    # Whether new editions begin with it: not while it waits for its time, nor when it was taken back everywhere.
    in_force = models.BooleanField(default=True)
    # National took the page off its site: it says what was said last, and that it is not to be read any more.
    gone = models.BooleanField(default=False)
    # What editions may not change, and why: a list of ``{"path", "reason"}``, as the page was marked when this was made.
    protected = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(fields=["source_id", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["source_key", "locale", "number"],
                condition=models.Q(source_id=None),
                name="snippet_version_number_once",
            ),
        ]
        indexes = [models.Index(fields=["source_key"])]

    @classmethod
    def from_db(cls, db, field_names, values):
        """A field that its page type got since the version was made says there what it says on a page that nobody has filled in:
        else each edition would seem to have written that field itself."""
        version = super().from_db(db, field_names, values)
        if "content" in version.__dict__ and version.model is not None:
            version.content = {**blank_content(version.model), **version.content}
        return version

    def __str__(self):
        return f"{self.title} ({self.number})"

    @property
    def is_of_snippet(self) -> bool:
        return self.source_id is None

    @property
    def title(self) -> str:
        if not self.is_of_snippet:
            return str(self.content.get("title", ""))
        said = self.model()
        tags = names_of(self.model, TAGS)
        set_content(said, {name: value for name, value in self.content.items() if name not in tags})
        return str(said)

    @property
    def protected_paths(self) -> frozenset[Path]:
        return frozenset(tuple(mark["path"]) for mark in self.protected)

    @property
    def model(self):
        return ContentType.objects.get_for_id(self.content_type_id).model_class()
