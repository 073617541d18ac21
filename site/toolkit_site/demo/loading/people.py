"""The demo's people: one who may do everything, somebody in each national role, an administrator of each affiliate, and in one
of these somebody in each role."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.users.models import UserProfile

from editions.network.models import NationalRole, Role

#: Login → role. `national` is national's administrator, an affiliate's short name is the affiliate's.
NATIONAL_LOGINS = {
    "national-writer": NationalRole.WRITER,
    "national-legal": NationalRole.LEGAL,
    "national-manager": NationalRole.MANAGER,
}
AFFILIATE_LOGINS = {
    "santa-clara-editor": ("santa-clara", Role.EDITOR),
    "santa-clara-moderator": ("santa-clara", Role.MODERATOR),
}


@transaction.atomic
def make_person(
    username: str,
    password: str,
    *,
    first_name: str,
    last_name: str,
    superuser: bool = False,
    groups: tuple[Group, ...] = (),
    language: str = "en",
):
    """The user, made where missing. Whoever is there already keeps password and groups."""
    users = get_user_model().objects
    found = users.filter(username=username).first()
    if found is not None:
        return found
    make = users.create_superuser if superuser else users.create_user
    user = make(
        username,
        f"{username}@example.org",
        password,
        first_name=first_name,
        last_name=last_name,
    )
    user.groups.add(*groups)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return user
