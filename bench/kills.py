"""``python -m bench.kills``: a worker is killed (SIGKILL) at random moments of two overlapping releases, and started again.

Whatever the moments, every page must end as in a run that nobody disturbed: content, base, kept paths, live, address, tree,
newest revision, questions, search entry, references. Sending the same again must then change no row. ``DATABASE_URL`` chooses the
database server; without it SQLite, in a file. Exits with 1 and says what differs, if something does.
"""

import argparse
import hashlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from io import StringIO

from bench.database import throwaway_database

#: A worker gets this share of the time of an undisturbed run, at most, before it is killed.
SHARE = 0.15
#: What a revision says that readers, or the next merge, will see.
WORDS = ("title", "draft_title", "slug", "summary", "body", "kept", "base_version", "live")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("--affiliates", type=int, default=300)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--batch", type=int, default=25, help="editions in one transaction (500 otherwise)")
    parser.add_argument("--seed", type=int, default=None, help="of the random moments")
    options = parser.parse_args()
    seed = random.randrange(10**6) if options.seed is None else options.seed
    with throwaway_database("bench.kill_settings") as vendor:
        print(f"{vendor}, {options.affiliates} affiliates, seed {seed}", flush=True)
        sys.exit(Killing(options.affiliates, options.batch, random.Random(seed)).run(options.kills))


class Killing:
    def __init__(self, affiliates: int, batch: int, moments: random.Random):
        from bench.snapshot import Snapshot

        self.batch, self.moments = batch, moments
        self.pages = prepare(affiliates)
        self.start = Snapshot()

    def run(self, kills: int) -> int:
        """Kill until there were so many kills. Returns the exit status."""
        try:
            began = time.monotonic()
            self.work_to_the_end()
            self.length = time.monotonic() - began
            undisturbed = dict(states())
            print(f"undisturbed: {len(undisturbed)} pages, {self.length:.1f} s", flush=True)
            done = rounds = 0
            while done < kills:
                self.start.restore()
                rounds += 1
                here = self.disturbed(kills - done)
                done += here
                wrong = told(undisturbed, dict(states())) or self.again()
                if wrong:
                    print(f"round {rounds}, after {here} kills:", *wrong[:20], sep="\n  ")
                    return 1
            print(f"{done} kills in {rounds} rounds: every page as undisturbed; sent again, no row changed")
            return 0
        finally:
            self.start.remove()

    def disturbed(self, most: int) -> int:
        """One run, killed again and again until a worker comes to the end. Returns the number of kills."""
        for count in range(most):
            worker = self.begin()
            time.sleep(self.moments.uniform(0, self.length * SHARE))
            if os.waitpid(worker, os.WNOHANG)[0]:
                return count
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
        self.work_to_the_end()
        return most

    def work_to_the_end(self) -> None:
        _pid, status = os.waitpid(self.begin(), 0)
        assert status == 0, f"the worker ended with status {status}"

    def begin(self) -> int:
        """A worker, begun as ``compose.yaml`` begins it, in a process of its own that has Django loaded. Returns its id."""
        from django.core.management import call_command
        from django.db import connections

        from editions.actions import apply

        connections.close_all()
        pid = os.fork()
        if pid:
            return pid
        status = 1
        try:
            apply.BATCH = self.batch
            call_command("resume_releases", stdout=StringIO())
            call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
            status = 0
        except SystemExit as exit_:
            status = int(exit_.code or 0)
        finally:
            os._exit(status)

    def again(self) -> list[str]:
        """Send everything once more. Returns the tables in which a row has changed."""
        before = rows()
        send(self.pages)
        self.work_to_the_end()
        return [f"{name}: rows have changed" for name, found in rows().items() if found != before[name]]


def prepare(affiliates: int) -> list:
    """A network in which half have words of their own, and two releases that wait for a worker. Returns what they send."""
    from bench.network import BenchNetwork

    network = BenchNetwork(chapters=2, blocks=12)
    sites = network.add_sites(affiliates)
    network.adopt(sites)
    network.adapt(sites[::2])
    first = network.change(1)
    send([first, network.add_chapter(3)], sites)
    second = network.change(2)
    send([second], sites)
    return [second, network.chapters[1]]


def send(pages: list, sites: list | None = None) -> None:
    from wagtail.models import Site

    from editions.actions.send import Send
    from editions.tasks import enqueue

    enqueue(Send(pages, sites or list(Site.objects.filter(is_default_site=False))).execute())


def states() -> Iterator[tuple[str, dict[str, str]]]:
    """For each page of a toolkit, by its address: what it must come to, a fingerprint for each aspect."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page, ReferenceIndex, Revision

    from editions.models import Conflict, Edition, Release
    from editions.search_copy import entry_model
    from toolkit_pages.models import ChapterPage, ToolkitPage

    entries = by_page(entry_model(), "object_id", without={"id", "content_type_id", "title_norm"})
    references = by_page(ReferenceIndex, "object_id", without={"id"})
    # The newest one: a worker that goes on may take a page over two versions in one step, with one revision.
    said = Revision.objects.filter(pk__in=Page.objects.values("latest_revision"))
    revisions = {
        pk: {name: value.get(name) for name in WORDS}
        for pk, value in said.values_list("object_id", "content")
    }
    editions = {each.page_id: each for each in Edition.objects.select_related("base", "sent")}
    asked: dict[int, list] = {}
    for conflict in Conflict.objects.order_by("pk"):
        found = [conflict.path, conflict.kind, conflict.sides, conflict.version_id, conflict.decision]
        asked.setdefault(conflict.edition_id, []).append(found)
    for model in (ToolkitPage, ChapterPage):
        kind = ContentType.objects.get_for_model(model).pk
        for page in model.objects.order_by("url_path"):
            edition = editions.get(page.pk)
            base = edition and edition.base
            yield (
                page.url_path,
                {
                    "content": fingerprint([page.get_content(), page.draft_title, page.slug, kind]),
                    "base": fingerprint(base and [base.pk, page.base_version, edition.sent_id, page.kept]),
                    "live": fingerprint([page.live, page.has_unpublished_changes, page.expired]),
                    "tree": fingerprint([page.depth, page.numchild]),
                    "newest revision": fingerprint(revisions.get(str(page.pk))),
                    "questions": fingerprint(sorted(asked.get(edition.pk, []), key=str) if edition else None),
                    "search entry": fingerprint(entries.get(str(page.pk))),
                    "references": fingerprint(references.get(str(page.pk))),
                },
            )
    unfinished = Release.objects.exclude(state=Release.State.DONE).count()
    failed = Release.objects.filter(updates__outcome="failed").count()
    yield "releases", {"unfinished": str(unfinished), "failed": str(failed)}
    yield "tree", {"problems": str(Page.find_problems())}


def by_page(model, key: str, *, without) -> dict[str, list]:
    """Rows of ``model`` by the id of their page, without that id and what a moment gives (ids of rows, times)."""
    names = [field.attname for field in model._meta.concrete_fields]
    names = [name for name in names if name not in {key, *without}]
    found: dict[str, list] = {}
    for owner, *values in model.objects.values_list(key, *names):
        found.setdefault(str(owner), []).append(values)
    return {owner: sorted(rows, key=str) for owner, rows in found.items()}


def fingerprint(value) -> str:
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def told(expected: dict, found: dict) -> list[str]:
    """What differs, in words."""
    wrong = [f"{path}: only undisturbed" for path in expected.keys() - found.keys()]
    wrong += [f"{path}: only disturbed" for path in found.keys() - expected.keys()]
    for path in sorted(expected.keys() & found.keys()):
        aspects = [name for name, value in expected[path].items() if found[path][name] != value]
        if aspects:
            wrong.append(f"{path}: {', '.join(aspects)}")
    return wrong


def rows() -> dict[str, list]:
    """Every row that is, or says something of, a page."""
    from wagtail.models import Page, ReferenceIndex, Revision

    from editions.models import Conflict, Edition, Version
    from editions.search_copy import entry_model
    from toolkit_pages.models import ChapterPage, ToolkitPage

    models = (
        Page,
        ToolkitPage,
        ChapterPage,
        Revision,
        Edition,
        Version,
        Conflict,
        entry_model(),
        ReferenceIndex,
    )
    return {
        model.__name__: [fingerprint(row) for row in model.objects.order_by("pk").values_list()]
        for model in models
    }


if __name__ == "__main__":
    main()
