"""What explains: questions with their answers, both sides of a matter, how something came about, what a text is not."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.rich_text import RichText

from editions.blocks import StreamBlockType

from .base import SHOWING, WRITING, ChoiceBlock, DayBlock, line, prose
from .working import PointBlock


class AnswerBlock(blocks.StructBlock):
    title = line(label=_("Title"), max_length=255, help_text=_("A question, or what is beneath it."))
    text = prose(label=_("Text"))

    class Meta:
        icon = "collapse-down"
        label = _("Part that opens")


class AccordionBlock(blocks.StructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    items = blocks.ListBlock(AnswerBlock(), label=_("Parts"), min_num=1)

    class Meta:
        icon = "collapse-down"
        label = _("Accordion")
        group = WRITING
        template = "toolkit_pages/blocks/accordion.html"
        description = _("Questions or headings that open to their answers. On paper all are open.")
        preview_value = {
            "title": "Answers for a hearing",
            "items": [
                {
                    "title": "Will the county lose money?",
                    "text": RichText("<p>Say which grants are meant, and who decides about them.</p>"),
                },
                {
                    "title": "Is this allowed?",
                    "text": RichText("<p>A request is voluntary; the county may answer no.</p>"),
                },
            ],
        }


class ProsAndConsBlock(blocks.StructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    pros_title = line(
        label=_("Heading of the first list"),
        required=False,
        max_length=80,
        help_text=_("“For”, unless you write another, such as Benefits."),
    )
    pros = blocks.ListBlock(PointBlock(), label=pgettext_lazy("side of a matter", "For"), min_num=1)
    cons_title = line(
        label=_("Heading of the second list"),
        required=False,
        max_length=80,
        help_text=_("“Against”, unless you write another, such as Costs."),
    )
    cons = blocks.ListBlock(PointBlock(), label=pgettext_lazy("side of a matter", "Against"), min_num=1)

    class Meta:
        icon = "grip"
        label = _("Pros and cons")
        group = SHOWING
        template = "toolkit_pages/blocks/pros_and_cons.html"
        description = _("Two lists side by side: what speaks for something and what against it.")
        preview_value = {
            "title": "A city identity card",
            "pros_title": "",
            "pros": [
                {
                    "point": "Opens a library card and a bank account",
                    "evidence": RichText(""),
                    "as_of": None,
                    "source": "",
                },
                {
                    "point": "Asks no immigration status",
                    "evidence": RichText(""),
                    "as_of": None,
                    "source": "",
                },
            ],
            "cons_title": "",
            "cons": [
                {
                    "point": "A list of card holders can be asked for",
                    "evidence": RichText("<p>Keep no copies of papers.</p>"),
                    "as_of": None,
                    "source": "",
                }
            ],
        }


class TimelineEventBlock(blocks.StructBlock):
    when = line(label=_("When"), max_length=80, help_text=_("As people say it: March 2011, 2008–2014."))
    title = line(label=_("What happened"), max_length=255)
    text = prose(label=_("Text"), required=False)
    source = line(label=_("Source"), required=False, max_length=255)
    source_url = blocks.URLBlock(label=_("Web address of the source"), required=False, default="")

    class Meta:
        icon = "date"
        label = _("Event")


class TimelineBlock(blocks.StructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    events = blocks.ListBlock(TimelineEventBlock(), label=_("Events"), min_num=1)

    class Meta:
        icon = "history"
        label = _("Timeline")
        group = SHOWING
        template = "toolkit_pages/blocks/timeline.html"
        description = _("How something came about: what happened when, the oldest first.")
        preview_value = {
            "title": "From opt-out to mandatory",
            "events": [
                {
                    "when": "2008",
                    "title": "A pilot begins",
                    "text": RichText("<p>Fourteen places send fingerprints.</p>"),
                    "source": "Agency report, 2009",
                    "source_url": "",
                },
                {
                    "when": "November 2014",
                    "title": "The programme is replaced",
                    "text": RichText(""),
                    "source": "",
                    "source_url": "",
                },
            ],
        }


class BackgroundValue(blocks.StructValue):
    @property
    def is_over(self) -> bool:
        """Whether its last day has gone by."""
        return bool(self.get("until")) and timezone.localdate() > self["until"]


class BackgroundBlock(blocks.StructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    text = prose(label=_("Text"))
    as_of = DayBlock(label=_("As of"), help_text=_("The date on which this was true."))
    until = DayBlock(
        label=_("Good until"), required=False, help_text=_("Afterwards readers are told that it is old.")
    )
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "calendar-alt"
        label = _("Dated background")
        group = WRITING
        template = "toolkit_pages/blocks/background.html"
        description = _("What is going on as this is written. After its last day it says that it is old.")
        value_class = BackgroundValue
        preview_value = {
            "title": "Where things stand",
            "text": RichText("<p>The board takes up the contract in the spring.</p>"),
            "as_of": "2016-11-15",
            "until": "2099-06-30",
            "source": "Board agenda",
        }


class DisclaimerBlock(blocks.StructBlock):
    kind = ChoiceBlock(
        label=_("Kind"),
        choices=[("legal", _("Not legal advice")), ("general", _("About this text"))],
        default="legal",
    )
    text = prose(label=_("Text"))
    as_of = DayBlock(label=_("As of"), required=False)
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "info-circle"
        label = _("Disclaimer")
        group = WRITING
        template = "toolkit_pages/blocks/disclaimer.html"
        description = _("What this text is not, and who to ask instead. It is always printed with the page.")
        preview_value = {
            "kind": "legal",
            "text": RichText("<p>Ask a lawyer where you live before you act on this.</p>"),
            "as_of": None,
            "source": "",
        }


EXPLAINING_BLOCKS = [
    StreamBlockType("accordion", AccordionBlock, order=41),
    StreamBlockType("background", BackgroundBlock, order=43),
    StreamBlockType("disclaimer", DisclaimerBlock, order=44),
    StreamBlockType("pros_and_cons", ProsAndConsBlock, order=92),
    StreamBlockType("timeline", TimelineBlock, order=94),
]
