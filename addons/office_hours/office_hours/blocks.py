"""When and where a public body meets, and how a person gets to speak there."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText


class OfficeHoursBlock(blocks.StructBlock):
    who = blocks.CharBlock(label=_("Who meets"), max_length=200, default="")
    when = blocks.CharBlock(
        label=_("When"),
        max_length=200,
        default="",
        help_text=_("As people say it: every second Tuesday, 9:30 am."),
    )
    where = blocks.CharBlock(label=_("Where"), max_length=200, required=False, default="")
    speaking = blocks.RichTextBlock(
        label=_("How to speak there"), features=["bold", "italic", "link"], required=False
    )
    url = blocks.URLBlock(label=_("Calendar on the web"), required=False, default="")

    class Meta:
        icon = "date"
        label = _("Office hours")
        group = _("Working together")
        template = "office_hours/office_hours.html"
        description = _("When and where a public body meets, and how to speak there.")
        preview_value = {
            "who": _("Board of supervisors"),
            "when": _("Tuesdays, 9:30 am"),
            "where": _("Board chambers"),
            "speaking": RichText("<p>Two minutes each.</p>"),
            "url": "",
        }
