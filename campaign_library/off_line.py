"""Says in the editor of a page which of its snippets readers do not see, because national has withdrawn them."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, ReferenceIndex

from editions.models import Withdrawal

from .models.base import LibrarySnippet


def say_what_is_withdrawn(request: HttpRequest, page: Page) -> None:
    """For the hook ``before_edit_page``. One statement where no snippet is withdrawn, else one for each that is and one more."""
    if request.method != "GET":
        return
    standing = Withdrawal.objects.standing().exclude(content_type=None).select_related("content_type")
    named: dict[tuple[int, str], Withdrawal] = {}
    for withdrawal in standing:
        model = withdrawal.content_type.model_class()
        # A kind that is not the library's, or not installed any more, says it in its own way.
        if model is None or not issubclass(model, LibrarySnippet):
            continue
        key = withdrawal.source_key
        rows = model._base_manager.filter(Q(translation_key=key) | Q(adapts__translation_key=key))
        for pk in rows.values_list("pk", flat=True):
            named[withdrawal.content_type_id, str(pk)] = withdrawal
    if not named:
        return
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        to_content_type__in={kind for kind, _pk in named},
    )
    found = {
        each: None for each in references.values_list("to_content_type", "to_object_id") if each in named
    }
    for withdrawal in {named[each].pk: named[each] for each in found}.values():
        told: dict[str, Any] = {"name": withdrawal.title, "reason": withdrawal.reason}
        messages.warning(
            request,
            _("Readers do not see “%(name)s” here: it is withdrawn from all sites. %(reason)s") % told,
        )
