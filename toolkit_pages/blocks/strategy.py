"""The strategy of a campaign: its questions, its chart on one sheet, and who stands where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from editions.blocks import StreamBlockType

from .base import WORKING, line, prose
from .working import QuestionBlock


class StrategyQuestionBlock(blocks.StructBlock):
    question = line(label=_("Question"), max_length=400)
    hint = prose(label=_("Hint"), required=False)
    parts = blocks.ListBlock(QuestionBlock(), label=_("Questions within it"), default=[])

    class Meta:
        icon = "help"
        label = _("Question")


class StrategyQuestionsBlock(blocks.StructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    intro = prose(label=_("Introduction"), required=False)
    questions = blocks.ListBlock(StrategyQuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Strategy questions")
        group = WORKING
        template = "toolkit_pages/blocks/strategy_questions.html"
        description = _("A few large questions with smaller ones in them, and room for the answers.")
        stays_on_device = True
        preview_value = {
            "title": "Four questions",
            "intro": RichText(""),
            "questions": [
                {
                    "question": "What do we want?",
                    "hint": RichText("<p>One sentence.</p>"),
                    "parts": [
                        {"question": "What changes for whom?", "hint": RichText("")},
                        {"question": "What would be a first step?", "hint": RichText("")},
                    ],
                },
                {"question": "Who can give it to us?", "hint": RichText(""), "parts": []},
            ],
        }


BOXES = [
    ("goals", _("Goals")),
    ("organisation", _("Our organisation")),
    ("allies", _("Allies and opponents")),
    ("targets", _("Who decides")),
    ("tactics", _("Tactics")),
    ("communications", _("Communications")),
]


@dataclass(frozen=True)
class Box:
    name: str
    label: Any
    hint: Any


class StrategyChartValue(blocks.StructValue):
    @property
    def boxes(self) -> list[Box]:
        return [Box(name, label, self.get(name)) for name, label in BOXES]


class StrategyChartBlock(blocks.StructBlock):
    # The chart's six boxes are always the same; national writes only what helps to fill them.
    title = line(label=_("Title"), max_length=255)
    intro = prose(label=_("Introduction"), required=False)
    goals = prose(label=_("Goals: hint"), required=False)
    organisation = prose(label=_("Our organisation: hint"), required=False)
    allies = prose(label=_("Allies and opponents: hint"), required=False)
    targets = prose(label=_("Who decides: hint"), required=False)
    tactics = prose(label=_("Tactics: hint"), required=False)
    communications = prose(label=_("Communications: hint"), required=False)
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "table"
        label = _("Strategy chart")
        group = WORKING
        template = "toolkit_pages/blocks/strategy_chart.html"
        description = _("A campaign in six boxes to fill in. It prints on one sheet.")
        value_class = StrategyChartValue
        stays_on_device = True
        preview_value = {
            "title": "Our campaign on one sheet",
            "intro": RichText(""),
            "goals": RichText("<p>What would be won, and when?</p>"),
            "organisation": RichText("<p>What do we put in, and what do we want out of it?</p>"),
            "allies": RichText("<p>Who cares, and who will mind?</p>"),
            "targets": RichText("<p>A person with a name, and who that person listens to.</p>"),
            "tactics": RichText("<p>What we do, in which order.</p>"),
            "communications": RichText("<p>What we say to whom, and where.</p>"),
            "source": "After the Midwest Academy's chart",
        }


STANDS = [
    ("active_allies", _("Active allies")),
    ("passive_allies", _("Passive allies")),
    ("neutral", _("Neutral")),
    ("passive_opponents", _("Passive opponents")),
    ("active_opponents", _("Active opponents")),
]
"""The five classes of a spectrum of allies, from those who act with us to those who act against us."""


@dataclass(frozen=True)
class Stand:
    name: str
    label: Any
    hint: str


class SpectrumValue(blocks.StructValue):
    @property
    def stands(self) -> list[Stand]:
        return [Stand(name, label, self.get(name) or "") for name, label in STANDS]

    @property
    def blank_rows(self) -> list[str]:
        """The numbers of the empty rows, as text."""
        return [str(number + 1) for number in range(self.get("rows") or 0)]


class SpectrumBlock(blocks.StructBlock):
    title = line(label=_("Title"), max_length=255)
    intro = prose(label=_("Introduction"), required=False)
    active_allies = line(label=_("Active allies: what to ask of them"), required=False, max_length=400)
    passive_allies = line(label=_("Passive allies: what to ask of them"), required=False, max_length=400)
    neutral = line(label=_("Neutral: what to ask of them"), required=False, max_length=400)
    passive_opponents = line(
        label=_("Passive opponents: what to do about them"), required=False, max_length=400
    )
    active_opponents = line(
        label=_("Active opponents: what to do about them"), required=False, max_length=400
    )
    stakeholders = blocks.ListBlock(
        line(label=_("Stakeholder"), max_length=160),
        label=_("Stakeholders to place"),
        default=[],
        help_text=_("Offices and groups that most campaigns meet. Readers place them and add their own."),
    )
    rows = blocks.IntegerBlock(
        label=_("Empty rows for others"), required=False, default=4, min_value=0, max_value=30
    )
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "group"
        label = _("Spectrum of allies")
        group = WORKING
        template = "toolkit_pages/blocks/spectrum.html"
        description = _("Who stands where, in five classes. Readers place each by choosing from a list.")
        value_class = SpectrumValue
        stays_on_device = True
        preview_value = {
            "title": "Who stands where",
            "intro": RichText("<p>Place each where it stands today, not where you wish it were.</p>"),
            "active_allies": "Plan with them.",
            "passive_allies": "Ask for one small thing.",
            "neutral": "Listen first.",
            "passive_opponents": "Keep them passive.",
            "active_opponents": "Know what they will say.",
            "stakeholders": ["Board of supervisors", "Sheriff", "Congregations"],
            "rows": 2,
            "source": "",
        }


STRATEGY_BLOCKS = [
    StreamBlockType("strategy_questions", StrategyQuestionsBlock, order=72),
    StreamBlockType("strategy_chart", StrategyChartBlock, order=73),
    StreamBlockType("spectrum", SpectrumBlock, order=74),
]
