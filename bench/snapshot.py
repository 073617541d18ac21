"""The throw-away database as it is at one moment, to begin from there again."""

import shutil
from contextlib import suppress
from pathlib import Path

from django.db import connection, connections


class Snapshot:
    def __init__(self) -> None:
        self.name = str(connection.settings_dict["NAME"])
        self.copy = f"{self.name}_start"
        self.files = connection.vendor == "sqlite"
        self._make(self.copy, of=self.name)

    def restore(self) -> None:
        self._make(self.name, of=self.copy)

    def remove(self) -> None:
        connections.close_all()
        if self.files:
            Path(self.copy).unlink()
        else:
            self._server(f"DROP DATABASE {self.copy}")

    def _make(self, target: str, *, of: str) -> None:
        connections.close_all()
        if self.files:
            for beside in ("-wal", "-shm"):
                with suppress(FileNotFoundError):
                    Path(target + beside).unlink()
            shutil.copyfile(of, target)
        else:
            # A killed worker's connection may outlive it by a moment.
            self._server(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")
            self._server(f"CREATE DATABASE {target} TEMPLATE {of}")

    def _server(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)
