"""Contents lists: left out, because the site makes its own, and compared with the headings that the text has."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from toolkit_pages.importing.cleaning import LINES_OF_COVER, alike
from toolkit_pages.importing.nodes import Heading, List, Node, Paragraph, Rule, leave_out, plain, starting
from toolkit_pages.importing.results import Ledger
from toolkit_pages.importing.words import words

CONTENTS = re.compile(
    r"(?:table of )?contents|(?:tabla de )?contenidos?|índice(?: general)?|what(?:['’]s| is) (?:inside|in (?:this|the) \w+)"
    r"|(?:inside|in) (?:this|the) (?:tool ?)?(?:kit|toolkit|guide|handbook|booklet|manual|packet|workbook|playbook|primer)"
    r"|en est[ea] (?:guía|manual|cuaderno|folleto)",
    re.I,
)
ENTRY_END = re.compile(r"[\s.…·_]*\d{1,4}$")


def drop_contents(nodes: list[Node], ledger: Ledger) -> tuple[list[Node], list[str]]:
    """Without the contents list, which the site makes itself, and the entries that it had."""
    for at, node in enumerate(nodes):
        # A text that marks no headings has its contents at the beginning.
        may_be = isinstance(node, Heading) or (isinstance(node, Paragraph) and at < LINES_OF_COVER)
        if may_be and CONTENTS.fullmatch(starting(node).strip(" :")):
            return _drop_section(nodes, at, ledger)
    headings = [plain(node.spans) for node in nodes if isinstance(node, Heading)]
    for at, node in enumerate(nodes[:LINES_OF_COVER]):
        if isinstance(node, List) and len(node.items) >= 3:
            entries = _entries(node)
            found = [entry for entry in entries if any(_same_heading(entry, heading) for heading in headings)]
            if len(found) >= 0.6 * len(entries):
                leave_out([node], "contents", ledger)
                _forget_links(node.line, nodes[at + 1 :], ledger)
                _compare(entries, headings, ledger, node.line)
                return nodes[:at] + nodes[at + 1 :], entries
    return nodes, []


def _drop_section(nodes: list[Node], at: int, ledger: Ledger) -> tuple[list[Node], list[str]]:
    end = at + 1
    entries: list[str] = []
    while end < len(nodes) and isinstance(nodes[end], (Paragraph, List, Rule)):
        lines = _entries(nodes[end])
        titles = _titles(nodes[end + 1 :])
        listed = isinstance(nodes[end], Rule) or any(ENTRY_END.search(line) for line in _lines(nodes[end]))
        if not listed and not any(_same_heading(line, title) for line in lines for title in titles):
            break
        if any(sum(words(line).values()) > 20 for line in lines):
            break
        entries += lines
        end += 1
    if not entries:
        return nodes, []
    leave_out(nodes[at:end], "contents", ledger)
    _forget_links(nodes[at].line, nodes[end:], ledger)
    _compare(entries, _titles(nodes[end:]), ledger, nodes[at].line)
    return nodes[:at] + nodes[end:], entries


def _titles(nodes: Sequence[Node]) -> list[str]:
    """What may be a heading: short lines."""
    titles = [starting(node) for node in nodes if isinstance(node, (Heading, Paragraph))]
    return [title for title in titles if 0 < sum(words(title).values()) <= 14]


def _lines(node: Node) -> list[str]:
    """The lines of a contents list."""
    if isinstance(node, List):
        return [line for item in node.items for part in item.nodes for line in _lines(part)]
    if not isinstance(node, Paragraph):
        return []
    text = "".join(span.text for span in node.spans)
    # Converted lists run together: an entry ends with the number of its page.
    lines = re.split(r"\n|(?<=\s\d)\s+(?=\D)|(?<=\s\d\d)\s+(?=\D)|(?<=\s\d\d\d)\s+(?=\D)", text)
    return [line.strip() for line in lines if line.strip()]


def _entries(node: Node) -> list[str]:
    """The lines of a contents list, without page numbers."""
    return [entry for line in _lines(node) if (entry := ENTRY_END.sub("", line).strip())]


def _same_heading(entry: str, heading: str) -> bool:
    return alike(entry, heading) >= 0.75


def _compare(entries: Sequence[str], headings: Sequence[str], ledger: Ledger, line: int) -> None:
    for entry in entries:
        if not any(_same_heading(entry, heading) for heading in headings):
            ledger.doubt("contents-without-heading", entry, line)


def _forget_links(line: int, following: Sequence[Node], ledger: Ledger) -> None:
    """Links of a contents list lead into the old document: nobody need mend them."""
    end = following[0].line if following else float("inf")
    ledger.doubts = [
        doubt
        for doubt in ledger.doubts
        if doubt.kind not in ("placeholder", "local-link") or not line <= doubt.line < end
    ]


def doubt_contents(entries: Sequence[str], nodes: Sequence[Node], ledger: Ledger) -> None:
    """Headings that stand beside those that the contents list, and are not listed; and another order."""
    headings = [node for node in nodes if isinstance(node, Heading)]
    at_entry: list[int] = []
    listed: set[int] = set()
    for entry in entries:
        found = next(
            (at for at, node in enumerate(headings) if _same_heading(entry, plain(node.spans))), None
        )
        if found is not None:
            at_entry.append(found)
            listed.add(found)
    if len(listed) < 3 or len(listed) < 0.6 * len(entries):
        return
    level = Counter(headings[at].level for at in listed).most_common(1)[0][0]
    missing = [
        node
        for at, node in enumerate(headings)
        if node.level == level and at not in listed and at > min(listed) and node.kind != "label"
    ]
    # Contents that list the parts only are no list of chapters.
    for node in missing if 2 * len(missing) <= len(listed) else ():
        ledger.doubt("heading-not-in-contents", plain(node.spans), node.line)
    for before, after in itertools.pairwise(at_entry):
        if after < before:
            ledger.doubt("contents-order", plain(headings[after].spans), headings[after].line)
