"""Mends on a parsed text: whatever their order, none raises, and every word stays accounted for."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit_pages.importing.mends import OPERATIONS, Mend, doubt_key, from_json
from toolkit_pages.importing.parsing import parse

from .laws import assert_counted, assert_safe
from .samples import DAMAGED

PLAIN = parse(DAMAGED)
KEYS = [chapter.key for chapter in PLAIN.walk()] + ["nobody", "letters that worked", "ask who owns it"]
KEYS += [doubt_key(doubt) for doubt in PLAIN.doubts]
mend = st.builds(
    Mend, st.sampled_from(OPERATIONS), st.sampled_from(KEYS), st.sampled_from(["", "Other words", "One"])
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(mend, max_size=6))
def test_any_mends_keep_the_account(mends):
    toolkit = parse(DAMAGED, mends=mends)
    assert_counted(DAMAGED, toolkit)
    assert_safe(toolkit)
    assert set(toolkit.unused) <= set(mends)
    assert parse(DAMAGED, mends=from_json([each.as_json() for each in mends])) == toolkit


def test_what_is_stored_wrongly_is_no_mend():
    assert from_json("x") == []
    assert from_json([1, {"op": "explode", "key": "a"}, {"op": "up"}, {"op": "up", "key": "a"}]) == [
        Mend("up", "a")
    ]
