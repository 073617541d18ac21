"""The order of siblings, as pure functions: what was sent, what was moved, in which turn pages are put in place."""

from hypothesis import given
from hypothesis import strategies as st

from editions.ordering import merged_order
from editions.plan import Row, Spot, Target, decide
from editions.siblings import as_sent, in_turn, nearest, out_of_order

orders = st.lists(st.integers(0, 30), unique=True, max_size=8)


def before(order, own):
    """As a version keeps it: nearest first."""
    return list(reversed(order[: order.index(own)]))


def put(order, own, at):
    rest = [each for each in order if each != own]
    return [*rest[:at], own, *rest[at:]]


@given(orders, st.data())
def test_snapshots_of_one_order_give_it_back_whichever_came_first(order, data):
    asked = data.draw(st.permutations(order))
    asked = asked[: data.draw(st.integers(0, len(order)))]
    assert as_sent((own, before(order, own)) for own in asked) == [each for each in order if each in asked]


@given(orders.filter(bool), st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=6))
def test_what_was_moved_and_sent_stands_where_it_was_sent_last(order, moves):
    sent = {own: (0, before(order, own)) for own in order}
    for time, (which, at) in enumerate(moves, 1):
        own = order[which % len(order)]
        order = put(order, own, at)
        sent[own] = (time, before(order, own))
    by_age = sorted(sent, key=lambda own: (sent[own][0], order.index(own)))
    assert as_sent((own, sent[own][1]) for own in by_age) == order


@given(orders, st.data())
def test_what_is_out_of_order_and_only_that_has_to_be_sent(order, data):
    now = data.draw(st.permutations(order))
    moved = out_of_order(order, now)
    assert bool(moved) == (list(now) != order)
    stayed = [each for each in order if each not in moved]
    assert stayed == [each for each in now if each not in moved]
    # Sending them puts all in national's order.
    sent = [(own, before(order, own)) for own in stayed]
    assert as_sent([*sent, *((own, before(now, own)) for own in now if own in moved)]) == list(now)


@given(orders.filter(lambda order: len(order) > 2), st.data())
def test_one_page_that_was_moved_far_is_the_only_one(order, data):
    own = data.draw(st.sampled_from(order))
    now = put(order, own, data.draw(st.integers(0, len(order) - 1)))
    distance = abs(order.index(own) - now.index(own))
    assert out_of_order(order, now) == (
        set() if not distance else {own} if distance > 1 else set(out_of_order(order, now))
    )
    assert own in out_of_order(order, now) or not distance


def test_of_two_that_changed_places_either_may_be_meant():
    assert out_of_order([1, 2, 3], [2, 1, 3]) == {1, 2}
    assert out_of_order([1, 2, 3], [2, 3, 1]) == {1}
    assert out_of_order([], []) == set()


def test_the_nearest_that_stands():
    assert nearest([3, 2, 1], {1, 2}) == 2
    assert nearest([3], set()) is None


@given(
    st.dictionaries(
        st.integers(0, 9), st.tuples(st.none() | st.integers(0, 9), st.lists(st.integers(0, 9), unique=True))
    )
)
def test_every_page_has_one_turn_whatever_they_say(places):
    assert sorted(in_turn(places)) == sorted(places)


@given(orders, st.data())
def test_a_page_comes_after_its_parent_and_its_earlier_siblings(order, data):
    places = {own: (None, before(order, own)) for own in order} | {
        100 + own: (own, [100 + each for each in before(order, own)]) for own in order
    }
    turns = in_turn({own: places[own] for own in data.draw(st.permutations(list(places)))})
    for own, (parent, earlier) in places.items():
        assert all(turns.index(each) < turns.index(own) for each in [*earlier, parent] if each is not None)


def standing(order, sources, own, after):
    """Where the page ``own`` stands, for ``decide``; page and source ids are the same, all beneath the page 1000."""
    spot = Spot(1000, 1000, [(each, each if each in sources else None) for each in order])
    row = Row(1, own, 1, 1, untouched=True, spot=spot)
    return decide(row, Target(2, 2, {}, streams=(), tags=(), atomic=(), after=after))


@given(
    orders.filter(bool),
    st.lists(st.tuples(st.integers(100, 105), st.integers(0, 9)), unique_by=lambda each: each[0]),
    st.data(),
)
def test_pages_end_in_the_order_that_blocks_do_in_a_merge(base, own, data):
    national = data.draw(st.permutations(base))
    local = list(base)
    for page, at in own:
        local.insert(at, page)
    order = list(local)
    for page in national:
        destination = standing(order, base, page, before(list(national), page)).destination
        if destination is not None:
            going = [page, *destination.trail]
            order = [each for each in order if each not in going]
            at = 0 if destination.behind is None else order.index(destination.behind) + 1
            order[at:at] = going
    assert order == list(merged_order(base, national, local, {*local}).ids)
    assert all(
        standing(order, base, page, before(list(national), page)).destination is None for page in national
    )
