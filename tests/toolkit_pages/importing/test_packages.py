"""Word files: numbers, notes, heads; and those that are damaged, locked, too big or none."""

import io
import zipfile

import docx
import pytest

from toolkit_pages.importing.package import Package
from toolkit_pages.importing.parsing import parse
from toolkit_pages.importing.reading import UnreadableFile
from toolkit_pages.importing.sources import read
from toolkit_pages.importing.word import text_of_part
from toolkit_pages.importing.words import words

from .laws import assert_counted
from .samples import CLEAN, DAMAGED, as_docx

NOTES = (
    '<?xml version="1.0" encoding="UTF-8"?><w:footnotes '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="2"><w:p><w:r><w:t>Counted by volunteers.</w:t></w:r></w:p></w:footnote></w:footnotes>'
)


def rewritten(data: bytes, changes: dict[str, str], added: dict[str, bytes] | None = None) -> bytes:
    """The file with some words of its parts replaced, and parts added."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            for before, after in changes.items():
                part = part.replace(before.encode(), after.encode())
            new.writestr(info.filename, part)
        for name, part in (added or {}).items():
            new.writestr(name, part)
    return result.getvalue()


def with_footnote() -> bytes:
    data = as_docx("# Kit\n\n## One\n\nThe figures are new. " + "Some more words stand here. " * 12)
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    relation = (
        '<Relationship Id="rIdNotes" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/footnotes"/></Relationships>'
    )
    return rewritten(
        data,
        {"here.</w:t></w:r></w:p>": f"here.</w:t></w:r>{mark}", "</Relationships>": relation},
        {"word/footnotes.xml": NOTES.encode()},
    )


@pytest.mark.parametrize("data", [as_docx(DAMAGED), as_docx(CLEAN, ("A head",)), with_footnote()])
def test_a_word_file_loses_no_word(data):
    """Counted in the parts of the file itself, not in what the reader makes of them."""
    source = read(data, "kit.docx")
    package = Package(data)
    names = [
        name for name in package.entries if name.startswith(("word/document", "word/header", "word/foot"))
    ]
    there = sum((words(text_of_part(package.tree(name))) for name in names), words(""))
    out = words(source.text) + sum((words(piece.text) for piece in source.left_out), words(""))
    assert there - out == {}
    assert_counted(source, parse(source))


def test_a_footnote_of_word_is_a_mark_and_a_note():
    body = parse(read(with_footnote(), "kit.docx")).chapters[0].body
    assert "[^1]" in body[0]["value"]
    assert body[-1]["type"] == "footnotes"
    assert body[-1]["value"]["notes"][0]["value"] == {"key": "1", "text": "<p>Counted by volunteers.</p>"}


def test_a_list_of_word_goes_on_after_other_text():
    document = docx.Document()
    for text in ("first demand", "second demand"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Some words in between.")
    document.add_paragraph("third demand", style="List Number")
    file = io.BytesIO()
    document.save(file)
    assert "3. third demand" in read(file.getvalue(), "list.docx").text


def test_the_head_of_the_pages_is_told():
    source = read(as_docx(CLEAN, ("Choir in the Square, draft",)), "kit.docx")
    assert [(piece.text, piece.reason) for piece in source.left_out] == [
        ("Choir in the Square, draft", "running-head")
    ]


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return file.getvalue()


def locked() -> bytes:
    data = bytearray(as_docx(CLEAN))
    # The flag of encryption, in the local header and in the directory of each entry.
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(sign, place + 4)
    return bytes(data)


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document'
BAD = {
    "bomb": (lambda: zipped({"word/document.xml": b"\0" * 40_000_000}), "far more than a text can hold"),
    "many parts": (lambda: zipped({f"word/{n}.xml": b"" for n in range(3001)}), "far more"),
    "deep": (lambda: zipped({"word/document.xml": b"<a>" * 5000 + b"</a>" * 5000}), "damaged"),
    "entities": (lambda: rewritten(as_docx(CLEAN), {"<w:document": ENTITIES}), "damaged"),
    "cut off": (lambda: as_docx(CLEAN)[:900], "damaged"),
    "broken part": (lambda: rewritten(as_docx(CLEAN), {"</w:body>": "<w:body>"}), "damaged"),
    "locked": (locked, "password"),
    "spreadsheet": (lambda: zipped({"xl/workbook.xml": b"<a/>"}), "Excel file, not a Word file"),
    "old Word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old Word file"),
    "only pictures": (lambda: as_docx(""), "empty"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n", "PNG file"),
    "empty page": (lambda: b"<!doctype html><html><body><script>x()</script></body></html>", "empty"),
    "unknown bytes": (lambda: b'<html><meta charset="utf-8"><p>caf\xe9</p></html>', "not valid UTF-8"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_reason(name):
    make, reason = BAD[name]
    data = make()
    with pytest.raises(UnreadableFile, match=reason):
        read(data, "kit.docx" if data.startswith(b"PK") else "kit")


def test_a_page_says_itself_how_it_is_written():
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Café “niño”</p></body></html>'
    assert "Café “niño”" in read(page.encode("cp1252"), "page.html").text
