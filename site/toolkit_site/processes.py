"""Runs a few programs together, as one: all start, and when one ends or the user has had enough, all stop."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

#: Seconds that a program has to finish what it is doing before it is killed.
GRACE = 15


@dataclass
class Program:
    name: str
    command: Sequence[str]


def run_together(programs: Sequence[Program], grace: float = GRACE) -> int:
    """Start all and wait; return the exit status: 0 after Ctrl-C or SIGTERM, else that of the first to end.

    Each runs in a session of its own, so that Ctrl-C reaches them only through here, in order and once.
    """
    stopping = []
    previous = {
        number: signal.signal(number, lambda number, _frame: stopping.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    running = {}
    try:
        for program in programs:
            running[program.name] = subprocess.Popen(program.command, start_new_session=True)
        while not stopping:
            for name, process in running.items():
                status = process.poll()
                if status is not None:
                    print(f"The {name} has ended with status {status}.", file=sys.stderr)
                    return status or 1
            time.sleep(0.2)
        return 0
    finally:
        stop(running.values(), grace)
        for number, handler in previous.items():
            signal.signal(number, handler)


def stop(processes, grace: float = GRACE) -> None:
    """Ask all to end, wait up to ``grace`` seconds for them together, and kill what is left."""
    for process in processes:
        _signal(process, signal.SIGTERM)
    deadline = time.monotonic() + grace
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        # The program's own children too, such as the reloader's.
        _signal(process, signal.SIGKILL)
        process.wait()


def _signal(process: subprocess.Popen, number: int) -> None:
    """To the program's whole group, which may be gone already."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
