"""The file of a backup: a gzipped tar with the database, the uploads, and a manifest that has the hash of each. No Django.

``database`` is SQLite's file or PostgreSQL's dump in its custom format; ``media/…`` are the uploads; ``manifest.json`` stands last.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = 1
MANIFEST, DATABASE, MEDIA = "manifest.json", "database", "media"


class BadBackup(Exception):
    """The file is no backup, or not a whole one. Says what is wrong with it."""


class Hashed:
    """A file that is being read, and the hash of what was read so far."""

    def __init__(self, file: IO[bytes]):
        self.file = file
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.sha256.update(piece)
        return piece


def write(target: Path, database: Path, media: Path, about: dict[str, Any]) -> dict[str, Any]:
    """Write the file in full or not at all, readable for its owner alone; return the manifest.

    ``about`` is what the manifest says besides. Raises FileExistsError.
    """
    if target.exists():
        raise FileExistsError(target)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with (
            os.fdopen(descriptor, "wb") as file,
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as tar,
        ):
            hashes = {DATABASE: _add(tar, database, DATABASE)}
            for path in uploads(media):
                name = f"{MEDIA}/{path.relative_to(media).as_posix()}"
                try:
                    hashes[name] = _add(tar, path, name)
                except FileNotFoundError:
                    # Deleted since it was listed: the site goes on while this runs.
                    continue
            manifest = {"format": FORMAT, **about, "files": hashes}
            said = json.dumps(manifest, indent=1).encode()
            info = tarfile.TarInfo(MANIFEST)
            info.size, info.mode = len(said), 0o600
            tar.addfile(info, io.BytesIO(said))
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def uploads(media: Path) -> Iterator[Path]:
    """All files below a folder, in order; nothing where there is no folder."""
    for path in sorted(media.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def _add(tar: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as file:
        info = tar.gettarinfo(arcname=name, fileobj=file)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        read = Hashed(file)
        tar.addfile(info, read)  # type: ignore[arg-type]
    return read.sha256.hexdigest()


def unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Put everything below ``folder``, check it, and return the manifest. Raises BadBackup; then nothing in it may be used."""
    found: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(source, "r:gz") as tar:
            for member in tar:
                if not (member.isreg() and allowed(member.name)) or member.name in found:
                    raise BadBackup(f"It holds {member.name}, which no backup has.")
                content = tar.extractfile(member)
                assert content is not None
                if member.name == MANIFEST:
                    manifest = json.load(content)
                else:
                    found[member.name] = _unpack(Hashed(content), folder / member.name)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise BadBackup(f"It cannot be read to its end: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BadBackup("It has no manifest of a form that is known here.")
    if manifest.get("files") != found:
        wrong = sorted(dict(found.items() ^ manifest.get("files", {}).items()))
        raise BadBackup(f"{len(wrong)} files are not as they were, the first is {wrong[0]}.")
    if DATABASE not in found:
        raise BadBackup("It has no database.")
    return manifest


def allowed(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name in (MANIFEST, DATABASE) or (
        len(parts) > 1 and parts[0] == MEDIA and ".." not in parts and not name.startswith("/")
    )


def _unpack(content: Hashed, target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        while piece := content.read(1 << 20):
            file.write(piece)
    return content.sha256.hexdigest()
