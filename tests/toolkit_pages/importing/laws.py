"""What every import must keep, whatever the file."""

import re
from collections import Counter

from toolkit_pages.importing.results import Source, Toolkit
from toolkit_pages.importing.words import words

ALLOWED = re.compile(r'</?(?:p|b|i|ol|ul|li)>|<br/>|</a>|<a href="(?:https?://|mailto:|tel:)[^"<>]*">')
# What may be left out as mere syntax must look like it: prose cannot hide behind these reasons.
SHAPES = {
    "number": r"\(?(?:\w{1,4}\.){0,4}\w{1,6}[.)]?",
    "heading-number": r"\(?(?:\w{1,4}\.){0,4}\w{1,6}[.)]?",
    "bullet": "o",
    "notes-title": r"[\w :]{4,16}",
    "tag": r"<.*>",
    "term-verb": r"is|are|means|es|son|significa",
    "callout-word": r"[\w ]{3,16}",
    "page-number": r"\D{0,7}\d+\D{0,4}\d*",
    "source-word": r"\w{6,8}",
    "disclaimer-word": r"[\w :.!*]{3,40}",
}


def assert_counted(read: str | Source, toolkit: Toolkit) -> None:
    """Words in = words out + addresses of links + words left out."""
    source = read if isinstance(read, Source) else Source(read)
    came_in = words(source.text) + sum((words(out.text) for out in source.left_out), Counter())
    accounted = toolkit.words_out() + toolkit.words_left_out() + toolkit.words_of_links()
    assert came_in - accounted == {}, f"lost: {came_in - accounted}"
    assert accounted - came_in == {}, f"from nowhere: {accounted - came_in}"
    for piece in toolkit.left_out:
        if shape := SHAPES.get(piece.reason):
            assert re.fullmatch(shape, piece.text), piece
    hrefs = {href for value in rich_values(toolkit) for href in re.findall(r'href="([^"]*)"', value)}
    fields = {toolkit.source_url, *(chapter.source_url for chapter in toolkit.walk())}
    fields |= {block["value"].get("source_url") for block in all_blocks(toolkit) if block["type"] == "quote"}
    for link in toolkit.links:
        if link.href in fields:
            continue
        assert link.href.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#x27;") in hrefs, link


def all_blocks(toolkit: Toolkit):
    for body in (toolkit.body, *(chapter.body for chapter in toolkit.walk())):
        yield from body


def rich_values(toolkit: Toolkit):
    def within(value):
        if isinstance(value, dict):
            for child in value.values():
                yield from within(child)
        elif isinstance(value, list):
            for child in value:
                yield from within(child)
        elif isinstance(value, str) and value.startswith("<"):
            yield value

    yield from within([toolkit.body, toolkit.disclaimer])
    for chapter in toolkit.walk():
        yield from within(chapter.body)
    for term in toolkit.terms:
        yield from within(term.long)


def assert_safe(toolkit: Toolkit) -> None:
    """Rich text holds nothing but the allowed tags, each text block its own id, no marks of the parser."""
    for body in (toolkit.body, *(chapter.body for chapter in toolkit.walk())):
        ids = [block["id"] for block in body]
        assert len(ids) == len(set(ids))
        for block in body:
            value = block["value"]
            if block["type"] == "heading":
                # Plain text, whatever it looks like: the template escapes it.
                continue
            for text in [value] if block["type"] == "paragraph" else rich_fields(value):
                rest = ALLOWED.sub("", text)
                assert "<" not in rest, text
                assert ">" not in rest, text
    assert not re.search("[\ue000-\ue00f]", repr(toolkit))


def rich_fields(value):
    if isinstance(value, dict):
        for key, child in value.items():
            if key in ("text", "hint") and isinstance(child, str) and child.startswith("<"):
                yield child
            else:
                yield from rich_fields(child)
    elif isinstance(value, list):
        for child in value:
            yield from rich_fields(child)
