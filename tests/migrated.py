"""SQLite as the migrations leave it, kept in var/tests between runs: hundreds of migrations run only after one has changed.

Django still runs ``migrate`` on the copy, which then has nothing to do but what follows migrations.
"""

import fcntl
import hashlib
import importlib.metadata
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "var" / "tests"


def key() -> str:
    """Changes with every migration, with the settings that migrations read, and with the packages that bring them."""
    from django.apps import apps
    from django.conf import settings

    found = hashlib.sha256(
        repr((settings.LANGUAGES, settings.LANGUAGE_CODE, sqlite3.sqlite_version)).encode()
    )
    for package in ("django", "wagtail", "wagtail-localize"):
        found.update(importlib.metadata.version(package).encode())
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            found.update(f"{config.label}/{path.name}".encode() + path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def kept(connection):
    """Around the making of the test database: fills it from the copy if there is one, else makes the copy afterwards.

    Of several processes the first migrates, the others wait for its copy.
    """
    if connection.vendor != "sqlite":
        yield
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    copy = FOLDER / f"migrated-{key()}.sqlite3"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if copy.exists():
            fcntl.flock(lock, fcntl.LOCK_UN)
        make = connection.creation._create_test_db
        opened = []

        def filled(*args, **options):
            name = make(*args, **options)
            if copy.exists():
                # A database in memory lives as long as somebody has it open.
                opened.append(sqlite3.connect(name, uri=True))
                with closing(sqlite3.connect(copy)) as source:
                    source.backup(opened[0])
            return name

        connection.creation._create_test_db = filled
        yield
        connection.creation._create_test_db = make
        for each in opened:
            each.close()
        if not copy.exists():
            for old in FOLDER.glob("migrated-*.sqlite3"):
                old.unlink()
            unfinished = copy.with_suffix(".tmp")
            connection.ensure_connection()
            with closing(sqlite3.connect(unfinished)) as target:
                connection.connection.backup(target)
            unfinished.replace(copy)
