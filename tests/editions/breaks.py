"""Ways to break the engine. Each takes pytest's ``monkeypatch``; the machine of ``test_fire.py`` has to notice it."""

from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace

from django.db import transaction
from django.db.models import Min

from editions import loading, merge, plan, withdrawn
from editions.actions import apply, merge_up, updates, withdraw, withdraw_block
from editions.conflicts import Kind
from editions.forms import EditionPageForm
from editions.models import Edition, Version
from editions.plan import Outcome, Step
from tests.editions.dying import Killed


def merging_with(patch, change):
    """``change`` takes base, national, local, the options and the true result."""

    def merge_page(base, national, local, **options):
        return change(base, national, local, options, merge.merge_page(base, national, local, **options))

    for module in (plan, merge_up):
        patch.setattr(module, "merge_page", merge_page)


def the_merge_drops_what_was_changed_here(patch):
    merging_with(patch, lambda base, national, local, options, found: replace(found, fields=dict(national)))


def the_merge_keeps_all_that_was_here(patch):
    merging_with(patch, lambda base, national, local, options, found: replace(found, fields=dict(local)))


def the_merge_asks_nobody(patch):
    merging_with(patch, lambda base, national, local, options, found: replace(found, conflicts=()))


def the_merge_forgets_the_order_here(patch):
    def change(base, national, local, options, found):
        place = [block["id"] for block in national["body"]]
        body = sorted(
            found.fields["body"], key=lambda block: place.index(block["id"]) if block["id"] in place else 99
        )
        return replace(found, fields={**found.fields, "body": body})

    merging_with(patch, change)


def what_is_hidden_here_comes_back(patch):
    def change(base, national, local, options, found):
        body = list(found.fields["body"])
        for at, block in enumerate(national["body"]):
            if block["id"] not in {each["id"] for each in body}:
                body.insert(at, block)
        return replace(found, fields={**found.fields, "body": body})

    merging_with(patch, change)


def kept_words_are_overwritten(patch):
    merging_with(
        patch,
        lambda base, national, local, options, found: merge.merge_page(
            base, national, local, **{**options, "kept": frozenset()}
        ),
    )


def drafts_are_not_merged_up(patch):
    def stamped(page, **_options):
        edition = merge_up.edition_of(page)
        if edition is not None:
            page.base_version = edition.base_id

    patch.setattr(merge_up, "merge_up", stamped)


def an_old_form_overwrites(patch):
    patch.setattr(EditionPageForm, "clean_edition_base", lambda form: form.instance.base_version)


def holds_do_not_count(patch):
    patch.setattr(Edition, "held", False)


def nobody_is_asked_first(patch):
    patch.setattr(loading, "asks_first", lambda *_args: False)


def a_release_leaves_one_site_out(patch):
    def decide(row, target, **options):
        step = plan.decide(row, target, **options)
        skipped = target.undoes is None and row.site_id == first_site() and step.outcome in plan.ARRIVED
        return Step(row, Outcome.SKIPPED) if skipped else step

    patch.setattr(apply, "decide", decide)


def taking_back_leaves_one_edition(patch):
    def decide(row, target, **options):
        step = plan.decide(row, target, **options)
        skipped = target.undoes is not None and row.site_id == first_site()
        return Step(row, Outcome.SKIPPED, reason=plan.Reason.NOT_HERE) if skipped else step

    patch.setattr(apply, "decide", decide)


def first_site() -> int:
    return Edition.objects.aggregate(first=Min("site_id"))["first"]


def a_dying_worker_leaves_half_a_batch(patch):
    @contextmanager
    def kept():
        try:
            yield
        except Killed:
            # Nothing was refused by the database, so that all that was written so far can stay.
            transaction.set_rollback(False)
            raise

    patch.setattr(apply, "transaction", SimpleNamespace(atomic=kept))


def protected_words_are_not_recorded(patch):
    true = merge_up.open_conflicts

    def open_conflicts(edition, version_id, found):
        return true(edition, version_id, [each for each in found if each.kind is not Kind.PROTECTED])

    for module in (merge_up, apply, updates):
        if hasattr(module, "open_conflicts"):
            patch.setattr(module, "open_conflicts", open_conflicts)


def protection_does_not_bind(patch):
    patch.setattr(Version, "protected_paths", frozenset())


def withdrawing_leaves_one_page(patch):
    true = withdraw.WithdrawPage.editions
    patch.setattr(withdraw.WithdrawPage, "editions", lambda action: true(action).exclude(site=first_site()))


def a_withdrawn_page_can_be_published(patch):
    patch.setattr(merge_up, "edition_of", unwithdrawn(merge_up.edition_of))


def unwithdrawn(true):
    def edition_of(page, **options):
        edition = true(page, **options)
        if edition is not None:
            edition.withdrawal = None
        return edition

    return edition_of


def putting_back_leaves_one_page(patch):
    def put_back_pages(action, withdrawal):
        withdrawal.pages.filter(site=first_site()).delete()
        return true(action, withdrawal)

    true = withdraw.PutBack.put_back_pages
    patch.setattr(withdraw.PutBack, "put_back_pages", put_back_pages)


def a_withdrawn_block_stays_on_editions(patch):
    true = withdrawn.load_withdrawn

    def load_withdrawn(pages):
        pages = list(pages)
        true(pages)
        for page in pages:
            if page.base_version is not None:
                page.__dict__[withdrawn.PLACES] = frozenset()

    patch.setattr(withdrawn, "load_withdrawn", load_withdrawn)


def search_still_finds_a_withdrawn_block(patch):
    patch.setattr(withdraw_block, "forget_entries", lambda *_args: None)


def a_withdrawn_block_is_cut_out_of_pages(patch):
    def cut(source_key, groups, *, forget):
        for group in groups if forget else ():
            pages = group.version.model.objects.filter(pk__in=[*group.untouched, *group.others])
            for page in pages:
                pages.filter(pk=page.pk).update(body=withdrawn.readable(page).body)

    patch.setattr(withdraw_block, "renew_entries", cut)


#: By the scene of ``test_breaks.py`` in which it has to be noticed.
BREAKS = {
    "merging": [
        the_merge_drops_what_was_changed_here,
        the_merge_keeps_all_that_was_here,
        the_merge_asks_nobody,
        the_merge_forgets_the_order_here,
        what_is_hidden_here_comes_back,
        kept_words_are_overwritten,
        a_release_leaves_one_site_out,
    ],
    "drafts": [drafts_are_not_merged_up, an_old_form_overwrites],
    "waiting": [holds_do_not_count, nobody_is_asked_first],
    "taking back": [taking_back_leaves_one_edition],
    "protecting": [protected_words_are_not_recorded, protection_does_not_bind],
    "withdrawing pages": [
        withdrawing_leaves_one_page,
        a_withdrawn_page_can_be_published,
        putting_back_leaves_one_page,
    ],
    "withdrawing blocks": [
        a_withdrawn_block_stays_on_editions,
        search_still_finds_a_withdrawn_block,
        a_withdrawn_block_is_cut_out_of_pages,
    ],
    "dying": [a_dying_worker_leaves_half_a_batch],
}
