"""The editor of a model ordinance: what looks like a hidden blank is said when it is opened."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..documents.doubts import Doubt, Found, doubts
from ..states import STATES
from .snippets import LibraryEditView

SHOWN = 8


class OrdinanceEditView(LibraryEditView):
    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        found = doubts(self.object.read(), STATES.values())
        if found:
            messages.warning(request, told(found))
        return super().get(request, *args, **kwargs)


def told(found: list[Found]) -> SafeString:
    lines = [(in_words(each),) for each in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append((_("and %(number)d more") % {"number": len(found) - SHOWN},))
    heading = _("Look at these before you publish. Nothing is wrong for certain:")
    return format_html("{} <ul>{}</ul>", heading, format_html_join("", "<li>{}</li>", lines))


def in_words(found: Found) -> str:
    words = {
        Doubt.PLACE: _("Section %(section)s names “%(words)s”. Should it be a blank?"),
        Doubt.STATE: _("Section %(section)s names %(words)s: does it hold in other states?"),
        Doubt.TYPED_REFERENCE: _(
            "Section %(section)s says “%(words)s” by hand. Write [[name]], and the number stays right."
        ),
        Doubt.TWO_WORDS: _("Two words for one thing: %(words)s. Choose one."),
    }
    return words[found.doubt] % {"section": found.section, "words": found.words}
