"""Which page and block of a new import was which of the last one, so that block ids are carried over.

Pure. Works on raw StreamField data, so on whatever blocks an import makes.
"""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from toolkit_pages.importing.blocks import NAMESPACE
from toolkit_pages.importing.cleaning import norm
from toolkit_pages.importing.results import Blocks, strings_in, words_of_body
from toolkit_pages.importing.words import words

# From this share of equal words on, two blocks or titles are taken for one that was changed.
SIMILAR = 0.45
SAME_TITLE = 0.6
# A lone block between two that did not change needs less to be the one that stood there.
IN_PLACE = 0.3


@dataclass(frozen=True)
class Leaf:
    """A page of an import: `parent` is the index of its parent in the list it stands in, None for the
    toolkit.
    """

    title: str
    body: Blocks
    parent: int | None


def match_pages(old: Sequence[Leaf], new: Sequence[Leaf]) -> dict[int, int]:
    """Index in `new` to index in `old`. The first page of both is the toolkit's own.

    Equal titles beneath the same parent first, equal titles anywhere next, then the most similar pages.
    """
    matched: dict[int, int] = {0: 0} if old and new else {}
    free = [at for at in range(len(old)) if at not in matched.values()]

    def take(fits: Callable[[int, int], bool]) -> None:
        for at in range(len(new)):
            if at not in matched:
                found = next((other for other in free if fits(at, other)), None)
                if found is not None:
                    matched[at] = found
                    free.remove(found)

    def same_title(at: int, other: int) -> bool:
        return norm(new[at].title) == norm(old[other].title) and new[at].title != ""

    def same_parent(at: int, other: int) -> bool:
        parent = new[at].parent
        return parent is not None and matched.get(parent) == old[other].parent

    take(lambda at, other: same_title(at, other) and same_parent(at, other))
    take(same_title)
    pairs = [
        (_likeness(new[at], old[other]), -at, -other)
        for at in range(len(new))
        if at not in matched
        for other in free
    ]
    for score, at, other in sorted(pairs, reverse=True):
        if score >= SAME_TITLE and -at not in matched and -other in free:
            matched[-at] = -other
            free.remove(-other)
    return matched


def _likeness(one: Leaf, other: Leaf) -> float:
    """How much two pages have in common: the better of their titles and their texts."""
    titles = SequenceMatcher(None, norm(one.title), norm(other.title), autojunk=False).ratio()
    mine, theirs = words_of_body(one.body), words_of_body(other.body)
    total = sum(mine.values()) + sum(theirs.values())
    # A few words are alike by chance.
    texts = 2 * sum((mine & theirs).values()) / total if total > 40 else 0.0
    return max(titles, texts)


def carry_ids(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> Blocks:
    """`new` with the ids of the blocks of `old` that it holds still, changed or not; ids stay unique."""
    pairs = _pair(old, new)
    taken = {str(old[other].get("id")) for other in pairs.values()}
    everyone = taken | {str(block.get("id")) for block in old}
    result: Blocks = []
    for at, block in enumerate(new):
        value = block.get("value")
        if at in pairs:
            before = old[pairs[at]]
            result.append(
                {**block, "id": before.get("id"), "value": _carry_within(before.get("value"), value)}
            )
        else:
            name = str(block.get("id"))
            while name in everyone:
                name = str(uuid.uuid5(NAMESPACE, name))
            everyone.add(name)
            result.append({**block, "id": name})
    return result


def _carry_within(old: Any, new: Any) -> Any:
    """The same inside a block: in the lists of items that a struct holds."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return {name: _carry_within(old.get(name), value) for name, value in new.items()}
    if _are_items(old) and _are_items(new):
        return carry_ids(old, new)
    return new


def _are_items(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) and "id" in item for item in value)


def _pair(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Index in `new` to index in `old`: first what is equal and in order, then what moved, then what is
    similar.
    """
    mine, theirs = [_key(block) for block in new], [_key(block) for block in old]
    pairs: dict[int, int] = {}
    start = 0
    while start < min(len(mine), len(theirs)) and mine[start] == theirs[start]:
        pairs[start] = start
        start += 1
    end = 0
    while end < min(len(mine), len(theirs)) - start and mine[-1 - end] == theirs[-1 - end]:
        end += 1
        pairs[len(mine) - end] = len(theirs) - end
    middle, other_middle = mine[start : len(mine) - end], theirs[start : len(theirs) - end]
    for found in SequenceMatcher(None, middle, other_middle, autojunk=False).get_matching_blocks():
        for step in range(found.size):
            pairs[start + found.a + step] = start + found.b + step
    _pair_moved(pairs, mine, theirs)
    _pair_similar(pairs, new, old)
    return pairs


def _pair_moved(pairs: dict[int, int], mine: list[str], theirs: list[str]) -> None:
    free = [at for at in range(len(theirs)) if at not in set(pairs.values())]
    for at, key in enumerate(mine):
        if at not in pairs:
            found = next((other for other in free if theirs[other] == key), None)
            if found is not None:
                pairs[at] = found
                free.remove(found)


def _pair_similar(
    pairs: dict[int, int], new: Sequence[Mapping[str, Any]], old: Sequence[Mapping[str, Any]]
) -> None:
    """Blocks of one type between the same neighbours, the most similar first, never crossing one another."""
    for mine, theirs in list(_gaps(pairs, len(new), len(old))):
        scored = [
            (_share(new[at], old[other]), at, other)
            for at in mine
            for other in theirs
            if new[at].get("type") == old[other].get("type")
        ]
        least = IN_PLACE if len(mine) == len(theirs) == 1 else SIMILAR
        done: list[tuple[int, int]] = []
        for score, at, other in sorted(scored, key=lambda found: (-found[0], found[1], found[2])):
            if score < least:
                break
            if all((at - a) * (other - b) > 0 for a, b in done):
                done.append((at, other))
        pairs.update(done)


def _gaps(pairs: Mapping[int, int], mine: int, theirs: int) -> Iterator[tuple[list[int], list[int]]]:
    """The unpaired blocks of both sides between neighbours that are paired in order."""
    taken = set(pairs.values())
    borders = [(-1, -1)]
    for at in sorted(pairs):
        if pairs[at] > borders[-1][1]:
            borders.append((at, pairs[at]))
    borders.append((mine, theirs))
    for (low, other_low), (high, other_high) in itertools.pairwise(borders):
        left = [at for at in range(low + 1, high) if at not in pairs]
        right = [other for other in range(other_low + 1, other_high) if other not in taken]
        if left and right:
            yield left, right


def _key(block: Mapping[str, Any]) -> str:
    return json.dumps([block.get("type"), _bare(block.get("value"))], sort_keys=True)


def _bare(value: Any) -> Any:
    """The value without the ids in it."""
    if _are_items(value):
        return [[item.get("type"), _bare(item.get("value"))] for item in value]
    if isinstance(value, Mapping):
        return {name: _bare(child) for name, child in value.items()}
    return value


def _share(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """The share of words that two blocks have in common."""
    mine, theirs = _words(one), _words(other)
    total = sum(mine.values()) + sum(theirs.values())
    return 2 * sum((mine & theirs).values()) / total if total else 0.0


def _words(block: Mapping[str, Any]) -> Any:
    if block.get("type") == "item":
        return words(" ".join(strings_in(block.get("value"))))
    return words_of_body([dict(block)])


def align(old: Sequence[Leaf], new: Sequence[Leaf]) -> tuple[list[Leaf], dict[int, int]]:
    """The new pages with carried ids, and which old page each was."""
    matched = match_pages(old, new)
    aligned = [
        replace(leaf, body=carry_ids(old[matched[at]].body, leaf.body)) if at in matched else leaf
        for at, leaf in enumerate(new)
    ]
    return aligned, matched
