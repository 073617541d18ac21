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
    """``cpu`` is this process's own: on SQLite that is all of the work, undisturbed by what else the machine does."""

    seconds: float
    statements: int
    cpu: float = 0.0


def take(action: Callable[[], object]) -> Taken:
    from django.db import connection

    statements = Statements()
    start, cpu = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(statements):
        action()
    return Taken(time.perf_counter() - start, statements.count, time.process_time() - cpu)


def middle(rounds: list[Taken]) -> Taken:
    return Taken(
        statistics.median(each.seconds for each in rounds),
        int(statistics.median(each.statements for each in rounds)),
        statistics.median(each.cpu for each in rounds),
    )


@dataclass
class Figure:
    """One line of the report. Times are medians, in milliseconds for each page; ratios are peer : ours.

    ``cpu_ratio`` compares the processor time of this process alone: of use on SQLite, which runs within it.
    """

    name: str
    peer: str
    peer_ms: float
    ours_ms: float
    ratio: float
    cpu_ratio: float
    budget: str
    met: bool
    peer_statements: float
    ours_statements: int
    pages: int

    def __str__(self) -> str:
        verdict = "   " if self.met else " ! "
        return (
            f"{verdict}{self.name:<50}{self.peer_ms:>9.2f}{self.ours_ms:>9.3f}{self.ratio:>8.1f}x{self.cpu_ratio:>8.1f}x  "
            f"{self.budget:<14}{self.ours_statements:>5} statements; {self.peer}: {self.peer_statements:.0f} a page"
        )

    def as_json(self) -> dict:
        return asdict(self)


HEADING = f"   {'figure':<50}{'peer ms':>9}{'ours ms':>9}{'ratio':>9}{'CPU':>9}  budget"
