"""What a new server does before it has anything: environment, collected static files, no database."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.conftest import ROOT

KEY = "only for this test, long enough to pass for a secret key"


def start(*command, **environment):
    """Run Python with the production settings and no other variables of theirs than these."""
    given = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "toolkit_site.settings.production",
        "PYTHONPATH": "site",
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": ".example.org",
    } | environment
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=given, capture_output=True, text=True)


@pytest.fixture
def manage(tmp_path):
    return lambda *command, **environment: start(
        "manage.py", *command, **{"DATA_DIR": str(tmp_path)} | environment
    )


def test_static_files_are_collected_where_there_are_none_yet(manage):
    done = manage("collectstatic", "--dry-run", "--noinput")
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_check_for_public_servers_finds_nothing(manage):
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    # Two of django-axes', which counts names and no addresses (decision 19).
    assert "no issues (2 silenced)" in done.stdout


def test_a_missing_value_stops_the_start_with_one_line():
    done = start("manage.py", "check", SECRET_KEY="")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("SECRET_KEY is not set. Expected: ") and done.stderr.count("\n") == 1


#: Reads the settings again and again in one process, which is quicker than a process for each.
AGAIN = """
import json, os, sys
plain = dict(os.environ)
for name, value in json.load(sys.stdin):
    for module in [each for each in sys.modules if each.startswith("toolkit_site")]:
        del sys.modules[module]
    os.environ.clear(); os.environ.update(plain | {name: value})
    try:
        import toolkit_site.settings.production as found
        print("started", found.SESSION_COOKIE_NAME, found.CSRF_COOKIE_NAME)
    except SystemExit as end:
        print(end)
"""


def test_a_malformed_value_stops_the_start_with_one_line_that_does_not_show_it(tmp_path):
    wrong = {
        "SECRET_KEY": ["short", "x" * 60, "only-for-development-never-for-a-public-server", "   "],
        "ALLOWED_HOSTS": ["", "https://example.org", "example.org:8000", "one two"],
        "ADMIN_URL": ["network.example.org"],
        "DATABASE_URL": [
            "nonsense",
            "oops://hunter2:hunter2@host/name",
            "postgres://u:hunter2@host:port/name",
        ],
        "CACHE_URL": ["redis", "oops://host"],
        "EMAIL_URL": ["pigeon://hunter2@host", "mail"],
        "SECURE_SSL_REDIRECT": ["ture"],
        "SECURE_HSTS_SECONDS": ["a year", "-1"],
    }
    cases = [(name, value) for name, values in wrong.items() for value in values]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": "site",
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": ".example.org",
        "DATA_DIR": str(tmp_path),
    }
    fine = [
        ("DATABASE_URL", "postgres://u:p@host:5432/name"),
        ("CACHE_URL", "redis://host/0"),
        ("EMAIL_URL", ""),
    ]
    done = subprocess.run(
        [sys.executable, "-c", AGAIN],
        input=json.dumps([*cases, *fine]), cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert len(lines) == len(cases) + len(fine) and not done.stderr, done.stdout + done.stderr
    for (name, _value), line in zip(cases, lines, strict=False):
        assert line.startswith(f"{name} "), line
        assert "docs/reference/settings.md" in line
        assert "hunter2" not in line
    assert lines[len(cases) :] == ["started __Host-session __Host-csrf"] * len(fine)


# The server -----------------------------------------------------------------------------------------


def test_the_server_does_not_start_without_its_settings():
    done = start("-m", "toolkit_site.server", SECRET_KEY="")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("SECRET_KEY is not set.")
    done = start("-m", "toolkit_site.server", WEB_WORKERS="many")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("WEB_WORKERS cannot be read.")


def test_the_server_writes_no_readers_address_and_no_query_into_its_log(tmp_path):
    """The real server on a database without tables: a health check that works, a page that fails, what it says of both."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": "site", "SECRET_KEY": KEY, "ALLOWED_HOSTS": ".example.org",
        "DATA_DIR": str(tmp_path), "PORT": str(port), "WEB_WORKERS": "1",
    }  # fmt: skip
    log = tmp_path / "log"
    with log.open("w") as written:
        server = subprocess.Popen(
            [sys.executable, "-m", "toolkit_site.server"], cwd=ROOT, env=environment, stdout=written, stderr=written
        )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while ask(port, "/health") != 200:
            assert server.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        assert ask(port, "/somewhere/?q=secret-words") == 500
        # Its line is written by a thread of its own, after the answer: stopped at once, the server drops it.
        while "GET /somewhere/ 500" not in log.read_text() and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        server.terminate()
        server.wait(20)
    said = log.read_text()
    assert "GET /somewhere/ 500" in said, said
    assert "no such table" in said
    for private in ("192.0.2.77", "127.0.0.1 -", "secret-words", "Nobody's Browser"):
        assert private not in said


def ask(port: int, path: str) -> int:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        headers={
            "Host": "www.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.77",
            "User-Agent": "Nobody's Browser",
        },
    )  # fmt: skip
    try:
        with urllib.request.urlopen(asked, timeout=20) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
