"""From the bytes of a file to its text in nearly-Markdown, whatever its format."""

from __future__ import annotations

import codecs
import re

from toolkit_pages.importing.hypertext import read_html
from toolkit_pages.importing.reading import (
    BROKEN,
    EMPTY,
    SIGNATURES,
    UnreadableFile,
    clean,
    read_text,
    too_big,
)
from toolkit_pages.importing.results import Source
from toolkit_pages.importing.word import read_docx

IS_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def read(data: bytes, name: str = "") -> Source:
    """Raises UnreadableFile for what cannot be read, with a message that says what to do."""
    if data.startswith(b"PK\x03\x04"):
        source = read_docx(data)
    elif name.lower().endswith((".html", ".htm", ".xhtml")) or IS_HTML.match(
        data[:4096].decode("utf-8", "replace").lstrip("\ufeff")
    ):
        source = read_html(decode_html(data))
    else:
        return Source(read_text(data))
    if not source.text.strip():
        raise UnreadableFile(EMPTY)
    return source


def decode_html(data: bytes) -> str:
    """The characters of a page: in UTF-8 unless it says otherwise itself."""
    said = CHARSET.search(data[:4096])
    encoding = said[1].decode("ascii", "replace").lower() if said else "utf-8"
    try:
        codec = codecs.lookup(encoding).name
    except LookupError:
        codec = "utf-8"
    if codec in ("utf-8", "ascii") or codec.startswith("utf-16") or data.startswith(codecs.BOM_UTF8):
        return read_text(data)
    too_big(data)
    if any(data.startswith(signature) for signature in SIGNATURES):
        return read_text(data)
    # Browsers read Latin-1 as the code page that Windows had.
    codec = "cp1252" if codec in ("iso8859-1", "latin-1") else codec
    try:
        return clean(data.decode(codec))
    except (UnicodeDecodeError, LookupError, ValueError) as error:
        at = getattr(error, "start", 0)
        raise UnreadableFile(
            BROKEN, byte=at, line=data.count(10, 0, at) + 1, value=f"0x{data[at]:02x}"
        ) from error
