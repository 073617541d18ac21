"""Records of the library within a text: bills and states in tables, an organisation, a resource."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from campaign_library.snippet_block import LibrarySnippetBlock
from campaign_library.state_table import StateTable, state_table
from editions.blocks import StreamBlockType

from .base import SHARED, line


class BillsValue(blocks.StructValue):
    @property
    def shown(self) -> list[Any]:
        """Those that are published, in the order in which they were chosen."""
        return [bill for bill in self["bills"] if bill is not None and bill.live]


class BillsBlock(blocks.StructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    bills = blocks.ListBlock(LibrarySnippetBlock("campaign_library.Bill"), label=_("Bills"), min_num=1)

    class Meta:
        icon = "form"
        label = pgettext_lazy("block", "Bills")
        group = SHARED
        template = "toolkit_pages/blocks/bills.html"
        description = _("Chosen bills in a table: what each is, whose side, where it stands.")
        value_class = BillsValue

    def get_preview_value(self):
        from campaign_library.models import Bill

        value = self.normalize({"title": _("Bills and their copies"), "bills": []})
        stages = [
            {"type": "stage", "value": {"date": "2010-04-23", "stage": "signed", "note": ""}, "id": "one"}
        ]
        bill = Bill(
            number="SB 1070",
            jurisdiction="AZ",
            session="2010",
            title="“Papers” bill",
            stance="oppose",
            stages=stages,
        )
        value["bills"] = [bill]
        return value


class StatePoliciesValue(blocks.StructValue):
    @property
    def table(self) -> StateTable:
        return state_table(policy for policy in self["policies"] if policy is not None and policy.live)


class StatePoliciesBlock(blocks.StructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    policies = blocks.ListBlock(
        LibrarySnippetBlock("campaign_library.StatePolicy"), label=_("Policies"), min_num=1
    )

    class Meta:
        icon = "table"
        label = _("State by state")
        group = SHARED
        template = "toolkit_pages/blocks/state_policies.html"
        description = _("A table: a row for each state, a column for each policy.")
        value_class = StatePoliciesValue

    def get_preview_value(self):
        from campaign_library.models import StatePolicy

        value = self.normalize({"title": _("Who has what"), "policies": []})
        row = {"state": "CA", "since": "2013", "law": "AB 60", "note": "", "url": ""}
        states = [{"type": "state", "value": row, "id": "one"}]
        value["policies"] = [StatePolicy(name=_("Driver's licence for all"), states=states)]
        return value


class OrganisationBlock(LibrarySnippetBlock):
    def __init__(self, **kwargs):
        super().__init__("campaign_library.Organisation", **kwargs)

    class Meta:
        icon = "group"
        label = pgettext_lazy("block", "Organisation")
        group = SHARED
        template = "toolkit_pages/blocks/organisation.html"
        description = _("Who is behind something: one record, kept in the library.")

    def deconstruct(self):
        return "toolkit_pages.blocks.records.OrganisationBlock", [], dict(self._constructor_args[1])

    def get_preview_value(self):
        return self.target_model(
            name=_("Example Coalition"),
            kind="coalition",
            what=_("Forty groups in one county."),
            languages=["en", "es"],
        )


class ResourceBlock(LibrarySnippetBlock):
    def __init__(self, **kwargs):
        super().__init__("campaign_library.Resource", **kwargs)

    class Meta:
        icon = "doc-full"
        label = pgettext_lazy("block", "Resource")
        group = SHARED
        template = "toolkit_pages/blocks/resource.html"
        description = _("One paper, film or map: one record, kept in the library.")

    def deconstruct(self):
        return "toolkit_pages.blocks.records.ResourceBlock", [], dict(self._constructor_args[1])

    def get_preview_value(self):
        return self.target_model(
            title=_("Counting detainers"),
            kind="report",
            publisher_name=_("Example Institute"),
            published_on="2016-05",
            url="https://example.org/report.pdf",
            pages=7,
            languages=["en", "es"],
        )


RECORD_BLOCKS = [
    StreamBlockType("bills", BillsBlock, order=160),
    StreamBlockType("state_policies", StatePoliciesBlock, order=170),
    StreamBlockType("organisation", OrganisationBlock, order=180),
    StreamBlockType("resource", ResourceBlock, order=190),
]
