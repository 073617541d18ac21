"""PDFs without what they say about their making: the information dictionary, XMP, and the EXIF of photos inside.

What stands on the pages stays, comments and attachments too; so does whatever lawyers need to read. A signature does not
survive: the file is not the signed one any more.
"""

from __future__ import annotations

import io
from typing import IO

import pikepdf

#: Larger files belong on a server for files.
MAX_BYTES = 100 * 1024 * 1024


class NotAPdf(ValueError):
    """The bytes are no PDF, or one that holds no page."""


class Locked(ValueError):
    """The PDF opens with a password only."""


class PdfTooLarge(ValueError):
    """More than ``MAX_BYTES``."""


def is_pdf(start: bytes) -> bool:
    """Whether bytes begin as a PDF; a few bytes of rubbish may stand in front (ISO 32000-1, annex H.3.4.1)."""
    return b"%PDF-" in start[:1024]


def clean_pdf(source: IO[bytes]) -> bytes:
    """The document without its metadata. Raises NotAPdf, Locked and PdfTooLarge."""
    source.seek(0, io.SEEK_END)
    if source.tell() > MAX_BYTES:
        raise PdfTooLarge(str(source.tell()))
    source.seek(0)
    if not is_pdf(source.read(1024)):
        raise NotAPdf("no header")
    source.seek(0)
    try:
        with pikepdf.open(source) as pdf:
            if not len(pdf.pages):
                raise NotAPdf("no page")
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            for each in pdf.objects:
                if isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)):
                    _clean_object(each)
            written = io.BytesIO()
            # Made anew from what the pages need: older states of the file and their metadata are left behind.
            pdf.save(written, static_id=False, deterministic_id=not pdf.is_encrypted, encryption=False)
            return written.getvalue()
    except pikepdf.PasswordError as error:
        raise Locked(str(error)) from error
    except pikepdf.PdfError as error:
        raise NotAPdf(str(error)) from error


def _clean_object(each: pikepdf.Object) -> None:
    """Metadata may hang on any object: the document, a page, a picture (ISO 32000-1, 14.3.2 and 14.5)."""
    for name in ("/Metadata", "/PieceInfo", "/LastModified"):
        if name in each:
            del each[name]
    if isinstance(each, pikepdf.Stream) and each.get("/Filter") == pikepdf.Name.DCTDecode:
        raw = each.read_raw_bytes()
        bare = without_segments(raw)
        if bare != raw:
            parameters = each.get("/DecodeParms")
            each.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=parameters)


#: APP1 (EXIF, XMP), APP13 (IPTC) and COM; the others tell decoders how to read the picture.
DROPPED = frozenset({0xE1, 0xED, 0xFE})


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG without EXIF, XMP, IPTC and comments, the picture untouched. What is no JPEG comes back as it is."""
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept = [jpeg[:2]]
    at = 2
    while at + 4 <= len(jpeg):
        if jpeg[at] != 0xFF:
            return jpeg
        marker = jpeg[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:
            break
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker not in DROPPED:
            kept.append(jpeg[at:end])
        at = end
    return b"".join([*kept, jpeg[at:]])
