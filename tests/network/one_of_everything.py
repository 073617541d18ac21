"""A row of every model of the project, made from its fields alone, so that a model that comes later is there without a line here.

Every text of a `Maker` holds its word. The first row of each model that it makes has the same number, whatever the model: an
address with that number in it names something of the maker's, whatever the view takes it for.
"""

from __future__ import annotations

import datetime
import io
import uuid
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection, models, transaction
from django.utils import timezone
from PIL import Image as Picture
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from editions.network.models import OwnedMixin

BOOKKEEPING = {
    "auth.Permission", "contenttypes.ContentType", "sessions.Session", "wagtailcore.Locale", "admin.LogEntry",
    "django_tasks_database.DBTaskResult", "wagtailcore.ReferenceIndex", "wagtailsearch.IndexEntry",
    "wagtailsearch.SQLiteFTSIndexEntry", "wagtailadmin.Admin", "wagtailimages.Rendition",
    "wagtail_localize.LocaleSynchronization", "wagtailcore.CollectionViewRestriction", "wagtailcore.PageViewRestriction",
}  # fmt: skip
"""Nobody's, or written by what writes the rest; and restrictions, which would hide the rest."""


def start_numbers_at(number: int) -> None:
    """The next row of every model gets this primary key."""
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            key, table = model._meta.pk, model._meta.db_table
            if not isinstance(key, models.AutoField | models.BigAutoField) or not model._meta.managed:
                continue
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number - 1])
            else:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)",
                    [f'"{table}"', key.column, number],
                )


def png() -> bytes:
    picture = io.BytesIO()
    Picture.new("RGB", (40, 30), "white").save(picture, "PNG")
    return picture.getvalue()


class Maker:
    """Makes rows for one owner. ``known`` are the rows that others point to, by model: add to it what has to be made by hand."""

    def __init__(self, word: str, known: dict[type[models.Model], Any], *, live: bool = True):
        self.word, self.known, self.live = word, known, live

    def one_of(self, model: type[models.Model], **given: Any) -> Any:
        """The known row of `model`; made where there is none yet."""
        if model not in self.known:
            beneath = issubclass(model, Page)
            self.known[model] = (
                self.page(model, self.known[Page], "one") if beneath else self.make(model, **given)
            )
        return self.known[model]

    def make(self, model: type[models.Model], **given: Any) -> Any:
        values = {**self.values(model, given), **given}
        made = model(**values)
        try:
            made.clean_fields()
        except ValidationError as error:
            # A text with a form of its own stays empty where it may.
            for name in error.error_dict:
                field = model._meta.get_field(name)
                if name not in given and (field.blank or field.has_default()):
                    setattr(made, field.attname, field.get_default())
        with transaction.atomic():
            made.save()
        return made

    def page(self, model: type[Page], parent: Page, title: str, **given: Any) -> Any:
        """A page beneath `parent`, with a revision."""
        skip = {field.name: None for field in Page._meta.get_fields()} | {
            "page_ptr": None,
            "base_version": None,
        }
        values = self.values(model, skip)
        values |= {"title": f"{self.word} {title}", "locale": parent.locale, "live": self.live, **given}
        parent = Page.objects.get(pk=parent.pk)
        instance = model(**values)
        try:
            made = parent.add_child(instance=instance)
        except ValidationError as error:
            # A text with a form of its own stays empty where it may.
            for name in error.error_dict:
                setattr(instance, name, model._meta.get_field(name).get_default())
            made = parent.add_child(instance=instance)
        made.save_revision(clean=False)
        return made

    def values(self, model: type[models.Model], given: dict[str, Any]) -> dict[str, Any]:
        fields = [
            each
            for each in model._meta.concrete_fields
            if not isinstance(each, models.AutoField | models.BigAutoField)
        ]
        made = {field.name: self.value(field) for field in fields if field.name not in given}
        names = {field.name for field in fields}
        if {"content_type", "object_id"} <= names and "content_type" not in given:
            about = self.one_of(Page).specific_deferred
            made["content_type"], made["object_id"] = ContentType.objects.get_for_model(about), about.pk
        return {name: value for name, value in made.items() if value is not UNSET}

    def value(self, field: models.Field) -> Any:
        if field.remote_field:
            target = field.remote_field.model
            content = issubclass(field.model, Page | OwnedMixin)
            whose = target._meta.label in ("auth.User", "network.Affiliate", "wagtailcore.Site")
            wanted = not field.null or not content or whose
            return (
                self.one_of(target)
                if wanted and target in self.known
                else (UNSET if field.null else self.one_of(target))
            )
        if field.choices:
            return UNSET if field.has_default() else field.flatchoices[0][0]
        if field.name == "time_zone":
            return "America/New_York"
        match field:
            case StreamField():
                blocks = field.stream_block.child_blocks
                return [("paragraph", f"<p>{self.word} words</p>")] if "paragraph" in blocks else UNSET
            case models.FileField():
                name = f"{self.word.split()[0]}-{field.model._meta.model_name}"
                picture = issubclass(field.model, AbstractImage)
                return ContentFile(
                    png() if picture else self.word.encode(), f"{name}.png" if picture else f"{name}.txt"
                )
            case models.SlugField():
                return f"{self.word.split()[0]}-{field.model._meta.model_name}"[: field.max_length]
            case models.EmailField():
                return f"{self.word.split()[0]}@example.org"
            case models.URLField():
                return f"https://{self.word.split()[0]}.example.org/"
            case models.UUIDField():
                return UNSET if field.has_default() else uuid.uuid4()
            case models.BooleanField():
                return UNSET if field.has_default() or field.null else True
            case models.CharField() | models.TextField():
                return f"{self.word} {field.model._meta.model_name}"[: field.max_length or None]
            case models.DateTimeField():
                return UNSET if field.null else timezone.now()
            case models.DateField():
                return UNSET if field.null else datetime.date.today()
            case models.TimeField():
                return UNSET if field.null else datetime.time(12)
            case models.JSONField():
                return (
                    UNSET
                    if field.has_default() or field.null
                    else {
                        "title": self.word,
                        "date": "2030-01-01",
                        "start_time": "12:00",
                        "time_zone": "America/New_York",
                    }
                )
            case models.IntegerField():
                return UNSET if field.has_default() or field.null else 1
        return UNSET


UNSET = object()
