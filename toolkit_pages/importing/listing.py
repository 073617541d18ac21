"""What the contents list of a text says of its headings: which lines are some, and which of them are chapters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit_pages.importing.cleaning import alike, norm
from toolkit_pages.importing.nodes import Heading, Node, Paragraph, plain

DISGUISES = ("capitals", "bold", "plain")
# Fewer entries that are found prove nothing.
ENOUGH = 3


def find_listed(nodes: Sequence[Node], entries: Sequence[str]) -> list[Node]:
    """Lines that say just what the contents list become headings."""
    keys = {norm(entry) for entry in entries} - {""}
    return [
        Heading(node.spans, 0, node.line, "plain")
        if isinstance(node, Paragraph) and "\n" not in plain(node.spans) and norm(plain(node.spans)) in keys
        else node
        for node in nodes
    ]


def rank_by_contents(nodes: Sequence[Node], entries: Sequence[str]) -> list[Node]:
    """Of headings in disguise those that the contents list stand beside one another, and the others beneath them."""
    headings = [node for node in nodes if isinstance(node, Heading)]
    listed = [node for node in headings if is_listed(node, entries)]
    disguised = [node for node in listed if node.kind in DISGUISES]
    if len(listed) < max(ENOUGH, 0.6 * len(entries)) or len(disguised) < 0.8 * len(listed):
        return list(nodes)
    top = min(node.level for node in listed)
    lines = {node.line for node in listed}
    first = min(lines)
    result: list[Node] = []
    shift = 0
    for node in nodes:
        if isinstance(node, Heading) and node.line >= first:
            if node.line in lines:
                shift = 0
                node = replace(node, level=top)
            elif node.kind != "marked":
                # All that stand beneath keep their order among themselves.
                shift = max(shift, top + 1 - node.level)
                node = replace(node, level=node.level + shift)
        result.append(node)
    return result


def is_listed(node: Heading, entries: Sequence[str]) -> bool:
    text = plain(node.spans)
    return any(
        alike(entry, text) >= 0.75 or alike(entry, f"{node.number} {text}") >= 0.75 for entry in entries
    )
