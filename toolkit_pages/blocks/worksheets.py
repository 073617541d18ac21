"""Forms that a reader fills in on the own device: nothing typed into them is sent anywhere.

Their Meta says ``stays_on_device = True``: a page that holds such a block carries the script that can keep what was
typed in the browser. An add-on's block that says so gets it too.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from editions.blocks import StreamBlockType

from .base import RIGHTS, WORKING, ChoiceBlock, line, prose


class SheetFieldBlock(blocks.StructBlock):
    label = line(label=_("What to fill in"), max_length=255)
    kind = ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("line", _("One line")),
            ("text", _("Several lines")),
            ("tick", _("Tick box")),
            ("day", _("Date")),
            ("yes_no", _("Yes, no, not known")),
        ],
        default="line",
    )
    hint = line(label=_("Hint"), required=False, max_length=400)

    class Meta:
        icon = "edit"
        label = _("Field")


class SheetPartBlock(blocks.StructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    text = prose(label=_("Text"), required=False)
    fields = blocks.ListBlock(SheetFieldBlock(), label=_("Fields"), min_num=1)

    class Meta:
        icon = "form"
        label = _("Part")


class WorksheetBlock(blocks.StructBlock):
    title = line(label=_("Title"), max_length=255)
    intro = prose(label=_("Introduction"), required=False)
    parts = blocks.ListBlock(SheetPartBlock(), label=_("Parts"), min_num=1)

    class Meta:
        icon = "form"
        label = _("Worksheet")
        group = WORKING
        template = "toolkit_pages/blocks/worksheet.html"
        description = _("A form to fill in and print. What is typed stays on the reader's device.")
        stays_on_device = True
        preview_value = {
            "title": "What is the policy here?",
            "intro": RichText("<p>Ask the county's own papers first.</p>"),
            "parts": [
                {
                    "title": "The jail",
                    "text": RichText(""),
                    "fields": [
                        {"label": "Who runs it?", "kind": "line", "hint": "An office, not a person."},
                        {"label": "It holds people on request alone", "kind": "yes_no", "hint": ""},
                        {"label": "We have read the contract", "kind": "tick", "hint": ""},
                        {"label": "The contract ends on", "kind": "day", "hint": ""},
                        {"label": "What else we found", "kind": "text", "hint": ""},
                    ],
                }
            ],
        }


class ResponsePlanBlock(blocks.StructBlock):
    title = line(label=_("Title"), max_length=255)
    warning = prose(
        label=_("Warning"),
        help_text=_("Who could be put at risk if this paper is found, and where to keep it."),
    )
    intro = prose(label=_("Introduction"), required=False)
    parts = blocks.ListBlock(SheetPartBlock(), label=_("Parts"), min_num=1)

    class Meta:
        icon = "warning"
        label = _("Rapid-response plan")
        group = RIGHTS
        template = "toolkit_pages/blocks/response_plan.html"
        description = _("A plan for an emergency as a blank form, with a warning before it.")
        stays_on_device = True
        preview_value = {
            "title": "Our plan",
            "warning": RichText("<p>Write no status and no full names. Keep it where only you find it.</p>"),
            "intro": RichText(""),
            "parts": [
                {
                    "title": "First calls",
                    "text": RichText("<p>Learn one number by heart.</p>"),
                    "fields": [
                        {"label": "Hotline", "kind": "line", "hint": ""},
                        {"label": "A lawyer", "kind": "line", "hint": ""},
                        {"label": "Who fetches the children", "kind": "line", "hint": ""},
                    ],
                },
                {
                    "title": "Papers",
                    "text": RichText(""),
                    "fields": [
                        {"label": "Copies are with somebody we trust", "kind": "tick", "hint": ""},
                        {"label": "Look at this again on", "kind": "day", "hint": ""},
                    ],
                },
            ],
        }


WORKSHEET_BLOCKS = [
    StreamBlockType("worksheet", WorksheetBlock, order=79),
    StreamBlockType("response_plan", ResponsePlanBlock, order=98),
]
