"""The damaged guide in all four formats: the Markdown file of docs/samples, and the same text as HTML, DOCX and text."""

import io
import re
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from PIL import Image

SAMPLES = Path(__file__).resolve().parents[3] / "docs" / "samples"
DAMAGED = (SAMPLES / "damaged-guide.md").read_text()
CLEAN = (SAMPLES / "clean-guide.md").read_text()


def as_html(markdown: str) -> bytes:
    """What a content system makes of a text: links, images, footnotes by anchors, a frame around it."""
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(without_notes(markdown))
    html = re.sub(r"\[\^(\w+)\]", r'<sup><a href="#n\1">\1</a></sup>', html)
    notes = re.findall(r"^\[\^(\w+)\]: (.*)$", markdown, re.MULTILINE)
    listed = "".join(f'<li id="n{mark}">{text}</li>' for mark, text in notes)
    # Tabs between an entry of the contents and its page do not outlive HTML.
    listed = f'<section class="notes"><ol>{listed}</ol></section>' if notes else ""
    page = f"<!doctype html><html><head><title>A page</title></head><body><nav>Home</nav><main>{html}{listed}</main></body></html>"
    return page.encode()


def as_text(markdown: str) -> bytes:
    """Plain text as a copy from a screen leaves it: no links' addresses, headings as bare lines."""
    text = re.sub(r"^#+ ", "", markdown, flags=re.MULTILINE)
    return re.sub(r"\*\*|\[\^\w+\](?!:)", "", text).encode()


def without_notes(markdown: str) -> str:
    return re.sub(r"^\[\^\w+\]: .*\n", "", markdown, flags=re.MULTILINE)


def as_docx(markdown: str, headers: tuple[str, ...] = ()) -> bytes:
    """A Word file with the same words, written with python-docx."""
    document = docx.Document()
    for block in without_notes(markdown).strip().split("\n\n"):
        _write(document, block)
    for text in headers:
        document.sections[0].header.paragraphs[0].text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _write(document, block: str) -> None:
    block = block.strip()
    lines = block.split("\n")
    if heading := re.match(r"(#+) (.*)", block):
        document.add_heading(heading[2], len(heading[1]))
    elif re.match(r"\|", block):
        rows = [line.strip("| ").split(" | ") for line in lines if "---" not in line]
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    elif image := re.match(r"!\[(.*)\]\(", block):
        picture(document.add_paragraph(), image[1])
    else:
        for line in lines:
            item = re.match(r"- (.*)", line)
            _runs(document.add_paragraph(style="List Bullet" if item else None), item[1] if item else line)


def _runs(paragraph, text: str) -> None:
    for part in re.split(r"(\*\*.*?\*\*|\[[^\]]*\]\([^)]*\)|\[\^\w+\])", text):
        if bold := re.fullmatch(r"\*\*(.*)\*\*", part):
            paragraph.add_run(bold[1]).bold = True
        elif link := re.fullmatch(r"\[(.*)\]\((.*)\)", part):
            hyperlink(paragraph, link[1], link[2])
        elif not re.fullmatch(r"\[\^\w+\]", part):
            paragraph.add_run(part)


def hyperlink(paragraph, text: str, address: str) -> None:
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = text
    run.append(words)
    element.append(run)
    paragraph._p.append(element)


def png() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (2, 2)).save(file, "png")
    file.seek(0)
    return file


def picture(paragraph, alt: str, data: bytes | None = None) -> None:
    shape = paragraph.add_run().add_picture(io.BytesIO(data) if data else png())
    shape._inline.docPr.set("descr", alt)
