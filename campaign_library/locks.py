"""Copies that nobody changes while national lets them stand in nowhere."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from editions.locks import NationalLock


class SnippetLock(NationalLock):
    def get_message(self, user: Any) -> SafeString:
        if self.withdrawn:
            return format_html(
                "<b>{}</b> {} {}",
                _("National has withdrawn this from all sites."),
                self.reason,
                _("Your words are kept. It comes back as it was when national puts it back."),
            )
        return format_html(
            "<b>{}</b> {} {}",
            _("National protects this: its words stand on your site."),
            self.reason,
            _("Your words are kept here. They stand in again when national takes the protection off."),
        )
