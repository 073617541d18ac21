"""What the blocks of pages are made of: the same as the library's documents, and the groups of the editor's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from campaign_library.blocks.base import RICH_TEXT_FEATURES, DayBlock, ProseBlock, line, prose

WRITING = _("Writing")


WORKING = _("Working together")


SHOWING = _("Showing")


SHARED = _("From the library")

__all__ = [
    "RICH_TEXT_FEATURES",
    "SHARED",
    "SHOWING",
    "WORKING",
    "WRITING",
    "DayBlock",
    "ProseBlock",
    "line",
    "prose",
]
