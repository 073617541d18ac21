"""The documentation in the admin: in the reader's language, with links that stay there, and nothing else of the server's."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.users.models import UserProfile

from toolkit_site import guide

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def page(name):
    return reverse("toolkit_guide", args=[name])


@pytest.fixture
def reader(client):
    person = get_user_model().objects.create_superuser("reader", "reader@example.org", "long enough for it")
    client.force_login(person)
    return person


def test_help_leads_to_the_guide_in_the_readers_language_and_to_nobody_else(client, reader):
    assert client.get(reverse("toolkit_guide_index"))["Location"] == page("guide/staff")
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("toolkit_guide_index") in home
    assert "wagtail.org" not in home
    UserProfile.objects.update_or_create(user=reader, defaults={"preferred_language": "es"})
    reader.is_superuser = False
    reader.save()
    reader.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert client.get(reverse("toolkit_guide_index"))["Location"] == page("guide/editor.es")


def test_its_links_and_pictures_are_there_and_stay_in_the_admin(client, reader):
    for name, language in (("guide/editor", "en"), ("guide/editor.es", "es"), ("guide/staff", "en")):
        html = client.get(page(name)).content.decode().partition(f'guide" lang="{language}"')[2]
        leads = re.findall(r'(?:href|src)="(/[^"#]+)', html.partition("</main>")[0])
        assert len(leads) > 10
        for address in leads:
            assert address.startswith("/admin/guide/"), address
            assert client.get(address).status_code == 200, address
    assert 'id="restore"' in client.get(page("how-to/back-up-and-restore")).content.decode()


@pytest.mark.parametrize(
    "name", ["../README", "../manage.py", "how-to/nope", "images/nope.png", "draw_data_model"]
)
def test_nothing_else_is_read(client, reader, name):
    assert client.get(f"/admin/guide/{name}").status_code == 404


def test_html_in_a_page_is_no_html():
    assert "<script" not in guide.as_html("# A\n\n<script>1</script>", "guide/editor")
