"""Two signed tokens: the stamp in the public form, and the edit link's.

The form has no cookie and no session, so there is nothing that another site could misuse in a reader's name, and no CSRF
token to keep. The stamp says that the form was fetched from this page, and when: what comes within seconds or after days,
or with the stamp of another page, is sent back with everything in it.
"""

from __future__ import annotations

import hashlib
import secrets

from django.core import signing

STAMP_SALT = "toolkit_pages.events.stamp"
EDIT_SALT = "toolkit_pages.events.edit"
#: Seconds: nobody fills in the form faster, and nobody keeps it open longer.
FASTEST = 4
LONGEST = 2 * 24 * 60 * 60


def stamp(page_pk: int, now: float) -> str:
    return signing.dumps([page_pk, int(now)], salt=STAMP_SALT)


def stamp_age(value: str, page_pk: int, now: float) -> int | None:
    """Seconds since the form of this page was fetched; None for what is no stamp of it."""
    try:
        pk, made = signing.loads(value, salt=STAMP_SALT)
        return int(now) - int(made) if pk == page_pk else None
    except (signing.BadSignature, TypeError, ValueError):
        return None


def new_edit_token() -> str:
    return signing.dumps(secrets.token_urlsafe(24), salt=EDIT_SALT)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def is_ours(token: str) -> bool:
    """Whether we signed it: what is made up never reaches the database."""
    try:
        signing.loads(token, salt=EDIT_SALT)
    except signing.BadSignature:
        return False
    return True
