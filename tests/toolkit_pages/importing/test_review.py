"""The importer in the admin, through its real forms: upload, review, mend, accept; and who may not."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from tests.network.factories import AffiliateFactory, StaffFactory, UserFactory
from toolkit_pages.models import ChapterPage, ToolkitImport, ToolkitPage, ToolkitUpload

from .samples import DAMAGED, as_docx

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
LONG = " ".join(["A sentence about gardens that fills a page of its own."] * 8)
KIT = (
    f"# Kit\n\n## One\n\nThe team meets. {LONG}\n\n- Bring a pen\n- Bring a lamp\n\n{LONG}\n\n"
    f"## Two\n\n{LONG}\n\n## Three\n\n{LONG}\n"
)


@pytest.fixture
def staff(client, national):
    user = StaffFactory()
    client.force_login(user)
    return user


def upload(client, content=KIT, title="Kit", name="kit.md", **more):
    data = content if isinstance(content, bytes) else content.encode()
    given = {
        "title": title,
        "publisher": "",
        "language": "en",
        "file": SimpleUploadedFile(name, data),
        **more,
    }
    return client.post(reverse("toolkit_imports:upload"), given)


def mend(client, waiting, op, **given):
    return client.post(reverse("toolkit_imports:review", args=[waiting.pk]), {"op": op, **given})


def accept(client, waiting, publish="no"):
    return client.post(reverse("toolkit_imports:accept", args=[waiting.pk]), {"publish": publish})


def titles():
    return [page.title for page in ToolkitPage.objects.get().get_children()]


def test_a_word_file_is_reviewed_and_accepted(client, staff):
    response = upload(client, as_docx(DAMAGED), title="Riverbank", name="guide.docx")
    waiting = ToolkitUpload.objects.get()
    review = reverse("toolkit_imports:review", args=[waiting.pk])
    assert response.url == review
    page = client.get(review).content.decode()
    for words in ("Getting permission", "Section IV(B)", "a link without an address", 'id="line-21"'):
        assert words in page
    assert not ToolkitPage.objects.exists()
    response = accept(client, waiting)
    imported = ToolkitImport.objects.get()
    assert response.url == reverse("toolkit_imports:receipt", args=[imported.pk])
    assert "Getting permission" in client.get(response.url).content.decode()
    toolkit = ToolkitPage.objects.get()
    assert not toolkit.live
    assert toolkit.edition_label == "Spring 2019 edition"
    assert ChapterPage.objects.get(title="Notes for the shed").source == "The Gardeners of Riverbank"
    assert not ToolkitUpload.objects.exists()
    entry = PageLogEntry.objects.get(action="toolkit_pages.import")
    assert (entry.user, entry.data["file"]) == (staff, "guide.docx")


def test_mends_change_what_is_imported_and_outlive_another_file(client, staff):
    upload(client)
    waiting = ToolkitUpload.objects.get()
    mend(client, waiting, "rename", key="one", value="First things")
    mend(client, waiting, "in", key="three")
    mend(client, waiting, "heading", line=str(KIT.split("\n").index("- Bring a lamp") + 1))
    changed = KIT.replace("The team meets.", "The team meets on Monday.")
    client.post(
        reverse("toolkit_imports:again", args=[waiting.pk]),
        {"file": SimpleUploadedFile("second.md", changed.encode()), "text": ""},
    )
    accept(client, waiting, publish="yes")
    assert titles() == ["First things", "Bring a lamp", "Two"]
    assert [page.title for page in Page.objects.get(title="Two").get_children()] == ["Three"]
    assert "on Monday" in str(ChapterPage.objects.get(title="First things").body)
    assert ToolkitPage.objects.get().live
    # The next import of the toolkit begins with the same mends, and merges.
    upload(client, changed.replace("The team", "Our team"))
    waiting = ToolkitUpload.objects.get()
    assert [row["op"] for row in waiting.mends] == ["rename", "in", "heading"]
    accept(client, waiting, publish="yes")
    assert titles() == ["First things", "Bring a lamp", "Two"]
    assert "Our team meets" in str(ChapterPage.objects.get(title="First things").body)


def test_chapters_are_moved_merged_and_dropped_and_a_mend_is_taken_back(client, staff):
    upload(client)
    waiting = ToolkitUpload.objects.get()
    for op, key in (("up", "three"), ("merge", "two"), ("drop", "one")):
        mend(client, waiting, op, key=key)
    client.post(reverse("toolkit_imports:undo", args=[waiting.pk]), {"at": "2"})
    waiting.refresh_from_db()
    assert [row["op"] for row in waiting.mends] == ["up", "merge"]
    accept(client, waiting)
    assert titles() == ["One", "Three"]
    assert [
        block.value["text"]
        for block in ChapterPage.objects.get(title="Three").body
        if block.block_type == "heading"
    ] == ["Two"]


def test_a_doubt_is_dismissed_with_a_note_that_the_receipt_shows(client, staff):
    upload(client, KIT.replace("The team meets.", "See [the list](#)."))
    waiting = ToolkitUpload.objects.get()
    mend(client, waiting, "dismiss", key="placeholder:the list", value="")
    assert ToolkitUpload.objects.get().mends == []
    mend(client, waiting, "dismiss", key="placeholder:the list", value="It hangs on the wall")
    response = accept(client, waiting)
    assert "It hangs on the wall" in client.get(response.url).content.decode()


def test_an_unknown_variable_stands_until_it_is_corrected(client, staff):
    text = KIT.replace("The team", "The {{ nope }}").replace("Bring a pen", "Bring {{ hotlin }}")
    upload(client, f"{text}\nA {{{{ deadline: day.\n")
    waiting = ToolkitUpload.objects.get()
    review = reverse("toolkit_imports:review", args=[waiting.pk])
    page = client.get(review).content.decode()
    assert page.count("importing-doubt--stands") == 3
    for words in ("{{ nope }}", "{{ hotlin }} → {{ hotline }}?", "{{ deadline: day.…", 'href="#line-5"'):
        assert words in page
    mend(client, waiting, "dismiss", key="unknown-variable:nope", value="We know it")
    assert ToolkitUpload.objects.get().mends == []
    assert accept(client, waiting, publish="yes").url == review
    told = client.get(review).content.decode()
    assert "Not published: “" in told
    assert "from line " in told
    assert not ToolkitPage.objects.exists()
    assert "hotlin" in client.get(accept(client, waiting).url).content.decode()
    assert not ToolkitPage.objects.get().live


def test_a_mend_that_finds_nothing_is_refused_with_a_reason(client, staff):
    upload(client)
    waiting = ToolkitUpload.objects.get()
    for op, given in (
        ("up", {"key": "one"}),
        ("rename", {"key": "one", "value": " "}),
        ("rename", {"key": "nobody", "value": "x"}),
        ("explode", {"key": "one"}),
        ("heading", {"line": "9999"}),
        ("heading", {"line": "x"}),
    ):
        response = mend(client, waiting, op, **given)
        assert response.status_code == 302
        assert ToolkitUpload.objects.get().mends == []


@pytest.mark.parametrize(
    ("given", "field", "reason"),
    [
        ({"file": ""}, "file", "Choose a file"),
        ({"text": "# Kit"}, "text", "not both"),
        ({"file": SimpleUploadedFile("kit.md", b"")}, "file", "empty"),
        ({"file": SimpleUploadedFile("kit.doc", b"\xd0\xcf\x11\xe0" + b"x" * 99)}, "file", "old Word file"),
        ({"file": SimpleUploadedFile("kit.txt", b"caf\xe9 and more words")}, "file", "byte 3, line 1"),
        ({"file": SimpleUploadedFile("kit.png", b"\x89PNG\r\n\x1a\n")}, "file", "PNG file"),
        ({"file": SimpleUploadedFile("kit.docx", b"PK\x03\x04zip")}, "file", "damaged"),
        ({"title": ""}, "title", "required"),
        ({"language": "fr"}, "language", "valid choice"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_kept(client, staff, given, field, reason):
    response = upload(client, **given)
    assert reason in str(response.context["form"].errors[field])
    assert response.context["form"]["title"].value() == given.get("title", "Kit")
    assert not ToolkitUpload.objects.exists()


def test_a_title_that_is_taken_is_refused_and_the_text_still_waits(client, staff, national):
    national.add_child(instance=ToolkitPage(title="Kit", locale=national.locale))
    upload(client)
    waiting = ToolkitUpload.objects.get()
    response = client.get(accept(client, waiting).url)
    assert "was not made by an import" in response.content.decode()
    assert ToolkitUpload.objects.filter(pk=waiting.pk).exists()
    assert not ToolkitImport.objects.exists()


def test_scripts_of_a_page_are_gone_and_their_words_told(client, staff):
    page = (
        f'<html><body onload="steal()"><h1>Kit</h1><h2>One</h2><p onclick="x()">{LONG} &lt;b&gt;</p>'
        "<script>steal()</script></body></html>"
    )
    upload(client, page, name="kit.html")
    accept(client, ToolkitUpload.objects.get(), publish="yes")
    body = str(ChapterPage.objects.get().body)
    assert "fills a page" in body
    assert "steal" not in body
    assert "&lt;b&gt;" in body


def test_an_abandoned_upload_expires(client, staff):
    upload(client)
    old = ToolkitUpload.objects.get()
    ToolkitUpload.objects.update(changed_at=timezone.now() - datetime.timedelta(days=15))
    assert client.get(reverse("toolkit_imports:review", args=[old.pk])).status_code == 404
    upload(client, title="Another")
    assert [waiting.title for waiting in ToolkitUpload.objects.all()] == ["Another"]


def test_a_discarded_upload_leaves_nothing_but_a_line_in_the_log(client, staff):
    upload(client)
    client.post(reverse("toolkit_imports:discard", args=[ToolkitUpload.objects.get().pk]))
    assert not ToolkitUpload.objects.exists()
    assert not ToolkitPage.objects.exists()
    assert ModelLogEntry.objects.filter(action="toolkit_pages.import_discard").exists()


def test_affiliates_see_nothing_of_it(client, staff):
    upload(client)
    waiting = ToolkitUpload.objects.get()
    client.force_login(UserFactory(of=AffiliateFactory()))
    for name, args in (
        ("index", []),
        ("upload", []),
        ("review", [waiting.pk]),
        ("again", [waiting.pk]),
    ):
        assert client.get(reverse(f"toolkit_imports:{name}", args=args)).status_code in (302, 403), name
    before = ToolkitUpload.objects.values().get()
    upload(client, title="Theirs")
    mend(client, waiting, "drop", key="one")
    for name in ("again", "undo", "accept", "discard"):
        response = client.post(
            reverse(f"toolkit_imports:{name}", args=[waiting.pk]), {"at": "0", "text": "# x"}
        )
        assert response.status_code in (302, 403), name
        assert "toolkit-imports" not in response.get("Location", "")
    assert ToolkitUpload.objects.values().get() == before
    assert not ToolkitPage.objects.exists()
    assert "toolkit-imports" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_actions_refuse_who_may_not(national):
    from django.core.exceptions import PermissionDenied

    from toolkit_pages.importing.actions import AcceptImport, StartImport
    from toolkit_pages.importing.results import Source

    user = UserFactory(of=AffiliateFactory())
    given = {"title": "Kit", "publisher": "", "language": "en", "file_name": ""}
    with pytest.raises(PermissionDenied):
        StartImport(Source(KIT), KIT.encode(), user=user, **given).execute()
    waiting = StartImport(Source(KIT), KIT.encode(), user=StaffFactory(), **given).execute()
    with pytest.raises(PermissionDenied):
        AcceptImport(waiting, publish=False, user=user).execute()
    assert not ToolkitPage.objects.exists()


def test_the_review_asks_for_no_more_rows_when_the_text_grows(client, staff, django_assert_max_num_queries):
    upload(client, KIT)
    small = ToolkitUpload.objects.get()
    upload(client, KIT + "".join(f"\n## Chapter {n}\n\n{LONG}\n" for n in range(9)), title="Long")
    large = ToolkitUpload.objects.get(title="Long")
    client.get(reverse("toolkit_imports:review", args=[small.pk]))
    with django_assert_max_num_queries(40) as first:
        client.get(reverse("toolkit_imports:review", args=[small.pk]))
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(reverse("toolkit_imports:review", args=[large.pk]))


def test_a_text_is_read_once_until_it_or_the_importer_changes(client, staff, monkeypatch):
    from toolkit_pages.importing import proposals

    read = []
    parse = proposals.parse
    monkeypatch.setattr(proposals, "parse", lambda *given: read.append(given) or parse(*given))
    upload(client)
    waiting = ToolkitUpload.objects.get()
    page = reverse("toolkit_imports:review", args=[waiting.pk])
    first, second = (client.get(page).content.decode() for _ in range(2))
    assert len(read) == 1
    assert first.count("importing-chapter__head") == second.count("importing-chapter__head") == 3
    mend(client, waiting, "rename", key="one", value="First")
    assert "First" in client.get(page).content.decode()
    assert len(read) == 2
    monkeypatch.setattr(proposals, "version", lambda: "another")
    client.get(page)
    assert len(read) == 3
