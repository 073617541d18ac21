"""Who watches the machine of ``test_fire.py``: it has to pass on the engine as it is, and on no broken one (``breaks.py``).

Chance finds few of the breaks in a run of CI's size. These scenes lead to each with the machine's own steps; after every step all
that has to be true is looked at.
"""

import pytest

from tests.editions.breaks import BREAKS
from tests.editions.test_fire import Machine, machine_of

# What is tried here is what the checks notice, which is the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.alike]

Step = tuple[str, dict]


def national(kind: str, page: int, place: int) -> Step:
    return "national_edits", {"kind": kind, "page": page, "place": place}


def here(kind: str, site: int, page: int, place: int, *, publish: bool = True) -> Step:
    fields = {"kind": kind, "site": site, "page": page, "place": place, "publish": publish}
    return "somebody_edits", fields


def send(moment: int | None = None) -> Step:
    """The first two pages to both sites."""
    return "national_sends", {"page": 0, "more": True, "both": True, "site": 0, "moment": moment}


def step(rule: str, **arguments) -> Step:
    return rule, arguments


withdraw_page = step("national_withdraws_a_page_or_puts_it_back", page=0)
withdraw_block = step("national_withdraws_a_block_or_puts_it_back", page=0, block=1)

#: Pages 0 and 1 are chapters; each has the blocks 0, 1 and 2.
SCENES: dict[str, list[Step]] = {
    "merging": [
        here("words", 0, 0, 1),
        here("move", 1, 0, 0),
        here("hide", 1, 1, 0),
        here("title", 1, 1, 0),
        here("add", 0, 1, 1),
        # The block with words of the first site's, another one, and one that the second site has hidden.
        national("words", 0, 1),
        national("words", 0, 2),
        national("words", 1, 0),
        national("words", 1, 1),
        send(),
        step("somebody_settles", number=0, choice="keep"),
        step("somebody_takes_a_decision_back", number=0),
        step("somebody_settles", number=0, choice="edit"),
        # What has been the same on both sides is kept when national goes on.
        step("national_comes_to_say_what_is_said_here", site=0, page=0, block=1),
        send(),
        national("words", 0, 1),
        send(),
        step("somebody_settles", number=0, choice="take"),
        step("somebody_follows_again", site=0, page=0, block=1),
        step("national_sends_again", page=0),
    ],
    "drafts": [
        here("words", 0, 1, 0, publish=False),
        step("somebody_opens_a_tab", site=1, page=0, block=1),
        national("words", 0, 0),
        national("words", 1, 1),
        send(),
        step("somebody_saves_the_tab", number=0, publish=True),
        step("somebody_publishes", site=0, page=1),
    ],
    "waiting": [
        here("words", 1, 0, 1),
        step("somebody_holds", site=0, page=0, whole=False),
        step("somebody_asks_first", site=1, answer=True),
        national("words", 0, 0),
        send(),
        step("somebody_lifts_all_holds", site=0, moment=None),
        step("somebody_accepts", site=1, moment=None),
        step("somebody_asks_first", site=1, answer=False),
        step("somebody_holds", site=0, page=0, whole=True),
        national("words", 0, 0),
        send(),
        step("somebody_lifts_all_holds", site=0, moment=3),
    ],
    "taking back": [
        here("words", 0, 0, 1),
        national("words", 0, 0),
        send(),
        step("national_takes_a_release_back", number=0, moment=None),
    ],
    "protecting": [
        here("words", 0, 0, 1),
        here("hide", 1, 0, 1),
        step("national_protects", page=0, block=1, off=False),
        national("words", 0, 1),
        send(),
        here("words", 1, 0, 1),
        step("national_protects", page=0, block=1, off=True),
        send(),
        here("words", 1, 0, 1),
    ],
    "withdrawing pages": [
        here("words", 0, 0, 1),
        here("words", 1, 0, 1, publish=False),
        withdraw_page,
        step("somebody_publishes", site=0, page=0),
        national("words", 1, 0),
        send(),
        withdraw_page,
    ],
    "withdrawing blocks": [
        here("words", 0, 0, 1),
        withdraw_block,
        national("words", 0, 1),
        send(),
        withdraw_block,
    ],
    "dying": [
        here("words", 0, 0, 1),
        # About where the pages are written, and then what is asked.
        *[each for moment in range(6, 19) for each in (national("words", 0, 1), send(moment))],
    ],
}


def live_through(machine_type: type[Machine], steps: list[Step]) -> None:
    machine = machine_type()
    try:
        for rule, arguments in steps:
            getattr(machine, rule)(**arguments)
            machine.fire.check()
    finally:
        machine.teardown()


@pytest.mark.parametrize("scene", SCENES)
def test_the_engine_lives_through_it_and_no_broken_one_does(scene, client, django_user_model):
    machine = machine_of(client, django_user_model)
    live_through(machine, SCENES[scene])
    survived = []
    for broken in BREAKS[scene]:
        with pytest.MonkeyPatch.context() as patch:
            broken(patch)
            try:
                live_through(machine, SCENES[scene])
            except AssertionError:
                continue
        survived.append(broken.__name__)
    assert not survived


def test_what_is_withdrawn_once_more_beneath_stays_off_when_the_page_above_is_put_back(
    client, django_user_model
):
    beneath = step("national_withdraws_a_page_or_puts_it_back", page=1)
    move = step("national_moves_a_page", page=1, other=0, pos="last-child")
    live_through(machine_of(client, django_user_model), [move, withdraw_page, beneath, withdraw_page])
