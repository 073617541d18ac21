"""DOCX and HTML come into the same text and nodes, with an account of every word."""

from collections import Counter

from hypothesis import HealthCheck, example, given, settings

from toolkit_pages.importing.hypertext import read_html
from toolkit_pages.importing.parsing import parse
from toolkit_pages.importing.words import words

from .laws import assert_counted, assert_safe
from .pages import Shown, anything, html

often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_read(page: str) -> None:
    """Words shown + addresses + numbers of lists = words of the text + words left out in reading."""
    source = read_html(page)
    shown = Shown(page)
    addresses = sum((words(address) for address in shown.addresses), Counter())
    came_out = words(source.text) + sum((words(out.text) for out in source.left_out), Counter())
    assert shown.words() - came_out == {}, f"lost: {shown.words() - came_out}"
    surplus = came_out - shown.words()
    assert addresses - surplus == {}, f"lost addresses: {addresses - surplus}"
    surplus -= addresses + source.made
    # A link around several paragraphs is written in each of them.
    assert set(surplus) <= set(addresses), f"from nowhere: {surplus}"


@often
@given(html)
def test_a_page_loses_no_word(page):
    assert_read(page)
    source = read_html(page)
    toolkit = parse(source)
    assert_counted(source, toolkit)
    assert_safe(toolkit)


@often
@given(anything)
@example("<h1>1.<p><a")
def test_any_page_gives_a_toolkit(page):
    source = read_html(page)
    toolkit = parse(source)
    assert_counted(source, toolkit)
    assert_safe(toolkit)
    assert parse(read_html(page)) == toolkit
