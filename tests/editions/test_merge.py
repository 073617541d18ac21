"""The merge, case by case. The laws that hold for all inputs are in test_merge_laws.py."""

import json
from pathlib import Path

import pytest

from editions.differences import plain_text
from editions.merge import MISSING, ORDER, Conflict, Kind, merge, merge_page, with_ids
from editions.streams import same, value_at

CASES = sorted((Path(__file__).parent / "merge_cases").glob("*.json"))


def test_the_worked_cases_are_here():
    assert len(CASES) == 24


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_worked_case(file):
    case = json.loads(file.read_text(encoding="utf-8"))
    paths = {name: frozenset(map(tuple, case.get(name, ()))) for name in ("kept", "protected")}
    result = merge(
        case["base"], case["national"], case["local"], **paths, atomic=frozenset(case.get("atomic", ()))
    )
    assert result.blocks == case["blocks"]
    assert [(list(c.path), c.kind) for c in result.conflicts] == [
        (c["path"], c["kind"]) for c in case["conflicts"]
    ]
    assert [(list(c.path), c.kind) for c in result.notices] == [
        (c["path"], c["kind"]) for c in case["notices"]
    ]


def text(key, value, kind="paragraph"):
    return {"type": kind, "value": value, "id": key}


def step(key, **fields):
    return text(key, {"title": "T", "text": "<p>X</p>", **fields}, "step")


def told(result):
    return [(each.path, each.kind.value) for each in (*result.conflicts, *result.notices)]


def keys(result):
    return [block["id"] for block in result.blocks]


A, B, C = text("a", "A"), text("b", "B"), text("c", "C")


# Types and shapes


def test_a_change_of_type_is_a_change_of_the_whole_block():
    heading = text("a", "A", "heading")
    assert merge([A], [heading], [A]).blocks == [heading]
    result = merge([A], [heading], [text("a", "Ours")])
    assert result.blocks == [text("a", "Ours")]
    [conflict] = result.conflicts
    assert (conflict.base, conflict.national, conflict.local) == (A, heading, text("a", "Ours"))


def test_a_value_that_changed_its_shape_is_one_leaf():
    result = merge([step("s")], [step("s", title="N")], [text("s", "was a struct", "step")])
    assert result.blocks == [text("s", "was a struct", "step")]
    assert told(result) == [(("s",), "both-changed")]


def test_true_is_not_one():
    assert merge([text("a", 1)], [text("a", True)], [text("a", 1)]).blocks[0]["value"] is True
    assert told(merge([text("a", 1)], [text("a", True)], [text("a", 1.0)])) == [(("a",), "both-changed")]


def test_fields_that_a_side_does_not_have():
    base, more = step("s"), step("s", note="N")
    assert merge([base], [more], [step("s", title="L")]).blocks == [step("s", title="L", note="N")]
    assert merge([more], [base], [step("s", title="L", note="N")]).blocks == [step("s", title="L")]
    result = merge([more], [base], [step("s", note="L")])
    assert result.blocks == [step("s", note="L")]
    assert told(result) == [(("s", "note"), "removed-nationally-changed-locally")]
    result = merge([more], [step("s", note="N2")], [base])
    assert result.blocks == [base]
    assert told(result) == [(("s", "note"), "changed-nationally-hidden-locally")]
    assert result.notices[0].local is MISSING


def test_block_keys_follow_the_side_that_the_leaf_comes_from():
    keyed = '<p data-block-key="n">X</p>'
    base, national, local = step("s"), step("s", text=keyed), step("s", title="L")
    assert merge([base], [national], [local]).blocks == [step("s", title="L", text=keyed)]
    assert merge([base, A], [national, A], [local]).blocks == [step("s", title="L", text=keyed)]
    assert merge([base], [base], [national]).blocks == [national]
    assert merge([base], [step("s", title="N")], [national]).blocks == [step("s", title="N", text=keyed)]


def test_null_is_a_value():
    result = merge([text("a", None)], [text("a", "N")], [text("a", "L")])
    assert result.conflicts[0].base["value"] is None
    assert merge([text("a", None)], [text("a", None)], [text("a", "L")]).blocks == [text("a", "L")]


@pytest.mark.parametrize("depth", [39, 41, 100, 30_000])
def test_no_depth_of_nesting_raises(depth):
    def nested(leaf):
        value = leaf
        for level in range(depth):
            value = [text(f"i{level}", value, "item")] if level % 2 else {"x": value}
        return [text("a", value, "step")]

    base, national, local = nested("B"), nested("N"), nested("L")
    result = merge(base, national, local)
    assert len(result.conflicts) == 1
    assert same(result.blocks, local)
    assert same(merge(base, national, base, kept={("b",)}).blocks, national)
    no_ids = [{"type": "step", "value": base[0]["value"]}]
    assert len(with_ids(no_ids)) == 1
    plain_text(base)


# Ids


def test_blocks_without_ids_meet_themselves():
    def plain(*values):
        return [{"type": "paragraph", "value": value} for value in values]

    result = merge(plain("A", "B", "B"), plain("new", "A", "B", "B"), plain("A", "ours", "B", "B"))
    assert [block["value"] for block in result.blocks] == ["new", "A", "ours", "B", "B"]
    assert told(result) == []
    hidden = merge(plain("A", "B"), plain("new", "A", "B"), plain("A"))
    assert [block["value"] for block in hidden.blocks] == ["new", "A"]


def test_repeated_ids_are_renamed_alike_on_all_sides():
    first, second = text("a", "one"), text("a", "two")
    base = [first, second]
    result = merge(base, base, [first, text("a", "ours")])
    assert [block["value"] for block in result.blocks] == ["one", "ours"]
    assert result.blocks[0]["id"] == "a"
    result = merge(base, [text("a", "N"), second], [first, text("a", "ours")])
    assert [block["value"] for block in result.blocks] == ["N", "ours"]
    assert told(result) == []


def test_an_edit_of_a_block_whose_id_was_repeated_is_an_edit():
    sides = [[text("a", "one"), text("a", value)] for value in ("two", "N", "L")]
    result = merge(*sides)
    assert [block["value"] for block in result.blocks] == ["one", "L"]
    assert [each.kind.value for each in result.conflicts] == ["both-changed"]


def test_content_is_told_without_block_keys_and_the_order_of_keys():
    one = {"type": "step", "value": {"title": "T", "text": "<p>X</p>"}}
    other = {"value": {"text": '<p data-block-key="k">X</p>', "title": "T"}, "type": "step"}
    assert with_ids([one])[0]["id"] == with_ids([other])[0]["id"]


def test_ids_are_given_in_structs_and_lists_but_not_in_atomic_types():
    item = {"type": "item", "value": "x"}
    stream = [text("s", {"roles": [item], "names": ["x"]}, "step"), text("t", {"rows": [item]}, "table")]
    whole = with_ids(stream, atomic={"table"})
    assert whole[0]["value"]["roles"][0]["id"]
    assert whole[0]["value"]["names"] == ["x"]
    assert whole[1] == stream[1]
    assert "id" not in item
    assert with_ids(stream, atomic={"table"}, path=("body",)) != whole
    assert with_ids([{"type": "a", "value": 1, "id": 7}, "no block", {}])[0]["id"] == "7"
    assert with_ids(None) == with_ids("text") == []


def test_a_given_id_does_not_take_one_that_stands_further_on():
    [given] = with_ids([{"type": "p", "value": "A"}])
    twice = with_ids([{"type": "p", "value": "A"}, given])
    assert twice[1] == given
    assert twice[0]["id"] != given["id"]


def test_value_at():
    fields = {"title": "T", "body": [A, step("s", roles=[text("x", "1", "item")])]}
    assert value_at(fields, ("title",)) == "T"
    assert value_at(fields, ("body", "a")) == A
    assert value_at(fields, ("body", "s", "roles", "x")) == text("x", "1", "item")
    assert value_at(fields["body"], ("s", "title")) == "T"
    assert value_at(fields, ()) == fields
    for path in (
        ("gone",),
        ("body", "gone"),
        ("body", "a", "x"),
        ("title", "x"),
        ("body", "s", "roles", "x", "y"),
    ):
        assert value_at(fields, path) is MISSING


# Atomic types


@pytest.mark.parametrize("atomic", ["picture", "step.picture", "image", "gallery.item"])
def test_atomic_names_reach_struct_fields_and_list_items(atomic):
    def page(number, alt):
        picture = {"image": number, "alt_text": alt}
        return [
            text("s", {"picture": picture}, "step"),
            text("i", picture, "image"),
            text("g", [text("x", picture, "item")], "gallery"),
        ]

    result = merge(page(1, "A"), page(2, "A"), page(1, "Ours"), atomic={atomic})
    leaf = {"image": ("i",), "gallery.item": ("g", "x")}.get(atomic, ("s", "picture"))
    assert told(result) == [(leaf, "both-changed")]
    entered = {("s", "picture"): 0, ("i",): 1, ("g", "x"): 2}
    for path, index in entered.items():
        value = result.blocks[index]["value"]
        value = value["picture"] if index == 0 else value[0]["value"] if index == 2 else value
        assert value == {"image": 1 if path == leaf else 2, "alt_text": "Ours"}


# Removing and hiding


def test_a_block_added_inside_counts_as_a_change_of_what_it_stands_in():
    base = text("s", [A], "section")
    local = text("s", [A, B], "section")
    result = merge([base], [], [local])
    assert result.blocks == [local]
    assert told(result) == [(("s",), "removed-nationally-changed-locally")]
    assert result.conflicts[0].national is MISSING
    assert merge([], [], result.blocks).blocks == [local]


def test_both_removed_is_gone_and_stays_hidden_when_national_brings_it_back():
    first = merge([A, B], [A], [A])
    assert first.blocks == [A]
    assert first.kept == {("b",)}
    idle = merge([A], [text("a", "N")], [A], kept=first.kept)
    assert idle.kept == first.kept
    back = merge([A], [A, B], [A], kept=first.kept)
    assert back.blocks == [A]
    assert told(back) == [(("b",), "changed-nationally-hidden-locally")]
    assert back.notices[0].base is MISSING
    assert back.kept == set()
    assert told(merge([A, B], [A, B], [A])) == []


def test_a_hidden_child_of_a_list_is_told_at_its_own_place():
    def page(*roles):
        return [step("s", roles=[text(key, value, "item") for key, value in roles])]

    result = merge(page(("x", "1"), ("y", "2")), page(("x", "1"), ("y", "N")), page(("x", "1")))
    assert result.blocks == page(("x", "1"))
    assert told(result) == [(("s", "roles", "y"), "changed-nationally-hidden-locally")]


def test_a_block_moved_to_another_stream_is_removed_and_added():
    base = [A, text("s", [B], "section")]
    local = [text("s", [B, A], "section")]
    result = merge(base, [text("a", "N"), text("s", [B], "section")], local)
    assert result.blocks == local
    assert told(result) == [(("a",), "changed-nationally-hidden-locally")]


def test_both_added_one_block():
    assert told(merge([], [step("s")], [step("s", title="L")])) == [(("s", "title"), "both-changed")]
    result = merge([], [A, B], [text("b", "B"), text("a", "A")])
    assert keys(result) == ["a", "b"]
    assert result.kept == {("a",), ("b",)}


# Kept


def test_kept_paths_end_when_the_difference_tells_itself():
    same_edit = merge([A, step("s")], [text("a", "X"), step("s")], [text("a", "X"), step("s", title="L")])
    assert same_edit.kept == {("a",)}
    still = merge(same_edit.blocks, same_edit.blocks, same_edit.blocks, kept=same_edit.kept)
    assert still.kept == {("a",)}
    asks = merge([text("a", "X")], [text("a", "Y")], [text("a", "X")], kept={("a",)})
    assert told(asks) == [(("a",), "both-changed")]
    assert asks.kept == set()
    assert merge([A], [A], [A], kept={("gone", "title"), ("a", "title")}).kept == {("a",)}


def test_a_kept_block_keeps_every_leaf_but_takes_what_is_new():
    base, national = step("s"), step("s", title="N", note="new")
    result = merge([base], [national], [base], kept={("s",)})
    assert result.blocks == [step("s", note="new")]
    assert told(result) == [(("s", "title"), "both-changed")]
    assert result.kept == {("s", "text")}


def test_a_kept_block_that_national_removes_stays_and_asks():
    for kept in ({("a",)}, {()}):
        result = merge([A, B], [B], [A, B], kept=kept)
        assert keys(result) == ["a", "b"]
        assert told(result) == [(("a",), "removed-nationally-changed-locally")]
    inside = merge([step("s")], [], [step("s")], kept={("s", "title")})
    assert told(inside) == [(("s",), "removed-nationally-changed-locally")]
    nothing_there = merge([step("s")], [], [step("s")], kept={("s", "roles", "r1")})
    assert nothing_there.blocks == []


def test_the_same_move_on_both_sides_is_the_affiliates_own():
    base, moved = [A, B, C], [C, A, B]
    first = merge(base, moved, moved)
    assert first.kept == {(ORDER,)}
    second = merge(moved, base, first.blocks, kept=first.kept)
    assert keys(second) == ["c", "a", "b"]
    assert second.moved == ((),)
    assert second.kept == set()
    assert keys(merge(base, base, moved)) == keys(second)


def test_what_is_kept_whole_keeps_its_order():
    result = merge([A, B], [B, A], [A, B], kept={()})
    assert result.blocks == [A, B]
    assert result.moved == ((),)
    assert result.kept == {("a",), ("b",)}
    assert merge([A], [A], [A], kept={()}).kept == {("a",)}
    inside = [[text("s", blocks, "section")] for blocks in ([A, B], [B, A], [A, B])]
    assert merge(*inside, kept={("s",)}).blocks == inside[2]


# Protected


def test_protected_text_that_nobody_changed_here_arrives_without_a_word():
    result = merge([A], [text("a", "N")], [A], protected={("a",)})
    assert result.blocks == [text("a", "N")]
    assert told(result) == []


def test_protected_beats_kept():
    result = merge([A], [text("a", "N")], [A], protected={("a",)}, kept={("a",)})
    assert result.blocks == [text("a", "N")]
    assert told(result) == [(("a",), "protected")]
    assert result.conflicts[0].local == A
    assert result.kept == set()
    hidden = merge([], [A], [], protected={("a",)}, kept={("a",)})
    assert hidden.blocks == [A]
    assert merge([A], [A], [A], protected={("a",)}, kept={("a",)}).kept == set()


def test_beneath_a_protected_block_only_what_differs_is_carried():
    base = step("s", roles=[text("x", "1", "item"), text("y", "2", "item")])
    local = step(
        "s", title="L", roles=[text("y", "2", "item"), text("x", "1", "item"), text("z", "L", "item")]
    )
    result = merge([base, A], [base, A], [local, B, A], protected={("s",)})
    assert result.blocks == [base, B, A]
    assert told(result) == [
        (("s", "title"), "protected"),
        (("s", "roles", "z"), "protected"),
        (("s", "roles"), "protected"),
    ]
    assert result.conflicts[1].national is MISSING
    assert result.conflicts[2].local == local["value"]["roles"]
    assert result.conflicts[2].national == base["value"]["roles"]
    section = [text("s", blocks, "section") for blocks in ([A, B], [B, A])]
    result = merge([section[0]], [section[0]], [section[1]], protected={("s",)})
    assert result.blocks == [section[0]]
    assert result.conflicts == (Conflict(("s",), Kind.PROTECTED, section[0], section[0], section[1]),)


def test_protected_and_removed_nationally_goes():
    result = merge([A, B], [B], [text("a", "L"), B], protected={("a",)})
    assert result.blocks == [B]
    assert told(result) == [(("a",), "protected")]
    assert told(merge([A, B], [B], [A, B], protected={("a",)})) == []
    both = merge([A, B], [B], [B], protected={("a",)})
    assert both.kept == set()


@pytest.mark.parametrize(
    "local", [[], [text("s", "flat", "step")], [text("s", {"title": "T", "text": "L"}, "other")]]
)
def test_a_protected_field_cannot_be_lost_with_what_it_stands_in(local):
    result = merge([step("s")], [step("s")], local, protected={("s", "text")})
    assert result.blocks == [step("s")]
    assert told(result) == [(("s",), "protected")]


def test_a_protected_path_that_means_nothing_protects_nothing():
    result = merge([A], [text("a", "N")], [text("a", "L")], protected={("a", "title")})
    assert result.blocks == [text("a", "L")]
    assert told(result) == [(("a",), "both-changed")]


def test_a_protected_stream_is_nationals():
    result = merge([A, B], [A, B], [C, B, A], protected={()})
    assert result.blocks == [A, B]
    assert told(result) == [(("c",), "protected"), ((), "protected")]
    assert result.conflicts[1].local == [C, B, A]


def test_a_protected_stream_in_one_order_on_both_sides_has_nothing_to_tell():
    for base in ([A, B], [A, C], [A]):
        result = merge(base, [B, A], [B, A], protected={()})
        assert result.blocks == [B, A]
        assert (told(result), result.kept, result.moved) == ([], frozenset(), ())


# Order


@pytest.mark.parametrize(
    ("base", "national", "local", "expected"),
    [
        ("abc", "cab", "abc", "cab"),
        ("abc", "abc", "cab", "cab"),
        ("abc", "cba", "bac", "bac"),
        ("abc", "axbc", "abyc", "axbyc"),
        ("abc", "abxc", "abyc", "abxyc"),
        ("abc", "xabc", "yabc", "xyabc"),
        ("abc", "abcx", "ac", "acx"),
        ("abc", "abxc", "ac", "axc"),
        ("abc", "ac", "abyc", "ayc"),
        ("abc", "axbc", "cba", "cbax"),
        ("abcd", "dabc", "ayc", "ayc"),
        ("ab", "axyb", "apqb", "axypqb"),
        ("", "ab", "ba", "ab"),
        ("abc", "acb", "ab", "ab"),
    ],
)
def test_order(base, national, local, expected):
    one, two, three = ([text(key, key) for key in side] for side in (base, national, local))
    assert "".join(keys(merge(one, two, three))) == expected


def test_an_order_that_both_changed_is_said():
    sides = [[text(key, key) for key in order] for order in ("abc", "cba", "bac")]
    assert merge(*sides).moved == ((),)
    nested = [[text("s", side, "section")] for side in sides]
    assert merge(*nested).moved == (("s",),)


# Pages


def page(*sides, **options):
    return merge_page(*sides, streams={"body"}, tags={"tags"}, **options)


def test_fields_are_leaves():
    result = page(
        {"title": "T", "summary": "S", "date": None},
        {"title": "N", "summary": "N", "date": "2026-01-01"},
        {"title": "T", "summary": "L", "date": None, "own": 1},
    )
    assert result.fields == {"title": "N", "summary": "L", "date": "2026-01-01", "own": 1}
    assert told(result) == [(("summary",), "both-changed")]


def test_a_version_that_was_given_ids_meets_a_page_without():
    bare = [{"type": "paragraph", "value": "A"}]
    given = with_ids(bare, path=("body",))
    national = [{**given[0], "value": "N"}]
    assert page({"body": given}, {"body": national}, {"body": bare}).fields["body"] == national


def test_paths_begin_with_the_field():
    base = {"title": "T", "body": [A, step("s")]}
    national = {"title": "N", "body": [text("a", "N"), step("s", title="N")]}
    local = {"title": "L", "body": [text("a", "L"), step("s", title="N")]}
    result = page(base, national, local, protected={("body", "a")})
    assert told(result) == [(("title",), "both-changed"), (("body", "a"), "protected")]
    assert result.kept == {("body", "s", "title")}
    assert result.fields["body"] == [text("a", "N"), step("s", title="N")]
    assert page(base, national, base, protected={()}, kept={()}).fields == national
    assert told(page(base, national, base, kept={("title",)})) == [(("title",), "both-changed")]
    assert result.moved == ()
    turned = [{"body": [text(key, key) for key in order]} for order in ("abc", "cba", "bac")]
    assert page(*turned).moved == (("body",),)


def test_tags_are_a_set():
    def tags(base, national, local, **options):
        return page({"tags": base}, {"tags": national}, {"tags": local}, **options)

    result = tags(["a", "b", "c"], ["b", "c", "n"], ["z", "a", "b"])
    assert result.fields["tags"] == ["b", "n", "z"]
    assert told(result) == []
    both = tags(["x"], ["a"], ["a"])
    assert both.kept == {("tags", "a"), ("tags", "x")}
    after = tags(["a"], ["x"], ["a"], kept=both.kept)
    assert after.fields["tags"] == ["a"]
    forced = tags([], ["n"], ["l"], protected={("tags",)})
    assert forced.fields["tags"] == ["n"]
    assert told(forced) == [(("tags",), "protected")]
    assert told(tags([], ["n"], [], protected={("tags",)})) == []
    kept = tags(["a"], ["n"], ["a"], protected={("tags",)}, kept={("tags",)})
    assert told(kept) == [(("tags",), "protected")]
    assert tags(["a"], ["b", "n"], ["a"], kept={("tags",)}).fields["tags"] == ["a", "b", "n"]
    assert told(tags([1], [2], [3])) == [(("tags",), "both-changed")]


def test_a_stream_field_that_holds_something_else_is_a_leaf():
    result = page({"body": [A]}, {"body": "N"}, {"body": [B]})
    assert result.fields == {"body": [B]}
    assert told(result) == [(("body",), "both-changed")]
    assert page({}, {"body": [A]}, {}).fields == {"body": [A]}
    assert page({}, {"body": [A]}, {"body": [B]}).fields == {"body": [A, B]}


# Conflicts as JSON


def test_a_missing_value_and_null_survive_a_json_column():
    for conflict in (
        Conflict(("a",), Kind.BOTH_CHANGED, MISSING, None, "L"),
        merge([A], [], [text("a", "L")]).conflicts[0],
    ):
        data = json.loads(json.dumps(conflict.as_json()))
        assert Conflict.from_json(data) == conflict
    assert "base" not in Conflict(("a",), Kind.BOTH_CHANGED, MISSING, None, "L").as_json()
    with pytest.raises(ValueError, match="nonsense"):
        Conflict.from_json({"path": [], "kind": "nonsense"})
    with pytest.raises(KeyError):
        Conflict.from_json({"kind": "protected"})


def test_a_merged_page_shares_nothing_with_what_it_was_made_from():
    base, local = {"map": {"x": [1]}}, {"map": {"x": [2]}}
    merged = page(base, base, local).fields
    merged["map"]["x"].append(3)
    assert local == {"map": {"x": [2]}}
