"""A network under fire, and what has to be true of it: the real models, beside a plain record of who wrote what.

Every text that is written is a word of its own, so that it can be found again wherever it went.
"""

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.core.management import call_command
from django.db import connection
from wagtail.models import Page, Revision, Site

from editions import leaves
from editions.actions.apply import ApplyRelease
from editions.conflicts import Kind
from editions.models import Conflict, Edition, Release, Update, Version
from editions.search_copy import entry_model
from editions.streams import MISSING, ORDER, covers, same
from editions.withdrawn import readable
from tests.editions.dying import dying
from tests.editions.network import Network, paragraph
from tests.testapp.models import SimplePage

Path = tuple[str, ...]
#: A word of somebody's own: ``Fire.word``.
WORD = re.compile(r"[nl]\d+x")
Key = tuple[int, int]
"""The id of a site and of the national page that one of its editions follows."""


@dataclass
class Wish:
    """What an affiliate wants of one page: its own words by place, where they have to stand."""

    words: dict[Path, str] = field(default_factory=dict)

    def copy(self) -> "Wish":
        return Wish(dict(self.words))


@dataclass
class Record:
    """One edition as its affiliate made it: what readers see, a draft, every place that it ever changed, every word it wrote."""

    live: Wish = field(default_factory=Wish)
    draft: Wish | None = None
    touched: set[Path] = field(default_factory=set)
    ever: set[str] = field(default_factory=set)


@dataclass
class Shot:
    """One edition at one moment."""

    base_id: int
    base: dict
    live: dict


@dataclass
class Before:
    """One edition before a release, as its rows say: where it stands, what it says, and whether updates have to wait."""

    base_id: int
    sent_id: int
    sent_number: int
    waits: bool
    live: dict


class Fire:
    """The network, and the records of its editions."""

    def __init__(self):
        self.network = Network(sites=2)
        spanish = self.network.translate("es")
        self.sources = [
            self.network.chapters[0],
            self.network.chapters[1],
            spanish[self.network.chapters[0].pk],
        ]
        self.network.adopt()
        self.reset()

    def reset(self) -> None:
        """Back to what it was at first; the database is put back by whoever began a transaction."""
        Site.clear_site_root_paths_cache()
        self.count = 0
        self.records: dict[Key, Record] = defaultdict(Record)
        self.pages = list(self.sources)
        self.withdrawn_pages: dict[UUID, set[int]] = {}
        self.withdrawn_blocks: set[tuple[UUID, Path]] = set()
        self.before = self.shots()

    def word(self, whose: str) -> str:
        self.count += 1
        return f"{whose}{self.count}x"

    # Looking ------------------------------------------------------------------------------------

    def editions(self) -> dict[Key, Edition]:
        found = Edition.objects.filter(page__isnull=False).select_related("base", "sent", "adoption")
        return {(each.site_id, each.source_id): each for each in found}

    def shots(self) -> dict[Key, Shot]:
        editions = self.editions()
        pages = SimplePage.objects.in_bulk([each.page_id for each in editions.values()])
        return {
            key: Shot(each.base_id, each.base.content, pages[each.page_id].get_content())
            for key, each in editions.items()
        }

    def local(self, key: Key) -> SimplePage | None:
        return SimplePage.objects.filter(edition__site=key[0], edition__source_id=key[1]).first()

    def edition(self, key: Key) -> Edition | None:
        return Edition.objects.filter(site=key[0], source_id=key[1]).select_related("base", "sent").first()

    # Writing here -------------------------------------------------------------------------------

    def write(self, key: Key, change, *, publish: bool) -> None:
        """An editor opens the page, changes it and saves. ``change`` takes the page and a Wish, changes both, and returns the
        places that it touched."""
        page = self.local(key)
        if page is None:
            return
        record = self.records[key]
        wish = (record.draft or record.live).copy()
        page = page.get_latest_revision_as_object()
        touched = change(page, wish)
        revision = page.save_revision()
        self.wished(key, wish, touched, publish=publish)
        if publish:
            revision.publish()

    def wished(self, key: Key, wish: Wish, touched: set[Path], *, publish: bool) -> None:
        record = self.records[key]
        record.touched |= touched
        record.ever |= set(wish.words.values())
        if publish:
            record.live, record.draft = wish, None
        else:
            record.draft = wish

    def both(self, key: Key) -> list[Wish]:
        record = self.records[key]
        return [record.live] if record.draft is None else [record.live, record.draft]

    # Sending ------------------------------------------------------------------------------------

    def carry_out(self, release: Release, moment: int | None) -> None:
        """The worker; where it dies at a write, it is started again."""
        before = self.before_release()
        with dying(moment):
            ApplyRelease(Release.objects.get(pk=release.pk)).execute()
        call_command("resume_releases", verbosity=0)
        release.refresh_from_db()
        assert release.state == Release.State.DONE
        updates = list(Update.objects.filter(release=release))
        expected = {
            (item.version_id, site.pk) for item in release.items.all() for site in release.sites.all()
        }
        assert {(each.version_id, each.site_id) for each in updates} == expected
        assert not [each.message for each in updates if each.outcome == Update.Outcome.FAILED]
        for version, site in expected:
            self.release_did_its_work(release, Version.objects.get(pk=version), site, before)

    def before_release(self) -> dict[Key, Before]:
        shots, found = self.shots(), {}
        for key, edition in self.editions().items():
            # As the rows say, not as the engine reads them. Nobody here holds until a date.
            held = edition.on_hold or edition.adoption.on_hold
            waits = held or edition.adoption.ask_first is True
            at = edition.sent
            found[key] = Before(edition.base_id, at.pk, at.number, waits, shots[key].live)
        return found

    def release_did_its_work(
        self, release: Release, version: Version, site: int, before: dict[Key, Before]
    ) -> None:
        """Clean changes arrive, and in what is held, or asks first, nothing does."""
        key = (site, version.source_id)
        old, new = before.get(key), self.edition(key)
        if old is None:
            return
        if release.undoes_id:
            undone = Version.objects.get(items__release=release.undoes_id, source_id=version.source_id)
            concerned, waits = old.sent_id == undone.pk, old.waits and old.base_id != version.pk
        else:
            concerned, waits = old.sent_number < version.number, old.waits
        assert new.sent_id == (version.pk if concerned else old.sent_id), key
        assert new.base_id == (version.pk if concerned and not waits else old.base_id), key
        if not concerned or waits:
            assert same(self.local(key).get_content(), old.live), key

    # What has to be true ------------------------------------------------------------------------

    def check(self) -> None:
        now = self.shots()
        asked = defaultdict(list)
        for conflict in Conflict.objects.open().select_related("edition"):
            asked[conflict.edition.site_id, conflict.edition.source_id].append(conflict)
        editions = self.editions()
        for key, shot in now.items():
            self.forget_forced(key, editions[key])
            self.national_stands(key, shot, asked[key])
            self.local_stands(key, shot)
            self.draft_stands(key, shot)
            self.shape_stands(key, shot, editions[key])
            self.protected_stands(key, shot, editions[key])
            self.questions_are_true(shot, asked[key])
        self.states_are_true(editions)
        self.nothing_is_gone()
        self.trees_are_sound()
        self.withdrawn_is_off(editions)
        self.before = now

    def forget_forced(self, key: Key, edition: Edition) -> None:
        """Words at a protected place need not stand there any more; then they are kept for the affiliate to copy."""
        wishes = self.both(key)
        forced = [
            (wish, path) for wish in wishes for path in wish.words if covers(protected_of(edition), path)
        ]
        if not forced:
            return
        page = self.local(key)
        stands = {id(wishes[0]): page.get_content()}
        if len(wishes) > 1:
            stands[id(wishes[1])] = page.get_latest_revision_as_object().get_content()
        asked = str(list(edition.conflicts.filter(kind=Kind.PROTECTED).values_list("sides", flat=True)))
        for wish, path in forced:
            word = wish.words.pop(path)
            # A draft is merged up when it is saved; what it loses then is kept then.
            kept = word in asked or wish is not wishes[0]
            assert kept or word in str(leaves.get(stands[id(wish)], path)), (key, path, word)

    def national_stands(self, key: Key, shot: Shot, asked: list[Conflict]) -> None:
        """What was never touched here is exactly what the base says; what has just come is on the page, asked, or was hidden."""
        touched = self.records[key].touched
        for path in leaves_of(shot.base) | leaves_of(shot.live):
            national, local = leaves.get(shot.base, path), leaves.get(shot.live, path)
            if path not in touched:
                assert same(national, local), (key, path, national, local)
        if ("body", ORDER) not in touched:
            shared = ids(shot.base) & ids(shot.live)
            assert among(shared, shot.live) == among(shared, shot.base)
        old = self.before.get(key)
        if old is None or old.base_id == shot.base_id:
            return
        for path in leaves_of(shot.base) | leaves_of(old.base):
            national, local = leaves.get(shot.base, path), leaves.get(shot.live, path)
            if same(leaves.get(old.base, path), national) or same(local, national) or local is MISSING:
                continue
            assert any(each.place == path and same(each.national, national) for each in asked), (
                f"{key} {path}: national says {national}, here stands {local}, and nobody is asked"
            )

    def local_stands(self, key: Key, shot: Shot) -> None:
        for path, word in self.records[key].live.words.items():
            assert word in str(leaves.get(shot.live, path)), (key, path, word, leaves.get(shot.live, path))

    def draft_stands(self, key: Key, shot: Shot) -> None:
        """Whoever opens a draft finds its words, and national's of today wherever nobody here has touched anything."""
        record = self.records[key]
        if record.draft is None:
            return
        draft = self.local(key).get_latest_revision_as_object().get_content()
        for path, word in record.draft.words.items():
            assert word in str(leaves.get(draft, path)), (key, path, word, leaves.get(draft, path))
        for path in (leaves_of(shot.base) | leaves_of(draft)) - record.touched:
            national, local = leaves.get(shot.base, path), leaves.get(draft, path)
            assert same(national, local), (key, path, national, local)

    def shape_stands(self, key: Key, shot: Shot, edition: Edition) -> None:
        """Where an update has come, what was hidden here is hidden still, and an order that was changed here is as it was."""
        old = self.before.get(key)
        if old is None or old.base_id == shot.base_id:
            return
        back = (ids(old.base) - ids(old.live)) & ids(shot.live)
        assert all(covers(protected_of(edition), ("body", each)) for each in back), (key, back)
        shared = ids(old.base) & ids(shot.base) & ids(old.live)
        if among(shared, old.live) != among(shared, old.base):
            stayed = ids(old.live) & ids(shot.live)
            assert among(stayed, shot.live) == among(stayed, old.live), key

    def protected_stands(self, key: Key, shot: Shot, edition: Edition) -> None:
        for path in protected_of(edition):
            national, local = leaves.get(shot.base, path), leaves.get(shot.live, path)
            assert same(national, local), (key, path, national, local)

    def questions_are_true(self, shot: Shot, asked: list[Conflict]) -> None:
        places = [each.place for each in asked if each.kind != Kind.PROTECTED]
        assert len(places) == len(set(places))
        for each in asked:
            if each.kind != Kind.PROTECTED:
                assert same(leaves.get(shot.base, each.place), each.national), each.place
                assert not same(each.base, each.national), each.place

    def states_are_true(self, editions: dict[Key, Edition]) -> None:
        pages = SimplePage.objects.in_bulk([each.page_id for each in editions.values()])
        for key, edition in editions.items():
            page = pages[edition.page_id]
            assert page.base_version == edition.base_id, key
            assert page.has_unpublished_changes == (self.records[key].draft is not None or not page.live), key
            if page.latest_revision_id and not page.has_unpublished_changes:
                latest = page.get_latest_revision_as_object()
                assert same(latest.get_content(), page.get_content()), key
                assert latest.slug == page.slug

    def nothing_is_gone(self) -> None:
        """Each word that was ever written here is on a page, in the history, in a question or in a receipt."""
        wanted = {word for record in self.records.values() for word in record.ever}
        if not wanted:
            return
        here = [str(page.get_content()) for page in SimplePage.objects.filter(edition__isnull=False)]
        here += [json.dumps(each) for each in Revision.objects.values_list("content", flat=True)]
        here += [json.dumps(each) for each in Conflict.objects.values_list("sides", flat=True)]
        here += [json.dumps(each) for each in Update.objects.values_list("receipt", flat=True)]
        text = "\n".join(here)
        assert not {word for word in wanted if word not in text}

    def withdrawn_is_off(self, editions: dict[Key, Edition]) -> None:
        """What national has withdrawn no reader gets and no search finds; all else of these pages they do."""
        gone = {
            source.pk
            for key in self.withdrawn_pages
            for source in self.pages
            if source.translation_key == key
        }
        pages = SimplePage.objects.in_bulk(
            [each.page_id for each in editions.values()] + [each.pk for each in self.pages]
        )
        on_line = {key for key, edition in editions.items() if pages[edition.page_id].live}
        assert not {key for key in on_line if key[1] in gone}
        shown = [(pages[edition.page_id], edition.source_key) for edition in editions.values()]
        shown += [(pages[each.pk], each.translation_key) for each in self.pages]
        wanted = {key for key, _path in self.withdrawn_blocks}
        entries = dict(
            entry_model()
            .objects.filter(object_id__in=[str(page.pk) for page, key in shown if key in wanted])
            .values_list("object_id", "body_text" if connection.vendor == "postgresql" else "body")
        )
        for page, key in shown:
            off = {path[1] for each, path in self.withdrawn_blocks if each == key}
            content = page.get_content()
            assert ids(readable(page).get_content()) == ids(content) - off, page
            for block in content["body"]:
                if block["id"] in off and (word := WORD.search(block["value"])):
                    assert word[0] not in (entries.get(str(page.pk)) or ""), (page, word)

    def trees_are_sound(self) -> None:
        """As ``Page.find_problems`` in one query; and each address follows from the one above."""
        names = ("path", "depth", "numchild", "slug", "url_path")
        pages = {row[0]: row for row in Page.objects.values_list(*names)}
        children = Counter(path[:-4] for path in pages)
        for path, depth, numchild, slug, address in pages.values():
            assert (depth, numchild) == (len(path) // 4, children[path]), path
            if depth > 1:
                assert path[:-4] in pages, path
            if depth > 2:
                assert address == f"{pages[path[:-4]][4]}{slug}/", address
        below = [row[4] for row in pages.values() if row[1] > 2]
        assert len(set(below)) == len(below)


def leaves_of(content: dict) -> set[Path]:
    return {(name,) for name in content if name != "body"} | {("body", block) for block in ids(content)}


def order(content: dict) -> list[str]:
    return [block["id"] for block in content["body"]]


def among(some: set[str], content: dict) -> list[str]:
    return [each for each in order(content) if each in some]


def protected_of(edition: Edition) -> frozenset[Path]:
    """As the row of the version says, not as the engine reads it."""
    return frozenset(tuple(mark["path"]) for mark in edition.base.protected)


def ids(content: dict) -> set[str]:
    return set(order(content))


def rewritten(body: list, block_id: str, word: str) -> list:
    return [paragraph(block_id, word) if block["id"] == block_id else block for block in body]
