"""What was done, read from Wagtail's two logs (pages, everything else) as one list, the newest first.

An affiliate's trail is what was done to its own things: pages beneath its folder, snippets that it owns, pictures
and documents of its collection, the affiliate itself (profile, people, addresses). National's has everything.
Statements do not grow with the number of entries: a page of the list is one union, and two for its rows.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry

from .models import Affiliate
from .roles import owned_models


@dataclass(frozen=True)
class Wanted:
    """What of the trail is asked for. `who` is a part of a name or address; days are inclusive."""

    action: str = ""
    who: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None


def trail_of(affiliate: Affiliate | None, wanted: Wanted) -> QuerySet:
    """Rows of timestamp, log ("page" or "model") and pk; for counting and slicing."""
    pages, others = PageLogEntry.objects.all(), ModelLogEntry.objects.all()
    if affiliate is not None:
        pages = pages.filter(page__path__startswith=affiliate.folder.path)
        others = others.filter(own_things(affiliate))
    condition = _condition(wanted)
    rows = [
        queryset.filter(condition)
        .order_by()
        .values_list("timestamp", Value(log, output_field=CharField()), "pk")
        for queryset, log in ((pages, "page"), (others, "model"))
    ]
    return rows[0].union(rows[1], all=True).order_by("-timestamp")


def _condition(wanted: Wanted) -> Q:
    found = Q()
    if wanted.action:
        found &= Q(action=wanted.action)
    if wanted.who:
        fields = ("username", "first_name", "last_name", "email")
        who = Q()
        for field in fields:
            who |= Q(**{f"user__{field}__icontains": wanted.who})
        found &= who
    if wanted.since:
        found &= Q(timestamp__date__gte=wanted.since)
    if wanted.until:
        found &= Q(timestamp__date__lte=wanted.until)
    return found


def own_things(affiliate: Affiliate) -> Q:
    """Which rows of the log of models are about something of `affiliate`."""
    models = [*owned_models(), get_image_model(), get_document_model(), Affiliate]
    types = ContentType.objects.get_for_models(*models)
    found = Q(content_type=types[Affiliate], object_id=str(affiliate.pk))
    for model, content_type in types.items():
        if model is Affiliate:
            continue
        own = (
            {"owner": affiliate}
            if any(field.name == "owner" for field in model._meta.fields)
            else {"collection__path__startswith": affiliate.collection.path}
        )
        ids = model._base_manager.filter(**own).annotate(_id=Cast("pk", CharField())).values("_id")
        found |= Q(content_type=content_type, object_id__in=ids)
    return found


def load(rows) -> list:
    """The entries of some rows, in their order, with people and kinds. Two statements."""
    wanted = {"page": [], "model": []}
    for _timestamp, log, pk in rows:
        wanted[log].append(pk)
    found = {}
    for log, model in (("page", PageLogEntry), ("model", ModelLogEntry)):
        related = ["user__wagtail_userprofile", "content_type", *(["page"] if log == "page" else [])]
        for entry in model.objects.select_related(*related).filter(pk__in=wanted[log]):
            found[log, entry.pk] = entry
    return [found[log, pk] for _timestamp, log, pk in rows if (log, pk) in found]


def actions() -> list[tuple[str, str]]:
    """Every action that the log knows, by its label."""
    return sorted(((name, str(label)) for name, label in registry.get_choices()), key=lambda each: each[1])
