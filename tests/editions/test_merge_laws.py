"""The laws of the merge (docs: editions, Laws and The merge), for all inputs."""

import copy
import json

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from editions.merge import MISSING, ORDER, Conflict, Kind, merge, merge_page, with_ids
from editions.streams import covers, same, value_at

from .streams import (
    ATOMIC,
    changed,
    ids,
    json_values,
    leaf_texts,
    leaves,
    orders,
    places,
    streams,
    triples,
)

law = settings(max_examples=150, deadline=None)


def merged(base, national, local, **options):
    return merge(base, national, local, atomic=ATOMIC, **options)


def told(result):
    return [*result.conflicts, *result.notices]


def covering(found, path):
    return [each for each in found if path[: len(each.path)] == each.path]


def at(stream, path, missing=MISSING):
    return {**leaves(stream), **places(stream)}.get(path, missing)


def clean(result):
    return not result.conflicts and not result.notices


# Identities


@law
@given(streams(free_types=True), streams(free_types=True))
def test_what_one_side_did_stands_as_it_is(base, other):
    for result in (merged(base, base, other), merged(base, other, base), merged(base, other, other)):
        assert result.blocks == other
        assert clean(result)


@law
@given(triples())
def test_the_same_identities_for_descendants_and_without_the_fast_path(three):
    base, other, _ = three
    unrelated = {"protected": frozenset({("nowhere",)}), "kept": frozenset({("nowhere",)})}
    for options in ({}, unrelated):
        assert merged(base, base, other, **options).blocks == other
        assert merged(base, other, base, **options).blocks == other
        result = merged(base, other, other, **options)
        assert result.blocks == other
        assert clean(result)


@law
@given(triples())
def test_stable(three):
    base, national, local = three
    first = merged(base, national, local)
    again = merged(national, national, first.blocks, kept=first.kept)
    assert again.blocks == first.blocks
    assert clean(again)
    assert all(covers(first.kept, path) for path in again.kept)
    assert merged(national, national, first.blocks).blocks == first.blocks


# Nothing is lost


@law
@given(triples())
def test_nothing_local_is_lost(three):
    base, national, local = three
    result = merged(base, national, local)
    before, after = leaves(base), leaves(result.blocks)
    for path, leaf in leaves(local).items():
        if not same(before.get(path, MISSING), leaf):
            assert same(after[path], leaf)
    standing = places(result.blocks)
    for path, block in places(local).items():
        if path not in places(base) and path not in places(national):
            assert standing[path] == block


@law
@given(triples())
def test_nothing_national_is_lost(three):
    base, national, local = three
    result = merged(base, national, local)
    before, after = leaves(base), leaves(result.blocks)
    for path, leaf in leaves(national).items():
        if not same(before.get(path, MISSING), leaf) and not same(after.get(path, MISSING), leaf):
            asked = covering(told(result), path)
            assert asked
            assert any(value_at(each.national, path[len(each.path) :]) is not MISSING for each in asked)
    standing = places(result.blocks)
    for path, block in places(national).items():
        if path not in places(base) and path not in places(local):
            assert standing.get(path) == block or (len(path) > 1 and covering(told(result), path))
    for path in places(base).keys() - places(national).keys():
        assert path not in standing or path in places(local)
        if path in standing:
            assert covering(told(result), path)


@law
@given(triples())
def test_ids_stay_unique_and_nothing_comes_from_nowhere(three):
    base, national, local = three
    result = merged(base, national, local)
    for order in orders(result.blocks).values():
        assert len(order) == len(set(order))
    sources = [*places(national), *places(local)]
    assert set(places(result.blocks)) <= set(sources)
    for path, leaf in leaves(result.blocks).items():
        assert any(leaf == at(side, path) for side in (national, local))


# What asks


@law
@given(triples())
def test_a_leaf_conflicts_exactly_when_both_sides_changed_it_differently(three):
    base, national, local = three
    result = merged(base, national, local)
    b, n, ours = leaves(base), leaves(national), leaves(local)
    asked = {each.path for each in result.conflicts if each.kind is Kind.BOTH_CHANGED}
    for path in b.keys() & n.keys() & ours.keys():
        conflicts = not (same(b[path], n[path]) or same(b[path], ours[path]) or same(n[path], ours[path]))
        assert (path in asked) == conflicts
    for each in result.conflicts:
        assert not same(each.base, each.national)
        assert not same(each.base, each.local)
        assert not same(each.national, each.local)
        assert (each.kind is Kind.REMOVED_NATIONALLY) == (each.national is MISSING)
    for each in result.notices:
        assert each.kind is Kind.HIDDEN_LOCALLY
        assert each.local is MISSING
        assert not same(each.base, each.national)
    assert len({each.path for each in told(result)}) == len(told(result))


@law
@given(st.data())
def test_conflicts_and_notices_carry_what_stood_there(data):
    three = data.draw(triples())
    for each in told(merged(*three)):
        for value, side in zip((each.base, each.national, each.local), three, strict=True):
            assert same(value, at(side, each.path)) or each.path not in {**leaves(side), **places(side)}


@law
@given(st.data())
def test_changes_to_disjoint_blocks_never_conflict(data):
    base = data.draw(streams())
    ours = data.draw(st.sets(st.sampled_from([block["id"] for block in base]))) if base else set()
    edit = data.draw(changed(base, edits=5, remove=False))
    edited = {block["id"]: block for block in edit}
    national = [block if block["id"] in ours else edited[block["id"]] for block in base]
    local = [edited[block["id"]] if block["id"] in ours else block for block in base]
    result = merged(base, national, local)
    assert clean(result)
    assert same(result.blocks, [edited[block["id"]] for block in base])


@law
@given(st.data())
def test_a_change_in_one_block_changes_the_result_only_there(data):
    base, national, local = data.draw(triples())
    assume(local)
    key = data.draw(st.sampled_from([block["id"] for block in local]))
    [block] = [block for block in local if block["id"] == key]
    [edited] = data.draw(changed([block], remove=False).filter(lambda new: len(new) == 1))
    further = [edited if each["id"] == key else each for each in local]

    def others(result):
        return [block for block in result.blocks if block["id"] != key]

    one, two = merged(base, national, local), merged(base, national, further)
    assert others(one) == others(two)
    assert [each for each in told(one) if each.path[0] != key] == [
        each for each in told(two) if each.path[0] != key
    ]


@law
@given(triples())
def test_swapping_the_sides_asks_at_the_same_places(three):
    base, national, local = three
    one, other = merged(base, national, local), merged(base, local, national)
    assert sorted(each.path for each in told(one)) == sorted(each.path for each in told(other))


@law
@given(st.data())
def test_a_move_and_an_edit_give_a_block_moved_and_edited(data):
    base = data.draw(streams())
    assume(len(base) > 1)
    moved = data.draw(st.permutations(base))
    [first, *rest] = base
    [edited] = data.draw(changed([first], remove=False).filter(lambda new: len(new) == 1))
    edits = [edited, *rest]
    for national, local in ((moved, edits), (edits, moved)):
        result = merged(base, national, local)
        assert clean(result)
        assert [block["id"] for block in result.blocks] == [block["id"] for block in moved]
        assert same(next(block for block in result.blocks if block["id"] == first["id"]), edited)


# Order


@law
@given(triples())
def test_order(three):
    base, national, local = three
    result = merged(base, national, local)
    o = [orders(each) for each in (base, national, local, result.blocks)]
    for path in o[0].keys() & o[1].keys() & o[2].keys() & o[3].keys():
        b, n, ours, order = (each[path] for each in o)
        shared = set(b) & set(n) & set(ours)

        def only(each, among=shared):
            return [key for key in each if key in among]

        moved_here = only(ours) != only(b)
        assert only(order) == only(ours if moved_here else n)
        asked = moved_here and only(n) != only(b) and only(n) != only(ours)
        assert (path in result.moved) == asked
        on_both = set(n) & set(ours)
        for side in (n, ours):
            standing = [key for key in side if key in order]
            for before, key in zip([None, *standing], standing, strict=False):
                if key not in on_both:
                    start = order.index(before) + 1 if before else 0
                    assert start <= order.index(key)
                    assert not on_both & set(order[start : order.index(key)])
        run = []
        for key in [*order, None]:
            if key is None or key in on_both:
                assert run == sorted(run), "national's additions come first"
                run = []
            else:
                run.append(key not in n)
    assert set(result.moved) <= o[3].keys()


# Kept


@law
@given(st.data())
def test_two_releases_leave_what_the_second_alone_leaves(data):
    base, first, local = data.draw(triples(remove=False))
    local = data.draw(changed(local))
    second = data.draw(changed(first, remove=False))
    one = merged(base, first, local)
    two = merged(first, second, one.blocks, kept=one.kept)
    alone = merged(base, second, local)
    assume(not one.conflicts and not two.conflicts and not alone.conflicts)
    found, expected = leaves(two.blocks), leaves(alone.blocks)
    assert found.keys() == expected.keys()
    for path, leaf in expected.items():
        assert same(found[path], leaf)
    shared = {block["id"] for block in base} & {block["id"] for block in local}
    assert [b["id"] for b in two.blocks if b["id"] in shared] == [
        b["id"] for b in alone.blocks if b["id"] in shared
    ]


@law
@given(st.data())
def test_a_kept_leaf_asks_and_a_kept_hidden_block_stays_hidden(data):
    base, national, local = data.draw(triples())
    path = data.draw(st.sampled_from([("nowhere",), *leaves(local)]))
    result = merged(base, national, local, kept=frozenset({path}))
    assert same(at(result.blocks, path), at(local, path))
    ours, theirs = at(local, path), at(national, path)
    if ours is not MISSING and theirs is not MISSING and path in leaves(national):
        if same(ours, theirs):
            assert covers(result.kept, path)
        elif not same(at(base, path), theirs):
            assert covering(result.conflicts, path)
    for gone in places(base).keys() - places(national).keys():
        if gone not in places(local):
            removed = merged(base, national, local)
            if gone in removed.kept:
                back = merged(national, base, removed.blocks, kept=removed.kept)
                assert gone not in places(back.blocks)
                assert covering(back.notices, gone)


@law
@given(triples())
def test_kept_paths_are_leaves_that_agree_orders_or_blocks_gone(three):
    base, national, local = three
    result = merged(base, national, local)
    for path in result.kept:
        if path[-1] == ORDER:
            order = orders(result.blocks)[path[:-1]]
            assert len(order) > 1
        elif path in places(base) and path not in places(national):
            assert path not in places(result.blocks)
        else:
            assert same(at(national, path, None), at(result.blocks, path, None))
            assert not same(at(base, path), at(local, path))


# Protected


@law
@given(st.data())
def test_beneath_a_protected_path_national_wins_and_local_text_is_carried(data):
    base, national, local = data.draw(triples())
    everywhere = [(), ("nowhere",), *leaves(national), *places(national)]
    protected = frozenset(data.draw(st.lists(st.sampled_from(everywhere), max_size=3)))
    kept = frozenset(data.draw(st.lists(st.sampled_from(everywhere), max_size=2)))
    result = merged(base, national, local, protected=protected, kept=kept)
    after = {**leaves(result.blocks), **places(result.blocks)}
    for path in protected:
        there = at(national, path)
        if path == ():
            assert result.blocks == national
        elif there is not MISSING:
            assert same(after[path], there)
    before = leaves(base)
    for path, leaf in leaves(local).items():
        if not same(before.get(path, MISSING), leaf) and not same(after.get(path, MISSING), leaf):
            forced = [each for each in covering(result.conflicts, path) if each.kind is Kind.PROTECTED]
            assert forced
            assert any(value_at(each.local, path[len(each.path) :]) is not MISSING for each in forced)
    again = merged(national, national, result.blocks, protected=protected, kept=result.kept)
    assert again.blocks == result.blocks
    assert clean(again)


# Totality

shapes = json_values | st.lists(json_values, max_size=4) | streams(free_types=True)
paths = st.frozensets(st.lists(ids | st.sampled_from(["title", "x", "value", ORDER]), max_size=3).map(tuple))
names = st.frozensets(st.sampled_from(["image", "step", "x", "roles", "step.roles", "section.step"]))


@settings(law, max_examples=400)
@given(shapes, shapes, shapes, paths, paths, names)
def test_total_pure_and_the_same_on_every_run(base, national, local, kept, protected, atomic):
    given_ = copy.deepcopy((base, national, local))
    options = {"kept": kept, "protected": protected, "atomic": atomic}
    one = merge(base, national, local, **options)
    two = merge(*copy.deepcopy(given_), **options)
    as_text = [
        json.dumps([result.blocks, [each.as_json() for each in told(result)], sorted(result.kept)])
        for result in (one, two)
    ]
    assert as_text[0] == as_text[1]
    assert same([base, national, local], list(given_), exact=True)
    keys = [block["id"] for block in one.blocks if isinstance(block, dict)]
    assert len(keys) == len(set(keys))
    assert all(isinstance(key, str) and key for key in keys)
    for each in told(one):
        read = Conflict.from_json(json.loads(json.dumps(each.as_json())))
        assert (read.path, read.kind) == (each.path, each.kind)
        for name in ("base", "national", "local"):
            assert same(getattr(read, name), getattr(each, name))


@law
@given(shapes, shapes)
def test_the_identities_hold_for_any_shape(base, other):
    whole = with_ids(other)
    assert same(merge(base, base, other).blocks, whole, exact=True)
    assert same(merge(base, other, base).blocks, whole, exact=True)
    assert same(merge(base, other, other).blocks, whole, exact=True)


@law
@given(shapes)
def test_ids_are_given_once(stream):
    whole = with_ids(stream)
    assert same(with_ids(whole), whole, exact=True)
    assert same(with_ids(copy.deepcopy(stream)), whole, exact=True)


@law
@given(shapes, shapes, shapes)
def test_what_is_given_shares_nothing_with_what_comes_back(base, national, local):
    def containers(value):
        if isinstance(value, dict | list):
            yield id(value)
            for each in value.values() if isinstance(value, dict) else value:
                yield from containers(each)

    result = merge(base, national, local)
    back = [result.blocks, *([each.base, each.national, each.local] for each in told(result))]
    inputs = set(containers([base, national, local]))
    assert not inputs & set(containers(back))
    found = list(containers(back))
    assert len(found) == len(set(found))


# Pages


pages = st.fixed_dictionaries(
    {"title": leaf_texts, "body": streams(depth=1, max_size=3)},
    optional={"tags": st.lists(ids, max_size=3, unique=True).map(sorted), "summary": leaf_texts},
)


@law
@given(pages, pages, pages)
def test_a_page_merges_by_the_same_rules(base, national, local):
    def page(b, n, o, **options):
        return merge_page(b, n, o, streams={"body"}, tags={"tags"}, atomic=ATOMIC, **options)

    result = page(base, national, local)
    body = merge(base["body"], national["body"], local["body"], atomic=ATOMIC)
    assert result.fields["body"] == body.blocks
    assert [e.path[1:] for e in told(result) if e.path[0] == "body"] == [e.path for e in told(body)]
    assert {path[1:] for path in result.kept if path[0] == "body"} == body.kept
    tags = [set(each.get("tags", ())) for each in (base, national, local)]
    if "tags" in national and "tags" in local:
        expected = (tags[0] & tags[1] & tags[2]) | (tags[1] - tags[0]) | (tags[2] - tags[0])
        assert result.fields["tags"] == sorted(expected)
        assert not any(each.path[0] == "tags" for each in told(result))
    for b, n, o in ((base, base, local), (base, local, base), (base, local, local)):
        assert page(b, n, o).fields == local
        assert clean(page(b, n, o))
    again = page(national, national, result.fields, kept=result.kept)
    assert again.fields == result.fields
    assert clean(again)


@law
@given(st.dictionaries(st.sampled_from("abcd"), shapes), st.dictionaries(st.sampled_from("abcd"), shapes))
def test_a_page_of_any_shape_merges(one, other):
    for three in ((one, other, one), (one, one, other), (other, one, {}), ({}, one, other)):
        merge_page(*three, streams={"a", "b"}, tags={"c"}, protected={("b",)}, kept={("a",), ("c", "x")})
