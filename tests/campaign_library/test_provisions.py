"""The shared vocabulary: codes that stay, and what every site may show."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaign_library.models import Provision
from tests import factories
from tests.campaign_library.shared import publish_by_form
from tests.network.factories import AffiliateFactory

pytestmark = pytest.mark.django_db
ADD = "wagtailsnippets_campaign_library_provision:add"


def posted(**fields):
    return {
        "label": "No detainers",
        "plain": "",
        "category": "detainers",
        "code": "no-detainers",
        "source": "",
        "checked_by": "",
        **fields,
    }


def test_a_provision_is_made_in_the_admin(admin_client):
    response = publish_by_form(admin_client, reverse(ADD), posted())
    assert response.status_code == 302, response.context["form"].errors
    assert Provision.objects.get().live


def test_a_code_is_taken_once_in_a_language_and_for_an_owner(admin_client, national_home):
    factories.provision("no-detainers", label="Honour no detainers")
    response = admin_client.post(reverse(ADD), posted())
    assert response.context["form"].errors["code"] == [
        "“Honour no detainers” has this already. Choose another."
    ]
    factories.provision("no-detainers", locale=factories.locale("es"))
    factories.provision("no-detainers", owner=AffiliateFactory())


def test_a_published_code_stays():
    found = factories.provision("no-detainers")
    found.code = "no-holds"
    with pytest.raises(ValidationError) as refused:
        found.full_clean()
    assert "no-detainers" in refused.value.message_dict["code"][0]


def test_a_site_shows_its_own_and_what_is_national(national_home):
    mine, other = AffiliateFactory(), AffiliateFactory()
    national = factories.provision("national")
    own = factories.provision("own", owner=mine)
    factories.provision("of-another", owner=other)
    factories.provision("a-draft", live=False)
    factories.provision("in-spanish", locale=factories.locale("es"))
    english = factories.locale()
    assert set(Provision.objects.shown_by(mine, english)) == {national, own}
    assert set(Provision.objects.shown_by(None, english)) == {national}
