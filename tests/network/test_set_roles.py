"""An upgrade that changes what a role may do reaches every group with the migrations, once."""

import pytest
from django.core.management import call_command
from wagtail.models import ModelLogEntry

from editions.network import roles, upgrading
from editions.network.actions.set_roles import SetRoles
from editions.network.models import NationalGroup, NationalRole, Role

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def test_migrate_sets_the_roles_of_this_version_once(network, monkeypatch, django_assert_num_queries):
    old = [right for right in roles.AFFILIATE_RIGHTS if "lock" not in right.pages]
    monkeypatch.setattr(roles, "AFFILIATE_RIGHTS", tuple(old))
    monkeypatch.setattr("editions.network.actions.set_roles.AFFILIATE_RIGHTS", tuple(old))
    SetRoles().execute()
    # What somebody gave a group in the admin stays; what its role lacks comes back with this version.
    moderators = network.a.group(Role.MODERATOR)
    moderators.page_permissions.filter(permission__codename="lock_page").delete()
    monkeypatch.undo()
    call_command("migrate", verbosity=0)
    assert moderators.page_permissions.filter(permission__codename="lock_page").exists()
    assert not SetRoles().is_needed()
    assert ModelLogEntry.objects.filter(action="network.set_roles").count() == 2
    with django_assert_num_queries(1):
        assert not SetRoles().is_needed()


def test_nothing_is_done_before_there_is_a_network_or_between_migrations(network, monkeypatch):
    monkeypatch.setattr(upgrading, "is_half_migrated", lambda connection: True)
    upgrading.set_roles(None)
    monkeypatch.undo()
    upgrading.set_roles(None, using="other")
    NationalGroup.objects.all().delete()
    upgrading.set_roles(None)
    assert not ModelLogEntry.objects.filter(action="network.set_roles").exists()
    SetRoles().execute()
    assert set(NationalGroup.objects.values_list("role", flat=True)) == set(NationalRole.values)
