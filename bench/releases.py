"""Releases to many editions, against aliases; adoption, against copies; the plan, against the release itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.test import override_settings
from wagtail.models import Page

from bench.measure import Figure, Taken, middle, take
from bench.network import BenchNetwork
from bench.peers import Aliases, Tree
from editions import indexing as indexing_job
from editions import writing
from editions.actions.adopt import Adopt
from editions.actions.apply import ApplyRelease
from editions.actions.send import Send
from editions.models import Update, Version
from toolkit_pages.models import ChapterPage, FolderPage

ALIASES = 30
TREE = 30
#: The background does nothing: what is measured is the time until all pages are live.
NO_BACKGROUND = {
    "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "ENQUEUE_ON_COMMIT": False}
}


class Releases:
    def __init__(self, sizes: list[int], rounds: int):
        self.sizes, self.rounds = sorted(sizes), rounds
        self.round_number = 0

    def figures(self) -> Iterator[Figure]:
        self.network = BenchNetwork()
        stock = self.network.add(self.network.root, FolderPage, "Stock")
        self.aliases = Aliases(stock, ALIASES)
        self.network.add_sites(self.sizes[-1])
        self.network.adopt(self.network.sites)
        for size in self.sizes:
            yield from self.untouched(size)
        self.network.adapt(self.network.sites)
        for size in self.sizes:
            yield from self.adapted(size)
        yield self.adoption(stock)

    # Releases

    def untouched(self, size: int) -> Iterator[Figure]:
        ours, live, plans, peers, peers_live = [], [], [], [], []
        for _round in range(self.rounds):
            self.round_number += 1
            page = self.network.change(self.round_number)
            sites = self.network.sites[:size]
            plans.append(take(Send([page], sites).plan))
            taken, indexing = self.release(page, sites)
            ours.append(taken)
            live.append(without(taken, indexing))
            peers.append(self.aliases.publish(self.round_number))
            with override_settings(TASKS=NO_BACKGROUND):
                peers_live.append(self.aliases.publish(self.round_number))
            verify(page, sites, self.round_number, exactly=True)
        # What an alias costs Wagtail is its whole time in the request (budgets.md: half of it is the search entry).
        yield figure(f"untouched editions, {size}: until live", live, peers, size, 50)
        yield figure(f"untouched editions, {size}: until searchable", ours, peers, size, 20)
        yield figure(f"the same until live, aliases not indexed, {size}", live, peers_live, size, None)
        yield plan_figure(size, middle(plans), middle(ours))

    def adapted(self, size: int) -> Iterator[Figure]:
        ours, live, peers = [], [], []
        for _round in range(self.rounds):
            self.round_number += 1
            page = self.network.change(self.round_number)
            sites = self.network.sites[:size]
            taken, indexing = self.release(page, sites)
            ours.append(taken)
            live.append(without(taken, indexing))
            peers.append(self.aliases.publish(self.round_number))
            verify(page, sites, self.round_number, exactly=False)
        yield figure(f"adapted editions, {size}: merged and live", live, peers, size, 8)
        yield figure(f"adapted editions, {size}: until searchable", ours, peers, size, None)

    def release(self, page: ChapterPage, sites) -> tuple[Taken, Taken]:
        """What the worker does, and how much of it is search entries and references: copied, or made by the job that follows."""
        release = Send([page], sites).execute()
        with timed(writing, "index_alike") as alike, timed(indexing_job, "index_each") as apart:
            taken = take(ApplyRelease(release).execute)
        indexing = [*alike, *apart]
        outcomes = set(Update.objects.filter(release=release).values_list("outcome", flat=True))
        assert outcomes <= {"applied", "merged", "conflict"}, outcomes
        return taken, Taken(sum(each.seconds for each in indexing), 0, sum(each.cpu for each in indexing))

    # Adoption

    def adoption(self, stock: Page) -> Figure:
        network = self.network
        toolkit = network.toolkit
        for number in range(2, TREE + 1):
            network.add_chapter(number)
        sites = network.add_sites(self.rounds + 1)
        # The first adoption makes version 1 of each page; that is the network's cost, not the site's.
        Adopt(toolkit, sites[0]).execute()
        tree = Tree(stock, TREE)
        ours, peers = [], []
        for site in sites[1:]:
            ours.append(take(Adopt(toolkit, site).execute))
            peers.append(tree.copy(0))
        assert not any(Page.find_problems(parent=sites[-1].root_page))
        return figure(
            f"adopting a toolkit of {TREE} chapters",
            ours,
            peers,
            TREE + 1,
            8,
            peer_pages=TREE + 1,
            peer="Page.copy",
        )


def without(whole: Taken, part: Taken) -> Taken:
    return Taken(whole.seconds - part.seconds, whole.statements, whole.cpu - part.cpu)


@contextmanager
def timed(module, name: str) -> Iterator[list[Taken]]:
    """What each call of a function of ``module`` takes."""
    original, calls = getattr(module, name), []

    def wrapper(*args, **kwargs):
        calls.append(take(lambda: original(*args, **kwargs)))

    with mock.patch.object(module, name, wrapper):
        yield calls


def figure(
    name: str,
    ours: list[Taken],
    peers: list[Taken],
    pages: int,
    budget: int | None,
    peer_pages: int = ALIASES,
    peer: str = "update_aliases",
) -> Figure:
    mine, other = middle(ours), middle(peers)
    mine_ms, other_ms = mine.seconds * 1000 / pages, other.seconds * 1000 / peer_pages
    ratio = other_ms / mine_ms
    return Figure(
        name=name,
        peer=peer,
        peer_ms=other_ms,
        ours_ms=mine_ms,
        ratio=ratio,
        cpu_ratio=(other.cpu / peer_pages) / (mine.cpu / pages),
        budget=f"at least {budget}x" if budget else "",
        met=budget is None or ratio >= budget,
        peer_statements=other.statements / peer_pages,
        ours_statements=mine.statements,
        pages=pages,
    )


def plan_figure(size: int, plan: Taken, release: Taken) -> Figure:
    ratio = release.seconds / plan.seconds
    return Figure(
        name=f"plan for {size} untouched editions",
        peer="the release itself",
        peer_ms=release.seconds * 1000 / size,
        ours_ms=plan.seconds * 1000 / size,
        ratio=ratio,
        cpu_ratio=release.cpu / plan.cpu,
        budget="at least 4x" if size >= 1000 else "",
        met=ratio >= 4 or size < 1000,
        peer_statements=release.statements / size,
        ours_statements=plan.statements,
        pages=size,
    )


def verify(page: ChapterPage, sites, round_number: int, exactly: bool) -> None:
    """The words have arrived everywhere, and search knows."""
    editions = ChapterPage.objects.filter(edition__source_id=page.pk, edition__site__in=sites)
    if exactly:
        version = Version.objects.of(page).first()
        assert all(
            edition.get_content() == version.content for edition in [editions.first(), editions.last()]
        )
    ids = set(editions.values_list("pk", flat=True))
    found = ChapterPage.objects.search(f"round{round_number}").get_queryset()
    missing = ids - set(found.values_list("pk", flat=True))
    assert len(ids) == len(sites)
    assert not missing, f"search does not find {len(missing)} of {len(sites)}"
