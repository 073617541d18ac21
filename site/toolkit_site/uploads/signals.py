"""Every file that a model is about to store is cleaned first, whichever way it came: form, API, script, import."""

from __future__ import annotations

from typing import Any

from django.db.models import FileField
from django.db.models.signals import pre_save
from wagtail.images.models import AbstractRendition

from .cleaning import CleanFile, cleaned

#: Wagtail's methods that tell size and hash of what is stored.
METADATA = ("_set_image_file_metadata", "_set_document_file_metadata")


def clean_files(
    sender: type, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """Raises ValidationError for a file that is not what it says: nothing is stored then."""
    if raw or issubclass(sender, AbstractRendition):
        # Renditions are made from originals, which are clean.
        return
    for field in sender._meta.concrete_fields:
        if not isinstance(field, FileField) or (
            update_fields is not None and field.name not in update_fields
        ):
            continue
        stored = getattr(instance, field.name)
        if not stored or stored._committed:
            continue
        if not isinstance(stored.file, CleanFile):
            clean = cleaned(stored.file)
            if clean is stored.file:
                continue
            setattr(instance, field.name, clean)
        for name in METADATA:
            if hasattr(instance, name):
                getattr(instance, name)()


def connect() -> None:
    pre_save.connect(clean_files, dispatch_uid="toolkit_site.uploads")
