"""Citations and telephone numbers keep their order within right-to-left text: each stands in a ``<bdi>`` of its own. Pure.

Unicode's bidirectional algorithm (UAX 9) shows "8 U.S.C. 1373" as "1373 .U.S.C 8" there, as its digits and dots take the
direction of what surrounds them.
"""

from __future__ import annotations

import re
from typing import Final

SECTION: Final = r"(?:§{1,2}\s?)?\d+[A-Za-z]{0,2}(?:[-–.]\d+)*(?:\([A-Za-z0-9]{1,4}\))*"
CITATION: Final = re.compile(
    rf"""
      (?<![\w.]) (?:
        \d+\s(?:U\.?\s?S\.?\s?C\.?|C\.?\s?F\.?\s?R\.?|U\.S\.|F\.\s?[23]d|Fed\.\sReg\.)\s{SECTION}   # 8 U.S.C. 1373(a)
      | (?:H\.?\s?R\.?|S\.|A\.?B\.?|S\.?B\.?|H\.?B\.?|A\.?R\.?)\s\d+(?:-\d+)?                       # H.R. 15, AB 4
      | §{{1,2}}\s?{SECTION}                                                                      # § 46-37
      | \d+\([A-Za-z]\)(?:\([A-Za-z0-9]+\))*                                                        # 287(g)
      | [A-Z]-\d+[A-Z]?(?:\([A-Z]\))?                                                               # I-247(D)
      | \+?\d{{0,3}}[\s.-]?\(?\d{{3}}\)?[\s.-]\d{{3}}[.-]\d{{4}} | \d{{3}}[.-]\d{{4}}               # 408-555-0142
      | https?://[^\s<>&]+ | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                           # addresses
      ) (?!\w)
    """,
    re.VERBOSE,
)
#: What holds text that is no markup, or is kept apart already.
_CLOSED: Final = "script|style|title|textarea|option|bdi|svg|head"
_PARTS: Final = re.compile(
    rf"(?P<kept><({_CLOSED})\b[^>]*>.*?</\2\s*>|<[^>]*>)|(?P<text>[^<]+)", re.DOTALL | re.IGNORECASE
)


def isolate(html: str) -> str:
    """The HTML of a page with its citations kept apart. Doing it twice changes nothing; no text is lost or added."""

    def part(found: re.Match[str]) -> str:
        text = found["text"]
        return CITATION.sub(r'<bdi dir="ltr">\g<0></bdi>', text) if text else found[0]

    return _PARTS.sub(part, html)
