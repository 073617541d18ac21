"""Block ids and pages carried from one import to the next."""

import copy

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit_pages.importing.aligning import Leaf, align, carry_ids, match_pages
from toolkit_pages.importing.parsing import parse

from .markdown import markdown
from .test_parsing_laws import read_or_skip

often = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
sentence = st.lists(
    st.sampled_from(["team", "meets", "county", "board", "asks", "letter", "twice", "again", "plan"]),
    min_size=1,
    max_size=8,
)
texts = st.lists(sentence.map(" ".join), min_size=1, max_size=12)


def stream(lines):
    return [
        {"type": "paragraph", "value": f"<p>{text}</p>", "id": f"id-{at}"} for at, text in enumerate(lines)
    ]


def renewed(blocks):
    """As another import makes them: other ids everywhere."""
    return [{**block, "id": f"new-{at}"} for at, block in enumerate(blocks)]


def ids(blocks):
    return [block["id"] for block in blocks]


@often
@given(texts)
def test_the_same_blocks_keep_their_ids(lines):
    blocks = stream(lines)
    assert carry_ids(blocks, renewed(blocks)) == blocks


@often
@given(texts, st.data())
def test_changing_one_block_keeps_all_other_ids(lines, data):
    at = data.draw(st.integers(0, len(lines) - 1))
    blocks = stream(lines)
    changed = renewed(blocks)
    changed[at]["value"] = "<p>something entirely different</p>"
    result = carry_ids(blocks, changed)
    assert [name for name in ids(result) if ids(result).index(name) != at] == ids(blocks)[:at] + ids(blocks)[
        at + 1 :
    ]
    assert len(set(ids(result))) == len(result)


@often
@given(texts, sentence.map(" ".join), st.data())
def test_inserting_a_block_keeps_all_ids(lines, text, data):
    at = data.draw(st.integers(0, len(lines)))
    blocks = stream(lines)
    longer = renewed([*blocks[:at], {"type": "paragraph", "value": f"<p>{text}</p>", "id": ""}, *blocks[at:]])
    result = carry_ids(blocks, longer)
    assert set(ids(blocks)) <= set(ids(result))
    assert [block["value"] for block in result] == [block["value"] for block in longer]
    assert len(set(ids(result))) == len(result)


@often
@given(texts, texts)
def test_ids_stay_unique_and_texts_stay_as_they_are(old, new):
    before, after = stream(old), stream(new)
    result = carry_ids(before, copy.deepcopy(after))
    assert len(set(ids(result))) == len(result)
    assert [block["value"] for block in result] == [block["value"] for block in after]


@often
@given(markdown)
def test_importing_the_same_file_twice_changes_nothing(source):
    first, second = (leaves(parse(read_or_skip(source))) for _ in range(2))
    assert first == second
    aligned, matched = align(first, second)
    assert aligned == first
    assert matched == {at: at for at in range(len(first))}


def leaves(toolkit):
    found = [Leaf(toolkit.title, toolkit.body, None)]

    def add(chapters, parent):
        for chapter in chapters:
            found.append(Leaf(chapter.title, chapter.body, parent))
            add(chapter.chapters, len(found) - 1)

    add(toolkit.chapters, 0)
    return found


def test_a_changed_paragraph_keeps_its_id():
    old = stream(["the team meets on Monday in the hall", "bring a pen"])
    new = renewed(stream(["the team meets on Tuesday in the hall", "bring a pen"]))
    assert ids(carry_ids(old, new)) == ["id-0", "id-1"]


def test_a_moved_paragraph_keeps_its_id():
    old = stream(["one two three", "four five six", "seven eight nine"])
    new = renewed([old[2], old[0], old[1]])
    assert ids(carry_ids(old, new)) == ["id-2", "id-0", "id-1"]


def test_items_of_a_list_keep_their_ids():
    def steps(*titles, prefix):
        items = [
            {"type": "item", "id": f"{prefix}{at}", "value": {"title": t, "text": ""}}
            for at, t in enumerate(titles)
        ]
        return [{"type": "steps", "id": f"{prefix}s", "value": {"title": "", "steps": items}}]

    result = carry_ids(
        steps("Call the office", "Ask", prefix="a"),
        steps("Greet", "Call the office today", "Ask", prefix="b"),
    )
    assert result[0]["id"] == "as"
    assert ids(result[0]["value"]["steps"]) == ["b0", "a0", "a1"]


def test_chapters_are_found_again_by_title_and_by_text():
    text = " ".join(f"word{at}" for at in range(60))
    old = [
        Leaf("Kit", [], None),
        Leaf("Before the meeting", stream([text]), 0),
        Leaf("Resources", stream(["a"]), 0),
        Leaf("Resources", stream(["b"]), 1),
    ]
    new = [
        Leaf("Kit, second edition", [], None),
        Leaf("Welcome", stream(["hello"]), 0),
        Leaf("Getting ready", stream([text]), 0),
        Leaf("Resources", stream(["b"]), 2),
        Leaf("Resources:", stream(["a"]), 0),
    ]
    assert match_pages(old, new) == {0: 0, 2: 1, 3: 3, 4: 2}
