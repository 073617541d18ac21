"""Writes what a group may do: Django's permissions, and Wagtail's on pages and collections.

Each function takes what the group is to have and what it may have had: of the latter, the rest is taken away.
Names that nothing installed knows are left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page


def set_permissions(
    group: Group, wanted: Iterable[str], known: Iterable[str], *, models: Iterable[type] | None = None
) -> None:
    """Names are ``app_label.codename``, or with `models` actions on each of them (``add``)."""
    find = permissions if models is None else lambda names: model_permissions(models, names)
    wanted = list(wanted)
    group.permissions.add(*find(wanted))
    if rest := set(known) - set(wanted):
        group.permissions.remove(*find(rest))


def set_pages(group: Group, page: Page, wanted: Iterable[str], known: Iterable[str]) -> None:
    """On `page` and beneath; `wanted` and `known` are actions (``add``, ``publish``)."""
    wanted = list(wanted)
    rows = GroupPagePermission.objects.filter(group=group, page=page)
    rows.filter(permission__codename__in=[f"{each}_page" for each in set(known) - set(wanted)]).delete()
    page_type = ContentType.objects.get_for_model(Page)
    codenames = [f"{action}_page" for action in wanted]
    missing = Permission.objects.filter(content_type=page_type, codename__in=codenames).exclude(
        pk__in=rows.values("permission")
    )
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page=page, permission=permission) for permission in missing
    )


def set_files(group: Group, collection: Collection, wanted: Iterable[str], known: Iterable[str]) -> None:
    """With images and documents in `collection` and beneath."""
    wanted, models = list(wanted), (get_image_model(), get_document_model())
    rows = GroupCollectionPermission.objects.filter(group=group, collection=collection)
    rows.filter(permission__in=model_permissions(models, set(known) - set(wanted))).delete()
    have = set(rows.values_list("permission_id", flat=True))
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission=permission)
        for permission in model_permissions(models, wanted)
        if permission.pk not in have
    )


def permissions(names: Iterable[str]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return list(Permission.objects.filter(wanted))


def model_permissions(models: Iterable[type], actions: Iterable[str]) -> list[Permission]:
    wanted, actions = Q(pk__in=[]), list(actions)
    for model, content_type in ContentType.objects.get_for_models(*models).items():
        codenames = [f"{action}_{model._meta.model_name}" for action in actions]
        wanted |= Q(content_type=content_type, codename__in=codenames)
    return list(Permission.objects.filter(wanted))
