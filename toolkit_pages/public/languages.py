"""Languages as readers see them: each named in itself, each with its direction."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language_info

NAMES = dict(settings.WAGTAIL_CONTENT_LANGUAGES)


def direction(language: str) -> str:
    """ "rtl" or "ltr"; a language that Django does not know is written from left to right."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"
