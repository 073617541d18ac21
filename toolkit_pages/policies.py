"""What case studies and campaigns are about, and how far a policy has got."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Policy(models.TextChoices):
    DETAINERS = "detainers", _("Detainers")
    SANCTUARY = "sanctuary", _("Sanctuary policies")
    MUNICIPAL_ID = "municipal_id", _("Municipal ID")
    DRIVERS_LICENCE = "drivers_licence", _("Driver's licences")
    TUITION = "tuition", _("Tuition equity")
    PROFILING = "profiling", _("Racial profiling")
    SCHOOLS = "schools", _("Schools")
    BILLS = "bills", _("Bills to stop")
    OTHER = "other", _("Other")


class Jurisdiction(models.TextChoices):
    CITY = "city", _("City")
    COUNTY = "county", _("County")
    STATE = "state", _("State")
    DISTRICT = "district", _("District")
    SCHOOL_DISTRICT = "school_district", _("School district")


class Status(models.TextChoices):
    """As a source records it; none is guessed."""

    INTRODUCED = "introduced", _("Introduced")
    ADOPTED = "adopted", pgettext_lazy("status of a policy", "Adopted")
    IMPLIED = "implied", _("Adopted, as the source implies")
    IN_EFFECT = "in_effect", _("In effect")
    REPEALED = "repealed", _("Repealed")
    FAILED = "failed", _("Failed")


class Answer(models.TextChoices):
    """Whether a policy has a provision. What a source does not mention is no "no"."""

    YES = "yes", _("Yes")
    CONDITIONAL = "conditional", _("On conditions")
    NO = "no", _("No")
    UNMENTIONED = "unmentioned", _("Not mentioned")
