"""Panels of the page editor."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel
from wagtail.models import Site


class NationalFieldPanel(FieldPanel):
    """A field that only pages of the national site show in the editor; elsewhere it follows national."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and _is_national(self.instance)


def _is_national(page) -> bool:
    """True for a page beneath the folder that holds the default site's home, in any of its languages."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None or not page.path:
        return True
    home = site.root_page
    folder = home.path[: -home.steplen] if home.depth > 2 else home.path
    return page.path.startswith(folder)
