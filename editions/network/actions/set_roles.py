"""Writes the tables of roles into the groups that there are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.snippets.models import get_snippet_models

from editions.national import national_site

from ..models import Affiliate
from ..roles import (
    AFFILIATE_RIGHTS,
    NATIONAL_RIGHTS,
    Right,
    ensure_affiliate_groups,
    ensure_national_groups,
    owned_models,
)

ACTION = "network.set_roles"


class SetRoles:
    """Gives every group what its role may do, and makes groups that are missing. May be done again at any time.

    The log keeps which tables were written last. `user` None is the system.
    """

    def __init__(self, *, user: Any = None):
        self.user = user

    def is_needed(self) -> bool:
        """Whether the tables, or what is installed, are others than those written last. One statement."""
        last = ModelLogEntry.objects.filter(action=ACTION).order_by("-timestamp", "-pk").first()
        return last is None or last.data.get("tables") != fingerprint()

    def execute(self) -> int:
        """Returns how many affiliates there are. One transaction for each: killed, it is begun again."""
        ensure_national_groups()
        count = 0
        for affiliate in Affiliate.objects.select_related("folder", "collection").iterator():
            with transaction.atomic():
                ensure_affiliate_groups(affiliate)
            count += 1
        log(instance=national_site(), action=ACTION, user=self.user, data={"tables": fingerprint()})
        return count


def fingerprint() -> str:
    """What the tables give to whom, and the models that it is given for; the words for people say nothing."""
    told = [field.name for field in fields(Right) if field.name != "words"]
    rights = [
        [getattr(right, name) for name in told]
        for table in (AFFILIATE_RIGHTS, NATIONAL_RIGHTS)
        for right in table
    ]
    models = sorted(model._meta.label for model in {*owned_models(), *get_snippet_models()})
    return hashlib.sha256(json.dumps([rights, models]).encode()).hexdigest()
