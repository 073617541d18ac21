"""Forms of the page editor."""

from __future__ import annotations

from wagtail.models import Page, Site

from editions.forms import EditionPageForm


class FactsPageForm(EditionPageForm):
    """Shows who checked a page only where it can be said: on national pages. Elsewhere the words follow national.

    The field is taken out of the form, not hidden in it: a field that is not posted would come back empty.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "checked_by" in self.fields and not is_national(self.parent_page or self.instance):
            del self.fields["checked_by"]


def is_national(page: Page) -> bool:
    """Whether ``page`` stands beneath the folder of the default site's homes (or, before there is one, anywhere)."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None or not page.path:
        return True
    home = site.root_page
    folder = home.path[: -home.steplen] if home.depth > 2 else home.path
    return page.path.startswith(folder)
