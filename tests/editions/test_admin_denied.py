"""Who may not: every screen and action, through the real addresses. Nothing changes, and nothing is told."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import PageLogEntry

from editions.models import Adoption, Conflict, Edition, Release, Update
from tests.editions.network import Network
from tests.editions.people import editor_of, person, writer_of
from tests.testapp.models import SimplePage

pytestmark = pytest.mark.django_db


class Scene:
    """A network in which one site has a conflict, an update that waits, a decision made, and national a
    release."""

    def __init__(self):
        network = self.network = Network(chapters=3)
        network.adopt()
        self.site, self.other = network.sites
        network.edit(self.site, network.chapters[0], body={"b": "Our two.", "a": "Our one."})
        network.send(network.change(network.chapters[0], body={"b": "National two.", "a": "National one."}))
        settled = self.settled = Conflict.objects.first()
        Conflict.objects.filter(pk=settled.pk).update(decision="keep", settled_at=settled.opened_at)
        Adoption.objects.filter(site=self.site).update(ask_first=True)
        self.release = network.send(network.change(network.chapters[1], body={"a": "New."}))
        network.change(network.chapters[2], title="Not sent")
        self.conflicted = network.edition(self.site, network.chapters[0])
        self.waiting = network.edition(self.site, network.chapters[1])
        self.adoption = Adoption.objects.get(site=self.site)
        Update.objects.filter(release=self.release, site=self.other).update(outcome="failed")

    def state(self):
        """Everything that an action could change."""
        return [
            list(model.objects.order_by("pk").values())
            for model in (SimplePage, Edition, Adoption, Conflict, Release, Update)
        ] + [PageLogEntry.objects.count()]

    def affiliate_requests(self):
        """(method, address, data) of each screen and action about the site's own things."""
        conflict = Conflict.objects.open().first()
        review = reverse("editions:review", args=[self.conflicted.pk])
        waiting = reverse("editions:review", args=[self.waiting.pk])
        follow = reverse("editions:follow", args=[self.conflicted.pk]) + "?path=body&path=b"
        hold, lift = (reverse(f"editions:{name}", args=[self.conflicted.pk]) for name in ("hold", "lift"))
        adoption = reverse("editions:adoption", args=[self.adoption.pk])
        decide = {f"choice_{conflict.pk}": "take"}
        return [
            ("get", review, {}),
            ("post", review, decide | {"publish": "1"}),
            ("post", review, decide | {"draft": "1"}),
            ("post", review, decide | {"submit": "1"}),
            ("post", reverse("editions:review_preview", args=[self.conflicted.pk]), decide),
            ("post", reverse("editions:reopen", args=[self.conflicted.pk, self.settled.pk]), {}),
            ("get", waiting, {}),
            ("post", waiting, {"accept": "1"}),
            ("get", follow, {}),
            ("post", follow, {"publish": "1"}),
            ("post", follow, {}),
            ("get", hold, {}),
            ("post", hold, {"until": ""}),
            ("post", lift, {}),
            ("get", adoption, {}),
            ("post", adoption, {"ask": "no", "ask_first": "1"}),
            ("post", adoption, {"hold": "1", "until": ""}),
            ("post", adoption, {"lift": "1"}),
            ("post", adoption, {"bring_back": "1"}),
        ]

    def staff_requests(self):
        page = self.network.chapters[2].pk
        plan = reverse("editions:plan")
        return [
            ("get", reverse("editions:send"), {}),
            ("get", f"{plan}?page={page}&to=all", {}),
            ("post", plan, {"page": page, "to": "all"}),
            ("post", plan, {"page": page, "to": "all", "confirm": "1"}),
            ("get", reverse("editions:releases"), {}),
            ("get", reverse("editions:release", args=[self.release.pk]), {}),
            ("get", reverse("editions:release_progress", args=[self.release.pk]), {}),
            ("post", reverse("editions:release_retry", args=[self.release.pk]), {}),
        ]


@pytest.fixture
def scene():
    return Scene()


def assert_refused(client, scene, requests):
    before = scene.state()
    for method, url, data in requests:
        response = getattr(client, method)(url, data)
        assert response.status_code in (302, 403, 404), (method, url, response.status_code)
        assert "Our two." not in response.content.decode()
        if response.status_code == 302:
            assert response.url.startswith(reverse("wagtailadmin_home")) or "login" in response.url, (
                method,
                url,
                data,
            )
        assert scene.state() == before, (method, url, data)


def test_an_editor_of_another_site(client, scene):
    client.force_login(editor_of(scene.other))
    assert_refused(client, scene, scene.affiliate_requests() + scene.staff_requests())


def test_an_editor_of_the_site_does_not_send(client, scene):
    client.force_login(editor_of(scene.site))
    assert_refused(client, scene, scene.staff_requests())


def test_national_editors_without_the_permission_do_not_send(client, scene):
    client.force_login(person("national", pages=[scene.network.root]))
    assert_refused(client, scene, scene.staff_requests())


def test_somebody_without_access_to_the_admin(client, scene):
    client.force_login(get_user_model().objects.create_user("reader", password="x"))
    assert_refused(client, scene, scene.affiliate_requests() + scene.staff_requests())


def test_nobody(client, scene):
    assert_refused(client, scene, scene.affiliate_requests() + scene.staff_requests())


def test_who_may_not_publish_decides_in_drafts_only(client, scene):
    client.force_login(writer_of(scene.site))
    before = scene.state()
    conflict = Conflict.objects.open().first()
    review = reverse("editions:review", args=[scene.conflicted.pk])
    adoption = reverse("editions:adoption", args=[scene.adoption.pk])
    for url, data in [
        (review, {f"choice_{conflict.pk}": "take", "publish": "1"}),
        (reverse("editions:review", args=[scene.waiting.pk]), {"accept": "1"}),
        (reverse("editions:updates"), {"edition": [scene.waiting.pk]}),
        (reverse("editions:follow", args=[scene.conflicted.pk]) + "?path=body&path=b", {"publish": "1"}),
        (reverse("editions:hold", args=[scene.conflicted.pk]), {"until": ""}),
        (reverse("editions:lift", args=[scene.conflicted.pk]), {}),
        (adoption, {"ask": "no", "ask_first": "1"}),
        (adoption, {"hold": "1", "until": ""}),
        (adoption, {"lift": "1"}),
        (reverse("editions:toolkits"), {"toolkit": scene.network.toolkit.pk}),
    ]:
        client.post(url, data)
        assert scene.state() == before, (url, data)


def test_updates_of_others_are_neither_listed_nor_accepted_by_hand(client, scene):
    client.force_login(editor_of(scene.other))
    before = scene.state()
    html = client.get(reverse("editions:updates")).content.decode()
    assert reverse("editions:review", args=[scene.waiting.pk]) not in html
    client.post(reverse("editions:updates"), {"edition": [scene.waiting.pk, scene.conflicted.pk]})
    assert scene.state() == before
    assert "Nothing needs you." in client.get(reverse("wagtailadmin_home")).content.decode()


def test_toolkits_are_not_adopted_for_others(client, scene):
    Adoption.objects.filter(site=scene.site).delete()
    Edition.objects.filter(site=scene.site).delete()
    client.force_login(editor_of(scene.other))
    url = reverse("editions:toolkits")
    before = scene.state()
    assert client.get(url, {"site": scene.site.pk}).status_code == 404
    assert client.post(url, {"site": scene.site.pk, "toolkit": scene.network.toolkit.pk}).status_code == 404
    assert scene.state() == before


def test_what_is_not_national_is_not_adopted(client, scene):
    client.force_login(editor_of(scene.other))
    before = scene.state()
    for pk in (scene.conflicted.page_id, scene.network.root.pk, 0):
        client.post(reverse("editions:toolkits"), {"toolkit": pk})
        assert scene.state() == before


def test_a_conflict_of_another_page_is_not_reopened_here(client, scene):
    client.force_login(editor_of(scene.site))
    before = scene.state()
    url = reverse("editions:reopen", args=[scene.waiting.pk, scene.settled.pk])
    assert client.post(url).status_code == 404
    assert scene.state() == before


def test_the_menu_shows_only_what_one_may_do(client, scene):
    releases, updates = reverse("editions:releases"), reverse("editions:updates")
    client.force_login(editor_of(scene.site))
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert f'"url": "{updates}"' in html
    assert f'"url": "{releases}"' not in html
    client.force_login(person("nothing", pages=[]))
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert f'"url": "{updates}"' not in html
    assert f'"url": "{releases}"' not in html


def test_next_does_not_lead_outside(client, scene):
    client.force_login(editor_of(scene.site))
    url = reverse("editions:hold", args=[scene.conflicted.pk])
    response = client.post(url, {"until": "", "next": "https://elsewhere.example.org/"})
    assert response.url.startswith("/")
