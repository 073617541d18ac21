"""What waits for an affiliate's editors about their copies of what national shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from editions.models import Update
from editions.needs import NAMED, Need, Urgency
from editions.standing import Tone

from .actions.receipt import ASKING

FORCED = Update.Outcome.FORCED


def copies_that_need(user: Any, sites: Sequence[Site]) -> list[Need]:
    """For the hook ``register_editor_needs``: what national changed where they changed the same, or that waits for them; and what
    national protects now, until somebody has looked. One statement, and one for each kind of snippet among them."""
    asked = Update.objects.filter(
        Q(outcome__in=ASKING) | Q(outcome=FORCED, notified_at=None), site__in=sites, version__source_id=None
    )
    newest = list(asked.select_related("version__content_type", "version__locale").order_by("-pk")[:NAMED])
    by_model = defaultdict(list)
    for update in newest:
        by_model[update.version.model].append(update)
    needs = []
    for model, updates in by_model.items():
        copies = model._base_manager.in_bulk([update.receipt["copy"] for update in updates])
        for update in updates:
            copy = copies.get(update.receipt["copy"])
            if copy is not None and copy.adapts_id is not None:
                needs.append(need_of(update, copy))
    return needs


def need_of(update: Update, copy: Any) -> Need:
    urgency, words, mark, tone = {
        Update.Outcome.CONFLICT.value: (
            Urgency.CONFLICT,
            _("You and national changed the same words of this copy."),
            _("conflict"),
            Tone.CONFLICT,
        ),
        Update.Outcome.WAITING.value: (
            Urgency.WAITS,
            _("National changed what you have adapted; it waits for you."),
            _("update waiting"),
            Tone.WAITS,
        ),
        FORCED.value: (
            Urgency.WAITS,
            _("National protects this now: its words stand. Yours are kept in your copy."),
            _("protected"),
            Tone.HELD,
        ),
    }[update.outcome]
    return Need(
        urgency,
        str(copy),
        f"{words} {update.version.locale.get_display_name()}",
        reverse("library:compare", args=[copy._meta.model_name, copy.pk]),
        mark,
        tone,
    )
