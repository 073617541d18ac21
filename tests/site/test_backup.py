"""The drill: a network is backed up, wiped, restored, and is the same to the last row. On the database of the suite."""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import uuid
from contextlib import closing
from pathlib import Path

import pytest

from tests import migrated
from tests.conftest import ROOT
from toolkit_site.backups import archive, databases

PICTURE = b"not really a picture, but its bytes count\n" * 500


class Network:
    """A database of its own, begun as the suite's is after its migrations, with a folder for uploads."""

    def __init__(self, url: str, settings: dict, folder: Path):
        self.url, self.settings, self.folder = url, settings, folder
        self.media = folder / "media"

    def manage(self, *command: str, stdin: str = "") -> subprocess.CompletedProcess:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "toolkit_site.settings.dev",
            "DATABASE_URL": self.url,
            "DATA_DIR": str(self.folder),
        }
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=environment, input=stdin, capture_output=True, text=True,
        )  # fmt: skip

    def ask(self, *statements: str) -> list[list[tuple]]:
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.settings["NAME"], isolation_level=None)) as connection:
                return [connection.execute(each).fetchall() for each in statements]
        import psycopg

        with psycopg.connect(
            dbname=self.settings["NAME"], autocommit=True, **to(self.settings)
        ) as connection:
            found = [connection.execute(each) for each in statements]
            return [each.fetchall() if each.description else [] for each in found]

    def fingerprint(self) -> dict[str, str]:
        """A hash of each table's rows, in whatever order they lie, and of each upload."""
        if self.url.startswith("sqlite"):
            names = self.ask("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")[0]
        else:
            names = self.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")[0]
        rows = self.ask(*(f'SELECT * FROM "{name}"' for (name,) in names))
        found = {
            name: hashlib.sha256("\n".join(sorted(map(repr, table))).encode()).hexdigest()
            for (name,), table in zip(names, rows, strict=True)
        }
        for path in archive.uploads(self.media):
            found[path.relative_to(self.media).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found

    def wipe(self) -> None:
        for path in archive.uploads(self.media):
            path.unlink()
        (self.media / "after.txt").write_bytes(b"came later, and goes")
        if self.url.startswith("sqlite"):
            Path(self.settings["NAME"]).unlink()
            self.ask("CREATE TABLE came_later (x)")
        else:
            self.ask("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE came_later (x int)")


def to(settings: dict) -> dict:
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return {name: settings[key] for name, key in names.items() if settings.get(key)}


@pytest.fixture
def network(db, tmp_path):
    from django.db import connection

    folder = tmp_path / "data"
    folder.mkdir()
    settings = dict(connection.settings_dict)
    if connection.vendor == "sqlite":
        settings["NAME"] = str(folder / "network.sqlite3")
        shutil.copy(migrated.FOLDER / f"migrated-{migrated.key()}.sqlite3", settings["NAME"])
        yield Network(f"sqlite:///{settings['NAME']}", settings, folder)
        return
    begun = tmp_path / "begun"
    databases.dump(settings, begun)
    settings["NAME"] = f"drill_{uuid.uuid4().hex[:12]}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{settings["NAME"]}"')
    try:
        databases.load(settings, begun)
        who = ":".join(filter(None, (settings["USER"], settings["PASSWORD"])))
        where = ":".join(filter(None, (settings["HOST"], str(settings["PORT"] or ""))))
        yield Network(f"postgres://{who}{'@' if who else ''}{where}/{settings['NAME']}", settings, folder)
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{settings["NAME"]}" WITH (FORCE)')


def test_the_drill(network, tmp_path):
    # The app of the tests is in no installation.
    network.ask("DELETE FROM django_migrations WHERE app = 'testapp'")
    made = network.manage("make_network", "--affiliates", "1", "--chapters", "1")
    assert made.returncode == 0, made.stderr
    for name in ("images/a.width-20.png", "original_images/a.png", "documents/deep/ünïcode name.pdf"):
        path = network.media / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PICTURE + name.encode())
    before = network.fingerprint()
    assert len(before) > 60

    done = network.manage("backup", str(tmp_path / "backups"))
    assert done.returncode == 0, done.stderr
    (backup,) = (tmp_path / "backups").iterdir()
    assert str(backup) in done.stdout and "3 uploads" in done.stdout
    assert backup.stat().st_mode & 0o077 == 0
    assert network.fingerprint() == before

    network.wipe()
    assert network.fingerprint() != before
    back = network.manage("restore", str(backup), stdin="yes\n")
    assert back.returncode == 0 and "is sound" in back.stdout, back.stderr
    assert network.fingerprint() == before
    assert sorted(
        path.name for path in network.folder.iterdir() if path.suffix not in (".sqlite3-shm", ".sqlite3-wal")
    ) == (["media", "network.sqlite3"] if network.url.startswith("sqlite") else ["media"])
    # A second time from what was restored: nothing is lost on the way round. In this process: only the parts.
    again = tmp_path / "again"
    databases.dump(network.settings, again)
    databases.load(network.settings, again)
    assert network.fingerprint() == before
    # What cannot be read leaves what is there.
    rubbish = tmp_path / "rubbish"
    rubbish.write_bytes(b"not a database at all, but long enough to be looked at" * 50)
    with pytest.raises(databases.DatabaseProblem):
        databases.load(network.settings, rubbish)
    assert network.fingerprint() == before


# The file, without a database -------------------------------------------------------------------------


@pytest.fixture
def backup(tmp_path):
    media = tmp_path / "media"
    (media / "images").mkdir(parents=True)
    (media / "images" / "a.png").write_bytes(PICTURE)
    (media / "link").symlink_to("/etc/passwd")
    database = tmp_path / "dump"
    database.write_bytes(b"rows")
    target = tmp_path / "one.tar.gz"
    archive.write(target, database, media, {"engine": "sqlite", "migrations": [], "made": "today"})
    return target


def rewritten(backup, change):
    """The same archive with its members {name: bytes} changed."""
    with tarfile.open(backup) as tar:
        members = {each.name: tar.extractfile(each).read() for each in tar}
    change(members)
    target = backup.with_name("changed.tar.gz")
    with tarfile.open(target, "w:gz") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return target


def test_a_backup_is_written_once_and_whole(backup, tmp_path):
    manifest = archive.unpack(backup, tmp_path / "out")
    assert set(manifest["files"]) == {"database", "media/images/a.png"}
    assert (tmp_path / "out" / "media" / "images" / "a.png").read_bytes() == PICTURE
    with pytest.raises(FileExistsError):
        archive.write(backup, tmp_path / "dump", tmp_path / "media", {})
    with pytest.raises(FileNotFoundError):
        archive.write(tmp_path / "two.tar.gz", tmp_path / "none", tmp_path / "media", {})
    assert not [path for path in tmp_path.iterdir() if "two" in path.name]


def without_format(members):
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | {"format": 99}).encode()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda members: members.update({"media/images/a.png": b"x"}), "not as they were"),
        (lambda members: members.pop("media/images/a.png"), "not as they were"),
        (lambda members: members.update({"media/more.txt": b"x"}), "not as they were"),
        (lambda members: members.pop("manifest.json"), "no manifest"),
        (lambda members: members.pop("database"), "not as they were"),
        (lambda members: members.update({"../evil": b"x"}), "no backup has"),
        (lambda members: members.update({"media/../../evil": b"x"}), "no backup has"),
        (lambda members: members.update({"/tmp/evil": b"x"}), "no backup has"),
        (without_format, "no manifest of a form"),
    ],
)
def test_a_changed_backup_is_refused(backup, tmp_path, change, problem):
    with pytest.raises(archive.BadBackup, match=problem):
        archive.unpack(rewritten(backup, change), tmp_path / "out")
    assert not (tmp_path.parent / "evil").exists() and not (tmp_path / "evil").exists()


def test_half_a_backup_and_something_else_are_refused(backup, tmp_path):
    whole = backup.read_bytes()
    for content in (whole[: len(whole) // 2], b"", b"something else"):
        broken = tmp_path / "broken.tar.gz"
        broken.write_bytes(content)
        with pytest.raises(archive.BadBackup):
            archive.unpack(broken, tmp_path / "out")


def test_who_does_not_say_yes_changes_nothing(db, settings, tmp_path, monkeypatch, capsys):
    from django.core.management import CommandError, call_command
    from django.db import connection

    settings.MEDIA_ROOT = str(tmp_path / "uploads")
    (tmp_path / "dump").write_bytes(b"rows")
    target = tmp_path / "mine.tar.gz"
    about = {"engine": connection.vendor, "migrations": [], "made": "2026-11-01"}
    archive.write(target, tmp_path / "dump", tmp_path / "none", about)
    monkeypatch.setattr("builtins.input", lambda question: "y")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", str(target))
    assert "The backup of 2026-11-01 is sound" in capsys.readouterr().out
    assert not (tmp_path / "uploads").exists()
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(target))


def test_a_backup_of_another_database_or_a_newer_version_is_refused(db):
    from django.db import connection

    from toolkit_site.backups.taking import refuse_unfit

    other = "sqlite" if connection.vendor == "postgresql" else "postgresql"
    with pytest.raises(archive.BadBackup, match="DATABASE_URL"):
        refuse_unfit({"engine": other, "migrations": []})
    with pytest.raises(archive.BadBackup, match="9999_from_the_future"):
        refuse_unfit({"engine": connection.vendor, "migrations": ["editions.9999_from_the_future"]})
    refuse_unfit({"engine": connection.vendor, "migrations": ["wagtailcore.0001_initial"]})
