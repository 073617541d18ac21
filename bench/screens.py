"""Screens of the admin in a network that grows, against three uncached chapters of the same network.

The network is that of ``manage.py make_network``, with a fifth of its editions adapted and a correction sent to every other
affiliate. A screen is asked for once before it is timed.
"""

from collections.abc import Callable, Iterator

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from bench.measure import Figure, Taken, middle, take
from editions.actions.adopt import Adopt
from editions.actions.send import send_now
from editions.models import Edition
from editions.network.models import Affiliate, AffiliateGroup, Role
from toolkit_pages.models import ChapterPage
from toolkit_site.generated import GeneratedNetwork
from toolkit_site.generated.network import adapt_page

#: Of all chapters' editions, one in so many has words of its own.
ADAPTED = 5


class Screens:
    def __init__(self, sizes: list[int], rounds: int, chapters: int, languages: int):
        self.sizes, self.rounds = sorted(sizes), rounds
        self.network = GeneratedNetwork(0, chapters, languages)

    def figures(self) -> Iterator[Figure]:
        self.network.build()
        users = get_user_model().objects
        self.staff = Client()
        self.staff.force_login(users.create_superuser("bench-staff", "staff@example.org"))
        self.editor = Client()
        administrator = users.create_user("bench-administrator", "administrator@example.org")
        self.editor.force_login(administrator)
        opened = 0
        for size in self.sizes:
            self.grow(opened, size)
            if not opened:
                first = AffiliateGroup.objects.filter(affiliate__slug="place-0001", role=Role.ADMINISTRATOR)
                administrator.groups.add(first.get().group)
            opened = size
            yield from self.screens(size)

    def grow(self, start: int, size: int) -> None:
        for number in range(start, size):
            affiliate = self.network.open_affiliate(number)
            Adopt(self.network.toolkit, affiliate.site).execute()
            mine = ChapterPage.objects.filter(edition__site=affiliate.site).order_by("pk")
            for page in mine[number % ADAPTED :: ADAPTED]:
                adapt_page(page, seed=page.pk)
        chapter = ChapterPage.objects.child_of(self.network.toolkit).first()
        chapter.summary = f"A summary for {size} affiliates."
        chapter.save_revision().publish()
        sites = [each.site for each in Affiliate.objects.select_related("site").order_by("pk")]
        send_now([ChapterPage.objects.get(pk=chapter.pk)], sites[::2])

    def screens(self, size: int) -> Iterator[Figure]:
        matrix, home = reverse("network:matrix"), reverse("wagtailadmin_home")
        toolkit = f"{matrix}?toolkit={self.network.toolkit.translation_key}"
        edition = Edition.objects.filter(site__affiliate__slug="place-0001").order_by("-pk").first()
        standing = reverse("network:standing", args=[edition.pk])
        chapters = ChapterPage.objects.filter(edition__site__affiliate__slug="place-0001").order_by("pk")[:3]
        paths = [page.get_url_parts()[2] for page in chapters]
        readers = Client(headers={"host": "place-0001.localhost:8000"})

        def read() -> None:
            for path in paths:
                fetch(readers, path)

        for name, client, path in (
            ("matrix", self.staff, matrix),
            ("matrix of one toolkit", self.staff, toolkit),
            ("how one page stands", self.staff, standing),
            ("home of staff", self.staff, home),
            ("home of an affiliate", self.editor, home),
        ):
            yield self.figure(f"{name}, {size} affiliates", lambda c=client, p=path: fetch(c, p), read)

    def figure(self, name: str, screen: Callable[[], object], read: Callable[[], object]) -> Figure:
        ours: list[Taken] = []
        peers: list[Taken] = []
        screen(), read()
        for _round in range(self.rounds):
            ours.append(take(screen))
            peers.append(take(read))
        mine, other = middle(ours), middle(peers)
        return Figure(
            name=name,
            peer="three chapters",
            peer_ms=other.seconds * 1000,
            ours_ms=mine.seconds * 1000,
            ratio=other.seconds / mine.seconds,
            cpu_ratio=other.cpu / mine.cpu,
            budget="at least 1x",
            met=other.seconds >= mine.seconds,
            peer_statements=other.statements,
            ours_statements=mine.statements,
            pages=1,
        )


def fetch(client: Client, path: str) -> None:
    response = client.get(path, follow=False)
    assert response.status_code == 200, f"{path} answers {response.status_code}"
