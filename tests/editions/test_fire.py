"""The laws under fire: editors, national staff and a dying worker at it in any order, checked after every step.

A few short runs by default; ``FIRE=200,60`` makes 200 of up to 60 steps, others each time. What fails is shown as it was;
``FIRE=200,60,shrink`` looks for fewer steps that fail as well, which takes long.
"""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from wagtail.models import Page

from editions.actions.ask_first import AskFirst
from editions.actions.bring_back import BringBack
from editions.actions.errors import EditionError
from editions.actions.follow import FollowAgain
from editions.actions.protect import Protect, Unprotect
from editions.actions.send import Send
from editions.actions.settle import Decision, Reopen, SettleConflicts
from editions.actions.undo import CancelRelease, UndoRelease
from editions.actions.updates import AcceptUpdates, Hold, LiftHold
from editions.actions.withdraw import PutBack, WithdrawPage
from editions.actions.withdraw_block import WithdrawBlock
from editions.conflicts import Kind
from editions.models import Adoption, Conflict, Edition, Protection, Release, Withdrawal
from editions.streams import MISSING, ORDER
from tests.editions.dying import dying
from tests.editions.fire import Fire, ids, rewritten
from tests.editions.network import paragraph, raw
from tests.editions.tab import Form
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db

sites, few, flip = st.integers(0, 1), st.integers(0, 5), st.booleans()
#: The write at which the worker dies; most releases here make between ten and eighty.
moments = st.none() | st.integers(1, 80)


class Machine(RuleBasedStateMachine):
    fire: Fire
    client = None

    def __init__(self):
        super().__init__()
        # Each example begins with the same network.
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.fire.reset()
        self.tabs = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @invariant()
    def laws(self):
        self.fire.check()

    # Which ------------------------------------------------------------------------------------------

    def source(self, number: int) -> SimplePage:
        pages = self.fire.pages
        return SimplePage.objects.get(pk=pages[number % len(pages)].pk)

    def key(self, site: int, number: int):
        return self.fire.network.sites[site].pk, self.source(number).pk

    def block(self, body: list, number: int) -> str | None:
        return body[number % len(body)]["id"] if body else None

    # National ---------------------------------------------------------------------------------------

    @rule(
        kind=st.sampled_from(["words", "words", "title", "slug", "add", "remove", "turn"]),
        page=few,
        place=few,
    )
    def national_edits(self, kind, page, place):
        source, word, publish = self.source(page), self.fire.word("n"), self.fire.network.publish
        body = raw(source)
        chosen = self.block(body, place)
        if kind == "title":
            publish(source, title=word, intro=word)
        elif kind == "slug":
            publish(source, slug=word)
        elif kind == "words" and chosen:
            publish(source, body=rewritten(body, chosen, word))
        elif kind == "add":
            at = place % (len(body) + 1)
            publish(source, body=[*body[:at], paragraph(word, word), *body[at:]])
        elif kind == "remove":
            publish(source, body=[each for each in body if each["id"] != chosen])
        elif kind == "turn":
            publish(source, body=body[::-1])

    @rule(site=sites, page=few, block=few)
    def national_comes_to_say_what_is_said_here(self, site, page, block):
        source, local = self.source(page), self.fire.local(self.key(site, page))
        shared = [each for each in raw(local) if each["id"] in ids({"body": raw(source)})] if local else []
        chosen = self.block(shared, block)
        if chosen:
            theirs = {each["id"]: each for each in shared}
            body = [theirs[each["id"]] if each["id"] == chosen else each for each in raw(source)]
            self.fire.network.publish(source, body=body)

    @precondition(lambda self: len(self.fire.pages) < 5)
    @rule(place=flip)
    def national_adds_a_chapter(self, place):
        network = self.fire.network
        title, first, second = (self.fire.word("n") for _each in range(3))
        page = network.add(network.toolkit, title, [paragraph("a", first), paragraph("b", second)])
        if place:
            page.move(network.chapters[0], pos="right")
        self.fire.pages.append(page)

    @rule(page=few, other=few, pos=st.sampled_from(["left", "right", "last-child"]))
    def national_moves_a_page(self, page, other, pos):
        source, target = self.source(page), self.source(other)
        apart = not (target == source or target.is_descendant_of(source))
        if apart and source.locale_id == target.locale_id:
            source.move(target, pos=pos)

    @rule(page=few, block=few, off=flip)
    def national_protects(self, page, block, off):
        source = self.source(page)
        chosen = self.block(raw(source), block)
        mark = Protection.objects.filter(source_key=source.translation_key).first()
        if off and mark:
            Unprotect(source, mark).execute()
        elif chosen:
            Protect(source, ("body", chosen), "Checked.").execute()

    @rule(page=few, more=flip, both=flip, site=sites, moment=moments)
    def national_sends(self, page, more, both, site, moment):
        pages = {self.source(each).pk: self.source(each) for each in ((page, page + 1) if more else (page,))}
        to = self.fire.network.sites if both else [self.fire.network.sites[site]]
        published = [each for each in pages.values() if each.live]
        if published:
            self.fire.carry_out(Send(published, to).execute(), moment)

    @rule(page=few)
    def national_sends_again(self, page):
        source = self.source(page)
        if not source.live:
            return
        release = Send([source], self.fire.network.sites).execute()
        self.fire.carry_out(release, None)
        before = rows()
        again = Send([source], self.fire.network.sites).execute()
        self.fire.carry_out(again, None)
        assert rows() == before
        # A new page on a site that holds the toolkit goes on being held.
        assert set(again.updates.values_list("outcome", flat=True)) <= {"skipped", "held"}

    @rule(page=few, moment=moments, cancel=flip)
    def national_schedules(self, page, moment, cancel):
        """A release for later; if one waits already, its time comes, or it is called off."""
        release = Release.objects.filter(state=Release.State.SCHEDULED).first()
        if release is None:
            if not self.source(page).live:
                return
            at = timezone.now() + timedelta(days=1)
            Send([self.source(page)], self.fire.network.sites, at=at).execute()
        elif cancel:
            CancelRelease(release).execute()
        else:
            Release.objects.filter(pk=release.pk).update(send_at=timezone.now())
            self.fire.carry_out(release, moment)

    @rule(number=few, moment=moments)
    def national_takes_a_release_back(self, number, moment):
        releases = list(Release.objects.filter(state=Release.State.DONE, undoes=None).order_by("-pk")[:3])
        if releases:
            try:
                undoing = UndoRelease(releases[number % len(releases)]).execute()
            except EditionError:
                return
            self.fire.carry_out(undoing, moment)

    @rule(page=few)
    def national_withdraws_a_page_or_puts_it_back(self, page):
        source = self.source(page)
        withdrawal = Withdrawal.objects.of_pages().filter(source_key=source.translation_key).first()
        off = self.fire.withdrawn_pages
        if withdrawal is None:
            off[source.translation_key] = self.on_line(source.translation_key)
            WithdrawPage(source, "Wrong.").execute()
            assert not self.on_line(source.translation_key)
        else:
            PutBack(withdrawal).execute()
            there = set(SimplePage.objects.values_list("pk", flat=True))
            assert off.pop(source.translation_key) & there <= self.on_line(source.translation_key)

    def on_line(self, source_key) -> set[int]:
        pages = Page.objects.filter(live=True)
        found = pages.filter(translation_key=source_key) | pages.filter(edition__source_key=source_key)
        return set(found.values_list("pk", flat=True))

    @rule(page=few, block=few)
    def national_withdraws_a_block_or_puts_it_back(self, page, block):
        source = self.source(page)
        withdrawal = Withdrawal.objects.of_blocks().filter(source_key=source.translation_key).first()
        chosen = self.block(raw(source), block)
        before, off = pages(), self.fire.withdrawn_blocks
        if withdrawal:
            PutBack(withdrawal).execute()
            off.discard((withdrawal.source_key, withdrawal.place))
        elif chosen:
            WithdrawBlock(source, ("body", chosen), "Wrong.").execute()
            off.add((source.translation_key, ("body", chosen)))
        assert pages() == before

    # An affiliate -----------------------------------------------------------------------------------

    @rule(
        kind=st.sampled_from(["words", "words", "add", "hide", "move", "title"]),
        site=sites,
        page=few,
        place=few,
        publish=flip,
    )
    def somebody_edits(self, kind, site, page, place, publish):
        word = self.fire.word("l")

        def change(local, wish):
            body = raw(local)
            chosen = self.block(body, place)
            if kind == "title":
                local.title = wish.words[("title",)] = word
                return {("title",)}
            if kind == "add":
                at = place % (len(body) + 1)
                local.body = [*body[:at], paragraph(word, word), *body[at:]]
                wish.words["body", word] = word
                return {("body", word)}
            if kind == "move":
                local.body = body[1:] + body[:1]
                return {("body", ORDER)}
            if chosen is None:
                return set()
            if kind == "hide":
                local.body = [each for each in body if each["id"] != chosen]
                wish.words.pop(("body", chosen), None)
            else:
                local.body = rewritten(body, chosen, word)
                wish.words["body", chosen] = word
            return {("body", chosen)}

        self.fire.write(self.key(site, page), change, publish=publish)

    @rule(site=sites, page=few)
    def somebody_publishes(self, site, page):
        self.fire.write(self.key(site, page), lambda local, wish: set(), publish=True)

    @rule(site=sites, page=few, block=few)
    def somebody_opens_a_tab(self, site, page, block):
        key = self.key(site, page)
        local = self.fire.local(key)
        if local is None:
            return
        record = self.fire.records[key]
        form, wish, touched = Form(self.client, local), (record.draft or record.live).copy(), set()
        if form.blocks:
            chosen, word = form.blocks[block % len(form.blocks)][0], self.fire.word("l")
            form.write(chosen, word)
            wish.words["body", chosen] = word
            touched.add(("body", chosen))
        self.tabs[key] = form, wish, touched, local.get_content()

    @precondition(lambda self: self.tabs)
    @rule(number=few, publish=flip)
    def somebody_saves_the_tab(self, number, publish):
        key = sorted(self.tabs)[number % len(self.tabs)]
        form, wish, touched, _opened = self.tabs.pop(key)
        now = self.fire.records[key]
        # What was written here meanwhile is not in the tab; it stays in the history.
        touched = touched | {*now.live.words, *(now.draft.words if now.draft else ())} | now.touched
        data = form.data(**({"action-publish": "1"} if publish else {}))
        response = self.client.post(form.url, data)
        edition = self.fire.edition(key)
        if edition.withdrawal_id is not None:
            # The page is locked meanwhile.
            return
        if response.status_code == 200:
            # Refused, with what was typed still in the form: only for what has been protected.
            assert Protection.objects.exists(), response.context["form"].errors
            return
        self.fire.wished(key, wish, touched, publish=publish)

    @rule(site=sites, page=few, block=few)
    def somebody_follows_again(self, site, page, block):
        key = self.key(site, page)
        local, edition = self.fire.local(key), self.fire.edition(key)
        chosen = self.block(edition.base.content["body"], block) if edition else None
        if local is None or chosen is None:
            return
        FollowAgain(local, ("body", chosen)).execute()
        for wish in self.fire.both(key):
            wish.words.pop(("body", chosen), None)
        if self.fire.records[key].draft is None:
            self.fire.records[key].touched.discard(("body", chosen))

    @rule(number=few, choice=st.sampled_from(["keep", "take", "edit"]))
    def somebody_settles(self, number, choice):
        conflicts = list(Conflict.objects.open().exclude(edition__page=None).order_by("pk"))
        if not conflicts:
            return
        conflict = conflicts[number % len(conflicts)]
        key = conflict.edition.site_id, conflict.edition.source_id
        protected = conflict.kind == Kind.PROTECTED
        word = self.fire.word("l")
        value = f"<p>{word}</p>" if conflict.place[0] == "body" else word
        if protected and choice != "keep":
            return
        decision = Decision(Conflict.Decision(choice), value if choice == "edit" else MISSING)
        SettleConflicts(conflict.edition.page, {conflict.pk: decision}).execute()
        if protected:
            return
        for wish in self.fire.both(key):
            if choice == "take":
                wish.words.pop(conflict.place, None)
            if choice == "edit":
                wish.words[conflict.place] = word
        if choice == "edit":
            self.fire.records[key].ever.add(word)
        self.fire.records[key].touched.add(conflict.place)

    @rule(number=few)
    def somebody_takes_a_decision_back(self, number):
        settled = Conflict.objects.exclude(settled_at=None).exclude(edition__page=None).order_by("-pk")
        settled = list(settled.exclude(decision="moot"))
        if not settled:
            return
        conflict = settled[number % len(settled)]
        decision, place = conflict.decision, conflict.place
        key = conflict.edition.site_id, conflict.edition.source_id
        try:
            Reopen(conflict).execute()
        except EditionError:
            return
        self.fire.records[key].touched.add(place)
        if conflict.kind != Kind.PROTECTED and decision in ("take", "edit"):
            for wish in self.fire.both(key):
                wish.words.pop(place, None)

    @rule(site=sites, page=few, whole=flip)
    def somebody_holds(self, site, page, whole):
        edition = self.fire.edition(self.key(site, page))
        if edition:
            target = Adoption.objects.get(site=edition.site_id) if whole else edition
            if whole or not edition.is_hidden:
                Hold(target).execute()

    @rule(site=sites, moment=moments)
    def somebody_lifts_all_holds(self, site, moment):
        at = self.fire.network.sites[site]
        for target in [
            *Adoption.objects.filter(site=at, on_hold=True),
            *Edition.objects.shown().filter(site=at, on_hold=True),
        ]:
            with dying(moment) as died:
                LiftHold(type(target).objects.get(pk=target.pk)).execute()
            if died:
                LiftHold(type(target).objects.get(pk=target.pk)).execute()

    @rule(site=sites, answer=st.sampled_from([True, False, None]))
    def somebody_asks_first(self, site, answer):
        AskFirst(Adoption.objects.get(site=self.fire.network.sites[site]), answer).execute()

    @rule(site=sites, moment=moments)
    def somebody_accepts(self, site, moment):
        waiting = Edition.objects.of(self.fire.network.sites[site]).undecided()
        with dying(moment):
            AcceptUpdates(list(waiting)).execute()

    @rule(site=sites, page=few)
    def somebody_hides_a_page(self, site, page):
        key = self.key(site, page)
        local = self.fire.local(key)
        if local:
            local.delete()
            self.forget(key)

    @rule(site=sites, page=few)
    def somebody_brings_a_page_back(self, site, page):
        edition = self.fire.edition(self.key(site, page))
        if edition and edition.is_hidden:
            try:
                BringBack(edition).execute()
            except EditionError:
                return
            self.forget((edition.site_id, edition.source_id))

    @rule(site=sites, page=few)
    def somebody_moves_a_page(self, site, page):
        network = self.fire.network
        local = self.fire.local(self.key(site, page))
        target = SimplePage.objects.get(pk=network.sites[site].root_page_id)
        if local and local.locale_id == target.locale_id and local.get_parent().pk != target.pk:
            local.move(target, pos="last-child")

    def forget(self, key):
        """With its page its history is gone, as whoever deleted it was told."""
        self.fire.records.pop(key, None)
        self.tabs.pop(key, None)
        self.fire.before.pop(key, None)


def pages() -> list:
    return list(SimplePage.objects.order_by("pk").values())


def rows() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (SimplePage, Edition, Conflict)]


def machine_of(client, django_user_model) -> type[Machine]:
    """The machine in a network of its own."""
    client.force_login(django_user_model.objects.create_superuser("editor", "editor@example.org", "x"))
    return type("Machine", (Machine,), {"fire": Fire(), "client": client})


def test_no_word_is_lost_whatever_happens_in_any_order(client, django_user_model):
    examples, steps, *more = os.environ.get("FIRE", "5,25").split(",")
    run_state_machine_as_test(
        machine_of(client, django_user_model),
        settings=settings(
            max_examples=int(examples),
            stateful_step_count=int(steps),
            deadline=None,
            derandomize="FIRE" not in os.environ,
            database=None,
            phases=[Phase.generate, *([Phase.shrink] if more else [])],
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
