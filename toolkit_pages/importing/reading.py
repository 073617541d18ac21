"""From the bytes of a file to its text, or an error that says what to do."""

from __future__ import annotations

import codecs
import re

MAX_BYTES = 10 * 1024 * 1024

# The first bytes of files that people take for text.
SIGNATURES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word, LibreOffice or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"{\\rtf": "a rich text (RTF) file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "a compressed file",
    b"\x7fELF": "a program",
}
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LINE_END = re.compile("\r\n?")
# Controls, and characters that some programs take for the end of a line: line numbers count line feeds only.
SPACES = dict.fromkeys(
    (
        *(code for code in range(0x20) if chr(code) not in "\t\n"),
        *range(0x7F, 0xA1),
        0x2007,
        0x2028,
        0x2029,
        0x202F,
    ),
    " ",
)


class UnreadableFile(ValueError):
    """The file cannot be imported. The message is for the person who chose it, and says what to do."""


def read_text(data: bytes) -> str:
    """The text of a file: UTF-8, lines ended by line feeds, no control characters.

    Raises UnreadableFile for files that are empty, too big, binary, or not in UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. A toolkit's text is far smaller: "
            "save it without images, or split it."
        )
    if not data.strip():
        raise UnreadableFile("The file is empty. Choose a file that holds the toolkit's text.")
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableFile(
                f"This is {kind}, not text. Save it as Markdown or plain text (UTF-8) first."
            )
    if data.startswith(UTF16):
        raise UnreadableFile("The text is saved as UTF-16. Save it again as UTF-8.")
    if (at := data.find(b"\0")) >= 0:
        raise UnreadableFile(
            f"The file is not text: it has a zero byte at {_place(data, at)}. "
            "Save it as Markdown or plain text (UTF-8) first."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from behind the byte order mark.
        at = error.start + (3 if data.startswith(codecs.BOM_UTF8) else 0)
        raise UnreadableFile(
            f"The text is not valid UTF-8 at {_place(data, at)} (value 0x{data[at]:02x}). "
            "Open it in an editor and save it again as UTF-8."
        ) from error
    text = LINE_END.sub("\n", text).translate(SPACES)
    if not text.strip():
        raise UnreadableFile("The file is empty. Choose a file that holds the toolkit's text.")
    return text


def _place(data: bytes, at: int) -> str:
    return f"byte {at}, line {data.count(10, 0, at) + 1}"
