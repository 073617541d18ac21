"""A Word file's parts, opened with care: nothing is unpacked before its size, kind and number are known to be sane."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

from toolkit_pages.importing.reading import UnreadableFile, gettext_noop

MAX_BYTES = 25 * 1024 * 1024
MAX_ENTRIES = 3000
# Unpacked: all parts together, and one part of text.
MAX_UNPACKED = 150 * 1024 * 1024
MAX_PART = 8 * 1024 * 1024
MAX_RATIO = 200
SMALL = 64 * 1024
# Deeper than any text is; whatever reads the parts goes down them by recursion.
MAX_NEST = 120

TOO_BIG = gettext_noop(
    "The Word file is larger than %(megabytes)d MB. Save it with smaller pictures, or split it."
)
BOMB = gettext_noop(
    "The Word file would unpack to far more than a text can hold, so it was not opened. "
    "Open it in Word and save it again as a new .docx file."
)
NOT_WORD = gettext_noop(
    "This is a %(kind)s file, not a Word file. Save the text as DOCX, HTML, Markdown or plain text."
)
LOCKED = gettext_noop("The Word file has a password. Save it without one and upload it again.")
DAMAGED = gettext_noop(
    "The Word file is damaged and could not be read. Open it in Word and save it again as a new .docx file."
)
KINDS = {"xl/": "Excel", "ppt/": "PowerPoint", "mimetype": "ODT", "META-INF/": "ODT"}
DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
NEST = re.compile(rb"<(/?)[A-Za-z][^<>]*?(/?)>")


class Package:
    """The parts of a Word file. Raises UnreadableFile for what is none, is locked, damaged or a bomb."""

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_BYTES:
            raise UnreadableFile(TOO_BIG, megabytes=MAX_BYTES // 1024 // 1024)
        try:
            self.file = zipfile.ZipFile(io.BytesIO(data))
            self.entries = {info.filename: info for info in self.file.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise UnreadableFile(DAMAGED) from error
        self.check()

    def check(self) -> None:
        infos = self.file.infolist()
        if len(infos) > MAX_ENTRIES or sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise UnreadableFile(BOMB)
        for info in infos:
            if info.flag_bits & 1:
                raise UnreadableFile(LOCKED)
            is_text = info.filename.lower().endswith((".xml", ".rels"))
            grows = info.file_size > SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1)
            if grows or (is_text and info.file_size > MAX_PART):
                raise UnreadableFile(BOMB)
        if "word/document.xml" not in self.entries:
            kind = next((kind for start, kind in KINDS.items() if self.has(start)), "ZIP")
            raise UnreadableFile(NOT_WORD, kind=kind)
        for name in self.entries:
            if name.lower().endswith((".xml", ".rels")):
                self.check_text(name)

    def has(self, start: str) -> bool:
        return any(name.startswith(start) for name in self.entries)

    def read(self, name: str) -> bytes:
        """The bytes of a part; none where there is no such part."""
        if name not in self.entries:
            return b""
        try:
            return self.file.read(name)
        except (
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            OSError,
            EOFError,
            RuntimeError,
        ) as error:
            raise UnreadableFile(DAMAGED) from error

    def check_text(self, name: str) -> None:
        """A part of text defines no names of its own (a few lines could stand for gigabytes) and is not too deep."""
        data = self.read(name)
        if b"\0" in data[:200] or DECLARED.search(data):
            raise UnreadableFile(DAMAGED)
        depth = 0
        for found in NEST.finditer(data):
            depth += -1 if found[1] else 0 if found[2] else 1
            if depth > MAX_NEST:
                raise UnreadableFile(DAMAGED)

    def tree(self, name: str) -> ElementTree.Element | None:
        data = self.read(name)
        if not data:
            return None
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise UnreadableFile(DAMAGED) from error
