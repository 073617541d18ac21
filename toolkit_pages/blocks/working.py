"""What a group works through: steps, questions, points to make."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from editions.blocks import StreamBlockType

from .base import WORKING, DayBlock, line, prose


class InnerStepBlock(blocks.StructBlock):
    # A step is a title, a text or both: imported demands are whole sentences without a title.
    title = line(label=_("Step"), required=False, max_length=255)
    text = prose(label=_("Text"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepBlock(blocks.StructBlock):
    # A step is a title, a text or both: imported demands are whole sentences without a title.
    title = line(label=_("Step"), required=False, max_length=255)
    text = prose(label=_("Text"), required=False)
    steps = blocks.ListBlock(InnerStepBlock(), label=_("Steps within it"), default=[], collapsed=True)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        group = WORKING
        template = "toolkit_pages/blocks/steps.html"
        description = _("Things to do in order. The numbers come by themselves.")
        preview_value = {
            "title": "Before the meeting",
            "steps": [
                {
                    "title": "Agree on one request",
                    "text": RichText("<p>One sentence, one decision.</p>"),
                    "steps": [],
                },
                {
                    "title": "Share the roles",
                    "text": RichText(""),
                    "steps": [
                        {"title": "Somebody opens and closes", "text": RichText("")},
                        {"title": "Somebody writes down what is promised", "text": RichText("")},
                    ],
                },
            ],
        }


class QuestionBlock(blocks.StructBlock):
    question = line(label=_("Question"), max_length=400)
    hint = prose(label=_("Hint"), required=False)

    class Meta:
        icon = "help"
        label = _("Question")


class QuestionsBlock(blocks.StructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Guiding questions")
        group = WORKING
        template = "toolkit_pages/blocks/questions.html"
        description = _("Questions a group answers together, with hints.")
        stays_on_device = True
        preview_value = {
            "title": "Before you choose a demand",
            "questions": [
                {"question": "Who can decide it?", "hint": RichText("<p>A body, an office, one person.</p>")},
                {"question": "What do they care about?", "hint": RichText("")},
            ],
        }


class PointBlock(blocks.StructBlock):
    point = line(label=_("Point"), max_length=400)
    evidence = prose(label=_("Evidence"), required=False)
    as_of = DayBlock(label=_("As of"), required=False)
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "comment"
        label = _("Point")


class TalkingPointsBlock(blocks.StructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    points = blocks.ListBlock(PointBlock(), label=_("Points"), min_num=1)

    class Meta:
        icon = "comment"
        label = _("Talking points")
        group = WORKING
        template = "toolkit_pages/blocks/talking_points.html"
        description = _("What to say, each with its evidence, date and source.")
        preview_value = {
            "title": "When the cost comes up",
            "points": [
                {
                    "point": "Every day in jail is paid for by the county",
                    "evidence": RichText("<p>The county's own budget says so.</p>"),
                    "as_of": None,
                    "source": "County budget",
                }
            ],
        }


WORKING_BLOCKS = [
    StreamBlockType("steps", StepsBlock, order=50),
    StreamBlockType("questions", QuestionsBlock, order=60),
    StreamBlockType("talking_points", TalkingPointsBlock, order=70),
]
