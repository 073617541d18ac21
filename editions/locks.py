"""Whole pages that nobody on an affiliate's site may change."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock


class NationalLock(BaseLock):
    """National protects the whole page, or has withdrawn it; ``reason`` says why."""

    def __init__(self, page, reason: str, *, withdrawn: bool = False):
        super().__init__(page)
        self.reason, self.withdrawn = reason, withdrawn

    def for_user(self, user):
        return True

    def get_message(self, user):
        if self.withdrawn:
            return format_html(
                "<b>{}</b> {} {}",
                _("National has withdrawn this page from all sites."),
                self.reason,
                _("Your words are kept. It comes back as it was when national puts it back."),
            )
        return format_html("<b>{}</b> {}", _("National protects this page."), self.reason)

    def get_locked_by(self, user):
        return _("Withdrawn by national") if self.withdrawn else _("Protected by national")

    def get_description(self, user):
        if self.withdrawn:
            return _("It is off all sites: %(reason)s") % {"reason": self.reason}
        return _("It stays as national sends it: %(reason)s") % {"reason": self.reason}
