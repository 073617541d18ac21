"""Markdown to nodes, by markdown-it. Links are judged here, and every word of the syntax is accounted for."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from toolkit_pages.importing import nodes as n
from toolkit_pages.importing.lines import OWN
from toolkit_pages.importing.markup import (
    BOLD,
    BOLD_END,
    BREAK,
    ITALIC,
    ITALIC_END,
    ITEM,
    ITEM_END,
    LINK,
    LINK_END,
    LINK_NAMED,
    MARKS,
    NOTE,
    NOTE_END,
    Address,
    runs_on,
)
from toolkit_pages.importing.pictures import UNREAD
from toolkit_pages.importing.results import Ledger
from toolkit_pages.importing.words import resolve

SCHEMES = {"http", "https", "mailto", "tel"}
MARK = re.compile(
    f"({LINK}[0-9]+{LINK_NAMED}|[{BOLD}{BOLD_END}{ITALIC}{ITALIC_END}{BREAK}{NOTE}{NOTE_END}{LINK_END}])"
)
ITEM_MARK = re.compile(f"{ITEM}([^{ITEM_END}]*){ITEM_END} ?")
BARE_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]“”\"]*[^\s<>()\[\]“”\".,;:!?'’]", re.IGNORECASE)
LONE_BACKSLASH = re.compile(r"(?<!\S)\\(?!\S)")


def parser() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 200}).enable(["table", "strikethrough"])
    markdown.disable(["code", "fence", "html_block", "html_inline", "entity", "reference"])
    # Addresses are judged below; here they must come through as they are written.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]
    markdown.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return markdown


class Tree:
    """Builds nodes from Markdown whose HTML and list items are marks (see `markup`)."""

    def __init__(self, text: str, addresses: list[Address], ledger: Ledger) -> None:
        self.ledger = ledger
        self.addresses = addresses
        self.used: set[int] = set()
        self.tokens = parser().parse(text)
        self.at = 0
        self.nodes = self.until("")
        for number, address in enumerate(addresses):
            if number not in self.used and not address.counted:
                ledger.leave_out(address.address, "link-lost", address.line)

    def until(self, end: str) -> tuple[n.Node, ...]:
        found: list[n.Node] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == end:
                break
            found += self.node(token)
        return tuple(found)

    def node(self, token: Token) -> list[n.Node]:
        line = token.map[0] + 1 if token.map else 0
        match token.type:
            case "paragraph_open":
                spans = self.inline("paragraph_close")
                return [n.Paragraph(spans, line)] if spans else []
            case "heading_open":
                spans = self.inline("heading_close")
                return [n.Heading(spans, int(token.tag[1]), line)] if spans else []
            case "bullet_list_open" | "ordered_list_open":
                return self.items(token.type.replace("open", "close"), line)
            case "blockquote_open":
                inner = self.until("blockquote_close")
                return [n.Quote(inner, line)] if inner else []
            case "table_open":
                return self.table(line)
            case "hr":
                return [n.Rule(line)]
        return []

    def items(self, end: str, line: int) -> list[n.Node]:
        items: list[n.Item] = []
        notes: list[n.Node] = []
        before: list[n.Node] = []
        while self.tokens[self.at].type != end:
            opened = self.tokens[self.at]
            self.at += 1
            nodes = self.until("list_item_close")
            marker, nodes = self.marker(nodes, opened)
            if nodes and marker == OWN:
                before += [*([n.List(tuple(items), items[0].line)] if items else []), *nodes]
                items = []
            elif nodes and marker.startswith("[^"):
                notes.append(self.note(marker[2:-1], nodes, opened))
            elif nodes:
                items.append(n.Item(marker, nodes, opened.map[0] + 1 if opened.map else line))
            elif marker and marker != OWN:
                self.ledger.leave_out(marker, "number", line)
        self.at += 1
        first = items[0].line if before and items else line
        return [*before, *([n.List(tuple(items), first)] if items else []), *notes]

    def note(self, mark: str, nodes: tuple[n.Node, ...], opened: Token) -> n.Node:
        """A footnote: one paragraph that begins with its mark."""
        line = opened.map[0] + 1 if opened.map else 0
        spans: list[n.Span] = [n.Span(mark, note=True)]
        for node in nodes:
            if isinstance(node, n.Paragraph):
                spans += [n.Span(" "), *node.spans]
            else:
                spans.append(n.Span(f" {n.text_of([node])}"))
                for span in n.spans_of([node]):
                    if span.href:
                        self.ledger.drop_link(span.href, line)
        return n.Paragraph(n.tidy(spans), line)

    def marker(self, nodes: tuple[n.Node, ...], opened: Token) -> tuple[str, tuple[n.Node, ...]]:
        """The number that was typed, and the item without it."""
        first = nodes[0] if nodes else None
        if isinstance(first, (n.Paragraph, n.Heading)) and (mark := ITEM_MARK.match(first.spans[0].text)):
            rest = n.tidy((replace(first.spans[0], text=first.spans[0].text[mark.end() :]), *first.spans[1:]))
            return mark[1], ((replace(first, spans=rest), *nodes[1:]) if rest else nodes[1:])
        return (f"{opened.info}." if opened.info else ""), nodes

    def table(self, line: int) -> list[n.Node]:
        rows: list[list[n.Spans]] = []
        while self.tokens[self.at].type != "table_close":
            token = self.tokens[self.at]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self.spans(token))
            self.at += 1
        self.at += 1
        width = max(map(len, rows))
        return [n.Table(tuple(tuple(row + [()] * (width - len(row))) for row in rows), line)]

    def inline(self, end: str) -> n.Spans:
        spans: n.Spans = ()
        while self.tokens[self.at].type != end:
            spans += self.spans(self.tokens[self.at])
            self.at += 1
        self.at += 1
        return spans

    def spans(self, token: Token) -> n.Spans:
        """The text of one inline token, in runs of one style."""
        line = token.map[0] + 1 if token.map else 0
        return Inline(self, line).build(token.children or [])

    def href(self, address: str, text: str, line: int, counted: bool = False) -> str:
        """The address if a page may link to it, else nothing; accounted for either way."""
        typed = address = resolve(address.translate(MARKS)).strip()
        leave_out = (lambda *_: None) if counted else self.ledger.leave_out
        if not address.strip("#"):
            self.ledger.doubt("placeholder", text or address, line)
            return ""
        try:
            parts = urlsplit(address)
        except ValueError:
            parts = urlsplit("")
        if not parts.scheme and address.lower().startswith("www."):
            address, parts = f"http://{address}", urlsplit("http://www.")
        if parts.scheme.lower() not in SCHEMES or not (parts.netloc or parts.path):
            unsafe = bool(re.match(r"[\s\x00-\x20]*[a-z][a-z0-9+.\s-]*:", address, re.IGNORECASE))
            self.ledger.doubt("unsafe-link" if unsafe else "local-link", f"{text} ({address})", line)
            leave_out(address, "link-dropped", line)
            return ""
        if not counted:
            self.ledger.keep_link(typed, address, line)
        return address


class Inline:
    """One paragraph's worth of tokens into spans."""

    def __init__(self, tree: Tree, line: int) -> None:
        self.tree = tree
        self.line = line
        self.out: list[n.Span] = []
        self.style = n.Span("")
        self.joins = False
        self.opened: list[str] = []

    def push(self, text: str) -> None:
        if not text:
            return
        if ITEM in text and (self.out or text[0] != ITEM or text.count(ITEM) > 1):
            text = text.translate(MARKS)
        span = replace(self.style, text=text)
        last = self.out[-1] if self.out else None
        if self.joins and last and last.style == span.style and runs_on(last.text, text):
            span = replace(span, text=" " + text)
        self.out.append(span)
        self.joins = False

    def build(self, tokens: list[Token]) -> n.Spans:
        outside = ""
        autolink = False
        for at, token in enumerate(tokens):
            match token.type:
                case "text":
                    self.marked(token.content)
                    continue
                case "code_inline":
                    self.joins = True
                    self.marked(token.content)
                case "softbreak":
                    self.push(" ")
                    self.line += 1
                case "hardbreak":
                    self.push("\n")
                    self.line += 1
                case "strong_open" | "strong_close":
                    self.style = replace(self.style, bold=token.type == "strong_open")
                case "em_open" | "em_close":
                    self.style = replace(self.style, italic=token.type == "em_open")
                case "link_open":
                    outside, autolink = self.style.href, token.markup == "autolink"
                    self.style = replace(self.style, href=self.address(token, tokens[at + 1 :], autolink))
                case "link_close":
                    self.style = replace(self.style, href=outside)
                case "image":
                    self.image(token)
            self.joins = True
        spans = n.tidy(self.linked(n.tidy(self.out)))
        kept = {span.href for span in spans}
        for href in self.opened:
            if href not in kept:
                self.tree.ledger.drop_link(href, self.line)
        return spans

    def address(self, token: Token, rest: list[Token], autolink: bool) -> str:
        text = ""
        for inner in rest:
            if inner.type == "link_close":
                break
            text += inner.content
        if title := str(token.attrGet("title") or ""):
            self.tree.ledger.leave_out(title.translate(MARKS), "link-title", self.line)
        href = self.tree.href(
            str(token.attrGet("href") or ""), text.translate(MARKS), self.line, counted=autolink
        )
        if not autolink:
            self.opened.append(href)
        return href

    def image(self, token: Token) -> None:
        source = str(token.attrGet("src") or "")
        if source in self.tree.ledger.known_pictures:
            self.tree.ledger.picture(source, token.content.translate(MARKS), self.line)
            return
        parts = [token.content, source, token.attrGet("title")]
        text = " ".join(str(part) for part in parts if part).translate(MARKS)
        self.tree.ledger.leave_out(text, "image", self.line)
        if source == UNREAD:
            return
        # The address tells which image it is where no text does.
        kind = "image" if token.content.strip() else "image-without-text"
        shown = token.content.strip() or source.translate(MARKS)
        self.tree.ledger.doubt(kind, shown, self.line)

    def marked(self, text: str) -> None:
        """Text with the marks that stand for inline HTML."""
        text = LONE_BACKSLASH.sub("", resolve(text))
        for part in MARK.split(text):
            match part:
                case "" if not part:
                    continue
                case x if x in (BOLD, BOLD_END):
                    self.style = replace(self.style, bold=x == BOLD)
                case x if x in (ITALIC, ITALIC_END):
                    self.style = replace(self.style, italic=x == ITALIC)
                case x if x in (NOTE, NOTE_END):
                    self.style = replace(self.style, note=x == NOTE)
                case x if x == BREAK:
                    self.push("\n")
                case x if x == LINK_END:
                    self.style = replace(self.style, href="")
                case x if x.startswith(LINK):
                    self.html_link(int(x[1:-1]))
                case _:
                    self.push(part)
                    continue
            self.joins = True

    def html_link(self, number: int) -> None:
        address = self.tree.addresses[number]
        if number in self.tree.used:
            return
        self.tree.used.add(number)
        href = self.tree.href(address.address, "", address.line, address.counted)
        self.opened.append(href)
        self.style = replace(self.style, href=href)

    @staticmethod
    def linked(spans: n.Spans) -> list[n.Span]:
        """Addresses written out in the text become links."""
        result: list[n.Span] = []
        for span in spans:
            done = 0
            for found in BARE_ADDRESS.finditer(span.text) if not span.href else ():
                address = found.group()
                href = address if "://" in address else f"http://{address}"
                result.append(replace(span, text=span.text[done : found.start()]))
                result.append(replace(span, text=address, href=href))
                done = found.end()
            result.append(replace(span, text=span.text[done:]))
        return [span for span in result if span.text]
