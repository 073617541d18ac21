"""What a release does to one edition, decided without a database."""

import pytest

from editions.plan import ARRIVED, Outcome, Reason, Row, Target, decide


def body(*words) -> dict:
    ids = "abc"
    blocks = [
        {"type": "p", "value": word, "id": ids[number]}
        for number, word in enumerate(words)
        if word is not None
    ]
    return {"title": "Chapter", "body": blocks}


BASE = body("One", "Two", "Three")


def target(content, **options) -> Target:
    return Target(7, 2, content, streams={"body"}, tags=frozenset(), atomic=frozenset(), **options)


def row(local=BASE, **options) -> Row:
    return Row(1, options.pop("page_id", 11), 3, options.pop("sent", 1), base=BASE, local=local, **options)


NATIONAL = body("One, corrected", "Two", "Three")


def test_what_was_sent_before_or_is_older_is_skipped_unless_an_editor_asks_for_it():
    for sent in (2, 3):
        step = decide(row(sent=sent), target(NATIONAL))
        assert (step.outcome, step.reason, step.merged) == (Outcome.SKIPPED, Reason.NEWER_HERE, None)
        assert step.receipt == {}
    assert decide(row(sent=2, held=True), target(NATIONAL), accepted=True).outcome == Outcome.APPLIED
    assert decide(row(sent=3), target(NATIONAL), accepted=True).reason == Reason.NEWER_HERE


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        ({"page_id": None}, Outcome.HIDDEN),
        ({"page_id": None, "held": True, "asks_first": True}, Outcome.HIDDEN),
        ({"held": True}, Outcome.HELD),
        ({"held": True, "asks_first": True, "untouched": True}, Outcome.HELD),
        ({"asks_first": True}, Outcome.WAITING),
        ({"asks_first": True, "untouched": True}, Outcome.WAITING),
    ],
)
def test_hidden_before_held_before_waiting(options, outcome):
    step = decide(row(**options), target(NATIONAL))
    assert (step.outcome, step.merged, step.reason) == (outcome, None, None)
    accepted = decide(row(**options), target(NATIONAL), accepted=True)
    assert accepted.outcome == (Outcome.HIDDEN if "page_id" in options else Outcome.APPLIED)


def test_an_untouched_page_is_never_merged():
    step = decide(Row(1, 11, 3, 1, untouched=True), target(NATIONAL))
    assert (step.outcome, step.merged) == (Outcome.APPLIED, None)


def test_what_merges_to_exactly_the_version_is_applied():
    assert decide(row(), target(NATIONAL)) == decide(row(), target(NATIONAL))
    assert decide(row(), target(NATIONAL)).outcome == Outcome.APPLIED
    assert decide(row(), target(NATIONAL)).merged is None


def test_what_was_written_or_hidden_or_kept_here_is_merged():
    cases = {
        "local": row(body("One", "Ours", "Three")),
        "hidden": row(body("One", None, "Three")),
        "kept": row(kept=frozenset({("body", "b")})),
    }
    for name, each in cases.items():
        step = decide(each, target(NATIONAL))
        assert step.outcome == Outcome.MERGED, name
        assert step.outcome in ARRIVED
        assert step.merged.fields["body"][0]["value"] == "One, corrected"
        assert step.receipt == {}
    assert decide(cases["kept"], target(NATIONAL)).merged.kept == {("body", "b")}


def test_a_conflict_and_a_notice_stand_in_the_receipt():
    step = decide(row(body("Ours", None, "Three")), target(body("One, corrected", "Two, corrected", "Three")))
    assert step.outcome == Outcome.CONFLICT
    assert [each["path"] for each in step.receipt["conflicts"]] == [["body", "a"]]
    assert [each["path"] for each in step.receipt["notices"]] == [["body", "b"]]
    assert "moved" not in step.receipt


def test_a_notice_alone_is_no_conflict_and_an_order_of_both_is_said():
    step = decide(row(body("One", None, "Three")), target(body("One", "Two, corrected", "Three")))
    assert (step.outcome, list(step.receipt)) == (Outcome.MERGED, ["notices"])
    a, b, c = BASE["body"]
    step = decide(row({**BASE, "body": [c, a, b]}), target({**BASE, "body": [b, a, c]}))
    assert (step.outcome, step.receipt) == (Outcome.MERGED, {"moved": [["body"]]})


def test_what_is_protected_is_forced_and_a_conflict_beside_it_still_asks():
    protected = frozenset({("body", "a")})
    step = decide(row(body("Ours", "Two", "Three")), target(NATIONAL, protected=protected))
    assert step.outcome == Outcome.FORCED
    assert step.merged.fields == NATIONAL
    (kept,) = step.receipt["conflicts"]
    assert (kept["kind"], kept["local"]["value"]) == ("protected", "Ours")
    national = body("One, corrected", "Two, corrected", "Three")
    step = decide(row(body("Ours", "Our two", "Three")), target(national, protected=protected))
    assert step.outcome == Outcome.CONFLICT
    assert {each["kind"] for each in step.receipt["conflicts"]} == {"protected", "both-changed"}


def test_a_page_without_content_becomes_the_version():
    assert decide(Row(1, 11, 3, 1), target(NATIONAL)).outcome in ARRIVED


def test_each_step_is_of_its_row():
    rows = [
        row(sent=2),
        row(page_id=None),
        row(held=True),
        row(asks_first=True),
        row(untouched=True),
        row(body("One", "Ours", "Three")),
        row(body("Ours", "Two", "Three")),
        row(),
    ]
    assert [decide(each, target(NATIONAL)).row for each in rows] == rows
    forced = target(NATIONAL, protected=frozenset({("body",)}))
    assert [decide(each, forced).row for each in rows] == rows


def test_tags_are_merged_as_sets_and_atomic_blocks_whole():
    base = {"tags": ["a", "b"], "body": [{"type": "pair", "value": {"x": 1, "y": 1}, "id": "p"}]}
    national = {"tags": ["a", "b", "n"], "body": [{"type": "pair", "value": {"x": 2, "y": 1}, "id": "p"}]}
    local = {"tags": ["a", "l"], "body": [{"type": "pair", "value": {"x": 1, "y": 2}, "id": "p"}]}
    options = {"streams": {"body"}, "tags": {"tags"}}
    inside = decide(
        Row(1, 11, 3, 1, base=base, local=local), Target(7, 2, national, atomic=frozenset(), **options)
    )
    assert inside.outcome == Outcome.MERGED
    assert inside.merged.fields["tags"] == ["a", "l", "n"]
    assert inside.merged.fields["body"][0]["value"] == {"x": 2, "y": 2}
    whole = decide(
        Row(1, 11, 3, 1, base=base, local=local), Target(7, 2, national, atomic={"pair"}, **options)
    )
    assert whole.outcome == Outcome.CONFLICT
