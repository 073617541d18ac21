import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import Collection, ModelLogEntry, Page, Site

from editions.actions.errors import NotAllowed
from editions.network.actions import CreateAffiliate
from editions.network.actions.create_affiliate import CannotCreateAffiliate
from editions.network.models import Affiliate, ProfileValue, Role
from editions.network.roles import ensure_affiliate_groups, ensure_national_groups

from .factories import AffiliateFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db

WANTED = {
    "name": "Cook County",
    "slug": "cook-county",
    "hostname": "cook-county.example.org",
    "place": "Cook County",
    "languages": ["en", "es"],
}


def counts():
    models = (Affiliate, Site, Group, Page, Collection, ProfileValue, ModelLogEntry)
    return [model.objects.count() for model in models]


def test_makes_everything(national_home):
    affiliate = CreateAffiliate(**WANTED).execute()

    homes = list(affiliate.homes().specific())
    assert [home.locale.language_code for home in homes] == ["en", "es"]
    assert homes[0].translation_key == homes[1].translation_key != national_home.translation_key
    assert affiliate.site.root_page_id == homes[0].pk
    assert all(home.live for home in homes)
    assert affiliate.folder.get_parent().title == "Affiliates"
    assert affiliate.collection.get_parent().name == "Affiliates"
    assert ProfileValue.objects.filter(affiliate=affiliate).said_in(None).as_texts() == {
        "affiliate": "Cook County",
        "jurisdiction": "Cook County",
    }
    assert ModelLogEntry.objects.filter(action="network.create_affiliate").count() == 1


def test_each_language_has_its_address(national_home):
    affiliate = CreateAffiliate(**WANTED).execute()
    addresses = [home.full_url for home in affiliate.homes().specific()]
    assert addresses == ["http://cook-county.example.org/", "http://cook-county.example.org/es/"]


def test_roles_say_what_they_may(national_home):
    affiliate = AffiliateFactory()
    home = affiliate.site.root_page
    editor = UserFactory(of=affiliate)
    moderator = UserFactory(of=affiliate, of__role=Role.MODERATOR)
    for person in (editor, moderator):
        may = home.permissions_for_user(person)
        assert may.can_edit()
        assert may.can_publish()
        assert may.can_add_subpage()
        assert not may.can_delete()
        assert not may.can_unpublish()
        assert not may.can_move()
        assert not affiliate.folder.permissions_for_user(person).can_edit()
        assert not affiliate.folder.permissions_for_user(person).can_add_subpage()
        assert not person.has_perm("auth.change_user")
    assert not home.permissions_for_user(editor).can_lock()
    assert home.permissions_for_user(moderator).can_lock()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hostname": "cook-county.example.org"}, "hostname"),
        ({"hostname": "COOK-county.example.org"}, "hostname"),
        ({"hostname": "cook-county.example.org", "port": 8080}, "hostname"),
        ({"hostname": "https://x.example.org/"}, "hostname"),
        ({"slug": "cook-county"}, "slug"),
        ({"slug": "Cook County"}, "slug"),
        ({"languages": []}, "languages"),
        ({"languages": ["en", "en"]}, "languages"),
        ({"languages": ["tlh"]}, "languages"),
        ({"languages": ["es-mx"]}, "languages"),
        ({"port": 99999}, "port"),
        ({"name": " "}, "name"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"colour_1": "#eeeeee"}, "colour_1"),
        ({"colour_1": "red"}, "colour_1"),
        ({"values": {"hotline": "5" * 301}}, "values"),
        ({"values": {"Not A Name": "x"}}, "values"),
    ],
)
def test_bad_input_is_told_at_its_field_and_writes_nothing(national_home, change, field):
    CreateAffiliate(**WANTED).execute()
    before = counts()
    other = {**WANTED, "slug": "other", "hostname": "other.example.org", **change}
    with pytest.raises(CannotCreateAffiliate) as caught:
        CreateAffiliate(**other).execute()
    assert list(caught.value.message_dict) == [field]
    assert counts() == before


def test_a_failure_half_way_writes_nothing(national_home, monkeypatch):
    before = counts()

    def fail(affiliate):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("editions.network.actions.create_affiliate.ensure_affiliate_groups", fail)
    with pytest.raises(RuntimeError):
        CreateAffiliate(**WANTED).execute()
    assert counts() == before


def test_only_national_staff_may(national_home):
    other = AffiliateFactory()
    before = counts()
    with pytest.raises(NotAllowed):
        CreateAffiliate(**WANTED, user=UserFactory(of=other)).execute()
    assert counts() == before
    CreateAffiliate(**WANTED, user=StaffFactory()).execute()
    assert ModelLogEntry.objects.latest("pk").user.username.startswith("person")


def test_ensuring_groups_again_changes_nothing(national_home):
    affiliate = AffiliateFactory()

    def state():
        return [
            (group.name, group.permissions.count(), group.page_permissions.count(),
             group.collection_permissions.count())
            for group in Group.objects.order_by("pk")
        ]  # fmt: skip

    before = state()
    ensure_national_groups()
    ensure_affiliate_groups(affiliate)
    assert state() == before


def test_two_affiliates_of_one_name(national_home):
    AffiliateFactory(name="Same")
    AffiliateFactory(name="Same")
    assert Affiliate.objects.filter(name="Same").count() == 2


def test_command(national_home, capsys):
    call_command(
        "create_affiliate", "Cook County", "--slug=cook-county", "--hostname=cook-county.example.org",
        "--place=Cook County", "--languages=en,es", "--value=hotline=555-0100",
    )  # fmt: skip
    assert "cook-county.example.org" in capsys.readouterr().out
    assert Affiliate.objects.get().values.get(name="hotline").value == "555-0100"
    with pytest.raises(CommandError, match="hostname"):
        call_command("create_affiliate", "X", "--slug=x", "--hostname=cook-county.example.org", "--place=X")
    with pytest.raises(CommandError, match="NAME=TEXT"):
        call_command("create_affiliate", "X", "--slug=x", "--hostname=x", "--place=X", "--value=hotline")
