"""``python -m bench.serving``: granian against gunicorn, with the pages of the database that the environment names.

Each server runs the deployed application with the same workers and threads, in turns; ``wrk`` (Debian's package) asks. A bare
application, which answers with as many bytes from memory, is the floor. Then each is asked for every page of every site once
and more, and its workers' memory is read. gunicorn is no dependency of ours: ``--gunicorn FOLDER`` names one that was
installed there (``uv pip install --target FOLDER gunicorn``). It measures and reports; it fails nothing.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.lighthouse import ROOT, wait

BIN = Path(sys.executable).parent
APPLICATION, BARE = "toolkit_site.wsgi:application", "bench.serving:bare"
#: wrk's script: the requests of a file, one after the other, each thread from a place of its own.
SCRIPT = """
local requests, at, threads = {}, 0, 0
function setup(thread) thread:set("id", threads) threads = threads + 1 end
function init(args)
  for line in io.lines(args[1]) do
    local host, path = line:match("(%S+) (%S+)")
    requests[#requests + 1] = wrk.format("GET", path, {Host = host, ["Accept-Encoding"] = "gzip"})
  end
  at = math.floor(#requests * id / 2)
end
function request() at = at % #requests + 1 return requests[at] end
"""


def bare(environ, start_response):
    """The floor: as many bytes as a chapter has, from memory."""
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", "38000")])
    return [b" " * 38000]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.serving", description=__doc__)
    parser.add_argument("--gunicorn", help="the folder in which gunicorn was installed")
    parser.add_argument("--seconds", type=int, default=5, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3, help="in turns, of which the median counts")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--pages", type=int, default=10_000, help="how many are served before memory is read")
    parser.add_argument("--port", type=int, default=8766)
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        print("This needs wrk: apt-get install wrk", file=sys.stderr)
        return 1
    collect = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(collect, env=environment(None), check=True)
    servers = {"granian": granian, **({"gunicorn": gunicorn} if options.gunicorn else {})}
    with tempfile.TemporaryDirectory() as folder:
        script, every, one = (Path(folder) / name for name in ("requests.lua", "every", "one"))
        script.write_text(SCRIPT)
        addresses = list(chapters())
        every.write_text("\n".join(addresses) + "\n")
        one.write_text(addresses[0] + "\n")
        print(f"{len(addresses)} pages; {options.workers} workers, {options.threads} threads each")
        asked = {
            "a bare application": (BARE, one),
            "one chapter": (APPLICATION, one),
            "every page": (APPLICATION, every),
        }
        found: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for _round in range(options.rounds):
            for what, (application, requests) in asked.items():
                for name, line in servers.items():
                    with serving(line(application, options), options, alive=application == APPLICATION):
                        rate = ask(script, requests, options.seconds, options.port)
                    found.setdefault((what, name), []).append(rate)
        print(f"{'':<22}{'':<12}{'pages/s':>10}{'99th ms':>10}")
        for (what, name), rates in found.items():
            rate, slowest = (statistics.median(each[index] for each in rates) for index in (0, 1))
            print(f"{what:<22}{name:<12}{rate:>10.0f}{slowest:>10.0f}", flush=True)
        for name, line in servers.items():
            with serving(line(APPLICATION, options), options) as process:
                served, before = 0.0, memory(process)
                while served < options.pages:
                    served += ask(script, every, 20, options.port)[0] * 20
                print(
                    f"{name}: MiB of each worker, at first {before}, after {served:.0f} pages {memory(process)}",
                    flush=True,
                )
    return 0


def granian(application: str, options: argparse.Namespace) -> list[str]:
    return [
        str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(options.port),
        "--workers", str(options.workers), "--blocking-threads", str(options.threads), "--log-level", "error", application,
    ]  # fmt: skip


def gunicorn(application: str, options: argparse.Namespace) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{options.port}", "--worker-class", "gthread",
        "--workers", str(options.workers), "--threads", str(options.threads), "--log-level", "error", application,
    ]  # fmt: skip


@contextmanager
def serving(
    command: list[str], options: argparse.Namespace, *, alive: bool = True
) -> Iterator[subprocess.Popen]:
    """A server until the end of the block. ``alive``: it has an address that says so."""
    process = subprocess.Popen(command, env=environment(options.gunicorn), cwd=ROOT)
    try:
        if alive:
            wait(options.port)
        else:
            time.sleep(2)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def environment(packages: str | None) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "toolkit_site.settings.production",
        "PYTHONPATH": ":".join([str(ROOT / "site"), str(ROOT), *([packages] if packages else [])]),
        "SECRET_KEY": "only-for-measuring, and for nothing that anybody else can reach: 0123456789",
        "ALLOWED_HOSTS": ".localhost",
        "SECURE_SSL_REDIRECT": "False",
        "DATA_DIR": str(ROOT / "var"),
        "STATIC_ROOT": str(ROOT / "var" / "serving-static"),
    }


def chapters() -> Iterator[str]:
    """``host path`` of every live page of every site, chapters first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit_site.settings.dev")
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    import django

    django.setup()
    from wagtail.models import Page, Site

    from editions.addresses import SiteRoot
    from toolkit_pages.models import ChapterPage

    sites = [SiteRoot(site) for site in Site.objects.select_related("root_page__locale")]
    for model in (ChapterPage, Page):
        pages = model.objects.live().public().order_by("path").select_related("locale")
        for root in sites:
            above = root.site.root_page.get_parent()
            for page in pages.descendant_of(above):
                if model is ChapterPage or page.specific_class is not ChapterPage:
                    yield f"{root.site.hostname} {root.path(page.url_path, page.locale.language_code)}"


def ask(script: Path, requests: Path, seconds: int, port: int) -> tuple[float, float]:
    """Pages a second, and the milliseconds within which 99 of 100 came. Ends the run where an answer is an error."""
    command = [
        "wrk",
        "--threads",
        "2",
        "--connections",
        "8",
        "--duration",
        f"{seconds}s",
        "--latency",
        "--script",
        str(script),
    ]
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{port}", str(requests)], check=True, capture_output=True, text=True
    ).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    amount, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)\b", said).groups()
    milliseconds = float(amount) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), milliseconds


def memory(process: subprocess.Popen) -> list[int]:
    """Resident MiB of the server's workers, as Linux tells it."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    found = []
    for pid in children:
        resident = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        found.append(int(resident[1]) // 1024 if resident else 0)
    return sorted(size for size in found if size > 30)


if __name__ == "__main__":
    raise SystemExit(main())
