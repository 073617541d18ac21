"""The words of one paragraph while HTML is read, and their Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from toolkit_pages.importing.markup import MARKS, runs_on
from toolkit_pages.importing.reading import SPACES

ESCAPED = re.compile(r"([\\`*_~])")
BRACKETS = re.compile(r"\](?=[(\[:])|\[(?=\^)")
LINE_START = re.compile(r"(?=#{1,6}\s|#{2}|>|\||={2,}$)")


@dataclass(frozen=True)
class Run:
    """Words in one style; `kind` is text, note (a footnote's mark), image (`href` is its address) or break."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    kind: str = "text"

    def same_style(self, other: Run) -> bool:
        return (self.bold, self.italic, self.href, self.kind) == (
            other.bold,
            other.italic,
            other.href,
            other.kind,
        )


class Runs:
    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.bold = self.italic = 0
        self.hrefs: list[str] = []
        self.linked = False

    def add(self, text: str) -> None:
        text = re.sub(r"\s+", " ", text.translate(SPACES).translate(MARKS))
        self.linked = self.linked or bool(text.strip())
        if text:
            href = self.hrefs[-1] if self.hrefs else ""
            self.push(Run(text, self.bold > 0, self.italic > 0, href))

    def push(self, run: Run) -> None:
        last = self.runs[-1] if self.runs else None
        if last and run.kind == "text" and last.same_style(run):
            self.runs[-1] = replace(last, text=last.text + run.text)
        else:
            self.runs.append(run)

    def open(self, style: str, href: str) -> None:
        if style:
            setattr(self, style, getattr(self, style) + 1)
        if href:
            self.hrefs.append(href)
            self.linked = False

    def close(self, style: str, is_link: bool) -> None:
        if style:
            setattr(self, style, max(getattr(self, style) - 1, 0))
        if is_link and self.hrefs:
            self.hrefs.pop()

    def note(self, mark: str) -> None:
        self.push(Run(mark, kind="note"))

    def line_break(self) -> None:
        self.push(Run("\n", kind="break"))

    def image(self, alt: str, source: str) -> None:
        self.push(Run(alt, href=source, kind="image"))

    def embolden(self) -> None:
        self.runs = [replace(run, bold=True) for run in self.runs]

    def take(self, one_line: bool = False) -> list[str]:
        """The lines of Markdown; nothing is left here then, but open styles stay open."""
        runs, self.runs = _whole_words(self.runs), []
        lines: list[list[Run]] = [[]]
        for run in runs:
            if run.kind == "break" and not one_line:
                lines.append([])
            else:
                lines[-1].append(Run(" ") if run.kind == "break" else run)
        written = [_line(line) for line in lines]
        return [
            LINE_START.sub(r"\\", line, count=1) if LINE_START.match(line) else line
            for line in written
            if line
        ]


def _whole_words(runs: list[Run]) -> list[Run]:
    """Styles that end within a word end after it: in Markdown the word would be two."""
    result: list[Run] = []
    for run in runs:
        last = result[-1] if result else None
        if last and last.kind == run.kind == "text" and runs_on(last.text, run.text):
            if run.href and not last.href:
                cut = len(last.text) - len(_word_end(last.text))
                run = replace(run, text=last.text[cut:] + run.text)
                result[-1] = replace(last, text=last.text[:cut])
                if not result[-1].text:
                    result.pop()
            else:
                cut = len(_word_start(run.text))
                result[-1] = replace(last, text=last.text + run.text[:cut])
                run = replace(run, text=run.text[cut:])
        if run.text or run.kind != "text":
            if result and run.kind == "text" and result[-1].same_style(run):
                result[-1] = replace(result[-1], text=result[-1].text + run.text)
            else:
                result.append(run)
    return result


def _word_start(text: str) -> str:
    """The rest of a word at the start of a text, with whatever joins it to the word before."""
    found = re.match(r"[^\w\s]*[\w'’\u00ad\u200b-\u200d\u2060\ufeff\\]+", text)
    return found.group() if found else text


def _word_end(text: str) -> str:
    found = re.search(r"[\w'’\u00ad\u200b-\u200d\u2060\ufeff\\]+[^\w\s]*$", text)
    return found.group() if found else text


def _line(runs: list[Run]) -> str:
    written = ""
    at = 0
    while at < len(runs):
        # All words of one link stand in one pair of brackets, whatever their styles.
        end = at + 1
        while end < len(runs) and runs[at].href and runs[at].kind == runs[end].kind == "text":
            if runs[end].href != runs[at].href:
                break
            end += 1
        group = runs[at:end]
        before, after = written[-1:], _first(runs[end:])
        if runs[at].kind == "text" and runs[at].href:
            text = _written([replace(run, href="") for run in group], "", "")
            core = text.strip()
            lead, trail = text[:1] == " ", text[-1:] == " "
            if core:
                text = f"[{core}]({runs[at].href})"
                text = (" " if lead and before != " " else "") + text + (" " if trail else "")
            written += text
        else:
            written += _written(group, before, after)
        at = end
    return written.strip()


def _written(runs: list[Run], before: str, after_all: str) -> str:
    written = ""
    for at, run in enumerate(runs):
        core = run.text.strip()
        lead, trail = (
            (" " if run.text[:1] == " " else "", " " if run.text[-1:] == " " else "")
            if core
            else (" " if run.text else "", "")
        )
        after = trail or _first(runs[at + 1 :]) or after_all
        last = written[-1:] or before
        if run.kind == "note":
            written += f"[^{core}]"
            continue
        if run.kind == "image":
            written += f"![{escape(run.text)}]({address(run.href)})"
            continue
        if lead and last != " ":
            written += lead
        if core:
            written += _styled(run, core, written[-1:] or before, after)
        written += trail
    return written


def _first(runs: list[Run]) -> str:
    return next((run.text[:1] for run in runs if run.text and run.kind == "text"), "")


def _styled(run: Run, core: str, before: str, after: str) -> str:
    """The words with their marks of style, where Markdown lets these begin and end."""
    text = escape(core)
    # A lone mark of style beside a mark of style, or beside a word, would be read as an asterisk.
    opens = before != "*" and (core[0].isalnum() or not before.strip() or not before.isalnum())
    closes = core[-1].isalnum() or not after.strip() or not after.isalnum()
    marks = ("**" if run.bold else "") + ("*" if run.italic else "")
    if marks and opens and closes and any(character.isalnum() for character in core):
        text = f"{marks}{text}{marks}"
    return text


def escape(text: str) -> str:
    """The text as Markdown that says just this."""
    text = ESCAPED.sub(r"\\\1", text)
    text = BRACKETS.sub(lambda found: "\\" + found.group(), text)
    return text.replace("<", "&lt;")


def address(source: str) -> str:
    """An address as it stands in brackets after a link's or an image's words."""
    source = re.sub(r"[\s\x00-\x1f]+", "%20", source.strip()).replace("<", "%3C").replace(">", "%3E")
    return re.sub(r"([()\\*_`\[\]])", r"\\\1", source)
