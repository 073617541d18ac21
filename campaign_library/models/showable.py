"""What of the library a site may show."""

from __future__ import annotations

from wagtail.models import Locale

from editions.network.models import Affiliate
from editions.network.models.ownership import OwnedQuerySet


class ShowableQuerySet(OwnedQuerySet):
    def shown_by(self, affiliate: Affiliate | None, locale: Locale):
        """What pages of ``affiliate`` (None: national's) show in one language: published, its own and national's."""
        return self.usable_by(affiliate).filter(live=True, locale=locale)
