"""Lighthouse on one page of each kind, as a phone on slow data sees it: ``make lighthouse``.

Starts the server as a public one runs (granian, compressed static files) on the demo's database, asks Lighthouse for each page,
prints its four scores and writes its reports to var/lighthouse/. Lighthouse comes from npm and measures with Debian's Chromium;
nothing of it is needed for anything else. It measures and reports; it fails nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "var" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# The newest that runs on Debian 12's Node; 13 needs Node 22.
LIGHTHOUSE = "lighthouse@12"
HOST = "santa-clara.localhost"
#: One page of each kind, found by its type in the demo's database.
KINDS = ("HomePage", "ToolkitPage", "ChapterPage", "CaseStudyPage", "LibraryPage", "EventPage", "EventsPage")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--only", help="a part of the name of the pages to measure, as the list shows it")
    options = parser.parse_args()
    if shutil.which("npx") is None:
        print("Lighthouse needs Node: apt-get install nodejs npm", file=sys.stderr)
        return 1
    REPORTS.mkdir(parents=True, exist_ok=True)
    with server(options.port):
        print(f"{'page':<16}" + "".join(f"{name:>16}" for name in CATEGORIES))
        for kind, path in pages():
            if options.only and options.only.lower() not in kind.lower():
                continue
            scores = measure(kind, f"http://{HOST}:{options.port}{path}")
            print(f"{kind:<16}" + "".join(f"{scores.get(name, 0):>16.2f}" for name in CATEGORIES), flush=True)
    return 0


def pages() -> Iterator[tuple[str, str]]:
    """The kinds that the demo has, each with the path of one of its pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit_site.settings.dev")
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    import django

    django.setup()
    from django.apps import apps
    from wagtail.models import Site

    from editions.addresses import SiteRoot

    root = SiteRoot(Site.objects.select_related("root_page__locale").get(hostname=HOST))
    models = {model.__name__: model for model in apps.get_app_config("toolkit_pages").get_models()}
    for kind in KINDS:
        if kind not in models:
            continue
        found = models[kind].objects.live().filter(path__startswith=root.site.root_page.path)
        page = found.order_by("-depth", "path").first()
        if page is not None:
            yield kind, root.path(page.url_path, root.language)
            if kind == "LibraryPage":
                # Documents of the library have no page of their own: the library page shows them beneath it.
                yield "Ordinance", root.path(page.url_path, root.language) + "ordinances/county-ordinance/"
    yield "Search", "/search/?q=sheriff"


def measure(kind: str, url: str) -> dict[str, float]:
    report = REPORTS / f"{kind.lower()}.json"
    command = [
        "npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM", "/usr/bin/chromium")}
    for last in (False, True):
        # Now and then Chromium loses the beginning of a trace (NO_NAVSTART); once more is enough.
        if subprocess.run(command, env=environment, check=last, cwd=REPORTS).returncode == 0:
            break
    found = json.loads(report.read_text())["categories"]
    return {name: found[name]["score"] or 0.0 for name in CATEGORIES}


@contextmanager
def server(port: int) -> Iterator[None]:
    """The deployable server, on the demo's database, until the end of the block."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "toolkit_site.settings.production",
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
        "SECRET_KEY": "only-for-measuring",
        "ALLOWED_HOSTS": ".localhost",
        "SECURE_SSL_REDIRECT": "False",
        "STATIC_ROOT": str(ROOT / "var" / "lighthouse-static"),
    }
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "collectstatic", "--noinput", "--verbosity=0"], env=environment, check=True)
    granian = [
        str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--log-level", "error", "toolkit_site.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(granian, env=environment)
    try:
        wait(port)
        yield
    finally:
        process.terminate()
        process.wait(15)


def wait(port: int) -> None:
    for _try in range(60):
        try:
            urlopen(Request(f"http://127.0.0.1:{port}/health", headers={"Host": "localhost"}), timeout=2)
        except (URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The server does not answer.")


if __name__ == "__main__":
    raise SystemExit(main())
