"""People for tests of the admin: each with the rights that their name says."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

ADMIN = "access_admin"


def person(name: str, *, pages=(), rights=("add", "change", "publish"), permissions=(ADMIN,), **fields):
    """A user with page ``rights`` on ``pages`` and below, and model ``permissions`` by codename."""
    user = get_user_model().objects.create_user(name, email=f"{name}@example.org", password="x", **fields)
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=permissions))
    for page in pages:
        for right in rights:
            permission = Permission.objects.get(
                content_type__app_label="wagtailcore", codename=f"{right}_page"
            )
            GroupPagePermission.objects.create(group=group, page_id=page.pk, permission=permission)
    user.groups.add(group)
    return user


def editor_of(site, name="editor", **kwargs):
    """Edits and publishes on one site."""
    return person(name, pages=[site.root_page], **kwargs)


def writer_of(site, name="writer"):
    """Edits on one site, but does not publish."""
    return person(name, pages=[site.root_page], rights=("add", "change"))


def sender(network, name="staff"):
    """National staff: edits and publishes everywhere, and may send."""
    return person(name, pages=[network.root], permissions=(ADMIN, "send_release"))
