"""A campaign as readers see it, with its examples and what goes with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .cases import Row, Study, newest_here, rows, studies_shown
from .library import document_address
from .routing import Place
from .serving import PublicPageMixin
from .shown import pages_shown, raw_values

EXAMPLES_OF_THE_SAME = 6


def with_address(place: Place, row: Row) -> Row:
    """A record that the library shows on a page of its own is told where."""
    record = row.value["record"] if row.type == "ordinance" else None
    return replace(row, address=document_address(place, record)) if record is not None else row


class PublicCampaignMixin(PublicPageMixin):
    """A campaign page; every query is made here or in the streams' choosers."""

    shown_streams = ("body", "resources", "next_steps")

    def prepare_public(self, place: Place) -> dict[str, Any]:
        context = super().prepare_public(place)
        steps = [value.get("page") for _type, _id, value in raw_values(self.next_steps, "step")]
        context.update(
            benefits=rows(self, "benefits"),
            costs=rows(self, "costs"),
            examples=self.shown_examples(place),
            resources=[with_address(place, row) for row in rows(self, "resources")],
            next_steps=rows(self, "next_steps"),
            step_pages=pages_shown(place, self.locale, steps),
            is_local_page=not place.is_national and self.base_version is None and self.pk is not None,
        )
        return context

    def shown_examples(self, place: Place) -> list[dict[str, Any]]:
        """Those chosen, with what is said of each; else the site's own of the same policy."""
        chosen = [
            (value.get("page"), value.get("note"))
            for _t, _id, value in raw_values(self.examples, "case_study")
        ]
        if chosen:
            found = studies_shown(place, self.locale, [pk for pk, _note in chosen])
            return [{"study": found[pk], "note": note} for pk, note in chosen if pk in found]
        same: list[Study] = newest_here(place, self.locale, policy=self.policy, count=EXAMPLES_OF_THE_SAME)
        return [{"study": study, "note": ""} for study in same]
