"""Which states have which policies: a table with a row for each state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .models import StatePolicy
from .states import STATES, state_name


@dataclass(frozen=True)
class StateRow:
    """``cells``: for each policy its record of this state (``records.PolicyStateBlock``), or None."""

    code: str
    name: str
    cells: list[Any]


@dataclass(frozen=True)
class StateTable:
    policies: list[StatePolicy]
    rows: list[StateRow]

    def __bool__(self) -> bool:
        return bool(self.rows)


def state_table(policies: Iterable[StatePolicy], state: str = "") -> StateTable:
    """All states that have one of the policies, by name; ``state`` (a postal code) leaves that one only. No query."""
    columns = list(policies)
    by_policy = [{row["state"]: row for row in policy.rows} for policy in columns]
    codes = {code for rows in by_policy for code in rows if not state or state not in STATES or code == state}
    return StateTable(
        columns,
        [
            StateRow(code, state_name(code), [rows.get(code) for rows in by_policy])
            for code in sorted(codes, key=state_name)
        ],
    )
