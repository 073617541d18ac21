"""The second step of a login, and too many tries, through the pages."""

import re
import time

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import ModelLogEntry

from editions.network.models import NationalRole, Role

from .factories import AffiliateFactory, StaffFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
HOME, STEP, SET_UP = (
    "/admin/",
    reverse("network_entry:second_step"),
    reverse("network_entry:second_step_setup"),
)
PASSWORD = "four-Words-of-a-long-one"


def code(device):
    return f"{totp(device.bin_key):06d}"


def forgive():
    """As if time had passed: after a wrong code, the next has to wait."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)


def switch_on(client, user):
    """Returns the recovery codes that the page showed."""
    shown = client.get(SET_UP).content.decode()
    assert "<svg" in shown
    device = TOTPDevice.objects.get(user=user)
    assert client.post(SET_UP, {"token": "not-it"}).context["form"].errors
    forgive()
    shown = client.post(SET_UP, {"token": code(device)}).content.decode()
    return re.findall(r"<li><code>(\w+)</code>", shown)


def test_national_people_cannot_work_without(settings, national_home):
    settings.NETWORK_SECOND_STEP_REQUIRED = True
    for role in NationalRole:
        client, person = Client(), StaffFactory(national=role)
        client.force_login(person)
        response = client.get(f"{HOME}pages/")
        assert response["Location"].startswith(SET_UP)
        assert client.post(reverse("network:people_national"), {"email": "x@example.org"})[
            "Location"
        ].startswith(SET_UP)
        assert client.get(HOME, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    codes = switch_on(client, person)
    assert len(codes) == 10
    assert client.get(HOME).status_code == 200
    # Not to be switched off by who must have it.
    client.post(SET_UP, {"off": "1"})
    assert TOTPDevice.objects.filter(user=person, confirmed=True).exists()

    # The next login asks; a wrong code, a used one and somebody else's open nothing.
    again = Client()
    again.force_login(person)
    assert again.get(f"{HOME}pages/")["Location"] == f"{STEP}?next=%2Fadmin%2Fpages%2F"
    assert again.get(SET_UP)["Location"] == STEP
    assert again.post(SET_UP, {"codes": "1"})["Location"] == STEP
    used = code(TOTPDevice.objects.get(user=person))
    for wrong in ("000000", used, "", "not-a-code"):
        assert again.post(STEP, {"token": wrong}).context["form"].errors
        forgive()
    assert again.get(HOME).status_code == 302
    answer = again.post(STEP, {"token": codes[0].upper(), "next": "https://evil.example.org/"})
    assert answer["Location"] == HOME
    assert again.get(HOME).status_code == 200
    assert StaticToken.objects.count() == 9
    third = Client()
    third.force_login(person)
    assert third.post(STEP, {"token": codes[0]}).context["form"].errors
    said = ModelLogEntry.objects.filter(action="network.second_step_on").get()
    assert said.user == person


def test_affiliates_may_have_it(national_home, settings):
    settings.NETWORK_SECOND_STEP_REQUIRED = True
    person = UserFactory(of=AffiliateFactory(), of__role=Role.ADMINISTRATOR)
    client = Client()
    client.force_login(person)
    assert client.get(HOME).status_code == 200
    assert SET_UP in client.get(reverse("wagtailadmin_account")).content.decode()
    first = switch_on(client, person)
    shown = client.post(SET_UP, {"codes": "1"}).content.decode()
    assert not set(first) & set(re.findall(r"<li><code>(\w+)</code>", shown))
    other = Client()
    other.force_login(person)
    assert other.get(HOME)["Location"].startswith(STEP)
    client.post(SET_UP, {"off": "1"})
    assert other.get(HOME).status_code == 200
    switch_on(client, person)
    call_command("reset_second_step", person.username)
    assert not TOTPDevice.objects.filter(user=person).exists()
    assert Client().get(STEP)["Location"].startswith(reverse("wagtailadmin_login"))


def test_too_many_wrong_passwords(settings, national_home):
    settings.AXES_ENABLED, settings.AXES_FAILURE_LIMIT = True, 3
    person = UserFactory(of=AffiliateFactory())
    person.set_password(PASSWORD)
    person.save()
    address = reverse("wagtailadmin_login")

    def log_in(password, username=person.username):
        return Client().post(address, {"username": username, "password": password})

    log_in("wrong")
    assert log_in(PASSWORD).status_code == 302
    for _try in range(3):
        response = log_in("wrong")
    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()
    assert log_in(PASSWORD).status_code == 429
    # Others log in; nothing was written about anybody.
    other = UserFactory(of=person.groups.get().affiliate_group.affiliate)
    other.set_password(PASSWORD)
    other.save()
    assert log_in(PASSWORD, other.username).status_code == 302
    from axes.models import AccessAttempt, AccessFailureLog, AccessLog

    assert not any(model.objects.exists() for model in (AccessAttempt, AccessFailureLog, AccessLog))


def test_codes_cannot_be_tried_one_after_another(national_home):
    person = UserFactory(of=AffiliateFactory())
    device = TOTPDevice.objects.create(user=person, confirmed=True)
    client = Client()
    client.force_login(person)
    for _try in range(6):
        client.post(STEP, {"token": "000000"})
    device.refresh_from_db()
    assert device.throttling_failure_count >= 1
    assert client.post(STEP, {"token": code(device)}).context["form"].errors
    assert device.last_t < time.time()
