"""Languages in which there is something to read or somebody to talk to, each named in itself.

More than the site's own: the sources' papers come in Chinese, Vietnamese or Tagalog too. Codes are BCP 47.
"""

from __future__ import annotations

from collections.abc import Iterable

LANGUAGE_NAMES = {
    "en": "English",
    "es": "Español",
    "am": "አማርኛ",
    "ar": "العربية",
    "fr": "Français",
    "ht": "Kreyòl ayisyen",
    "ko": "한국어",
    "pt": "Português",
    "ru": "Русский",
    "so": "Soomaali",
    "sw": "Kiswahili",
    "tl": "Tagalog",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh": "中文",
}
RIGHT_TO_LEFT = frozenset({"ar"})


def language_name(code: str) -> str:
    """The language in its own words; the code itself where it is not known."""
    return LANGUAGE_NAMES.get(code, code)


def named(codes: Iterable[str]) -> list[dict[str, str]]:
    """``{"code", "name", "direction"}`` of each, in the order given."""
    return [
        {
            "code": code,
            "name": language_name(code),
            "direction": "rtl" if code in RIGHT_TO_LEFT else "ltr",
        }
        for code in codes
    ]
