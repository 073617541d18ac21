"""A real browser against a real server. Every test here is marked ``browser`` and starts from migrated rows.

Chromium is Debian's (or ``CHROMIUM=/path``); nothing is downloaded. It resolves ``*.localhost`` by itself, so
every site of a network is reached under its own hostname. A request that would leave the machine, an uncaught
error in a script, and whatever the content security policy refuses, fail the test.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

# The synchronous Playwright runs an event loop in the tests' own thread, where Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENSHOTS = ROOT / "var" / "screenshots"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.stash.setdefault(FAILED, False)
    item.stash[FAILED] |= report.failed
    return report


# -- the database: a file that the server's threads open too, put back before each test


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        path = tmp_path_factory.mktemp("database") / "browser.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(path)
        from django.db import connection

        connection.settings_dict["TEST"]["NAME"] = str(path)


@pytest.fixture(scope="session")
def _migrated(django_db_setup, django_db_blocker) -> sqlite3.Connection:
    """A copy in memory of the database as the migrations leave it."""
    from django.db import connection

    copy = sqlite3.connect(":memory:", check_same_thread=False)
    with django_db_blocker.unblock():
        connection.ensure_connection()
        connection.connection.backup(copy)
    return copy


@pytest.fixture(autouse=True)
def migrated_database(transactional_db, _migrated) -> None:
    """Put Wagtail's root page, collection, groups and workflow back, which the last test's end has wiped."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.cache import cache
    from django.db import connection

    connection.ensure_connection()
    _migrated.backup(connection.connection)
    ContentType.objects.clear_cache()
    cache.clear()


@pytest.fixture(scope="session")
def _demo() -> dict[str, sqlite3.Connection]:
    """The loaded demo network, copied to memory when a test asks for it first."""
    return {}


@pytest.fixture
def demo(migrated_database, live_server, _demo) -> None:
    """The demo network, as ``make run`` loads it: loaded once, put back before each test that uses it."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from django.db import connection

    if "copy" in _demo:
        _demo["copy"].backup(connection.connection)
        ContentType.objects.clear_cache()
        return
    call_command("load_demo", port=urlsplit(live_server.url).port, force=True, verbosity=0)
    _demo["copy"] = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(_demo["copy"])


@pytest.fixture
def address(live_server) -> Callable[..., str]:
    """``address("santa-clara.localhost", "/es/")`` is that site's address on the test's server."""
    port = urlsplit(live_server.url).port

    def build(host: str = "localhost", path: str = "/") -> str:
        return f"http://{host}:{port}{path}"

    return build


# -- the browser


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    from playwright.sync_api import sync_playwright

    if not Path(CHROMIUM).exists():
        pytest.fail(f"There is no browser at {CHROMIUM}. On Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Guard:
    """What the browser did that it must not: addresses it asked for outside, errors in scripts, what a policy refused."""

    def __init__(self) -> None:
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.refused: list[str] = []

    def listen(self, message) -> None:
        if "Content Security Policy" in message.text or "Permissions policy" in message.text:
            self.refused.append(f"{message.location.get('url')}: {message.text}")

    def route(self, route) -> None:
        host = urlsplit(route.request.url).hostname or ""
        if host == "localhost" or host.endswith(".localhost"):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def verify(self) -> None:
        assert not self.outside, "Requests that would have left the machine:\n" + "\n".join(self.outside)
        assert not self.errors, "Errors in scripts:\n" + "\n".join(self.errors)
        assert not self.refused, "Refused by the policy of a page:\n" + "\n".join(self.refused)


@pytest.fixture
def guard() -> Iterator[Guard]:
    guard = Guard()
    yield guard
    guard.verify()


@pytest.fixture
def new_page(chromium, address, guard, request) -> Iterator[Callable]:
    """``new_page(viewport=NARROW, javascript=False, language="es")`` opens a page of its own, with no cookies.

    Of a test that fails, every open page is in var/screenshots/failed.
    """
    contexts = []

    def open_page(viewport: dict | None = None, javascript: bool = True, language: str = "en"):
        context = chromium.new_context(
            viewport=viewport or WIDE,
            java_script_enabled=javascript,
            locale=language,
            reduced_motion="reduce",
            base_url=address(),
        )
        context.set_default_timeout(15_000)
        context.route("**/*", guard.route)
        context.on("console", guard.listen)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: guard.errors.append(f"{page.url}: {error}"))
        return page

    yield open_page
    for number, context in enumerate(contexts):
        if request.node.stash.get(FAILED, False):
            for page in context.pages:
                photograph(page, f"failed/{request.node.name}-{number}")
        context.close()


def photograph(page, name: str, full_page: bool = True) -> Path:
    path = SCREENSHOTS / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(path), full_page=full_page, animations="disabled")
    return path


@pytest.fixture
def page(new_page):
    """A wide page with scripts, in English."""
    return new_page()


# -- what tests do with it


@pytest.fixture
def login(address) -> Callable:
    """``login(page, "maria", host="santa-clara.localhost")`` gives the page's browser that user's session.

    On every host that is named (default: national's). The login form itself has a test of its own.
    """
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    def sign_in(page, username: str, *hosts: str, host: str = "localhost") -> None:
        user = get_user_model().objects.get_by_natural_key(username)
        for name in hosts or [host]:
            client = Client()
            client.force_login(user)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address(name)}]
            )

    return sign_in


@pytest.fixture(scope="session")
def axe() -> Callable:
    """``axe(page)`` fails with every violation that axe finds; ``axe(page, include="main", skip=["region"])``."""
    from axe_playwright_python.base import AxeResults
    from axe_playwright_python.sync_playwright import Axe

    class Once(Axe):
        """It is half a megabyte: a page that has it needs it no second time."""

        def run(self, page, **options):
            if page.evaluate("typeof axe") == "undefined":
                page.evaluate(self.axe_script)
            arguments = self._format_script_args(**options)
            return AxeResults(page.evaluate(f"axe.run({arguments})"))

    runner = Once()

    def check(page, include: str | None = None, skip: list[str] | None = None) -> None:
        options = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in skip or []}}
        violations = runner.run(page, context=include, options=options).response["violations"]
        assert not violations, describe(page.url, page.viewport_size, violations)

    return check


def describe(url: str, viewport: dict, violations: list[dict]) -> str:
    lines = [f"axe: {len(violations)} violation(s) at {url}, {viewport['width']} px"]
    for violation in violations:
        lines.append(f"\n{violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"][:5]:
            lines.append(f"  {' '.join(map(str, node['target']))}")
            lines.append(f"    {node['html'][:200]}")
            summary = (node.get("failureSummary") or "").splitlines()
            lines += [f"    {line.strip()}" for line in summary[1:3]]
        if len(violation["nodes"]) > 5:
            lines.append(f"  … and {len(violation['nodes']) - 5} more")
    return "\n".join(lines)


@pytest.fixture
def screenshot() -> Callable:
    """``screenshot(page, "adopt/1-choose")`` saves var/screenshots/adopt/1-choose.png and returns its path.

    ``docs="adopt.png"`` saves the same picture as docs/images/adopt.png when run by ``make screenshots``.
    """

    def take(page, name: str, full_page: bool = True, docs: str | None = None) -> Path:
        path = photograph(page, name, full_page)
        folder = os.environ.get("DOCS_IMAGES")
        if docs and folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            shutil.copy(path, Path(folder) / docs)
        return path

    return take
