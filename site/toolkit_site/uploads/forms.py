"""The admin's forms for images and documents: a file is cleaned while it is checked, so that the field says what is wrong."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .cleaning import NO_IMAGE, cleaned


class ReadableImageField(WagtailImageField):
    """Refuses an image that breaks off, over which Wagtail's field stumbles while it counts the pixels."""

    def to_python(self, data):
        try:
            return super().to_python(data)
        except (OSError, SyntaxError, EOFError, IndexError) as error:
            raise ValidationError(NO_IMAGE, code="not-an-image") from error


class CleansFileMixin:
    def clean_file(self):
        file = self.cleaned_data["file"]
        return cleaned(file) if file and "file" in self.changed_data else file


class CleanImageForm(CleansFileMixin, BaseImageForm):
    """Named in ``WAGTAILIMAGES_IMAGE_FORM_BASE``."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if (field := self.fields.get("file")) is not None:
            self.fields["file"] = ReadableImageField(
                label=field.label, required=field.required, widget=field.widget, initial=field.initial
            )


class CleanDocumentForm(CleansFileMixin, BaseDocumentForm):
    """Named in ``WAGTAILDOCS_DOCUMENT_FORM_BASE``."""
