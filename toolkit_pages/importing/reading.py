"""From the bytes of a file to its text, or an error that says what to do."""

from __future__ import annotations

import codecs
import re

MAX_BYTES = 10 * 1024 * 1024


def gettext_noop(text: str) -> str:
    """Marks a message for translation; who shows it translates it (this module knows no Django)."""
    return text


TOO_BIG = gettext_noop(
    "The file is larger than %(megabytes)d MB. A toolkit's text is far smaller: save it without images, or split it."
)
EMPTY = gettext_noop("The file is empty. Choose a file that holds the toolkit's text.")
SAVE_AS_TEXT = gettext_noop(
    "This is not text but a %(kind)s file. Save it as DOCX, HTML, Markdown or plain text (UTF-8) first."
)
OLD_WORD = gettext_noop(
    "This is an old Word file (.doc) or one with a password. Open it in Word and save it as .docx, without a password."
)
NOT_UTF8 = gettext_noop("The text is saved as UTF-16. Save it again as UTF-8.")
ZERO_BYTE = gettext_noop(
    "The file is not text: it has a zero byte at byte %(byte)d, line %(line)d. "
    "Save it as Markdown or plain text (UTF-8) first."
)
BROKEN = gettext_noop(
    "The text is not valid UTF-8 at byte %(byte)d, line %(line)d (value %(value)s). "
    "Open it in an editor and save it again as UTF-8."
)

# The first bytes of files that people take for text.
SIGNATURES = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "DOCX, ODT, ZIP",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "GZIP",
    b"\x7fELF": "ELF",
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LINE_END = re.compile("\r\n?")
# Controls, and characters that some programs take for the end of a line: line numbers count line feeds only.
# Form feeds stay: a page of paper ends there (see `wrapping`).
SPACES = dict.fromkeys(
    (
        *(code for code in range(0x20) if chr(code) not in "\t\n\f"),
        *range(0x7F, 0xA1),
        0x2007,
        0x2028,
        0x2029,
        0x202F,
    ),
    " ",
)


class UnreadableFile(ValueError):
    """The file cannot be imported. `message` says what to do, with `values` to fill in; `str` gives it in English."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values)
        self.message = message
        self.values = values


def read_text(data: bytes) -> str:
    """The text of a file: UTF-8, lines ended by line feeds, no control characters.

    Raises UnreadableFile for files that are empty, too big, binary, or not in UTF-8.
    """
    too_big(data)
    if not data.strip():
        raise UnreadableFile(EMPTY)
    if data.startswith(OLD_OFFICE):
        raise UnreadableFile(OLD_WORD)
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableFile(SAVE_AS_TEXT, kind=kind)
    if data.startswith(UTF16):
        raise UnreadableFile(NOT_UTF8)
    if (at := data.find(b"\0")) >= 0:
        raise UnreadableFile(ZERO_BYTE, byte=at, line=data.count(10, 0, at) + 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from behind the byte order mark.
        at = error.start + (3 if data.startswith(codecs.BOM_UTF8) else 0)
        line = data.count(10, 0, at) + 1
        raise UnreadableFile(BROKEN, byte=at, line=line, value=f"0x{data[at]:02x}") from error
    return clean(text)


def too_big(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise UnreadableFile(TOO_BIG, megabytes=MAX_BYTES // 1024 // 1024)


def clean(text: str) -> str:
    """The text with line feeds and without control characters. Raises UnreadableFile if nothing is left."""
    text = LINE_END.sub("\n", text).translate(SPACES)
    if not text.strip():
        raise UnreadableFile(EMPTY)
    return text
