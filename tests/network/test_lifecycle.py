"""Moving, closing, opening again, exporting and deleting an affiliate, and what readers find meanwhile."""

import io
import json
import zipfile

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, ModelLogEntry, Page, Site, Workflow

from campaign_library.models import GlossaryTerm
from editions.network.actions.lifecycle import (
    ArchiveAffiliate,
    ChangeHostname,
    DeleteAffiliate,
    RestoreAffiliate,
)
from editions.network.models import Affiliate, FormerAddress, NationalRole

from .conftest import is_refused, rows
from .factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client, network):
    """A browser of a national administrator, who may do all of it."""
    client.force_login(StaffFactory(national=NationalRole.ADMINISTRATOR))
    return client


def screen(affiliate):
    return reverse("network:site", args=[affiliate.pk])


def read(host, path="/"):
    return Client(headers={"host": host}).get(path)


def test_a_site_moves_and_the_old_address_sends_on(network, boss, django_capture_on_commit_callbacks):
    a, b = network.a, network.b
    assert screen(a) in boss.get(reverse("network:affiliates")).content.decode()
    assert read("alpha.example.org").status_code == 200
    for wrong in ("bravo.example.org", "alpha.example.org", "https://x", ""):
        response = boss.post(screen(a), {"move": "1", "hostname": wrong})
        assert response.context["move_form"].errors, wrong
    assert boss.post(screen(a), {"move": "1", "hostname": "New.example.org"}).status_code == 302
    moved = read("alpha.example.org", "/es/?q=1")
    assert (moved.status_code, moved["Location"]) == (301, "http://new.example.org/es/?q=1")
    assert read("alpha.example.org", "/search/")["Location"] == "http://new.example.org/search/"
    assert read("new.example.org").status_code == 200
    assert (
        "Moved from alpha.example.org to new.example.org"
        in boss.get(reverse("network:log_of", args=[a.pk])).content.decode()
    )
    # Nobody else takes it; back home, nothing is sent on in circles; twice moved, one step.
    response = boss.post(screen(b), {"move": "1", "hostname": "alpha.example.org"})
    assert "another affiliate" in response.context["move_form"].errors["hostname"][0]
    with django_capture_on_commit_callbacks(execute=True):
        ChangeHostname(a, "newer.example.org").execute()
    assert read("alpha.example.org")["Location"] == "http://newer.example.org/"
    ChangeHostname(a, "alpha.example.org").execute()
    assert read("alpha.example.org").status_code == 200
    assert set(FormerAddress.objects.values_list("hostname", flat=True)) == {
        "new.example.org",
        "newer.example.org",
    }


def test_readers_pay_nothing_for_it(network):
    """A host name that is somebody's costs no statement more; another is remembered."""
    read("nobody.example.org")
    with CaptureQueriesContext(connection) as queries:
        read("nobody.example.org")
    assert not [query for query in queries if "formeraddress" in query["sql"]]
    with CaptureQueriesContext(connection) as queries:
        read("bravo.example.org")
    assert len([query for query in queries if 'FROM "wagtailcore_site"' in query["sql"]]) == 1


def test_closed_and_opened_again(network, boss):
    a = network.a
    data = {"archive": "1", "archived_note": "We have <joined> others.", "archived_to": "javascript:alert(1)"}
    assert boss.post(screen(a), data).context["archive_form"].errors["archived_to"]
    assert boss.post(screen(a), {**data, "archived_to": "https://others.example.org/"}).status_code == 302
    path = network.of_a.chapter.url_path.split("/en", 1)[-1]
    for address in ("/", "/es/", path, "/search/", "/sitemap.xml"):
        closed = read("alpha.example.org", address)
        assert closed.status_code == 410, address
    text = read("alpha.example.org", "/es/")
    assert text["Content-Language"] == "es"
    assert "We have &lt;joined&gt; others." in text.content.decode()
    assert 'href="https://others.example.org/"' in text.content.decode()
    assert read("bravo.example.org").status_code == 200
    # Everything is kept, and editors see it.
    editor = Client()
    editor.force_login(network.editor)
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[network.of_a.chapter.pk])).status_code == 200
    boss.post(screen(a), {"restore": "1"})
    assert read("alpha.example.org").status_code == 200
    with pytest.raises(Exception, match="not archived"):
        RestoreAffiliate(a).execute()


def test_the_bundle(network, as_administrator):
    a = network.a
    response = as_administrator.post(reverse("network:bundle", args=[a.pk]))
    assert response["Content-Type"] == "application/zip"
    pieces = list(response.streaming_content)
    assert len(pieces) > 3
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert archive.testzip() is None
    names = archive.namelist()
    assert json.loads(archive.read("affiliate.json"))["name"] == "Alpha"
    (chapter,) = [name for name in names if name.endswith("alpha-chapter.json")]
    said = json.loads(archive.read(chapter))
    assert said["type"] == "toolkit_pages.ChapterPage"
    assert "Alpha words" in json.dumps(said)
    (picture,) = [name for name in names if name.startswith("files/image/") and not name.endswith(".json")]
    with network.of_a.image.file.open("rb") as source:
        assert archive.read(picture) == source.read()
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["snippets"] == 1
    assert manifest["missing"][0]["title"] == "Alpha document"
    everything = " ".join(
        archive.read(name).decode("utf-8", "replace") for name in names if name.endswith(".json")
    )
    assert "Bravo" not in everything
    assert "@example.org" not in everything


def test_deleting_for_good(network, boss):
    a = network.a
    with pytest.raises(Exception, match="Archive it first"):
        DeleteAffiliate(a, typed="alpha").execute()
    ArchiveAffiliate(a).execute()
    assert boss.post(screen(a), {"delete": "1", "typed": "Alpha"}).context["delete_form"].errors["typed"]
    assert Affiliate.objects.filter(pk=a.pk).exists()
    assert boss.post(screen(a), {"delete": "1", "typed": "alpha"})["Location"] == reverse(
        "network:affiliates"
    )
    assert not Affiliate.objects.filter(pk=a.pk).exists()
    assert not Site.objects.filter(hostname="alpha.example.org").exists()
    for model, field in (
        (Page, "title"), (GlossaryTerm, "term"), (get_image_model(), "title"), (get_document_model(), "title"),
        (Group, "name"), (Collection, "name"), (Workflow, "name"),
    ):  # fmt: skip
        assert not model.objects.filter(**{f"{field}__startswith": "Alpha"}).exists(), model
        assert model.objects.filter(**{f"{field}__startswith": "Bravo"}).exists(), model
    network.editor.refresh_from_db()
    assert network.editor.is_active
    assert Page.find_problems() == ([], [], [], [], [])
    entry = ModelLogEntry.objects.get(action="network.delete_affiliate")
    assert entry.message == "Deleted Alpha for good"
    assert "Deleted Alpha for good" in boss.get(reverse("network:log_all")).content.decode()
    assert read("bravo.example.org").status_code == 200


def test_nobody_else_may(network):
    """An affiliate's own administrator neither; network managers do not delete."""
    a = network.a
    before = rows()
    client = Client()
    posts = [
        {"move": "1", "hostname": "x.example.org"},
        {"archive": "1"},
        {"restore": "1"},
        {"delete": "1", "typed": "alpha"},
    ]
    writer = StaffFactory(national=NationalRole.WRITER)
    for person in (network.administrator, network.editor, network.other, writer):
        client.force_login(person)
        assert is_refused(client.get(screen(a)))
        for data in posts:
            assert is_refused(client.post(screen(a), data)), (person, data)
    for person in (network.editor, network.other, writer):
        client.force_login(person)
        assert is_refused(client.post(reverse("network:bundle", args=[a.pk])))
    before.pop("users"), before.pop("memberships")
    after = rows()
    assert {name: after[name] for name in before} == before
    ArchiveAffiliate(a).execute()
    for action in (
        DeleteAffiliate(a, typed="alpha", user=network.staff),
        RestoreAffiliate(a, user=network.administrator),
        ChangeHostname(a, "x.example.org", user=writer),
    ):
        with pytest.raises(PermissionDenied):
            action.execute()
    client.force_login(network.staff)
    assert is_refused(client.post(screen(a), {"delete": "1", "typed": "alpha"}))
    assert Affiliate.objects.filter(pk=a.pk).exists()
