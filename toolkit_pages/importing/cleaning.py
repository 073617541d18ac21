"""What conversion from paper leaves behind: page numbers, running heads, contents lists, torn paragraphs and
lists.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from toolkit_pages.importing.nodes import (
    Heading,
    Item,
    List,
    Node,
    Paragraph,
    Quote,
    Rule,
    Span,
    all_spans,
    leave_out,
    plain,
    starting,
    text_of,
    tidy,
)
from toolkit_pages.importing.numbers import LEADING, Number, number_of
from toolkit_pages.importing.results import Ledger

NAVIGATION = {
    "article media",
    "main article content",
    "skip to main content",
    "skip to content",
    "back to top",
    "print this page",
    "share this page",
    "volver arriba",
    "saltar al contenido",
    "ir al contenido principal",
}
PAGE_NUMBER = re.compile(r"(?:page |página |p\. ?)?(\d{1,4})(?: (?:of|de) \d{1,4})?$", re.IGNORECASE)
LINES_OF_COVER = 25
# A paragraph runs over few pages. More halves in a row are a text that has no full stops.
MAX_JOINED = 3


def norm(text: str) -> str:
    """The text for comparison: lower case, words only."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def alike(one: str, other: str) -> float:
    return SequenceMatcher(None, norm(one), norm(other), autojunk=False).ratio()


def drop_debris(nodes: Iterable[Node], ledger: Ledger) -> list[Node]:
    """Without words of a web page's navigation and page numbers on lines of their own."""
    kept = list(nodes)
    numbers = [
        found for node in kept if isinstance(node, Paragraph) and (found := PAGE_NUMBER.match(starting(node)))
    ]
    values = [int(found[1]) for found in numbers]
    paged = len(values) >= 3 and values == sorted(set(values))
    result = []
    for node in kept:
        text = starting(node) if isinstance(node, Paragraph) else ""
        if text.casefold() in NAVIGATION:
            leave_out([node], "navigation", ledger)
        elif paged and text and PAGE_NUMBER.match(text):
            leave_out([node], "page-number", ledger)
        elif text or not isinstance(node, Paragraph):
            result.append(node)
    return result


def drop_heads(nodes: Sequence[Node], lines: frozenset[int], ledger: Ledger) -> list[Node]:
    """Without the lines that stand at the edge of every page, told once for each that returns."""
    told: set[str] = set()
    kept: list[Node] = []
    for node in nodes:
        if not isinstance(node, Paragraph) or node.line not in lines:
            kept.append(node)
            continue
        leave_out([node], "running-head", ledger)
        key = re.sub(r"\d+", "", norm(starting(node))).strip()
        if key not in told:
            told.add(key)
            ledger.doubt("running-head", starting(node), node.line)
    return kept


def drop_running_heads(nodes: list[Node], ledger: Ledger) -> tuple[list[Node], str]:
    """Without headings that stand on every page, and the first of them: the title the pages carried."""
    keys = [(node.level, norm(plain(node.spans))) for node in nodes if isinstance(node, Heading)]
    labels = {norm(plain(n.spans)) for n in nodes if isinstance(n, Heading) and plain(n.spans).endswith(":")}
    counts = Counter(keys)
    often = {key for key, count in counts.items() if count >= 3 and key[1] not in labels}
    top = min((level for level, text in keys if (level, text) not in often), default=7)
    running = {key for key in often if key[0] <= top}
    first = norm(starting(nodes[0])) if nodes and isinstance(nodes[0], Paragraph) else ""
    copies = [node for node in nodes[1:] if isinstance(node, Paragraph) and norm(starting(node)) == first]
    # In a text that marks no headings the first line, which is the title, stands on every page again.
    if (
        len(copies) >= 2
        and first
        and len(first.split()) <= 12
        and not starting(nodes[0]).endswith((":", "?"))
    ):
        leave_out(copies, "running-head", ledger)
        ledger.doubt("running-head", f"{starting(nodes[0])} (× {len(copies)})", copies[0].line)
        nodes = [node for node in nodes if not any(node is copy for copy in copies)]
    result: list[Node] = []
    title, told = "", set()
    for node in nodes:
        key = (node.level, norm(plain(node.spans))) if isinstance(node, Heading) else None
        if not isinstance(node, Heading) or key not in running:
            result.append(node)
            continue
        title = title or plain(node.spans)
        leave_out([node], "running-head", ledger)
        if key not in told:
            told.add(key)
            ledger.doubt("running-head", f"{plain(node.spans)} (× {counts[key]})", node.line)
    return result, title


def join_torn(nodes: Sequence[Node], ledger: Ledger) -> list[Node]:
    """Paragraphs, and last paragraphs of lists, that a page break cut in two are one again."""
    result: list[Node] = []
    joined = 0
    for node in nodes:
        last = result[-1] if result else None
        if last and joined < MAX_JOINED and isinstance(node, Paragraph) and _goes_on(_tail(last), node):
            ledger.doubt("torn", f"{_tail(last)[-40:]} | {plain(node.spans)[:40]}", node.line)
            result[-1] = _append(last, node.spans)
            joined += 1
        else:
            result.append(node)
            joined = 0
    return result


def _tail(node: Node) -> str:
    if isinstance(node, Paragraph):
        return plain(node.spans)
    if isinstance(node, List):
        return _tail(node.items[-1].nodes[-1])
    return ""


def _goes_on(before: str, node: Paragraph) -> bool:
    after = plain(node.spans)
    open_end = before[-1:].isalpha() or before.endswith(",")
    begins = LEADING.match(after) or node.spans[0].href or all_spans(node.spans, "bold")
    return open_end and len(before.split()) >= 5 and after[:1].islower() and not begins


def _append(node: Node, spans: tuple[Span, ...]) -> Node:
    if isinstance(node, List):
        item = node.items[-1]
        nodes = (*item.nodes[:-1], _append(item.nodes[-1], spans))
        return replace(node, items=(*node.items[:-1], replace(item, nodes=nodes)))
    assert isinstance(node, Paragraph)
    return replace(node, spans=tidy((*node.spans, Span(" "), *spans)))


def mend_lists(nodes: Sequence[Node], ledger: Ledger) -> list[Node]:
    """Lists whose items belong together by their numbers, however they were indented or interrupted."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, List):
            result += Regroup(ledger).lists(node)
        elif isinstance(node, Quote):
            result.append(replace(node, nodes=tuple(mend_lists(node.nodes, ledger))))
        else:
            result.append(node)
    return _continued(result, ledger)


class Group:
    """A list that is being put together; `number` is that of its last item."""

    def __init__(self, item: Item, number: Number | None) -> None:
        self.items, self.number = [item], number

    def built(self) -> List:
        return List(tuple(self.items), self.items[0].line)


def _joined(item: Item, later: Item) -> Item | None:
    """The item with a later one at the end of a numbered list within it, if that list goes on there."""
    below = item.nodes[-1]
    if not isinstance(below, List):
        return None
    last = number_of(below.items[-1].marker, None)
    number = number_of(later.marker, last)
    if last and number and number.value > 1 and number.follows(last):
        longer = replace(below, items=(*below.items, later))
    elif inner := _joined(below.items[-1], later):
        longer = replace(below, items=(*below.items[:-1], inner))
    else:
        return None
    return replace(item, nodes=(*item.nodes[:-1], longer))


class Regroup:
    """The items of one Markdown list, sorted into lists by the style and the order of their numbers."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def lists(self, node: List) -> list[Node]:
        done: list[List] = []
        stack: list[Group] = []
        for at, item in enumerate(node.items):
            item = replace(item, nodes=tuple(mend_lists(item.nodes, self.ledger)))
            if stack and (longer := _joined(stack[-1].items[-1], item)):
                stack[-1].items[-1] = longer
                continue
            number = number_of(item.marker, stack[-1].number if stack else None)
            depth, joins = self.place(stack, number, item, node.items[at + 1 :])
            while len(stack) > depth:
                self.close(stack, done)
            if joins:
                stack[-1].items.append(item)
                stack[-1].number = number
            else:
                stack.append(Group(item, number))
        while stack:
            self.close(stack, done)
        return self.flat_questions(done)

    def place(
        self, stack: list[Group], number: Number | None, item: Item, later: Sequence[Item]
    ) -> tuple[int, bool]:
        """How many of the open lists stay open for an item, and whether it joins the last of them."""
        for depth in range(len(stack), 0, -1):
            last = stack[depth - 1].number
            if (number is None and last is None) or (number and last and number.follows(last)):
                return depth, True
        if not stack:
            return 0, False
        top = stack[-1]
        if number and number.value > 1:
            for depth in range(len(stack), 0, -1):
                if number.skips_from(stack[depth - 1].number):
                    self.ledger.doubt("list-skips", f"{item.marker} {starting(item.nodes[0])}", item.line)
                    return depth, True
            if top.number and number.value == top.number.value + 1:
                self.ledger.doubt("list-numbering", f"{item.marker} {starting(item.nodes[0])}", item.line)
                return len(stack), True
            return 0, False
        return (len(stack) if self.nests(stack, number, later) else 0), False

    @staticmethod
    def nests(stack: list[Group], number: Number | None, later: Sequence[Item]) -> bool:
        """Whether a bullet, or the first item of a numbered list, stands beneath the item before it."""
        top = stack[-1]
        if number and top.number and number.style == top.number.style:
            return False
        if _tail(top.items[-1].nodes[-1]).endswith(":") or (number and top.number):
            return True
        return any(
            group.number and (after := number_of(item.marker, group.number)) and after.follows(group.number)
            for item in later
            for group in stack
        )

    @staticmethod
    def close(stack: list[Group], done: list[List]) -> None:
        closed = stack.pop().built()
        if stack:
            last = stack[-1].items[-1]
            stack[-1].items[-1] = replace(last, nodes=(*last.nodes, closed))
        else:
            done.append(closed)

    def flat_questions(self, lists: list[List]) -> list[Node]:
        """A lone question with further ones indented beneath it: one list of questions."""
        result: list[Node] = []
        for node in lists:
            item = node.items[0]
            if len(node.items) == 1 and len(item.nodes) == 2 and isinstance(item.nodes[1], List):
                below = item.nodes[1]
                if all(
                    text_of(i.nodes).endswith("?")
                    for i in (replace(item, nodes=item.nodes[:1]), *below.items)
                ):
                    self.ledger.doubt("indentation", starting(node), node.line)
                    node = replace(node, items=(replace(item, nodes=item.nodes[:1]), *below.items))
            result.append(node)
        return result


def _continued(nodes: list[Node], ledger: Ledger) -> list[Node]:
    """A numbered list that goes on after other text takes that text into the item before it."""
    result: list[Node] = []
    label = ""  # What introduced the text that an item took in; the last item has such text too.
    for node in nodes:
        if isinstance(node, List):
            if label and len(result) > 1 and starting(result[-1]) == label and isinstance(result[-2], List):
                result[-2:] = [_taken_in(result[-2], (result[-1], node))]
                continue
            number = number_of(node.items[0].marker, None)
            at = _to_continue(result, number)
            if at is not None:
                open_list = result[at]
                assert isinstance(open_list, List)
                between = tuple(part for part in result[at + 1 :] if not isinstance(part, Rule))
                if between:
                    ledger.doubt("list-interrupted", text_of(between), between[0].line)
                    label = starting(between[0]) if starting(between[0]).endswith(":") else ""
                longer = _taken_in(open_list, between)
                result[at:] = [replace(longer, items=(*longer.items, *node.items))]
                continue
        result.append(node)
    return result


def _taken_in(node: List, more: Sequence[Node]) -> List:
    last = node.items[-1]
    return replace(node, items=(*node.items[:-1], replace(last, nodes=(*last.nodes, *more))))


def _to_continue(before: list[Node], number: Number | None) -> int | None:
    for at in range(len(before) - 1, max(len(before) - 13, -1), -1):
        node = before[at]
        if isinstance(node, Heading):
            return None
        if isinstance(node, List):
            last = number_of(node.items[-1].marker, None)
            if number is None:
                return at if last is None and at == len(before) - 1 else None
            if last and number.follows(last):
                return at
            if last is not None:
                return None
    return None
