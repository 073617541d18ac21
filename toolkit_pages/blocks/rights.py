"""Rights and safety: what to do and say in a situation, what to know before a risk, whom to call."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from editions.blocks import StreamBlockType

from .base import LANGUAGES, RIGHTS, ChoiceBlock, DayBlock, PairedFieldsMixin, line, prose


class SayingBlock(blocks.StructBlock):
    words = line(label=_("Words to say"), max_length=400)
    language = ChoiceBlock(
        label=_("Language of these words"),
        required=False,
        default="",
        choices=LANGUAGES,
        help_text=_(
            "Only if it differs from the page's: what is said to an officer is often said in English."
        ),
    )
    meaning = line(
        label=_("What it means"), required=False, max_length=400, help_text=_("In the page's language.")
    )

    class Meta:
        icon = "comment"
        label = _("Words to say")


PLACES = [
    ("door", _("At the door")),
    ("street", _("In the street")),
    ("vehicle", _("In a vehicle")),
    ("work", _("At work")),
    ("custody", _("In custody")),
    ("other", _("Elsewhere")),
]


class RightsScenarioValue(blocks.StructValue):
    @property
    def place_name(self):
        return dict(PLACES).get(self.get("place"), "")


class RightsScenarioBlock(blocks.StructBlock):
    place = ChoiceBlock(label=_("Where"), choices=PLACES, default="door")
    title = line(label=_("Title"), max_length=255)
    situation = prose(label=_("What happens"), required=False)
    do = blocks.ListBlock(line(label=_("Do"), max_length=400), label=_("Do"), min_num=1)
    do_not = blocks.ListBlock(line(label=_("Do not"), max_length=400), label=_("Do not"), default=[])
    say = blocks.ListBlock(SayingBlock(), label=_("Say"), default=[])
    as_of = DayBlock(label=_("As of"), help_text=_("The date on which this was the law."))
    source = line(label=_("Source"), max_length=255)

    class Meta:
        icon = "key"
        label = _("Know your rights")
        group = RIGHTS
        template = "toolkit_pages/blocks/rights_scenario.html"
        description = _("One situation in large print: what to do, what not to do, what to say.")
        value_class = RightsScenarioValue
        preview_value = {
            "place": "door",
            "title": "Somebody knocks and says “police”",
            "situation": RichText("<p>You do not have to open to ask what they want.</p>"),
            "do": ["Ask them to show a paper through the window", "Read whether a judge has signed it"],
            "do_not": ["Do not open before you have read it", "Do not sign anything"],
            "say": [{"words": "I do not consent to your entry.", "language": "en", "meaning": ""}],
            "as_of": "2016-11-15",
            "source": "Sample for this page",
        }


class RiskWarningBlock(PairedFieldsMixin, blocks.StructBlock):
    together = (("button", "url", _("A button needs its words and the address that it leads to.")),)

    risk = ChoiceBlock(
        label=_("Risk"), choices=[("some", _("Some risk")), ("high", _("High risk"))], default="some"
    )
    title = line(label=_("Title"), max_length=255)
    text = prose(label=_("What can happen"))
    not_for = line(
        label=_("Who should not do it"), required=False, max_length=400, help_text=_("Say it plainly.")
    )
    instead = line(label=_("What they can do instead"), required=False, max_length=400)
    button = line(label=_("Button"), required=False, max_length=60, help_text=_("What the button says."))
    url = blocks.URLBlock(label=_("Web address"), required=False, default="")

    class Meta:
        icon = "warning"
        label = _("Warning before an action")
        group = RIGHTS
        template = "toolkit_pages/blocks/risk_warning.html"
        description = _("What can happen and who should not take part, read before the button that follows.")
        preview_value = {
            "risk": "high",
            "title": "Before you tell your story in public",
            "text": RichText("<p>What is on the web stays there. Officers read it too.</p>"),
            "not_for": "Anybody with an open case, without asking a lawyer first.",
            "instead": "Let a friend read it out without your name.",
            "button": "Tell my story",
            "url": "https://example.org/story",
        }


class HotlineBlock(blocks.StructBlock):
    title = line(label=_("Title"), max_length=160, help_text=_("Who answers."))
    number = line(
        label=_("Telephone number"),
        max_length=60,
        help_text=_("Shown as written, dialled with one tap. {{ hotline }} puts in each affiliate's own."),
    )
    hours = line(label=_("Hours"), required=False, max_length=120)
    languages = line(label=_("Languages"), required=False, max_length=160)
    area = line(label=_("Area"), required=False, max_length=160)
    text = prose(label=_("When to call"), required=False)
    checked_on = DayBlock(
        label=_("Checked on"), required=False, help_text=_("The day somebody last called it.")
    )

    class Meta:
        icon = "mobile-alt"
        label = _("Hotline")
        group = RIGHTS
        template = "toolkit_pages/blocks/hotline.html"
        description = _("A telephone number in large print, with hours, languages and area.")
        preview_value = {
            "title": "Rapid-response line",
            "number": "(555) 555-0142",
            "hours": "Day and night",
            "languages": "English, Spanish",
            "area": "The whole county",
            "text": RichText("<p>Call when you see a raid, not only when it happens to you.</p>"),
            "checked_on": "2016-11-15",
        }


RIGHTS_BLOCKS = [
    StreamBlockType("rights_scenario", RightsScenarioBlock, order=95),
    StreamBlockType("risk_warning", RiskWarningBlock, order=96),
    StreamBlockType("hotline", HotlineBlock, order=97),
]
