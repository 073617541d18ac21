"""What a person may be nationally."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NationalRole(models.TextChoices):
    """Each is one group. A person may have several: who writes may also be who sends."""

    WRITER = "writer", pgettext_lazy("national role", "Writer")
    LEGAL = "legal", pgettext_lazy("national role", "Legal reviewer")
    MANAGER = "manager", pgettext_lazy("national role", "Network manager")
    ADMINISTRATOR = "national_administrator", pgettext_lazy("national role", "National administrator")


class NationalGroup(models.Model):
    """The group of one national role, whatever it is called."""

    role = models.CharField(_("role"), max_length=30, choices=NationalRole.choices, unique=True)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="national_group")

    class Meta:
        verbose_name = _("national group")
        verbose_name_plural = _("national groups")

    def __str__(self) -> str:
        return self.get_role_display()
