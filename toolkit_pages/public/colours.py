"""An affiliate's two colours made readable, whatever they are: text of WCAG 2.2's contrast (1.4.3) in light and dark.

Pure. Colours are strings like ``#1a2b3c``. They are mixed in OKLab, which keeps the hue while it changes the lightness
(Björn Ottosson, "A perceptual color space for image processing", 2020).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

#: The least contrast of text at normal size (level AA), and a little more, as browsers round.
ENOUGH: Final = 4.55
WHITE: Final = "#ffffff"
BLACK: Final = "#000000"

Lab = tuple[float, float, float]


@dataclass(frozen=True)
class Ground:
    """One theme's surfaces and inks, as site.css has them."""

    paper: str
    wash: str
    ink: str
    ink_2: str
    #: Towards which text in a colour moves until it can be read.
    towards: str
    #: How much of a colour a tinted surface may take, at most.
    strengths: tuple[float, float]
    #: The contrast that text in a colour is given: in the dark more than the least, as thin strokes glow.
    aim: float


LIGHT: Final = Ground("#fffdf8", "#f5f1e7", "#1b1d21", "#545963", BLACK, (0.07, 0.08), ENOUGH)
DARK: Final = Ground("#14171a", "#1c2024", "#f0ede6", "#b6b2a9", WHITE, (0.2, 0.18), 7.5)


@dataclass(frozen=True)
class Theme:
    """What one theme makes of two colours. ``brand`` and ``mark`` are for text and lines on every surface."""

    brand: str
    mark: str
    tint: str
    tint_2: str


@dataclass(frozen=True)
class Palette:
    """``solid`` and ``solid_2`` are grounds for white text, in both themes."""

    solid: str
    solid_2: str
    light: Theme
    dark: Theme

    @property
    def css(self) -> str:
        """Custom properties for the head of a page."""
        both = f"--brand-1:{self.solid};--brand-2:{self.solid_2}"
        dark = _properties(self.dark)
        return f":root{{{both};{_properties(self.light)}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def _properties(theme: Theme) -> str:
    return f"--brand:{theme.brand};--mark:{theme.mark};--tint:{theme.tint};--tint-2:{theme.tint_2}"


@lru_cache(maxsize=512)
def palette(colour_1: str, colour_2: str) -> Palette:
    """Everything that the pages of a site need of its two colours. Raises ValueError for what is no colour."""
    return Palette(
        solid=readable(colour_1, [WHITE], BLACK),
        solid_2=readable(colour_2, [WHITE], BLACK),
        light=_theme(colour_1, colour_2, LIGHT),
        dark=_theme(colour_1, colour_2, DARK),
    )


def _theme(colour_1: str, colour_2: str, ground: Ground) -> Theme:
    tints = [
        tint(colour, ground, most)
        for colour, most in zip((colour_1, colour_2), ground.strengths, strict=True)
    ]
    surfaces = [ground.paper, ground.wash, *tints]
    texts = [readable(colour, surfaces, ground.towards, ground.aim) for colour in (colour_1, colour_2)]
    return Theme(*texts, *tints)


def tint(colour: str, ground: Ground, most: float) -> str:
    """The paper with as much of the colour as leaves the quieter ink readable on it."""
    for step in range(8, 0, -1):
        mixed = mix(ground.paper, colour, most * step / 8)
        if contrast(mixed, ground.ink_2) >= ENOUGH:
            return mixed
    return ground.paper


def readable(colour: str, surfaces: Iterable[str], towards: str, least: float = ENOUGH) -> str:
    """The colour itself if it can be read on all surfaces, else as little of ``towards`` in it as it takes."""
    surfaces = list(surfaces)
    for step in range(65):
        mixed = mix(colour, towards, step / 64)
        if all(contrast(mixed, surface) >= least for surface in surfaces):
            return mixed
    return towards


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 (none) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """``one`` with that share of ``other``, 0 to 1."""
    if share <= 0:
        return one.lower()
    first, second = _to_lab(one), _to_lab(other)
    lightness, a, b = (x + (y - x) * share for x, y in zip(first, second, strict=True))
    return _from_lab((lightness, a, b))


def _channels(colour: str) -> list[float]:
    """Linear red, green and blue, 0 to 1."""
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"“{colour}” is not a colour like #1a2b3c")
    values = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_lab(colour: str) -> Lab:
    red, green, blue = _channels(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _from_lab(lab: Lab) -> str:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{_byte(value):02x}" for value in linear)


def _byte(linear: float) -> int:
    value = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return round(min(max(value, 0.0), 1.0) * 255)
