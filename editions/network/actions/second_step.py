"""The second step of a login: switching it on with an app, its recovery codes, switching it off."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.log_actions import log

from editions.actions.errors import EditionError, NotAllowed

from ..second_step import is_required_of

CODES = 10


def row_of(user):
    """The user's own row: Wagtail's log knows no lazy objects, and says nothing of it."""
    return get_user_model()._default_manager.get(pk=user.pk)


class CannotChangeSecondStep(EditionError):
    pass


class StartSecondStep:
    """A secret for the user's app, not in force before `ConfirmSecondStep`. The same until then."""

    def __init__(self, user):
        self.user = user

    def execute(self) -> TOTPDevice:
        if TOTPDevice.objects.filter(user=self.user, confirmed=True).exists():
            raise CannotChangeSecondStep(_("The second step is on already."))
        device = TOTPDevice.objects.filter(user=self.user, confirmed=False).order_by("pk").last()
        return device or TOTPDevice.objects.create(user=self.user, name="app", confirmed=False)


class ConfirmSecondStep:
    """A code of the app proves that it has the secret; from now on each login asks for one."""

    def __init__(self, user, token: str):
        self.user, self.token = user, token

    def execute(self) -> tuple[TOTPDevice, list[str]]:
        """The device, and the recovery codes, which are shown this once."""
        device = StartSecondStep(self.user).execute()
        # In no transaction: a wrong code has to count, so that nobody tries them all.
        if not device.verify_token(self.token):
            raise CannotChangeSecondStep(
                {
                    "token": [
                        _("This code is not right. Look at the app again: codes change every 30 seconds.")
                    ]
                }
            )
        with transaction.atomic():
            device.confirmed = True
            device.save(update_fields=["confirmed"])
            codes = write_codes(self.user)
            log(instance=row_of(self.user), action="network.second_step_on", user=self.user)
        return device, codes


def write_codes(user) -> list[str]:
    """New recovery codes, each good for one login; those before end."""
    device, _made = StaticDevice.objects.get_or_create(user=user, name="recovery", confirmed=True)
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _number in range(CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


class NewRecoveryCodes:
    def __init__(self, user):
        self.user = user

    @transaction.atomic
    def execute(self) -> list[str]:
        if not TOTPDevice.objects.filter(user=self.user, confirmed=True).exists():
            raise CannotChangeSecondStep(_("The second step is not on."))
        codes = write_codes(self.user)
        log(instance=row_of(self.user), action="network.recovery_codes", user=self.user)
        return codes


class RemoveSecondStep:
    """Switches it off. Whoever must have it sets it up anew at the next login; `by` None is the operator."""

    def __init__(self, user, *, by=None):
        self.user, self.by = user, by

    @transaction.atomic
    def execute(self) -> None:
        if self.by is not None:
            if self.by.pk != self.user.pk:
                raise NotAllowed(_("You can only switch off your own."))
            if is_required_of(self.user):
                raise CannotChangeSecondStep(_("Your role needs the second step."))
        TOTPDevice.objects.filter(user=self.user).delete()
        StaticDevice.objects.filter(user=self.user).delete()
        log(instance=row_of(self.user), action="network.second_step_off", user=self.by)
