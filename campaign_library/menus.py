"""The buttons at the foot of a snippet's form, where it is shared with all sites."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.action_menu import PublishMenuItem

from editions.network.scoping import is_national

from .actions.send import may_send_snippet
from .models.base import LibrarySnippet


class PublishOnAllSites(PublishMenuItem):
    """As Wagtail's, and says what it does. The plan comes first."""

    template_name = "campaign_library/admin/publish_item.html"
    label = _("Publish on all sites…")


def publish_what_is_shared(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """For the hook ``construct_snippet_action_menu``: who may not send is offered drafts only."""
    model, snippet = context["model"], context.get("instance")
    if not issubclass(model, LibrarySnippet):
        return
    shared = snippet.owner_id is None if snippet is not None else is_national(request.user)
    if not shared:
        return
    for place, item in enumerate(items):
        if isinstance(item, PublishMenuItem):
            if may_send_snippet(request.user, model):
                items[place] = PublishOnAllSites(order=item.order)
            else:
                del items[place]
            return
