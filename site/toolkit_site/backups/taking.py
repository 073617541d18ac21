"""Backing up and restoring the network that the settings name."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from . import archive, databases


@dataclass(frozen=True)
class Taken:
    """What a backup holds."""

    path: Path
    made: str
    files: int


def take(target: Path) -> Taken:
    """Write a backup of the database and of all uploads. The site may go on: the database is of one moment, the uploads of
    a little later.

    Raises FileExistsError, DatabaseProblem and OSError; then there is no file.
    """
    if target.exists():
        raise FileExistsError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    about = {
        "made": timezone.now().isoformat(timespec="seconds"),
        "engine": databases.engine_of(connection.settings_dict),
        "wagtail": version("wagtail"),
        "migrations": sorted(".".join(each) for each in MigrationLoader(connection).applied_migrations),
    }
    # Beside the backup: there is room for one, so likely for two.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        dumped = Path(folder) / archive.DATABASE
        databases.dump(connection.settings_dict, dumped)
        manifest = archive.write(target, dumped, Path(settings.MEDIA_ROOT), about)
    return Taken(target, manifest["made"], len(manifest["files"]) - 1)


def restore(source: Path, sure: Callable[[dict[str, Any]], bool] = lambda manifest: True) -> Taken | None:
    """Replace the database and all uploads by those of a backup, or change nothing. ``sure`` is asked when the file has been
    checked; None if it says no.

    Raises BadBackup (damaged, of another kind of database, or of a newer version) and DatabaseProblem.
    """
    media = Path(settings.MEDIA_ROOT)
    media.parent.mkdir(parents=True, exist_ok=True)
    # On the same file system as the uploads, so that putting them in place is one step.
    with tempfile.TemporaryDirectory(dir=media.parent, prefix=".restore-") as name:
        folder = Path(name)
        manifest = archive.unpack(source, folder)
        refuse_unfit(manifest)
        if not sure(manifest):
            return None
        connection.close()
        databases.load(connection.settings_dict, folder / archive.DATABASE)
        put_in_place(folder / archive.MEDIA, media, folder / "before")
    # Both remember what was there before.
    cache.clear()
    return Taken(source, manifest["made"], len(manifest["files"]) - 1)


def refuse_unfit(manifest: dict[str, Any]) -> None:
    here = databases.engine_of(connection.settings_dict)
    if manifest["engine"] != here:
        raise archive.BadBackup(f"It is of {manifest['engine']}, and DATABASE_URL names {here}.")
    known = {".".join(each) for each in MigrationLoader(None).disk_migrations}
    newer = [each for each in manifest["migrations"] if each not in known]
    if newer:
        raise archive.BadBackup(
            f"It is of a newer version, or of an add-on that is off here: {newer[0]} is not known."
        )


def put_in_place(new: Path, media: Path, before: Path) -> None:
    new.mkdir(exist_ok=True)
    if media.is_mount():
        # A volume of its own cannot be renamed: its content is exchanged.
        before.mkdir()
        for each in list(media.iterdir()):
            shutil.move(each, before)
        for each in list(new.iterdir()):
            shutil.move(each, media)
        return
    if media.exists():
        media.rename(before)
    new.rename(media)
