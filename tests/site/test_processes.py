import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from toolkit_site.processes import Program, run_together

WAIT = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def write_pid(path: Path) -> list[str]:
    code = f"import os, time; open({str(path)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    return [sys.executable, "-c", code]


def test_when_one_ends_the_others_are_stopped_and_its_status_is_told(tmp_path, capfd):
    pid = tmp_path / "pid"
    ends = [
        sys.executable,
        "-c",
        f"import os, sys, time\nwhile not os.path.exists({str(pid)!r}): time.sleep(0.05)\nsys.exit(3)",
    ]
    assert run_together([Program("server", write_pid(pid)), Program("worker", ends)]) == 3
    assert "worker has ended with status 3" in capfd.readouterr().err
    assert not alive(int(pid.read_text()))


def test_one_that_ends_well_is_no_success_either():
    done = [sys.executable, "-c", "pass"]
    assert run_together([Program("server", done), Program("worker", WAIT)]) == 1


def test_a_deaf_program_is_killed_after_the_grace():
    done = [sys.executable, "-c", "import time; time.sleep(0.5)"]
    start = time.monotonic()
    run_together([Program("server", DEAF), Program("worker", done)], grace=1)
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_all_and_is_a_success(tmp_path, number):
    pids = [tmp_path / "one", tmp_path / "two"]
    code = textwrap.dedent(f"""
        import sys
        sys.path.insert(0, {str(Path(__file__).resolve().parents[2] / "site")!r})
        from toolkit_site.processes import Program, run_together
        sys.exit(run_together([Program("one", {write_pid(pids[0])!r}), Program("two", {write_pid(pids[1])!r})]))
    """)
    supervisor = subprocess.Popen([sys.executable, "-c", code])
    deadline = time.monotonic() + 20
    while not all(path.exists() and path.read_text() for path in pids):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    supervisor.send_signal(number)
    assert supervisor.wait(20) == 0
    assert not any(alive(int(path.read_text())) for path in pids)
