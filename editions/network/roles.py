"""The groups of the network and what each may do. Every function may be called again at any time.

Nationally one group so far: *National staff*. In an affiliate one for each `Role`. What a group may do is
written here, and set again by `ensure_national_groups` and `ensure_affiliate_groups`; what else someone
gives the group in the admin stays.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.snippets.models import get_snippet_models

from .models import Affiliate, AffiliateGroup, OwnedMixin, Role

NATIONAL_STAFF = "National staff"
NATIONAL_COLLECTION, AFFILIATES_COLLECTION = "National", "Affiliates"

PAGE_ACTIONS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
SNIPPET_ACTIONS = ("add", "change", "delete", "publish", "lock", "unlock")
FILE_ACTIONS = ("add", "change", "choose")

ROLE_PAGE_ACTIONS = {
    Role.EDITOR: ("add", "change", "publish"),
    Role.MODERATOR: ("add", "change", "publish", "bulk_delete", "lock", "unlock"),
}
ROLE_GROUP_NAMES = {Role.EDITOR: "editors", Role.MODERATOR: "moderators"}

COMMON = ("wagtailadmin.access_admin", "wagtail_localize.submit_translation")
NATIONAL = (
    "network.act_nationally",
    "network.add_affiliate",
    "network.change_affiliate",
    "network.view_affiliate",
    "editions.send_release",
    "editions.protect_content",
    "editions.withdraw_content",
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    "wagtailredirects.delete_redirect",
)


def owned_models() -> list[type[OwnedMixin]]:
    """All models whose objects belong to an affiliate or to national, add-ons' included."""
    return [model for model in apps.get_models() if issubclass(model, OwnedMixin)]


def national_collection() -> Collection:
    """Where national's images and documents are: every affiliate may choose from it."""
    return _collection(NATIONAL_COLLECTION)


def affiliates_collection() -> Collection:
    """The collection above the affiliates' own."""
    return _collection(AFFILIATES_COLLECTION)


def _collection(name: str) -> Collection:
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=name).first()
    return found or root.add_child(instance=Collection(name=name))


def ensure_national_groups() -> Group:
    """Makes *National staff* with its permissions, where missing. Returns the group.

    Permissions whose app is not installed are left out: they come with the next call.
    """
    staff, _created = Group.objects.get_or_create(name=NATIONAL_STAFF)
    staff.permissions.add(
        *permissions((*COMMON, *NATIONAL)), *model_permissions(get_snippet_models(), SNIPPET_ACTIONS)
    )
    give_pages(staff, Page.get_first_root_node(), PAGE_ACTIONS)
    give_files(staff, Collection.get_first_root_node(), FILE_ACTIONS)
    national_collection()
    return staff


def ensure_affiliate_groups(affiliate: Affiliate) -> dict[Role, Group]:
    """Makes the affiliate's groups, one for each role, with their permissions, where missing."""
    groups = {}
    for role in Role:
        found = AffiliateGroup.objects.filter(affiliate=affiliate, role=role).select_related("group").first()
        group = found.group if found else Group.objects.create(name=_free_name(affiliate, role))
        if not found:
            AffiliateGroup.objects.create(affiliate=affiliate, role=role, group=group)
        group.permissions.add(*permissions(COMMON), *model_permissions(owned_models(), SNIPPET_ACTIONS))
        give_pages(group, affiliate.folder, ROLE_PAGE_ACTIONS[role])
        give_files(group, affiliate.collection, FILE_ACTIONS)
        give_files(group, national_collection(), ("choose",))
        groups[role] = group
    return groups


def _free_name(affiliate: Affiliate, role: Role) -> str:
    name = f"{affiliate.name}: {ROLE_GROUP_NAMES[role]}"
    taken = Group.objects.filter(name=name).exists()
    return f"{affiliate.name} ({affiliate.slug}): {ROLE_GROUP_NAMES[role]}"[:150] if taken else name


def permissions(names: Iterable[str]) -> list[Permission]:
    """The permissions called ``app_label.codename``; those that do not exist here are left out."""
    wanted = Q(pk__in=[])
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return list(Permission.objects.filter(wanted))


def model_permissions(models: Iterable[type], actions: Iterable[str]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for model, content_type in ContentType.objects.get_for_models(*models).items():
        codenames = [f"{action}_{model._meta.model_name}" for action in actions]
        wanted |= Q(content_type=content_type, codename__in=codenames)
    return list(Permission.objects.filter(wanted))


def give_pages(group: Group, page: Page, actions: Iterable[str]) -> None:
    """Lets `group` do `actions` on `page` and beneath."""
    page_type = ContentType.objects.get_for_model(Page)
    codenames = [f"{action}_page" for action in actions]
    for permission in Permission.objects.filter(content_type=page_type, codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def give_files(group: Group, collection: Collection, actions: Iterable[str]) -> None:
    """Lets `group` do `actions` with images and documents in `collection` and beneath."""
    for permission in model_permissions((get_image_model(), get_document_model()), actions):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
