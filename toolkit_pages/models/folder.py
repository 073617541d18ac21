"""Folders keep the page tree small at every level: one for national, one for each affiliate."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from editions.network.models import FolderPermissionMixin


class FolderPage(FolderPermissionMixin, Page):
    """Holds the homes of one organisation, one per language. It is never served."""

    parent_page_types = ["wagtailcore.Page", "toolkit_pages.FolderPage"]
    subpage_types = ["toolkit_pages.FolderPage", "toolkit_pages.HomePage"]
    preview_modes = []
    show_in_menus_default = False

    class Meta:
        verbose_name = _("folder")
        verbose_name_plural = _("folders")

    def serve(self, request, *args, **kwargs):
        raise Http404("A folder has no page of its own.")
