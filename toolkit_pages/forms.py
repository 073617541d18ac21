"""Forms of the page editor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.models import Page, Site

from editions.forms import EditionPageForm, raw_stream
from editions.models import Version

from .footnotes import marks_without_notes


class NotedPageForm(EditionPageForm):
    """Of a page with a body, in which marks of footnotes may stand: each needs its note."""

    def clean(self):
        data = super().clean()
        if data.get("body") is not None:
            self.check_notes(raw_stream(self.instance._meta.get_field("body"), data["body"]))
        return data

    def check_notes(self, body) -> None:
        """Refuses marks of footnotes that name no note on the page, but for those that stand in national's text: an affiliate
        that hides the notes need not mend what it inherits."""
        missing = marks_without_notes(body)
        base = (
            Version.objects.filter(pk=self.instance.base_version).only("content", "content_type").first()
            if missing
            else None
        )
        inherited = marks_without_notes([{"value": base.content}]) if base is not None else []
        for key in missing:
            if key not in inherited:
                message = _(
                    "There is no footnote “%(key)s”. Add it to the block Footnotes, or take the mark away."
                )
                self.add_error("body", message % {"key": key})


class FactsPageForm(NotedPageForm):
    """Shows who checked a page only where it can be said: on national pages. Elsewhere the words follow national.

    The field is taken out of the form, not hidden in it: a field that is not posted would come back empty.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "checked_by" in self.fields and not is_national(self.parent_page or self.instance):
            del self.fields["checked_by"]


def is_national(page: Page) -> bool:
    """Whether ``page`` stands beneath the folder of the default site's homes (or, before there is one, anywhere)."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None or not page.path:
        return True
    home = site.root_page
    folder = home.path[: -home.steplen] if home.depth > 2 else home.path
    return page.path.startswith(folder)


class CaseStudyForm(FactsPageForm):
    """Takes each provision once. Where two stood already, since national and the affiliate had both added it, both may stay."""

    def clean(self):
        data = super().clean()
        before = repeated(self.instance.details.raw_data) if self.instance.pk else {}
        stream = data.get("details")
        if stream is None:
            return data
        raw = stream.stream_block.get_prep_value(stream)
        known = set(before)
        errors = {
            number: ValidationError(_("This provision stands here already."), code="repeated")
            for pk, numbers in repeated(raw).items()
            if pk not in known
            for number in numbers
        }
        if errors:
            self.add_error("details", StreamBlockValidationError(block_errors=errors))
        return data


def repeated(raw: Iterable[Any]) -> dict[int, list[int]]:
    """Id of each provision that stands more than once in raw stream data, to the places after the first."""
    places: dict[int, list[int]] = {}
    for number, block in enumerate(raw):
        value = block.get("value")
        pk = value.get("provision") if isinstance(value, dict) else None
        if pk:
            places.setdefault(pk, []).append(number)
    return {pk: numbers[1:] for pk, numbers in places.items() if len(numbers) > 1}
