"""Whole pages that nobody on an affiliate's site may change."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock


class NationalLock(BaseLock):
    """National protects the whole page; ``reason`` says why."""

    def __init__(self, page, reason: str):
        super().__init__(page)
        self.reason = reason

    def for_user(self, user):
        return True

    def get_message(self, user):
        return format_html("<b>{}</b> {}", _("National protects this page."), self.reason)

    def get_locked_by(self, user):
        return _("Protected by national")

    def get_description(self, user):
        return _("It stays as national sends it: %(reason)s") % {"reason": self.reason}
