import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation
from wagtail.models import ModelLogEntry

from editions.actions.errors import NotAllowed
from editions.models import SiteSettings
from editions.network.actions import UpdateProfile
from editions.network.actions.update_profile import CannotUpdateProfile
from editions.network.models import NationalRole, ProfileValue
from editions.network.usage import uses_of_variables
from editions.registry import Variable, known_variables, variable_values

from .conftest import is_refused
from .factories import AffiliateFactory, StaffFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

CONTRACT = [
    "affiliate", "jurisdiction", "jurisdiction_type", "state", "legislature", "law_enforcement", "sheriff",
    "oversight_body", "hotline", "text_keyword", "text_number", "meeting_place",
]  # fmt: skip


def posted(client, affiliate, **changes):
    """What the form would post as it stands, with `changes`."""
    form = client.get(reverse("network:profile", args=[affiliate.pk])).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    return {**data, **changes}


def save(client, affiliate, **changes):
    address = reverse("network:profile", args=[affiliate.pk])
    return client.post(address, posted(client, affiliate, **changes))


# The registry ------------------------------------------------------------------------------------


def test_the_standard_variables_are_known():
    known = known_variables()
    assert [name for name in known if name in CONTRACT] == CONTRACT
    assert all(variable.label and variable.default and variable.help_text for variable in known.values())


def test_a_bad_name_is_refused():
    with pytest.raises(ValueError, match="cannot name a variable"):
        Variable("Hot Line", "x", "x")


def test_values_by_language_and_default_in_one_query(network, django_assert_num_queries):
    english, spanish = network.locales["en"], network.locales["es"]
    UpdateProfile(
        network.a,
        values={("state", None): "New York", ("state", "es"): "Nueva York", ("hours", None): "9 to 5"},
    ).execute()
    with django_assert_num_queries(1):
        values = variable_values(network.a.site, english)
    assert values["state"] == "New York"
    assert values["hours"] == "9 to 5"
    assert values["affiliate"] == "Alpha"
    assert values["hotline"] == "your local hotline"
    with translation.override("es"):
        assert variable_values(network.a.site, spanish)["state"] == "Nueva York"
    assert variable_values(network.b.site, english)["state"] == "your state"
    with django_assert_num_queries(0):
        assert variable_values(None, None)["state"] == "your state"


# The action --------------------------------------------------------------------------------------


def test_writes_only_what_changes_and_one_line_in_the_log(network):
    changes = {("hotline", None): "555-0100", ("state", "es"): "Nueva York"}
    assert UpdateProfile(network.a, values=changes, ask_first=True).execute() == [
        "hotline",
        "state (es)",
        "ask_first",
    ]
    assert SiteSettings.objects.get(site=network.a.site).ask_first
    assert UpdateProfile(network.a, values=changes, ask_first=True).execute() == []
    entry = ModelLogEntry.objects.get(action="network.update_profile")
    assert entry.message == "Changed hotline, state (es), ask_first"
    assert UpdateProfile(network.a, values={("hotline", None): " "}).execute() == ["hotline"]
    assert not network.a.values.filter(name="hotline").exists()


def test_the_first_language_speaks_for_all(network):
    UpdateProfile(network.a, values={("state", "en"): "New York", ("state", "es"): "Nueva York"}).execute()
    rows = network.a.values.filter(name="state").order_by("value")
    assert [(row.value, row.locale and row.locale.language_code) for row in rows] == [
        ("New York", None),
        ("Nueva York", "es"),
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({("hotline", None): "5" * 301}, "value-hotline"),
        ({("hotline", "fr"): "x"}, "value-hotline-fr"),
        ({("hot line", None): "x"}, "value-hot line"),
        ({("site_url", None): " JavaScript:alert(1)"}, "value-site_url"),
    ],
)
def test_bad_values_are_told_at_their_place(network, values, field):
    with pytest.raises(CannotUpdateProfile) as caught:
        UpdateProfile(network.a, values={**values, ("state", None): "Good"}).execute()
    assert list(caught.value.message_dict) == [field]
    assert not network.a.values.filter(name="state").exists()


@pytest.mark.parametrize("whose", ["of_b"])
def test_anothers_logo_is_refused(network, whose):
    with pytest.raises(CannotUpdateProfile) as caught:
        UpdateProfile(network.a, fields={"logo": network.of_b.image}).execute()
    assert list(caught.value.message_dict) == ["logo"]
    network.a.refresh_from_db()
    assert network.a.logo is None
    assert UpdateProfile(network.a, fields={"logo": network.national.image}).execute() == ["logo"]


def test_others_may_not(network):
    writer = StaffFactory(national=NationalRole.WRITER)
    for person in (network.other, network.editor, writer):
        with pytest.raises(NotAllowed):
            UpdateProfile(network.a, values={("hotline", None): "1"}, user=person).execute()
    assert not network.a.values.filter(name="hotline").exists()
    assert UpdateProfile(network.a, values={("hotline", None): "1"}, user=network.administrator).execute()
    assert UpdateProfile(network.a, values={("hotline", None): "2"}, user=network.staff).execute()


# The screen --------------------------------------------------------------------------------------


def test_the_form_shows_everything(network, as_administrator):
    text = as_administrator.get(reverse("network:profile", args=[network.a.pk])).content.decode()
    for variable in known_variables().values():
        assert str(variable.label) in text
    assert "While it is empty, readers see “your local hotline”." in text
    assert "In español, where the words differ" in text
    assert "Used in 1 place" in text
    assert "Alpha chapter" in text
    assert reverse("wagtailadmin_pages:edit", args=[network.of_a.chapter.pk]) in text
    assert "Bravo" not in text


def test_an_unchanged_form_changes_nothing(network, as_administrator):
    before = list(ProfileValue.objects.values())
    response = save(as_administrator, network.a)
    assert response.status_code == 302
    assert list(ProfileValue.objects.values()) == before
    assert not ModelLogEntry.objects.filter(action="network.update_profile").exists()


def test_saving(network, as_administrator):
    response = save(
        as_administrator,
        network.a,
        **{
            "value-hotline": "555-0100",
            "value-state": "New York",
            "value-state-es": "Nueva York",
            "new_name": "office_hours",
            "new_value": "9 to 5",
            "colour_1": "#102030",
            "ask_first": "on",
            "logo": network.of_a.image.pk,
        },
    )
    assert response.status_code == 302
    network.a.refresh_from_db()
    assert (network.a.colour_1, network.a.logo) == ("#102030", network.of_a.image)
    said = network.a.values.said_in(network.locales["es"]).as_texts()
    assert said["state"] == "Nueva York"
    assert said["office_hours"] == "9 to 5"
    text = as_administrator.get(response["Location"]).content.decode()
    assert "office_hours" in text
    # Emptied, a word of one's own is gone.
    save(as_administrator, network.a, **{"value-office_hours": ""})
    assert not network.a.values.filter(name="office_hours").exists()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"value-hotline": "5" * 301}, "value-hotline", "This is too long"),
        ({"colour_1": "#eeeeee"}, "colour_1", "White text on this colour could not be read"),
        ({"colour_2": "blue"}, "colour_2", "Write the colour as #"),
        ({"new_name": "hotline", "new_value": "x"}, "new_name", "There is a word of this name already"),
        ({"new_name": "Office hours", "new_value": "x"}, "new_name", "small letters"),
        ({"new_value": "x"}, "new_name", "Give it a name"),
        ({"new_name": "x"}, "new_value", "Say what it says"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "valid choice"),
        ({"value-state": "javascript:alert(1)"}, "value-state", "run as a program"),
    ],
)
def test_bad_input_is_told_at_its_field(network, as_administrator, changes, field, message):
    before = list(ProfileValue.objects.values())
    response = save(as_administrator, network.a, **{"value-state": "Changed", **changes})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert message in response.content.decode()
    assert list(ProfileValue.objects.values()) == before


def test_anothers_logo_is_refused_at_the_field(network, as_administrator):
    response = save(as_administrator, network.a, logo=network.of_b.image.pk)
    assert list(response.context["form"].errors) == ["logo"]


def test_markup_is_shown_as_it_was_written(network, as_administrator):
    save(as_administrator, network.a, **{"value-hotline": "<b>555</b>"})
    text = as_administrator.get(reverse("network:profile", args=[network.a.pk])).content.decode()
    assert "&lt;b&gt;555&lt;/b&gt;" in text
    assert "<b>555</b>" not in text
    value = variable_values(network.a.site, network.locales["en"])["hotline"]
    assert Template("{{ value }}").render(Context({"value": value})) == "&lt;b&gt;555&lt;/b&gt;"


def test_a_changed_hotline_changes_no_page(network, as_administrator):
    before = list(network.a.pages().values())
    save(as_administrator, network.a, **{"value-hotline": "555-0101"})
    assert list(network.a.pages().values()) == before


def test_anothers_profile_is_refused(network, as_administrator):
    before = list(ProfileValue.objects.values())
    address = reverse("network:profile", args=[network.b.pk])
    assert is_refused(as_administrator.get(address))
    assert is_refused(as_administrator.post(address, {"value-hotline": "mine"}))
    assert list(ProfileValue.objects.values()) == before


def test_the_menu_leads_to_ones_own(network, as_administrator):
    response = as_administrator.get(reverse("network:profiles"))
    assert response["Location"] == reverse("network:profile", args=[network.a.pk])
    home = as_administrator.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("network:profiles") in home
    assert reverse("network:affiliates") not in home


def test_the_list_names_ones_own_and_for_national_staff_all(network, as_administrator, client):
    text = as_administrator.get(reverse("network:affiliates")).content.decode()
    assert "Alpha" in text
    assert "Bravo" not in text
    client.force_login(network.staff)
    text = client.get(reverse("network:affiliates")).content.decode()
    assert "Alpha" in text
    assert "Bravo" in text
    assert "http://alpha.example.org" in text
    assert client.get(reverse("network:profile", args=[network.b.pk])).status_code == 200
    assert client.get(reverse("network:profiles"))["Location"] == reverse("network:affiliates")
    found = client.get(reverse("network:affiliates_results"), {"q": "brav"}).content.decode()
    assert "Bravo" in found
    assert "Alpha" not in found


def test_somebody_in_two_affiliates_gets_a_list(network, as_administrator):
    network.administrator.groups.add(network.b.group("moderator"))
    assert as_administrator.get(reverse("network:profiles"))["Location"] == reverse("network:affiliates")


def test_an_affiliate_of_one_language_sees_one_field_for_each(national_home, client):
    affiliate = AffiliateFactory(languages=["es"])
    client.force_login(UserFactory(of=affiliate))
    response = client.get(reverse("network:profile", args=[affiliate.pk]))
    assert response.status_code == 200
    assert not [name for name in response.context["form"].fields if name.endswith(("-es", "-en"))]


# Where words are used ----------------------------------------------------------------------------


def test_where_words_are_used(network):
    chapter = network.of_a.chapter
    chapter.title = "For {{jurisdiction}}"
    chapter.body = [
        {
            "type": "steps",
            "id": "s",
            "value": {
                "title": "",
                "steps": [{"type": "item", "id": "i", "value": {"title": "Call {{ sheriff }}", "text": ""}}],
            },
        }
    ]
    chapter.save()
    network.national.term.plain = "Seen by {{ sheriff }}"
    network.national.term.save()
    network.of_b.term.plain = "Seen by {{ sheriff }}"
    network.of_b.term.save()
    uses = uses_of_variables(network.a)
    assert [use.title for use in uses["sheriff"]] == ["For {{jurisdiction}}", "National term"]
    assert [bool(use.url) for use in uses["sheriff"]] == [True, False]
    assert [use.title for use in uses["jurisdiction"]] == ["For {{jurisdiction}}"]


def test_usage_costs_the_same_for_many_pages(
    network, django_assert_num_queries, django_assert_max_num_queries
):
    from toolkit_pages.models import ChapterPage

    uses_of_variables(network.a)
    with django_assert_max_num_queries(20) as few:
        uses_of_variables(network.a)
    for number in range(12):
        network.of_a.toolkit.add_child(instance=ChapterPage(title=f"More {number}", summary="{{ state }}"))
    with django_assert_num_queries(len(few)):
        assert len(uses_of_variables(network.a)["state"]) == 12


def test_the_list_of_affiliates_costs_the_same_for_many(network, as_staff, django_assert_max_num_queries):
    address = reverse("network:affiliates")
    as_staff.get(address)
    with django_assert_max_num_queries(30) as few:
        as_staff.get(address)
    for _number in range(4):
        AffiliateFactory()
    with django_assert_max_num_queries(len(few)):
        as_staff.get(address)
