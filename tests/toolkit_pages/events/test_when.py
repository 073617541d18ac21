"""Wall times: what clocks skip, show twice, and what ends before it starts."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit_pages.events.when import Trouble, When, same_weekday_from

ZONES = ("America/Los_Angeles", "America/New_York", "Europe/Madrid", "Australia/Lord_Howe", "Asia/Kolkata")
LA = "America/Los_Angeles"


def trouble(**fields):
    fields = {"date": date(2027, 5, 1), "zone": LA, **fields}
    now = fields.pop("now", None)
    return [(problem.field, problem.trouble) for problem in When(**fields).problems(now)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"zone": ""}, ("time_zone", Trouble.NO_ZONE)),
        ({"zone": "America/Nowhere"}, ("time_zone", Trouble.UNKNOWN_ZONE)),
        ({"end_time": time(9)}, ("start_time", Trouble.NO_START_TIME)),
        ({"start_time": time(18), "end_time": time(17)}, ("end_time", Trouble.ENDS_BEFORE)),
        ({"start_time": time(18), "end_time": time(18)}, ("end_time", Trouble.ENDS_BEFORE)),
        ({"end_date": date(2027, 4, 30)}, ("end_date", Trouble.ENDS_BEFORE)),
        ({"date": date(2027, 3, 14), "start_time": time(2, 30)}, ("start_time", Trouble.SKIPPED)),
        ({"date": date(2027, 11, 7), "start_time": time(1, 30)}, ("start_time", Trouble.TWICE)),
        (
            {
                "date": date(2027, 3, 13),
                "start_time": time(22),
                "end_date": date(2027, 3, 14),
                "end_time": time(2),
            },
            ("end_time", Trouble.SKIPPED),
        ),
        ({"now": datetime(2027, 5, 3, tzinfo=UTC)}, ("date", Trouble.PAST)),
    ],
)
def test_what_must_be_mended_and_where(fields, expected):
    assert trouble(**fields) == [expected]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"start_time": time(18)},
        {"start_time": time(23), "end_date": date(2027, 5, 2), "end_time": time(1)},
        {"date": date(2027, 3, 14), "start_time": time(3)},
        {"date": date(2027, 11, 7), "start_time": time(0, 59), "end_time": time(2)},
        {"zone": "America/Phoenix", "date": date(2027, 3, 14), "start_time": time(2, 30)},
    ],
)
def test_what_is_well(fields):
    assert trouble(**fields) == []


def test_it_says_which_times_are_good_instead():
    (problem,) = When(date(2027, 3, 14), time(2, 30), zone=LA).problems()
    assert problem.instead == (time(1, 59), time(3))


@given(
    st.dates(date(2024, 1, 1), date(2035, 12, 31)),
    st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES),
)
def test_a_time_is_refused_exactly_when_its_instant_is_not_one(day, hour, zone):
    tz = ZoneInfo(zone)
    naive = datetime.combine(day, hour)
    back = {naive.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1)}
    whole = len(back) == 1 and back.pop().astimezone(tz).replace(tzinfo=None) == naive
    assert (When(day, hour, zone=zone).problems() == []) is whole


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_a_copy_falls_on_the_next_such_weekday(day, today):
    found = same_weekday_from(day, today)
    assert found.weekday() == day.weekday()
    assert found > day
    assert found >= today
    assert found - timedelta(weeks=1) < max(today, day + timedelta(days=1))


def test_it_is_over_by_its_own_clock():
    when = When(date(2027, 5, 1), time(18), None, time(20), LA)
    assert not when.is_over(datetime(2027, 5, 2, 2, 59, tzinfo=UTC))
    assert when.is_over(datetime(2027, 5, 2, 3, 0, tzinfo=UTC))
