"""What waits for people of the network on the admin's home: values of the profile, and who is behind."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editions.models import Edition
from editions.needs import NAMED, Need, Urgency
from editions.standing import Tone

from .membership import may_set_profile
from .models import Affiliate
from .usage import missing_values


def values_missing(user: Any, sites: Any) -> list[Need]:
    """For the hook ``register_editor_needs``: affiliates whose texts say a neutral default, to who may
    change that. Two statements and the user's roles, and one for each affiliate that lacks words."""
    mine = Affiliate.objects.active().filter(site__in=[site.pk for site in sites])
    found = mine.select_related("folder").prefetch_related("values")
    return [
        Need(
            Urgency.MISSING,
            _("Words of your profile"),
            _("%(name)s: readers see a neutral word instead.") % {"name": affiliate.name},
            reverse("network:profile", args=[affiliate.pk]),
            ngettext("%(count)d missing", "%(count)d missing", missing) % {"count": missing},
            Tone.HELD,
        )
        for affiliate in found[:NAMED]
        if may_set_profile(user, affiliate) and (missing := len(missing_values(affiliate)))
    ]


def affiliates_behind(user: Any) -> list[Need]:
    """For the hook ``register_staff_needs``. One statement."""
    behind = Edition.objects.shown().filter(site__affiliate__archived_at=None).exclude(base=F("sent"))
    counts = behind.aggregate(affiliates=Count("site", distinct=True))
    if not counts["affiliates"]:
        return []
    return [
        Need(
            Urgency.WAITS,
            _("Who is behind"),
            _("Their readers see an older text: an update waits, or is on hold."),
            f"{reverse('network:matrix')}?state=behind",
            ngettext("%(count)d affiliate", "%(count)d affiliates", counts["affiliates"])
            % {"count": counts["affiliates"]},
        )
    ]
