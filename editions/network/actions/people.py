"""Inviting people into an affiliate or into national, changing their role, removing them."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from editions.actions.errors import EditionError, NotAllowed

from ..membership import may_manage_people, people_of, roles_among
from ..models import Affiliate, Invitation, NationalRole, Role
from ..models.invitations import LIFETIME, new_secret
from ..roles import group_of


class CannotChangePeople(EditionError):
    """Says what to do; with a `message_dict` where a field is wrong."""


def roles_for(affiliate: Affiliate | None) -> type[Role] | type[NationalRole]:
    return NationalRole if affiliate is None else Role


def label_of(role: str) -> str:
    return str(dict([*Role.choices, *NationalRole.choices])[role])


class PeopleAction:
    """One change to the people of `affiliate`, or (None) of national. `user` None is the system."""

    def __init__(self, affiliate: Affiliate | None, *, user=None):
        self.affiliate, self.user = affiliate, user

    def check_user(self) -> None:
        if self.user is not None and not may_manage_people(self.user, self.affiliate):
            raise NotAllowed(
                _("Only an administrator invites and removes people here.")
                if self.affiliate
                else _("Only a national administrator invites and removes national people.")
            )

    def check_role(self, role: str) -> None:
        if role not in roles_for(self.affiliate).values:
            raise CannotChangePeople({"role": [_("There is no such role here.")]})

    def log(self, action: str, instance=None, **data) -> None:
        """In the affiliate's history; what is national hangs on the person or the invitation."""
        log(instance=self.affiliate or instance, action=f"network.{action}", user=self.user, data=data)


class Invite(PeopleAction):
    """Asks somebody by e-mail to take `role`. The mail is `tasks.send_invitation`'s, once this is written."""

    def __init__(self, affiliate: Affiliate | None, *, email: str, role: str, user=None):
        super().__init__(affiliate, user=user)
        self.email, self.role = email.strip().lower(), role

    def check(self) -> None:
        """Raises NotAllowed, or CannotChangePeople by field."""
        self.check_user()
        self.check_role(self.role)
        try:
            validate_email(self.email)
        except ValidationError as error:
            raise CannotChangePeople({"email": error.messages}) from error
        if len(self.email) > 150:
            raise CannotChangePeople({"email": [_("This address is too long.")]})
        if message := self._already():
            raise CannotChangePeople({"email": [message]})

    def _already(self) -> str:
        here = list(people_of(self.affiliate).filter(email__iexact=self.email))
        roles = roles_among(here, self.affiliate)
        if any(self.affiliate or self.role in roles.get(person.pk, ()) for person in here):
            return _("This person is here already. Change their role in the list.")
        waiting = Invitation.objects.open().into(self.affiliate).filter(email=self.email)
        if self.affiliate is None:
            waiting = waiting.filter(role=self.role)
        if waiting.exists():
            return _("This person is invited already. Send the invitation again from the list.")
        return ""

    def execute(self) -> Invitation:
        self.check()
        try:
            with transaction.atomic():
                invitation = Invitation.objects.create(
                    affiliate=self.affiliate,
                    role=self.role,
                    email=self.email,
                    invited_by=self.user,
                    expires_at=timezone.now() + LIFETIME,
                )
                self.log("invite", invitation, email=self.email, role=self.role)
                deliver(invitation)
        except IntegrityError as error:
            raise CannotChangePeople(
                {"email": [_("This person is invited already. Send the invitation again from the list.")]}
            ) from error
        return invitation


def deliver(invitation: Invitation) -> None:
    from ..tasks import send_invitation

    transaction.on_commit(lambda: send_invitation.enqueue(invitation.pk))


class InvitationAction(PeopleAction):
    def __init__(self, invitation: Invitation, *, user=None):
        super().__init__(invitation.affiliate, user=user)
        self.invitation = invitation

    def locked(self) -> Invitation:
        """The row, held. Raises CannotChangePeople where it is over."""
        found = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("affiliate__site")
            .filter(pk=self.invitation.pk)
            .first()
        )
        if found is None or found.revoked_at:
            raise CannotChangePeople(_("This invitation was taken back. Ask for a new one."))
        if found.accepted_at:
            raise CannotChangePeople(_("This invitation was used already. Log in with your account."))
        return found


class ResendInvitation(InvitationAction):
    """A new link, valid as long as a new invitation's; the one sent before stops working."""

    @transaction.atomic
    def execute(self) -> Invitation:
        self.check_user()
        found = self.locked()
        found.secret, found.expires_at = new_secret(), timezone.now() + LIFETIME
        found.sent_at, found.problem = None, ""
        found.save(update_fields=["secret", "expires_at", "sent_at", "problem"])
        self.log("invite_again", found, email=found.email, role=found.role)
        deliver(found)
        return found


class RevokeInvitation(InvitationAction):
    """The link stops working."""

    @transaction.atomic
    def execute(self) -> Invitation:
        self.check_user()
        found = self.locked()
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
        self.log("revoke_invitation", found, email=found.email, role=found.role)
        return found


def accounts_with(email: str):
    """The accounts that an invitation to `email` may be for."""
    return get_user_model()._default_manager.filter(Q(email__iexact=email) | Q(username__iexact=email))


class AcceptInvitation(InvitationAction):
    """Somebody takes the role: with a new account, or as `person`, an account with the invited address.

    The link is what allows it; `user` is not asked. In an affiliate a person has one role, so one that they
    had there before ends.
    """

    def __init__(
        self, invitation: Invitation, *, person=None, password: str = "", first_name="", last_name=""
    ):
        super().__init__(invitation)
        self.person, self.password = person, password
        self.first_name, self.last_name = first_name.strip(), last_name.strip()

    def check(self, invitation: Invitation) -> None:
        if invitation.has_expired:
            raise CannotChangePeople(_("This invitation has expired. Ask for a new one."))
        if self.person is not None:
            # The row itself: the log knows no lazy object such as a request's user.
            self.person = get_user_model()._default_manager.filter(pk=self.person.pk).first()
            if (
                not accounts_with(invitation.email)
                .filter(pk=getattr(self.person, "pk", None), is_active=True)
                .exists()
            ):
                raise CannotChangePeople(
                    _("This invitation was sent to another address than that of your account.")
                )
            return
        if accounts_with(invitation.email).exists():
            raise CannotChangePeople(_("There is an account with this address. Log in to accept."))
        user = self._new_user(invitation)
        errors = {
            name: [_("This field is required.")]
            for name in ("first_name", "last_name")
            if not getattr(self, name)
        }
        try:
            validate_password(self.password, user)
        except ValidationError as error:
            errors["password"] = error.messages
        try:
            user.clean_fields(exclude=["password", *errors])
        except ValidationError as error:
            errors.update(error.message_dict)
        if errors:
            raise CannotChangePeople(errors)

    def _new_user(self, invitation: Invitation):
        return get_user_model()(
            username=invitation.email,
            email=invitation.email,
            first_name=self.first_name,
            last_name=self.last_name,
        )

    @transaction.atomic
    def execute(self):
        """The person, with the role. Raises CannotChangePeople; nothing is written then."""
        found = self.locked()
        self.check(found)
        person = self.person
        if person is None:
            person = self._new_user(found)
            person.set_password(self.password)
            person.save()
        give_role(person, found.role, found.affiliate)
        found.accepted_at, found.accepted_by = timezone.now(), person
        found.save(update_fields=["accepted_at", "accepted_by"])
        self.user = person
        self.log("accept_invitation", person, role=found.role, email=found.email)
        return person


def give_role(person, role: str, affiliate: Affiliate | None) -> None:
    if affiliate is not None:
        take_roles(person, affiliate)
    person.groups.add(group_of(role, affiliate))


def take_roles(person, affiliate: Affiliate | None) -> None:
    from ..membership import groups_of

    person.groups.remove(*groups_of(affiliate))


class ChangeRoles(PeopleAction):
    """Gives `person` exactly `roles` here: in an affiliate one, nationally any number, at least one.

    Nobody changes their own, and an affiliate does not lose its last administrator by it.
    """

    action = "change_role"

    def __init__(self, affiliate: Affiliate | None, person, roles: list[str], *, user=None):
        super().__init__(affiliate, user=user)
        self.person, self.roles = person, list(dict.fromkeys(roles))

    def check(self) -> None:
        self.check_user()
        for role in self.roles:
            self.check_role(role)
        if not self.roles or (self.affiliate and len(self.roles) > 1):
            raise CannotChangePeople({"role": [_("Choose a role.")]})
        self.check_person()

    def check_person(self) -> None:
        if not people_of(self.affiliate).filter(pk=self.person.pk).exists():
            raise CannotChangePeople(_("This person is not here any more."))
        if self.user is not None and self.person.pk == self.user.pk:
            raise CannotChangePeople(
                _("You cannot change or remove yourself. Ask another administrator to do it.")
            )
        if self.takes_the_last_administrator():
            raise CannotChangePeople(
                _("This is the only administrator. Make somebody else an administrator first.")
            )

    def takes_the_last_administrator(self) -> bool:
        # Network managers may help an affiliate without one; nationally a superuser may.
        top = list(roles_for(self.affiliate))[-1]
        if top in self.roles:
            return False
        group = group_of(top, self.affiliate)
        active = group.user_set.filter(is_active=True)
        return active.filter(pk=self.person.pk).exists() and not active.exclude(pk=self.person.pk).exists()

    @transaction.atomic
    def execute(self) -> None:
        # Two administrators who demote each other at once: the second waits here.
        lock_groups(self.affiliate)
        self.check()
        before = roles_among([self.person], self.affiliate).get(self.person.pk, [])
        if before == self.roles:
            return
        take_roles(self.person, self.affiliate)
        for role in self.roles:
            self.person.groups.add(group_of(role, self.affiliate))
        self.log(self.action, self.person, person=self.person.get_username(), before=before, roles=self.roles)


def lock_groups(affiliate: Affiliate | None) -> None:
    from ..membership import groups_of

    list(groups_of(affiliate).select_for_update(of=("self",)).order_by("pk").values_list("pk"))


class RemovePerson(ChangeRoles):
    """Takes all roles here from `person`. The account stays: they may belong to another affiliate."""

    action = "remove_person"

    def __init__(self, affiliate: Affiliate | None, person, *, user=None):
        super().__init__(affiliate, person, [], user=user)

    def check(self) -> None:
        self.check_user()
        self.check_person()
