"""Inviting, accepting, changing roles and removing, through the screens and the mail; and who may not."""

import datetime
import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from editions.network.actions.people import (
    ChangeRoles,
    Invite,
    RemovePerson,
    ResendInvitation,
    RevokeInvitation,
)
from editions.network.actions.update_profile import UpdateProfile
from editions.network.membership import may_manage_people, national_roles, role_in
from editions.network.models import Invitation, NationalRole, Role
from editions.network.roles import AFFILIATE_RIGHTS, NATIONAL_RIGHTS, group_of

from .conftest import is_refused, rows
from .factories import StaffFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
PASSWORD = "four-Words-of-a-long-one"


def here(affiliate):
    return reverse("network:people_of", args=[affiliate.pk])


def link():
    """The address in the newest mail, without its host."""
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body).group(1)


def invite(client, callbacks, affiliate, email="ana@example.org", role="editor"):
    address = here(affiliate) if affiliate else reverse("network:people_national")
    with callbacks(execute=True):
        return client.post(address, {"email": email, "role": role})


def fresh(user):
    return get_user_model().objects.get(pk=user.pk)


# Inviting and accepting --------------------------------------------------------------------------


def test_from_the_invitation_to_the_first_page(network, as_administrator, django_capture_on_commit_callbacks):
    response = invite(as_administrator, django_capture_on_commit_callbacks, network.a, " Ana@Example.org ")
    assert response.status_code == 302
    message = mail.outbox[-1]
    assert message.to == ["ana@example.org"]
    assert "Alpha" in message.subject
    assert "Editor" in message.body
    listed = as_administrator.get(here(network.a)).content.decode()
    assert "ana@example.org" in listed
    assert "valid until" in listed

    visitor, address = Client(), link()
    shown = visitor.get(address)
    assert "Welcome to Alpha" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    wrong = {"first_name": "Ana", "last_name": "", "password": "short", "again": "other"}
    refused = visitor.post(address, wrong)
    assert set(refused.context["form"].errors) == {"last_name", "again"}
    refused = visitor.post(address, {**wrong, "last_name": "Ruiz", "again": "short"})
    assert "password" in refused.context["form"].errors
    assert not get_user_model().objects.filter(email="ana@example.org").exists()

    good = {"first_name": "Ana", "last_name": "Ruiz", "password": PASSWORD, "again": PASSWORD}
    assert visitor.post(address, good)["Location"] == reverse("wagtailadmin_login")
    ana = get_user_model().objects.get(username="ana@example.org")
    assert role_in(ana, network.a) == Role.EDITOR
    assert role_in(ana, network.b) is None
    assert visitor.login(username="ana@example.org", password=PASSWORD)
    page = reverse("wagtailadmin_pages:edit", args=[network.of_a.chapter.pk])
    assert visitor.get(page).status_code == 200
    assert is_refused(visitor.get(reverse("wagtailadmin_pages:edit", args=[network.of_b.chapter.pk])))
    # The link worked once.
    assert "used already" in Client().get(address).content.decode()
    assert Client().post(address, {**good, "first_name": "Eve"}).status_code == 200
    assert get_user_model().objects.filter(first_name="Eve").count() == 0
    said = ModelLogEntry.objects.filter(action__startswith="network.").values_list("action", flat=True)
    assert [name for name in said if "invit" in name] == ["network.accept_invitation", "network.invite"]


def test_one_person_in_two_affiliates_and_nationally(network, client, django_capture_on_commit_callbacks):
    """Who has an account keeps it and only says yes; another account is not asked to."""
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "x"))
    invite(client, django_capture_on_commit_callbacks, network.b, network.editor.email, "moderator")
    address = link()
    stranger = Client()
    assert "Log in, then say yes" in stranger.get(address).content.decode()
    assert stranger.post(
        address, {"first_name": "E", "last_name": "E", "password": PASSWORD, "again": PASSWORD}
    )
    stranger.force_login(network.other)
    assert "another account" in stranger.get(address).content.decode()
    stranger.post(address)
    assert role_in(fresh(network.other), network.b) == Role.EDITOR

    person = Client()
    person.force_login(network.editor)
    assert "keep that account" in person.get(address).content.decode()
    assert person.post(address)["Location"] == reverse("network:you")
    invite(client, django_capture_on_commit_callbacks, None, network.editor.email, "writer")
    person.post(link())
    editor = fresh(network.editor)
    assert (role_in(editor, network.a), role_in(editor, network.b)) == (Role.EDITOR, Role.MODERATOR)
    assert national_roles(editor) == [NationalRole.WRITER]
    assert ModelLogEntry.objects.filter(action="network.accept_invitation").count() == 2
    said = person.get(reverse("network:you")).content.decode()
    for words in ("Alpha", "Bravo", "National", "Writer", "Moderator", "Ask an administrator"):
        assert words in said


def test_a_link_that_is_over(network, as_administrator, django_capture_on_commit_callbacks):
    good = {"first_name": "Ana", "last_name": "Ruiz", "password": PASSWORD, "again": PASSWORD}
    invite(as_administrator, django_capture_on_commit_callbacks, network.a)
    first, invitation = link(), Invitation.objects.get()
    # Invited twice: said at the field.
    again = invite(as_administrator, django_capture_on_commit_callbacks, network.a)
    assert "invited already" in again.context["form"].errors["email"][0]
    with django_capture_on_commit_callbacks(execute=True):
        as_administrator.post(reverse("network:invitation", args=[invitation.pk, "resend"]))
    second = link()
    assert second != first
    visitor = Client()
    for address in (first, first[:-3] + "xx/", reverse("network_entry:accept", args=["nonsense"])):
        assert "not valid" in visitor.get(address).content.decode()
        visitor.post(address, good)
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(minutes=1))
    assert "has expired" in visitor.get(second).content.decode()
    visitor.post(second, good)
    assert "Expired." in as_administrator.get(here(network.a)).content.decode()
    Invitation.objects.update(expires_at=timezone.now() + datetime.timedelta(days=1))
    as_administrator.post(reverse("network:invitation", args=[invitation.pk, "revoke"]))
    assert "taken back" in visitor.get(second).content.decode()
    visitor.post(second, good)
    assert not get_user_model().objects.filter(first_name="Ana").exists()
    with pytest.raises(ValidationError):
        ResendInvitation(Invitation.objects.get()).execute()


def test_a_mail_that_cannot_be_sent_is_said(
    network, as_administrator, django_capture_on_commit_callbacks, monkeypatch
):
    def fail(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("editions.network.mail.send_mail", fail)
    invite(as_administrator, django_capture_on_commit_callbacks, network.a)
    assert "did not take the mail" in as_administrator.get(here(network.a)).content.decode()


# Roles -------------------------------------------------------------------------------------------


def test_changing_roles_and_removing(network, as_administrator):
    address = reverse("network:person_of", args=[network.a.pk, network.editor.pk])
    shown = as_administrator.get(address).content.decode()
    for right in AFFILIATE_RIGHTS:
        assert str(right.words).replace("'", "&#x27;") in shown
    assert as_administrator.post(address, {"role": "administrator"}).status_code == 302
    assert role_in(fresh(network.editor), network.a) == Role.ADMINISTRATOR
    as_administrator.post(address, {"role": "editor"})
    assert role_in(fresh(network.editor), network.a) == Role.EDITOR
    assert fresh(network.editor).groups.count() == 1
    before = rows()
    # Not oneself, not the last administrator, no role of another kind.
    own = reverse("network:person_of", args=[network.a.pk, network.administrator.pk])
    as_administrator.post(own, {"remove": "1"})
    as_administrator.post(own, {"role": "editor"})
    as_administrator.post(address, {"role": "manager"})
    with pytest.raises(ValidationError, match="only administrator"):
        RemovePerson(network.a, network.administrator, user=network.staff).execute()
    assert rows() == before
    as_administrator.post(address, {"remove": "1"})
    assert role_in(fresh(network.editor), network.a) is None
    assert fresh(network.editor).is_active
    entry = ModelLogEntry.objects.filter(action="network.remove_person").get()
    assert entry.message == "Removed editor-of-a"
    assert as_administrator.get(address).status_code == 404


def test_the_national_administrator_gives_several_roles(network, client):
    boss = StaffFactory(national=NationalRole.ADMINISTRATOR)
    client.force_login(boss)
    address = reverse("network:person_national", args=[network.staff.pk])
    assert "Send to affiliates" in client.get(address).content.decode()
    client.post(address, {"role": ["writer", "legal"]})
    staff = fresh(network.staff)
    assert national_roles(staff) == [NationalRole.WRITER, NationalRole.LEGAL]
    assert not staff.has_perm("editions.send_release")
    assert not client.post(address, {"role": []}).context["form"].is_valid()
    with pytest.raises(ValidationError, match="only administrator"):
        ChangeRoles(None, boss, ["writer"]).execute()
    assert reverse("network:people") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_nobody_else_touches_people(network):
    """By the screens and by the actions: other affiliates' administrators, own editors and moderators,
    national writers; network managers do not touch national people."""
    invitation = Invite(network.b, email="x@example.org", role="editor").execute()
    national = Invite(None, email="y@example.org", role="writer").execute()
    b, other = network.b, network.other
    addresses = [
        (here(b), {"email": "eve@example.org", "role": "administrator"}),
        (reverse("network:person_of", args=[b.pk, other.pk]), {"role": "administrator"}),
        (reverse("network:person_of", args=[b.pk, other.pk]), {"remove": "1"}),
        (reverse("network:invitation", args=[invitation.pk, "resend"]), {}),
        (reverse("network:invitation", args=[invitation.pk, "revoke"]), {}),
    ]
    nationals = [
        (reverse("network:people_national"), {"email": "eve@example.org", "role": "writer"}),
        (reverse("network:person_national", args=[network.staff.pk]), {"role": "writer"}),
        (reverse("network:invitation", args=[national.pk, "revoke"]), {}),
    ]
    moderator = UserFactory(of=b, of__role=Role.MODERATOR)
    writer = StaffFactory(national=NationalRole.WRITER)
    before, invited = rows(), list(Invitation.objects.order_by("pk").values())
    client = Client()
    for person, doors in (
        (network.administrator, [*addresses, *nationals]),
        (other, addresses),
        (moderator, addresses),
        (writer, [*addresses, *nationals]),
        (network.staff, nationals),
    ):
        client.force_login(person)
        for address, data in doors:
            assert is_refused(client.post(address, data)), (person, address)
            assert "invitations" in address or is_refused(client.get(address)), (person, address)
    for action in (
        Invite(b, email="eve@example.org", role="editor", user=network.administrator),
        RevokeInvitation(national, user=network.staff),
        ChangeRoles(None, network.staff, ["writer"], user=network.staff),
        RemovePerson(b, other, user=writer),
    ):
        with pytest.raises(PermissionDenied):
            action.execute()
    assert rows() == before
    assert list(Invitation.objects.order_by("pk").values()) == invited
    assert may_manage_people(network.staff, b)
    network.staff.is_active = False
    assert not may_manage_people(network.staff, b)


def test_the_list_asks_as_often_for_many(network, as_administrator):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            assert as_administrator.get(here(network.a)).status_code == 200
        return len(queries)

    Invite(network.a, email="first@example.org", role="editor").execute()
    statements()
    few = statements()
    for number in range(6):
        UserFactory(of=network.a, of__role=Role.MODERATOR)
        Invite(network.a, email=f"more-{number}@example.org", role="editor").execute()
    assert statements() == few


# What roles may do -------------------------------------------------------------------------------


def test_moderation_takes_publishing_from_editors_and_gives_it_back(network):
    home = network.of_a.home
    moderator = UserFactory(of=network.a, of__role=Role.MODERATOR)
    chapter = network.of_a.chapter
    assert chapter.permissions_for_user(network.editor).can_publish()
    UpdateProfile(network.a, fields={"moderated": True}, user=network.administrator).execute()
    editor = fresh(network.editor)
    may = chapter.permissions_for_user(editor)
    assert may.can_edit()
    assert not may.can_publish()
    assert not editor.has_perm("campaign_library.publish_glossaryterm")
    assert may.can_submit_for_moderation()
    assert network.of_b.chapter.permissions_for_user(network.other).can_publish()

    client = Client()
    client.force_login(editor)
    chapter.title = "Handed in"
    chapter.save_revision(user=editor)
    state = chapter.get_workflow().start(chapter, editor)
    action = reverse(
        "wagtailadmin_pages:workflow_action", args=[chapter.pk, "approve", state.current_task_state.pk]
    )
    client.post(action)
    chapter.refresh_from_db()
    assert chapter.title != "Handed in"
    client.force_login(network.other)
    client.post(action)
    client.force_login(moderator)
    assert "Handed in" in client.get(reverse("wagtailadmin_home")).content.decode()
    client.post(action)
    chapter.refresh_from_db()
    assert chapter.title == "Handed in"

    UpdateProfile(network.a, fields={"moderated": False}).execute()
    assert home.permissions_for_user(fresh(network.editor)).can_publish()


def test_a_writer_hands_in_and_legal_publishes(network, client):
    writer, legal = StaffFactory(national=NationalRole.WRITER), StaffFactory(national=NationalRole.LEGAL)
    chapter = network.national.chapter
    assert chapter.permissions_for_user(writer).can_edit()
    assert not chapter.permissions_for_user(writer).can_publish()
    assert chapter.permissions_for_user(legal).can_publish()
    chapter.title = "Reviewed"
    chapter.save_revision(user=writer)
    state = chapter.get_workflow().start(chapter, writer)
    action = reverse(
        "wagtailadmin_pages:workflow_action", args=[chapter.pk, "approve", state.current_task_state.pk]
    )
    client.force_login(network.staff)
    client.post(action)
    chapter.refresh_from_db()
    assert chapter.title != "Reviewed"
    client.force_login(legal)
    client.post(action)
    chapter.refresh_from_db()
    assert chapter.title == "Reviewed"


def test_writers_and_reviewers_change_nothing_of_affiliates(network, client):
    for role in (NationalRole.WRITER, NationalRole.LEGAL):
        person = StaffFactory(national=role)
        client.force_login(person)
        before = rows()
        term, page = network.of_a.term, network.of_a.chapter
        doors = [
            reverse("wagtailsnippets_campaign_library_glossaryterm:edit", args=[term.pk]),
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
            reverse(
                "wagtail_localize:submit_snippet_translation",
                args=["campaign_library", "glossaryterm", term.pk],
            ),
            reverse("wagtailimages:edit", args=[network.of_a.image.pk]),
            reverse("wagtailusers_users:edit", args=[network.editor.pk]),
        ]
        for address in doors:
            assert is_refused(client.post(address, {"locales": [network.locales["es"].pk]})), address
        assert rows() == before
        assert not person.has_perm("editions.send_release")
        own = reverse("wagtailsnippets_campaign_library_glossaryterm:edit", args=[network.national.term.pk])
        assert client.get(own).status_code == 200


def test_every_right_is_given_by_a_group_of_its_role(network):
    """The words of the table are true: what Django and Wagtail are told is in the groups."""
    for table, affiliate in ((AFFILIATE_RIGHTS, network.a), (NATIONAL_RIGHTS, None)):
        for right in table:
            for role in right.roles:
                group = group_of(role, affiliate)
                pages = set(group.page_permissions.values_list("permission__codename", flat=True))
                assert {f"{action}_page" for action in right.pages} <= pages
                for name in right.permissions:
                    app_label, codename = name.split(".")
                    assert group.permissions.filter(
                        content_type__app_label=app_label, codename=codename
                    ).exists()
