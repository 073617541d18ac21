"""Two colours chosen by anybody become text and grounds that everybody can read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions.network.colours import contrast as wcag
from tests.conftest import ROOT
from toolkit_pages.public.colours import DARK, LIGHT, palette
from toolkit_pages.public.identity import NATIONAL_COLOURS

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
CSS = (ROOT / "toolkit_pages/static/toolkit_pages/site.css").read_text()


@given(colours, colours)
def test_any_two_colours_are_readable_in_light_and_dark(one, two):
    made = palette(one, two)
    for ground, theme in ((LIGHT, made.light), (DARK, made.dark)):
        for surface in (ground.paper, ground.wash, theme.tint, theme.tint_2):
            for text in (theme.brand, theme.mark, ground.ink, ground.ink_2):
                assert wcag(text, surface) >= 4.5, (one, two, text, surface)
    assert wcag(made.solid, "#ffffff") >= 4.5
    assert wcag(made.solid_2, "#ffffff") >= 4.5


@given(colours)
def test_a_colour_that_can_be_read_stays_as_it_is(one):
    if wcag(one, "#ffffff") >= 4.6:
        assert palette(one, one).solid == one


def test_the_stylesheet_has_the_surfaces_that_the_contrast_is_computed_for():
    light, dark = CSS.split("prefers-color-scheme: dark", 1)
    for words, ground in ((light, LIGHT), (dark, DARK)):
        for name in ("paper", "wash", "ink", "ink-2"):
            assert re.search(rf"--{name}: ([^;]+);", words)[1] == getattr(ground, name.replace("-", "_"))


def test_without_a_site_the_stylesheet_has_the_national_colours():
    made = palette(*NATIONAL_COLOURS)
    light, dark = CSS.split("prefers-color-scheme: dark", 1)
    assert re.search(r"--brand-1: ([^;]+);", light)[1] == made.solid
    assert re.search(r"--brand-2: ([^;]+);", light)[1] == made.solid_2
    for words, theme in ((light, made.light), (dark, made.dark)):
        for name in ("brand", "mark", "tint", "tint-2"):
            assert re.search(rf"--{name}: ([^;]+);", words)[1] == getattr(theme, name.replace("-", "_"))


def test_what_is_no_colour_is_refused():
    for words in ("", "red", "#12", "#12345g"):
        with pytest.raises(ValueError, match=r"colour|base 16"):
            palette(words, "#000000")
