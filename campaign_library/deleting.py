"""A provision that something refers to is not deleted: who wants to has to know where it stands first."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.admin.utils import quote
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import ReferenceIndex

from .models import Provision

NAMED = 5


def keep_provisions_in_use(request: HttpRequest, snippets: Sequence[Model]) -> HttpResponse | None:
    """For the hook ``before_delete_snippet``, one by one and in bulk. Sends to where the first one in use is used.

    Deleting past the admin leaves the references behind; readers then see the texts without the provision's name.
    """
    refused = None
    for provision in snippets:
        if not isinstance(provision, Provision) or not (users := users_of(provision)):
            continue
        message = _(
            "“%(provision)s” is used in: %(users)s. Take it out there first, or unpublish it: then readers no longer see its name."
        )
        messages.error(request, message % {"provision": provision, "users": ", ".join(users)})
        refused = refused or redirect(
            reverse(provision.snippet_viewset.get_url_name("usage"), args=[quote(provision.pk)])
        )
    return refused


def users_of(provision: Provision) -> list[str]:
    """The titles of what refers to it, the first few."""
    found = list(ReferenceIndex.get_grouped_references_to(provision))
    titles = [str(thing) for thing, _references in found[:NAMED]]
    if len(found) > NAMED:
        titles.append(_("and %(number)d more") % {"number": len(found) - NAMED})
    return titles
