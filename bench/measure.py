"""Times interleaved rounds of a peer and of ours, and counts statements."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


class Statements:
    """Counts what is sent to the database: Django's own log stops at 9,000."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


@dataclass
class Taken:
    seconds: float
    statements: int


def take(action: Callable[[], object]) -> Taken:
    from django.db import connection

    statements = Statements()
    start = time.perf_counter()
    with connection.execute_wrapper(statements):
        action()
    return Taken(time.perf_counter() - start, statements.count)


def middle(rounds: list[Taken]) -> Taken:
    return Taken(
        statistics.median(each.seconds for each in rounds),
        int(statistics.median(each.statements for each in rounds)),
    )


@dataclass
class Figure:
    """One line of the report. Times are medians, in milliseconds for each page; ``ratio`` is peer : ours."""

    name: str
    peer: str
    peer_ms: float
    ours_ms: float
    ratio: float
    budget: str
    met: bool
    peer_statements: float
    ours_statements: int
    pages: int

    def __str__(self) -> str:
        verdict = "   " if self.met else " ! "
        return (
            f"{verdict}{self.name:<58}{self.peer_ms:>10.2f}{self.ours_ms:>10.3f}{self.ratio:>9.1f}x  "
            f"{self.budget:<16}{self.ours_statements:>6} statements   peer: {self.peer}"
        )

    def as_json(self) -> dict:
        return asdict(self)


HEADING = f"   {'figure':<58}{'peer ms':>10}{'ours ms':>10}{'ratio':>10}  {'budget':<16}"
