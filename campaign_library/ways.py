"""How to do what a call to action asks: addresses to tap, texts to copy, a code to scan."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from editions.variables import names, substitute

from .models import CallToAction
from .validators import digits_of

NOTHING = SafeString("")


@dataclass(frozen=True)
class Ways:
    """Texts are plain. A number whose variable has no value on this site is left out: nobody can call a default."""

    phone: str = ""
    phone_link: str = ""
    email_link: str = ""
    sms_keyword: str = ""
    sms_number: str = ""
    sms_link: str = ""
    qr: SafeString = NOTHING

    @property
    def any(self) -> bool:
        return bool(self.phone or self.email_link or self.sms_link)


def ways_of(action: CallToAction, words: Mapping[str, str]) -> Ways:
    """``words`` are the site's values for variables, defaults among them."""
    phone = filled(action.phone, words)
    keyword, number = filled(action.sms_keyword, words), filled(action.sms_number, words)
    dialled, texted = digits_of(phone), digits_of(number)
    can_call, can_text = len(dialled) >= 3, len(texted) >= 3 and bool(keyword)
    code, label = "", ""
    if action.url:
        code, label = action.url, _("QR code of the web address")
    elif can_text:
        # What phones' cameras read as a message to send.
        code, label = f"SMSTO:{texted}:{keyword}", _("QR code of the message")
    elif can_call:
        code, label = f"tel:{dialled}", _("QR code of the number")
    return Ways(
        phone=phone if can_call else "",
        phone_link=f"tel:{dialled}" if can_call else "",
        email_link=f"mailto:{action.email}" if action.email else "",
        sms_keyword=keyword if can_text else "",
        sms_number=number if can_text else "",
        # ``?&body=`` is what both Android and iOS take (RFC 5724 has ``?body=`` only).
        sms_link=f"sms:{texted}?&body={quote(keyword)}" if can_text else "",
        qr=qr_svg(code, label) if code else NOTHING,
    )


def filled(text: str, words: Mapping[str, str]) -> str:
    """A plain text with its variables filled in; empty where one of them has no value."""
    if not names(text):
        return text
    return html.unescape(substitute(text, words, {}))


@lru_cache(maxsize=256)
def qr_svg(data: str, label: str) -> SafeString:
    """An inline SVG with a name, black on white in any theme: cameras need the contrast. No style attributes."""
    code = segno.make(data, error="m", micro=False)
    svg = code.svg_inline(
        border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True, title=label
    )
    return mark_safe(svg.replace("<svg ", '<svg role="img" ', 1))
