"""A database into a file and back, by its own means: of one moment, while the site goes on, and all or nothing on the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

#: As in Django's ``DATABASES``.
Settings = Mapping[str, Any]


class DatabaseProblem(Exception):
    """What the database or its programs said."""


def engine_of(database: Settings) -> str:
    """``sqlite`` or ``postgresql``."""
    return "sqlite" if database["ENGINE"].endswith("sqlite3") else "postgresql"


def dump(database: Settings, target: Path) -> None:
    """Raises DatabaseProblem."""
    if engine_of(database) == "postgresql":
        _run(
            [
                *_postgres("pg_dump", database),
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                "--file",
                str(target),
            ],
            database,
        )
        return
    try:
        with closing(sqlite3.connect(f"file:{database['NAME']}?mode=ro", uri=True, timeout=30)) as source:
            source.execute("VACUUM INTO ?", [str(target)])
    except sqlite3.Error as error:
        raise DatabaseProblem(str(error)) from error


def load(database: Settings, source: Path) -> None:
    """Replace all that the database holds. Raises DatabaseProblem; then it holds what it held before."""
    if engine_of(database) == "postgresql":
        _load_postgres(database, source)
        return
    try:
        with (
            closing(sqlite3.connect(source)) as copy,
            closing(sqlite3.connect(database["NAME"], timeout=30)) as target,
        ):
            said = copy.execute("PRAGMA integrity_check").fetchone()[0]
            if said != "ok":
                raise DatabaseProblem(said)
            copy.backup(target)
    except sqlite3.Error as error:
        raise DatabaseProblem(str(error)) from error


#: What the backup does not have must not stay. Whoever uses a table keeps this waiting; not for ever.
EMPTY = b"SET lock_timeout = '30s'; SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"


def _load_postgres(database: Settings, source: Path) -> None:
    script = source.with_suffix(".sql")
    # As statements, so that emptying and filling are one transaction.
    _run(
        [_program("pg_restore"), "--no-owner", "--no-privileges", "--file", str(script), str(source)],
        database,
    )
    psql = [
        *_postgres("psql", database),
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        "--no-psqlrc",
        "--quiet",
        "--output",
        os.devnull,
    ]
    empty = source.with_suffix(".empty")
    empty.write_bytes(EMPTY)
    _run([*psql, "--file", str(empty), "--file", str(script)], database)


def _postgres(program: str, database: Settings) -> list[str]:
    given = {
        "host": database.get("HOST"),
        "port": database.get("PORT"),
        "username": database.get("USER"),
        "dbname": database["NAME"],
    }
    return [
        _program(program),
        "--no-password",
        *(f"--{name}={value}" for name, value in given.items() if value),
    ]


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise DatabaseProblem(f"{name} is not installed. On Debian: apt-get install postgresql-client")
    return found


def _run(command: list[str], database: Settings) -> None:
    # Not on the command line, where everybody on the machine can read it.
    password = {"PGPASSWORD": database["PASSWORD"]} if database.get("PASSWORD") else {}
    done = subprocess.run(command, env=os.environ | password, capture_output=True, text=True)
    if done.returncode:
        raise DatabaseProblem(done.stderr.strip() or f"{command[0]} ended with {done.returncode}")
