"""Invitations by e-mail: into an affiliate, or into national."""

from __future__ import annotations

import datetime
import secrets

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .affiliates import Affiliate, Role
from .national import NationalRole

LIFETIME = datetime.timedelta(days=7)
SALT = "editions.network.invitation"


def new_secret() -> str:
    return secrets.token_urlsafe(16)


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Not accepted and not taken back; their links may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def into(self, affiliate: Affiliate | None):
        """Those into `affiliate`; None means into national."""
        return self.filter(affiliate=affiliate)


class Invitation(models.Model):
    """One person asked to take one role. The link in the mail is signed, works once, and until `expires_at`.

    Sending it again changes `secret`, so that the link sent before stops working. What is stored here makes no
    link without the server's key.
    """

    affiliate = models.ForeignKey(
        Affiliate, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    role = models.CharField(_("role"), max_length=30, choices=[*Role.choices, *NationalRole.choices])
    email = models.EmailField(_("e-mail address"), max_length=150)
    secret = models.CharField(max_length=40, default=new_secret, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    sent_at = models.DateTimeField(null=True, editable=False)
    problem = models.CharField(max_length=255, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = (
            models.UniqueConstraint(
                fields=("affiliate", "email"),
                condition=models.Q(accepted_at=None, revoked_at=None, affiliate__isnull=False),
                name="network_one_open_invitation",
            ),
            models.UniqueConstraint(
                fields=("email", "role"),
                condition=models.Q(accepted_at=None, revoked_at=None, affiliate__isnull=True),
                name="network_one_open_national_invitation",
            ),
        )

    def __str__(self) -> str:
        return self.email

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        """Whether its link works now."""
        return self.accepted_at is None and self.revoked_at is None and not self.has_expired

    @property
    def place(self) -> str:
        """Where it leads to, as a reader would say it."""
        return self.affiliate.name if self.affiliate else str(_("national"))

    def token(self) -> str:
        """What the link in the mail carries."""
        return signing.dumps([self.pk, self.secret], salt=SALT, compress=False)

    @classmethod
    def by_token(cls, token: str) -> Invitation | None:
        """The invitation whose newest link carries `token`; None for a forged or replaced one."""
        try:
            pk, secret = signing.loads(token, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        found = cls.objects.select_related("affiliate__site", "invited_by").filter(pk=pk).first()
        return found if found and secrets.compare_digest(found.secret, str(secret)) else None
