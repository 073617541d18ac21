"""What browsers are told not to do, on every response: content security policy, permissions, who may embed what.

Django's ``SecurityMiddleware`` sends the rest (HSTS, nosniff, referrer, opener). Why the admin's policy is looser:
docs/decisions/0022-content-security-policy.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse

Policy = dict[str, tuple[str, ...]]

NONE, SELF, INLINE = "'none'", "'self'", "'unsafe-inline'"

#: Pages for readers. Styles with the site's colours are allowed by their hash (``toolkit_pages.public.styles``).
PUBLIC: Policy = {
    "default-src": (NONE,),
    "script-src": (SELF,),
    "style-src": (SELF,),
    # The icon of a site is drawn in its colours, in the page itself.
    "img-src": (SELF, "data:"),
    "font-src": (SELF,),
    "media-src": (SELF,),
    "connect-src": (SELF,),
    "form-action": (SELF,),
    "base-uri": (NONE,),
}
#: The admin before somebody is known: none of its screens has a script of its own.
DOOR: Policy = PUBLIC | {"style-src": (SELF, INLINE)}
#: The admin. Choosers, dates and the translation editor start by scripts written into the page, some of them into answers
#: to other scripts, where no hash and no nonce of the page's policy reaches them. Nothing may come from or go to the outside.
ADMIN: Policy = DOOR | {
    "script-src": (SELF, INLINE),
    # Pictures are shown before they are uploaded; previews are frames.
    "img-src": (SELF, "data:", "blob:"),
    "frame-src": (SELF,),
}
#: Whatever is no page: data, style sheets, scripts, calendars.
DATA: Policy = {"default-src": (NONE,)}

#: Views of the admin that need no login.
DOORS = frozenset(
    "wagtailadmin_login wagtailadmin_logout wagtailadmin_password_reset wagtailadmin_password_reset_done"
    " wagtailadmin_password_reset_confirm wagtailadmin_password_reset_complete".split()
)

#: Nothing that the browser could ask a reader for is asked, but to put a text on the clipboard.
PERMISSIONS = ", ".join(
    [
        *(
            f"{name}=()"
            for name in (
                "accelerometer autoplay bluetooth browsing-topics camera display-capture encrypted-media gamepad geolocation"
                " gyroscope hid idle-detection local-fonts magnetometer microphone midi payment picture-in-picture"
                " publickey-credentials-create publickey-credentials-get screen-wake-lock serial storage-access usb"
                " window-management xr-spatial-tracking"
            ).split()
        ),
        "clipboard-write=(self)",
        "fullscreen=(self)",
    ]
)


class HeadersMiddleware:
    """First of all, so that redirects, refusals and static files have the headers too. What a view has set stays."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Content-Security-Policy", written(policy_of(request, response)))
        framed_as_told(response)
        return response


def policy_of(request: HttpRequest, response: HttpResponseBase) -> Policy:
    if not response.headers.get("Content-Type", "").startswith(("text/html", "application/xhtml")):
        return DATA
    if not is_admin(request):
        return with_styles(PUBLIC, getattr(request, "style_hashes", ()))
    match = request.resolver_match
    return DOOR if match is not None and match.view_name in DOORS else ADMIN


def is_admin(request: HttpRequest) -> bool:
    try:
        return request.path.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        return False


def with_styles(policy: Policy, hashes: Iterable[str]) -> Policy:
    return policy | {"style-src": (*policy["style-src"], *dict.fromkeys(hashes))}


def written(policy: Policy) -> str:
    said = [f"{name} {' '.join(sources)}" for name, sources in policy.items()]
    if settings.SECURE_SSL_REDIRECT:
        said.append("upgrade-insecure-requests")
    return "; ".join(said)


def framed_as_told(response: HttpResponseBase) -> None:
    """Say in the policy who may embed the response, as ``X-Frame-Options`` says it to older browsers.

    A preview passes here twice: as the page that it shows, and as the admin's screen that may be embedded in the editor.
    """
    embedder = SELF if response.headers.get("X-Frame-Options", "").upper() == "SAMEORIGIN" else NONE
    policy = response.headers["Content-Security-Policy"]
    kept = [part for part in policy.split("; ") if not part.startswith("frame-ancestors ")]
    response.headers["Content-Security-Policy"] = "; ".join([*kept, f"frame-ancestors {embedder}"])
