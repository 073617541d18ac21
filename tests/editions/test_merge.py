"""The merge, case by case. The laws that hold for all inputs are in test_merge_laws.py."""

import json
from pathlib import Path

import pytest

from editions.merge import merge

CASES = sorted((Path(__file__).parent / "merge_cases").glob("*.json"))


def test_the_worked_cases_are_here():
    assert len(CASES) == 24


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_worked_case(file):
    case = json.loads(file.read_text(encoding="utf-8"))
    paths = {name: frozenset(map(tuple, case.get(name, ()))) for name in ("kept", "protected")}
    result = merge(
        case["base"], case["national"], case["local"], **paths, atomic=frozenset(case.get("atomic", ()))
    )
    assert result.blocks == case["blocks"]
    assert [(list(c.path), c.kind) for c in result.conflicts] == [
        (c["path"], c["kind"]) for c in case["conflicts"]
    ]
    assert [(list(c.path), c.kind) for c in result.notices] == [
        (c["path"], c["kind"]) for c in case["notices"]
    ]
