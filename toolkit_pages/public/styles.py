"""Styles that stand in a page are allowed one by one, by their hash: a strict content security policy refuses all others."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from django.http import HttpRequest


@lru_cache(maxsize=512)
def style_hash(css: str) -> str:
    """How a policy names the content of a ``<style>`` element (CSP Level 3, 2.3.1): ``'sha256-…'``."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}'"


def allow_style(request: HttpRequest, css: str) -> None:
    """Tell whoever writes the headers that the page of this request has this style; ``css`` exactly as it stands there.

    Only for words of our own: what readers or editors have written never comes here.
    """
    request.style_hashes = [*getattr(request, "style_hashes", ()), style_hash(css)]
