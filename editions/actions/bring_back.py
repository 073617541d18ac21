from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from editions.actions.adding import add_pages, places_for
from editions.actions.errors import EditionError, NotAllowed
from editions.actions.merge_up import settle_moot
from editions.models import Edition, Version


class BringBack:
    """Brings back a page that was deleted here, which means hidden: at national's place, in the newest version sent."""

    def __init__(self, edition: Edition, *, user=None):
        self.edition, self.user = edition, user

    def check(self) -> None:
        if self.edition.page_id is not None:
            raise EditionError(_("This page is already on your site."))
        if self.edition.sent.gone:
            raise EditionError(
                _("National has taken this page off. It comes back when national publishes it.")
            )
        if self.edition.withdrawal_id is not None:
            raise EditionError(_("National has withdrawn this page from all sites."))
        if self.user is not None:
            permissions = self.edition.site.root_page.permissions_for_user(self.user)
            if not (permissions.can_add_subpage() and permissions.can_publish_subpage()):
                raise NotAllowed(_("You cannot publish pages on this site."))

    @transaction.atomic
    def execute(self) -> Page:
        """Raises EditionError where the page above is hidden too."""
        edition = (
            Edition.objects.select_for_update(of=("self",)).select_related("site").get(pk=self.edition.pk)
        )
        self.edition = edition
        self.check()
        version = Version.objects.select_related("content_type").get(pk=edition.sent_id)
        places = places_for(version, type(edition.site).objects.filter(pk=edition.site_id), hidden_too=True)
        if not places:
            raise EditionError(
                _("The part of the toolkit that it belongs to is hidden. Bring that back first.")
            )
        # It was asked for, so it does not wait.
        (page,) = add_pages(version, [replace(place, asks_first=False) for place in places])
        edition.page, edition.base = Page.objects.get(pk=page.pk), version
        edition.save(update_fields=["page", "base"])
        # What was asked about the page that was deleted is not asked about this one.
        settle_moot(edition, page.specific_class.objects.get(pk=page.pk))
        log(page, "editions.bring_back", user=self.user)
        return page
