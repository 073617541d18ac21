"""What of the library a site may show."""

from __future__ import annotations

from wagtail.models import Locale

from editions.network.models import Affiliate
from editions.network.models.ownership import OwnedQuerySet


class ShowableQuerySet(OwnedQuerySet):
    def shown_by(self, affiliate: Affiliate | None, locale: Locale):
        """What pages of ``affiliate`` (None: national's) show in one language: published, its own and national's.

        Where the affiliate has adapted one of national's, its copy stands there, and national's does not.
        """
        found = self.usable_by(affiliate).filter(live=True, locale=locale)
        if affiliate is None:
            return found
        return found.exclude(pk__in=self.model.objects.stand_ins_of(affiliate).values("adapts"))

    def stand_ins_of(self, affiliate: Affiliate):
        """The affiliate's published copies of national's snippets."""
        return self.filter(owner=affiliate, live=True, adapts__isnull=False)
