"""Who has which role, and who may say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import QuerySet

from .models import Affiliate, AffiliateGroup, NationalGroup, NationalRole, Role
from .scoping import affiliates_of

SET_PROFILES = "network.change_affiliate"
MANAGE_PEOPLE = "network.manage_people"
MANAGE_NATIONAL_PEOPLE = "network.manage_national_people"
READ_LOG = "network.read_log"


def roles_in(user) -> list[tuple[Affiliate, Role]]:
    """The affiliates that `user` belongs to, by name, each with the role there that may most."""
    best: dict[int, Role] = {}
    order = list(Role)
    for affiliate_id, role in AffiliateGroup.objects.filter(group__user=user).values_list(
        "affiliate", "role"
    ):
        best[affiliate_id] = max(best.get(affiliate_id, Role.EDITOR), Role(role), key=order.index)
    return [(affiliate, best[affiliate.pk]) for affiliate in affiliates_of(user) if affiliate.pk in best]


def role_in(user, affiliate: Affiliate) -> Role | None:
    """What `user` is in `affiliate`."""
    return next((role for each, role in roles_in(user) if each == affiliate), None)


def national_roles(user) -> list[NationalRole]:
    held = set(NationalGroup.objects.filter(group__user=user).values_list("role", flat=True))
    return [role for role in NationalRole if role in held]


def administers(user, affiliate: Affiliate) -> bool:
    return role_in(user, affiliate) == Role.ADMINISTRATOR


def may_set_profile(user, affiliate: Affiliate) -> bool:
    return user.is_active and (user.has_perm(SET_PROFILES) or administers(user, affiliate))


def may_manage_people(user, affiliate: Affiliate | None) -> bool:
    """Of `affiliate`, or (None) of national."""
    if not user.is_active:
        return False
    if affiliate is None:
        return user.has_perm(MANAGE_NATIONAL_PEOPLE)
    return user.has_perm(MANAGE_PEOPLE) or administers(user, affiliate)


def may_read_log(user, affiliate: Affiliate | None) -> bool:
    """What was done in `affiliate`, or (None) in the whole network."""
    if not user.is_active:
        return False
    return user.has_perm(READ_LOG) or (affiliate is not None and administers(user, affiliate))


def groups_of(affiliate: Affiliate | None) -> QuerySet[Group]:
    """The groups of the roles of `affiliate`, or (None) of national."""
    if affiliate is None:
        return Group.objects.filter(national_group__isnull=False)
    return Group.objects.filter(affiliate_group__affiliate=affiliate)


def people_of(affiliate: Affiliate | None) -> QuerySet:
    """Everybody with a role there, those who cannot log in any more included, by name."""
    return (
        get_user_model()
        ._default_manager.filter(groups__in=groups_of(affiliate).values("pk"))
        .distinct()
        .order_by("last_name", "first_name", "username")
    )


def roles_among(people: Iterable, affiliate: Affiliate | None) -> dict[int, list[str]]:
    """User id → the roles there, in the order of the roles. One statement."""
    field = "national_group__role" if affiliate is None else "affiliate_group__role"
    order = list(NationalRole if affiliate is None else Role)
    found: dict[int, list[str]] = defaultdict(list)
    rows = groups_of(affiliate).filter(user__in=[person.pk for person in people])
    for user_id, role in rows.values_list("user", field):
        found[user_id].append(role)
    return {user_id: sorted(roles, key=order.index) for user_id, roles in found.items()}
