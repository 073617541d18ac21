"""The buttons of choosers are in the language of who reads them, whoever opened the form first."""

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from campaign_library.models import DemandList, Resource
from tests.network.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Resource, DemandList])
def test_who_came_first_says_nothing_about_the_language(client, model):
    address = reverse(model.snippet_viewset.get_url_name("add"))
    told = []
    for language in ("es", "en", "es"):
        person = StaffFactory()
        UserProfile.objects.create(user=person, preferred_language=language)
        client.force_login(person)
        html = client.get(address).content.decode()
        told.append(("Choose another " in html or "Choose an" in html, "Seleccionar " in html))
    assert told == [(False, True), (True, False), (False, True)]
