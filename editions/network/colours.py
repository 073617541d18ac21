"""Contrast of two colours as WCAG 2.2 defines it (1.4.3). Pure: colours are strings like ``#1a2b3c``."""

import re

HEX = re.compile(r"^#[0-9a-fA-F]{6}$")
ENOUGH = 4.5
"""The least contrast of text at normal size, level AA."""
WHITE, INK = "#ffffff", "#14171a"


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white). Raises ValueError for anything but ``#rrggbb``."""
    if not HEX.match(colour):
        raise ValueError(f"“{colour}” is not a colour like #1a2b3c")
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 (none) to 21 (black on white)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
