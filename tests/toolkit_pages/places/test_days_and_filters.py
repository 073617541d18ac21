"""Days as sources print them, and the filters of a list, without a database."""

import contextlib
import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from campaign_library import days
from toolkit_pages.public.filtering import Thing, filters, passing
from toolkit_pages.templatetags.places import day_in_words
from toolkit_pages.validators import validate_past_day

dates = st.dates(min_value=datetime.date(1000, 1, 1))


@given(dates, st.sampled_from([4, 7, 10]))
def test_what_is_printed_of_a_date_reads_back(date, length):
    text = date.isoformat()[:length]
    day = days.read(text)
    assert day.first == datetime.date(
        date.year, date.month if length > 4 else 1, date.day if length > 7 else 1
    )
    assert (
        "-".join(
            f"{part:0{4 - 2 * bool(n)}}" for n, part in enumerate((day.year, day.month, day.day)) if part
        )
        == text
    )


@given(st.text(max_size=12))
def test_no_text_does_anything_but_read_or_raise_value_error(text):
    with contextlib.suppress(ValueError):
        assert days.read(text).first.isoformat().startswith(text)


@given(dates, dates)
def test_days_sort_as_they_stand(one, other):
    assert (one.isoformat() < other.isoformat()) == (
        days.read(one.isoformat()).first < days.read(other.isoformat()).first
    )


@pytest.mark.parametrize(
    "text", ["", "11", "2011-13", "2011-11-31", "Nov 2011", "2011/11", "2011-11-15T00", "٢٠١١"]
)
def test_what_is_no_day_is_refused_with_what_to_write(text):
    with pytest.raises(ValidationError, match="2011-11-15, 2011-11 or 2011"):
        validate_past_day(text)


def test_a_day_to_come_is_refused():
    with pytest.raises(ValidationError, match="has not come yet"):
        validate_past_day("2999")


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("2011", "en", "2011"),
        ("2011-11", "en", "November 2011"),
        ("2011-11-15", "en", "Nov. 15, 2011"),
        ("2011-11-15", "es", "15 de noviembre de 2011"),
        ("2011-11", "es", "noviembre de 2011"),
    ],
)
def test_a_day_is_written_as_the_readers_language_does(text, language, words):
    with translation.override(language):
        assert day_in_words(text) == f'<time datetime="{text}">{words}</time>'


def test_what_is_no_day_is_shown_as_it_stands_and_escaped():
    assert day_in_words("<b>soon") == "<b>soon"
    assert "safe" not in type(day_in_words("<b>soon")).__name__.lower()


# Filters ---------------------------------------------------------------------------------------------

NAMES = ["policy", "state"]
CHOICES = {name: [(letter, letter.upper()) for letter in "abc"] for name in NAMES}
LABELS = {name: name.title() for name in NAMES}
things_of = st.lists(
    st.fixed_dictionaries({name: st.sets(st.sampled_from("abc"), max_size=2) for name in NAMES}), max_size=8
).map(lambda rows: [Thing(number, values) for number, values in enumerate(rows)])
asked_of = st.fixed_dictionaries({name: st.sampled_from(["", "a", "b", "c"]) for name in NAMES})


@given(things_of, asked_of)
def test_a_choice_leaves_as_many_as_it_says(things, asked):
    for found in filters(things, asked, LABELS, CHOICES):
        for option in found.options:
            chosen = {**asked, found.name: option.value}
            assert option.count == len(passing(things, chosen))
            assert option.is_chosen == (asked[found.name] == option.value)


@given(things_of, asked_of)
def test_asking_for_nothing_shows_all_and_asking_never_adds(things, asked):
    assert passing(things, {}) == things
    assert set(map(id, passing(things, asked))) <= set(map(id, things))


def test_a_filter_without_a_choice_to_make_is_left_out():
    things = [Thing(1, {"policy": {"a"}, "state": {"a"}}), Thing(2, {"policy": {"b"}, "state": {"a"}})]
    assert [each.name for each in filters(things, {}, LABELS, CHOICES)] == ["policy"]
    chosen = filters(things, {"policy": "a", "state": "a"}, LABELS, CHOICES)
    assert [each.name for each in chosen] == ["policy", "state"]
    assert chosen[0].chosen.query == "state=a"
