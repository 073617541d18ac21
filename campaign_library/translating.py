"""A translation of what national shares is published by the same plan as any other words of national's.

wagtail-localize publishes from an editor of its own, and writes the row that readers see before it asks anybody.
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation, TranslationSource

from .actions.send import may_send_snippet
from .models.base import LibrarySnippet


def plan_first(request: HttpRequest, snippet: Any) -> HttpResponse | None:
    """For the hook ``before_edit_snippet``, before wagtail-localize's own: *Publish* saves a draft and shows the plan."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = translation_of(snippet)
    if translation is None:
        return None
    model, edit = (
        type(snippet),
        reverse(type(snippet).snippet_viewset.get_url_name("edit"), args=[quote(snippet.pk)]),
    )
    policy = policy_registry.get_by_type(model)
    if not may_send_snippet(request.user, model) or not policy.user_has_permission_for_instance(
        request.user, "change", snippet
    ):
        messages.error(
            request,
            _(
                "What national shares is published by those who may send to affiliates. Ask your network manager."
            ),
        )
        return redirect(edit)
    try:
        save_draft(translation, snippet, request.user)
    except ValidationError:
        messages.error(request, _("There are mistakes in this translation. Mend them where they are marked."))
        return redirect(edit)
    return redirect("library:publish", model._meta.model_name, snippet.pk)


def translation_of(snippet: Any) -> Translation | None:
    """The translation by which wagtail-localize writes a shared snippet, if it does."""
    if not isinstance(snippet, LibrarySnippet) or snippet.owner_id is not None:
        return None
    source = TranslationSource.objects.filter(object_id=snippet.translation_key).first()
    if source is None:
        return None
    return source.translations.filter(target_locale=snippet.locale_id, enabled=True).first()


@transaction.atomic
def save_draft(translation: Translation, snippet: LibrarySnippet, user: Any) -> None:
    """The translated words as a draft; what readers see stays as it was."""
    model = type(snippet)
    seen = model._base_manager.select_for_update(of=("self",)).get(pk=snippet.pk)
    translation.save_target(user=user, publish=False)
    if not seen.live:
        return
    seen.latest_revision_id = model._base_manager.values_list("latest_revision_id", flat=True).get(pk=seen.pk)
    seen.has_unpublished_changes = True
    seen.save()
