"""Citations within right-to-left text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit_pages.public.isolating import isolate

TAG = re.compile(r"</?bdi[^>]*>")


@pytest.mark.parametrize(
    "citation",
    ["8 U.S.C. 1373", "8 U.S.C. § 1357(g)", "287(g)", "8 CFR 287.7(d)", "408-555-0142", "(408) 555-0142", "H.R. 15",
     "AB 4", "I-247(D)", "§ 46-37", "https://example.org/a", "hello@example.org"],
)  # fmt: skip
def test_each_kind_stands_by_itself(citation):
    assert (
        isolate(f"<p>القانون {citation} يقول</p>") == f'<p>القانون <bdi dir="ltr">{citation}</bdi> يقول</p>'
    )


@pytest.mark.parametrize(
    "html",
    ["<p>في 15 نوفمبر 2011</p>", '<a href="tel:408-555-0142" title="287(g)">x</a>', "<title>287(g)</title>",
     "<script>287(g)</script>", "<bdi>287(g)</bdi>", "<textarea>287(g)</textarea>", "<p>13 من 13</p>"],
)  # fmt: skip
def test_dates_addresses_and_what_is_no_text_stay(html):
    assert isolate(html) == html


@given(st.text(st.sampled_from('ab<>/ 8U.S.C1373()-287g"=bdi&;اب'), max_size=80))
def test_nothing_is_lost_and_twice_is_once(html):
    once = isolate(html)
    assert TAG.sub("", once) == TAG.sub("", html)
    assert isolate(once) == once
