"""Links that lead nowhere: what a paper leaves behind where somebody meant to put an address later.

Pure: imports nothing from Django.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final
from urllib.parse import urlsplit

#: What people write where an address is to come.
WRITTEN: Final = frozenset({"", "#", "(#)", "tbd", "todo", "xxx", "here", "link", "url", "insert link here"})
_ANCHOR: Final = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_HREF: Final = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]*>")
#: “fact sheet (#)”: what is left of a link when a page is copied as text.
_LEFT_OVER: Final = re.compile(r"[^\s<>]*\s*\(\s*#+\s*\)")


def is_placeholder(address: str) -> bool:
    """Whether an address is none: empty, a sign, or a scheme without a host."""
    text = unescape(address).strip().strip("[]<>").casefold()
    if text in WRITTEN or text.startswith(("javascript:", "about:")):
        return True
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return True
    return parts.scheme in {"http", "https"} and (not host.strip(".#") or host in WRITTEN)


def dead_links(html: str) -> list[str]:
    """The words of links in rich text that lead nowhere, and of those that have become “(#)”; each once, in order."""
    found: list[str] = []
    for anchor in _ANCHOR.finditer(html):
        attributes = anchor[1]
        href = _HREF.search(attributes)
        if href is None and ("linktype=" in attributes or "name=" in attributes):
            continue
        address = next((group for group in href.groups() if group is not None), "") if href else ""
        if is_placeholder(address):
            found.append(unescape(_TAG.sub("", anchor[2])).strip() or address or "#")
    found += [" ".join(left[0].split()) for left in _LEFT_OVER.finditer(_TAG.sub("", html))]
    return list(dict.fromkeys(found))
