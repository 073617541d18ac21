from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from editions.blocks import StreamBlockType
from editions.registry import Variable

from .blocks import OfficeHoursBlock


@hooks.register("register_stream_blocks")
def blocks():
    return [StreamBlockType("office_hours", OfficeHoursBlock, order=300)]


@hooks.register("register_edition_variables")
def variables():
    return [
        Variable(
            "meeting_day",
            label=_("Meeting day"),
            default=_("the day on which it meets"),
            help_text=_("The day on which the governing body meets, such as: every second Tuesday."),
        )
    ]
