"""Opening affiliates by the form, by a file and by the command: one action, with progress and a receipt."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Site

from editions.models import Adoption, Edition
from editions.network.actions.open_affiliate import OpenAffiliate
from editions.network.models import Affiliate, Invitation, NationalRole, Opening, Role
from editions.network.opening_file import UnreadableFile, read_rows
from toolkit_pages.models import ChapterPage, ToolkitPage

from .conftest import is_refused
from .factories import AffiliateFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db
OPEN = "network:open"


@pytest.fixture
def toolkit(national_home):
    page = national_home.add_child(
        instance=ToolkitPage(title="County jail", slug="county-jail", locale=national_home.locale)
    )
    page.add_child(instance=ChapterPage(title="First", locale=national_home.locale))
    return page


@pytest.fixture
def as_manager(client, national_home):
    client.force_login(StaffFactory())
    return client


def data(**changes):
    return {
        "name": "Lake County Neighbors", "place": "Lake County", "hostname": "Lake.example.org", "slug": "",
        "languages": ["en", "es"], "first_language": "es", "toolkits": ["county-jail"],
        "email": "ana@example.org", "colour_1": "#1d4f7c", "colour_2": "#7a2e4d",
        "time_zone": "America/Chicago", **changes,
    }  # fmt: skip


def test_one_form_opens_everything(as_manager, toolkit, django_capture_on_commit_callbacks):
    assert "County jail" in as_manager.get(reverse(OPEN)).content.decode()
    assert reverse(OPEN) in as_manager.get(reverse("network:affiliates")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = as_manager.post(reverse(OPEN), data())
    opening = Opening.objects.get()
    assert response["Location"] == reverse("network:opening", args=[opening.pk])
    affiliate = Affiliate.objects.get(slug="lake-county-neighbors")
    assert affiliate.languages == ["es", "en"]
    assert affiliate.site.hostname == "lake.example.org"
    assert affiliate.time_zone == "America/Chicago"
    assert Adoption.objects.get(site=affiliate.site).source_key == toolkit.translation_key
    assert Edition.objects.filter(site=affiliate.site).count() == 2
    invitation = Invitation.objects.get(affiliate=affiliate)
    assert (invitation.role, invitation.email) == (Role.ADMINISTRATOR, "ana@example.org")
    receipt = as_manager.get(response["Location"]).content.decode()
    for words in ("It is open", "2 pages", "ana@example.org", "lake.example.org", "3 of 3"):
        assert words in receipt
    progress = as_manager.get(reverse("network:opening_progress", args=[opening.pk]))
    assert "no-store" in progress["Cache-Control"]
    assert "data-editions-done" in progress.content.decode()
    assert "Lake County Neighbors" in as_manager.get(reverse("network:openings")).content.decode()
    # Once more, as a worker that was killed would: nothing is done twice.
    Opening.objects.update(state=Opening.State.RUNNING)
    opening = OpenAffiliate(Opening.objects.get()).execute()
    assert opening.state == Opening.State.DONE
    assert (Affiliate.objects.count(), Invitation.objects.count(), Adoption.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hostname": "taken.example.org"}, "hostname"),
        ({"hostname": "https://x.example.org"}, "hostname"),
        ({"slug": "taken"}, "slug"),
        ({"languages": []}, "languages"),
        ({"email": "nobody"}, "email"),
        ({"colour_1": "#eeeeee"}, "colour_1"),
        ({"toolkits": ["nothing"]}, "toolkits"),
        ({"name": ""}, "name"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_written(as_manager, toolkit, change, field):
    Opening.objects.create(wanted={"hostname": "taken.example.org", "slug": "taken"})
    response = as_manager.post(reverse(OPEN), data(**change))
    assert list(response.context["form"].errors) == [field]
    assert Opening.objects.count() == 1
    assert not Affiliate.objects.exists()


def test_a_step_that_fails_says_what_to_do_and_is_tried_again(
    as_manager, toolkit, monkeypatch, django_capture_on_commit_callbacks
):
    toolkit.unpublish()
    opening = Opening.objects.create(
        wanted={
            "name": "Lake", "place": "Lake", "hostname": "lake.example.org", "languages": ["en"],
            "slug": "lake", "toolkits": ["county-jail"], "email": "ana@example.org",
        }
    )  # fmt: skip
    OpenAffiliate(opening).execute()
    assert opening.state == Opening.State.FAILED
    shown = as_manager.get(reverse("network:opening", args=[opening.pk])).content.decode()
    assert "is not published yet" in shown
    assert "Try again" in shown
    # The site stands, and the person is invited all the same.
    assert Invitation.objects.filter(affiliate__slug="lake").count() == 1
    toolkit.refresh_from_db()
    toolkit.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        as_manager.post(reverse("network:opening", args=[opening.pk]))
    opening.refresh_from_db()
    assert opening.state == Opening.State.DONE
    assert [step.ok for step in opening.receipt] == [True, True, True]
    assert Invitation.objects.count() == Affiliate.objects.count() == 1


GOOD = (
    "name,place,hostname,languages,toolkits,email\n"
    "Lake,Lake County,lake.example.org,en es,county-jail,ana@example.org\n"
    "\n"
    "Hill,Hill County,hill.example.org,es,,\n"
)
BAD = (
    GOOD
    + "Third,Third County,LAKE.example.org,en,,\n"
    + "Fourth,,fourth.example.org,tlh,nothing,nobody\n"
    + "Fifth,Fifth,fifth.example.org,tlh,nothing,nobody\n"
)


def test_a_file_is_shown_by_row_before_anything_is_written(
    as_manager, toolkit, django_capture_on_commit_callbacks
):
    address = reverse("network:open_many")
    upload = SimpleUploadedFile("many.csv", BAD.encode())
    shown = as_manager.post(address, {"file": upload}).context
    assert (shown["wrong"], shown["right"]) == (3, 2)
    errors = {each.row.fields["name"]: each.errors for each in shown["checked"]}
    assert errors["Third"] == {"hostname": ["Another row of this file has this too."]}
    assert errors["Fourth"] == {"place": ["This is missing."]}
    assert set(errors["Fifth"]) == {"languages", "toolkits", "email"}
    refused = as_manager.post(address, {"text": BAD, "confirm": "1"})
    assert refused.status_code == 200
    assert not Opening.objects.exists()

    dry = as_manager.post(address, {"file": SimpleUploadedFile("many.csv", GOOD.encode())})
    assert "2 affiliates would be opened" in dry.content.decode()
    assert not Opening.objects.exists()
    text = dry.context["form"].initial["text"]
    with django_capture_on_commit_callbacks(execute=True):
        response = as_manager.post(address, {"text": text, "confirm": "1"})
    assert set(Affiliate.objects.values_list("slug", flat=True)) == {"lake", "hill"}
    assert mail.outbox[0].to == ["ana@example.org"]
    listed = as_manager.get(response["Location"]).content.decode()
    assert "2 of 2" in listed
    assert as_manager.get(reverse("network:openings") + "?batch=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "missing"),
        ("name,place\nx,y\n", "missing"),
        ("name,place,hostname,languages,colour\nx,y,z,en,red\n", "unknown"),
        ("name,place,hostname,languages\n", "empty"),
        ("name,place,hostname,languages\n" + "a,b,c.example.org,en\n" * 501, "too-many"),
        ('name,place,hostname,languages\n"a,b', "broken"),
    ],
)
def test_a_file_that_cannot_be_read(text, kind):
    with pytest.raises(UnreadableFile) as caught:
        read_rows(text)
    assert caught.value.kind == kind


def test_semicolons_and_marks_of_spreadsheets():
    (row,) = read_rows(
        "\ufeffName;Place;Hostname;Languages;Port\r\nLake;Lake County;lake.org;es en;80x;more\r\n"
    )
    assert row.fields["languages"] == ["es", "en"]
    assert row.problems == {"line": "too-many-cells", "port": "no-number"}


def test_the_command_does_the_same(toolkit, tmp_path, capsys):
    path = tmp_path / "many.csv"
    path.write_text(BAD)
    with pytest.raises(CommandError, match="line 6, place: This is missing"):
        call_command("create_affiliate", csv=path)
    path.write_text(GOOD)
    call_command("create_affiliate", csv=path, dry_run=True)
    assert "2 affiliates could be opened" in capsys.readouterr().out
    assert not Site.objects.filter(hostname="lake.example.org").exists()
    call_command("create_affiliate", csv=path)
    assert "Lake is open at http://lake.example.org" in capsys.readouterr().out
    assert Adoption.objects.count() == 1
    with pytest.raises(CommandError, match="Missing: place"):
        call_command("create_affiliate", "X", "--hostname=x.example.org")


def test_nobody_else_opens_affiliates(client, toolkit):
    opening = Opening.objects.create(wanted={"name": "X", "hostname": "x", "slug": "x"}, state="failed")
    editor = UserFactory(of=AffiliateFactory(), of__role=Role.ADMINISTRATOR)
    for person in (editor, StaffFactory(national=NationalRole.WRITER)):
        client.force_login(person)
        for name, args in (
            ("open", []), ("open_many", []), ("openings", []), ("openings_progress", []),
            ("opening", [opening.pk]), ("opening_progress", [opening.pk]),
        ):  # fmt: skip
            address = reverse(f"network:{name}", args=args)
            assert is_refused(client.get(address)), address
            assert is_refused(client.post(address, {**data(), "text": GOOD, "confirm": "1"})), address
    assert Opening.objects.count() == 1
    assert Affiliate.objects.count() == 1
