"""Hypothesis strategies and small readers for raw stream data."""

import copy

from hypothesis import strategies as st

from editions.streams import is_block, is_stream

WORDS = ("A", "B", "C", "<p>Know.</p>", '<p data-block-key="k1">Know.</p>', "", "{{ hotline }}")
TYPES = ("paragraph", "number", "step", "section", "image")
ATOMIC = frozenset({"image"})

leaf_texts = st.sampled_from(WORDS)
ids = st.sampled_from("abcdefgh")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "value", "id", "x"]), inner)
    ),
    max_leaves=8,
)


@st.composite
def blocks(draw, key, *, depth=2, kind=None):
    """One block. Its type follows from its id unless told, so that sides agree on types."""
    kind = kind or TYPES[ord(key[0]) % len(TYPES)]
    if depth == 0 and kind in ("step", "section"):
        kind = "paragraph"
    if kind == "paragraph":
        value = draw(leaf_texts)
    elif kind == "number":
        value = draw(st.sampled_from([0, 1, 2, None, False, [1, 2]]))
    elif kind == "image":
        value = {"image": draw(st.integers(1, 2)), "alt_text": draw(leaf_texts)}
    elif kind == "step":
        roles = draw(st.lists(st.tuples(ids, leaf_texts), max_size=3, unique_by=lambda role: role[0]))
        value = {
            "title": draw(leaf_texts),
            "text": draw(leaf_texts),
            "roles": [{"type": "item", "value": text, "id": f"r{each}"} for each, text in roles],
        }
    else:
        value = draw(streams(depth=depth - 1, max_size=3))
    return {"type": kind, "value": value, "id": key}


@st.composite
def streams(draw, *, depth=2, max_size=5, free_types=False):
    keys = draw(st.lists(ids, max_size=max_size, unique=True))
    kinds = [draw(st.sampled_from(TYPES)) if free_types else None for _ in keys]
    return [draw(blocks(key, depth=depth, kind=kind)) for key, kind in zip(keys, kinds, strict=True)]


def _inner_streams(stream, depth):
    for block in stream:
        if block["type"] == "section":
            yield block["value"], depth - 1
        elif block["type"] == "step":
            yield block["value"]["roles"], None


@st.composite
def changed(draw, stream, *, edits=3, remove=True, depth=2):
    """The stream after some edits: a leaf changed, a block moved, added or removed, at any level."""
    stream = copy.deepcopy(stream)
    for _ in range(draw(st.integers(0, edits))):
        target, level = stream, depth
        while (inner := list(_inner_streams(target, level))) and draw(st.booleans()):
            target, level = draw(st.sampled_from(inner))
            if level is None:
                break
        what = draw(st.sampled_from(["edit", "edit", "edit", "add", "move", *(["remove"] if remove else [])]))
        free = [each for each in "abcdefghij" if each not in {block["id"][-1] for block in target}]
        if what == "add" and free:
            key = draw(st.sampled_from(free))
            new = (
                {"type": "item", "value": draw(leaf_texts), "id": f"r{key}"}
                if level is None
                else draw(blocks(key, depth=level))
            )
            target.insert(draw(st.integers(0, len(target))), new)
        elif target:
            block = draw(st.sampled_from(target))
            if what == "remove":
                target.remove(block)
            elif what == "move":
                target.remove(block)
                target.insert(draw(st.integers(0, len(target))), block)
            elif block["type"] == "step":
                block["value"][draw(st.sampled_from(["title", "text"]))] = draw(leaf_texts)
            elif block["type"] == "image":
                block["value"] = {**block["value"], "alt_text": draw(leaf_texts)}
            elif block["type"] != "section":
                block["value"] = draw(leaf_texts)
    return stream


@st.composite
def triples(draw, **options):
    """A base with two descendants, or, now and then, three streams that only share ids."""
    base = draw(streams())
    if not options and draw(st.integers(0, 3)) == 0:
        return base, draw(streams(free_types=True)), draw(streams(free_types=True))
    return base, draw(changed(base, **options)), draw(changed(base, **options))


def leaves(value, path=(), atomic=ATOMIC):
    """Every leaf of a stream by its path; at a block's own path the block."""
    if is_stream(value) and not (value == [] and path):
        found = {}
        for block in value:
            inside = (*path, block["id"])
            nested = block["value"]
            container = isinstance(nested, dict) or (isinstance(nested, list) and is_stream(nested))
            if container and block["type"] not in atomic:
                found |= leaves(nested, inside, atomic)
            else:
                found[inside] = block
        return found
    if isinstance(value, dict) and not is_block(value):
        return {
            p: leaf for name, each in value.items() for p, leaf in leaves(each, (*path, name), atomic).items()
        }
    return {} if value == [] else {path: value}


def places(value, path=()):
    """Every block of a stream and of the streams in it, by its path."""
    found = {}
    if isinstance(value, list) and is_stream(value):
        for block in value:
            inside = (*path, block["id"])
            found[inside] = block
            found |= places(block["value"], inside)
    elif isinstance(value, dict):
        for name, each in value.items():
            found |= places(each, (*path, name))
    return found


def orders(value, path=()):
    """The ids of every stream, by the stream's path."""
    found = {path: [block["id"] for block in value]} if isinstance(value, list) and is_stream(value) else {}
    for where, block in places(value, path).items():
        nested = block["value"]
        if isinstance(nested, list) and is_stream(nested):
            found[where] = [each["id"] for each in nested]
        elif isinstance(nested, dict):
            for name, each in nested.items():
                if isinstance(each, list) and is_stream(each):
                    found[(*where, name)] = [inner["id"] for inner in each]
    return found
