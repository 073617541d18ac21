"""Which uploads are cleaned, and what is said of those that cannot be."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from . import images, pdfs

#: Names that promise an image which we clean.
IMAGE_NAMES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".heif", ".tif", ".tiff", ".bmp"}

NO_IMAGE = _("This file is called an image, but it cannot be read as one. Save it again as JPEG or PNG.")


class CleanFile(ContentFile):
    """A file that has been cleaned: nobody needs to do it again."""


def cleaned(file: File) -> File:
    """The file without its metadata; one of another kind, untouched.

    What it is, is told by its first bytes as well as by its name. Raises ValidationError, in an editor's words, for an image
    or a PDF that is not one, that is locked, or that is too large.
    """
    if isinstance(getattr(file, "file", file), CleanFile) or isinstance(file, CleanFile):
        return file
    suffix = PurePath(file.name or "").suffix.lower()
    file.seek(0)
    start = file.read(1024)
    file.seek(0)
    if suffix in IMAGE_NAMES or images.is_image(start):
        content = _image(file)
    elif suffix == ".pdf" or pdfs.is_pdf(start):
        content = _pdf(file)
    else:
        return file
    return CleanFile(content, name=PurePath(file.name or "").name)


def _image(file: Any) -> bytes:
    try:
        return images.clean_image(file)
    except images.TooLarge:
        raise ValidationError(
            _(
                "This image has more than %(count)d million pixels, or too many frames. Make it smaller first."
            ),
            code="too-large",
            params={"count": images.MAX_PIXELS // 1_000_000},
        ) from None
    except images.NotAnImage:
        raise ValidationError(
            NO_IMAGE,
            code="not-an-image",
        ) from None


def _pdf(file: Any) -> bytes:
    try:
        return pdfs.clean_pdf(file)
    except pdfs.PdfTooLarge:
        raise ValidationError(
            _("This PDF is larger than %(size)s. Make it smaller first."),
            code="too-large",
            params={"size": filesizeformat(pdfs.MAX_BYTES)},
        ) from None
    except pdfs.Locked:
        raise ValidationError(
            _("This PDF opens with a password only. Save it without one."), code="locked"
        ) from None
    except pdfs.NotAPdf:
        raise ValidationError(
            _("This file is called a PDF, but it cannot be read as one. Export it again as PDF."),
            code="not-a-pdf",
        ) from None
