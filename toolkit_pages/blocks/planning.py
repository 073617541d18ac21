"""Planning what to do: a meeting, what each person takes on, tactics from the softest to the hardest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.rich_text import RichText

from editions.blocks import StreamBlockType

from .base import WORKING, ChoiceBlock, line, prose
from .working import InnerStepBlock


class RoleBlock(blocks.StructBlock):
    role = line(
        label=_("Role"), max_length=120, help_text=_("Facilitator, storyteller, the request, note-taker …")
    )
    task = prose(label=_("What this person does"), required=False)

    class Meta:
        icon = "user"
        label = _("Role")


class AgendaItemBlock(blocks.StructBlock):
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=600)
    title = line(label=_("What happens"), max_length=255)
    role = line(label=_("Who"), required=False, max_length=120, help_text=_("One of the roles above."))
    text = prose(label=_("Text"), required=False)

    class Meta:
        icon = "time"
        label = _("Point of the agenda")


@dataclass(frozen=True)
class AgendaItem:
    """A point of the agenda with the minutes after the beginning at which it starts and ends."""

    value: Any
    start: int
    end: int


class MeetingPlanValue(blocks.StructValue):
    @property
    def timetable(self) -> list[AgendaItem]:
        found: list[AgendaItem] = []
        for each in self.get("agenda") or []:
            start = found[-1].end if found else 0
            found.append(AgendaItem(each, start, start + (each.get("minutes") or 0)))
        return found


class MeetingPlanBlock(blocks.StructBlock):
    title = line(label=_("Title"), max_length=255)
    purpose = line(
        label=_("Purpose in one sentence"), required=False, max_length=400, help_text=_("Why you meet.")
    )
    request = line(
        label=_("The request"),
        max_length=400,
        help_text=_("The one thing you ask for, so that the answer is yes or no."),
    )
    minutes = blocks.IntegerBlock(label=_("Minutes in all"), required=False, min_value=1, max_value=600)
    roles = blocks.ListBlock(RoleBlock(), label=_("Roles"), min_num=1)
    agenda = blocks.ListBlock(AgendaItemBlock(), label=_("Agenda"), min_num=1)
    afterwards = prose(label=_("After the meeting"), required=False)

    class Meta:
        icon = "group"
        label = _("Meeting plan")
        group = WORKING
        template = "toolkit_pages/blocks/meeting_plan.html"
        description = _(
            "Roles, agenda and timing of a meeting. Readers put names to the roles on their device."
        )
        value_class = MeetingPlanValue
        stays_on_device = True
        preview_value = {
            "title": "Half an hour with the sheriff",
            "purpose": "To learn how the jail answers requests, and to ask for a change.",
            "request": "Will you stop holding people on a request alone?",
            "minutes": 30,
            "roles": [
                {"role": "Facilitator", "task": RichText("<p>Opens, keeps the time, closes.</p>")},
                {"role": "Storyteller", "task": RichText("<p>Tells one story in two minutes.</p>")},
                {"role": "The request", "task": RichText("<p>Asks, then is silent.</p>")},
                {"role": "Note-taker", "task": RichText("<p>Writes down what is promised.</p>")},
            ],
            "agenda": [
                {"minutes": 5, "title": "Who we are", "role": "Facilitator", "text": RichText("")},
                {"minutes": 10, "title": "A story", "role": "Storyteller", "text": RichText("")},
                {
                    "minutes": 15,
                    "title": "The request",
                    "role": "The request",
                    "text": RichText("<p>Ask once. Wait for the answer.</p>"),
                },
            ],
            "afterwards": RichText("<p>Fifteen minutes outside: what was said, who writes the thanks?</p>"),
        }

    def clean(self, value):
        result = super().clean(value)
        agreed, planned = result.get("minutes"), result.timetable[-1].end if result.timetable else 0
        if agreed and planned > agreed:
            message = ngettext(
                "The agenda takes %(planned)d minute. Give the meeting more time, or shorten the agenda.",
                "The agenda takes %(planned)d minutes. Give the meeting more time, or shorten the agenda.",
                planned,
            ) % {"planned": planned}
            raise StructBlockValidationError(block_errors={"minutes": ValidationError(message)})
        return result


class CommitmentBlock(blocks.StructBlock):
    title = line(label=_("Step"), max_length=255)
    text = prose(label=_("Text"), required=False)
    effort = ChoiceBlock(
        label=_("Effort"),
        choices=[("low", _("Low effort")), ("some", _("Some effort")), ("high", _("High effort"))],
        default="low",
    )
    takes = line(label=_("How long it takes"), required=False, max_length=80)
    steps = blocks.ListBlock(InnerStepBlock(), label=_("Steps within it"), default=[], collapsed=True)

    class Meta:
        icon = "check"
        label = _("Step")


class CommitmentLadderBlock(blocks.StructBlock):
    title = line(label=_("Title"), max_length=255)
    intro = prose(label=_("Introduction"), required=False)
    steps = blocks.ListBlock(
        CommitmentBlock(), label=_("Steps"), min_num=1, help_text=_("From the smallest to the largest.")
    )

    class Meta:
        icon = "list-ol"
        label = _("Commitment ladder")
        group = WORKING
        template = "toolkit_pages/blocks/commitment_ladder.html"
        description = _("Steps from low to high effort. Readers tick what they have done, on their device.")
        stays_on_device = True
        preview_value = {
            "title": "What I can do",
            "intro": RichText(""),
            "steps": [
                {
                    "title": "Learn the words",
                    "text": RichText(""),
                    "effort": "low",
                    "takes": "15 minutes",
                    "steps": [],
                },
                {
                    "title": "Come to a hearing",
                    "text": RichText("<p>Being there counts; nobody has to speak.</p>"),
                    "effort": "some",
                    "takes": "An evening",
                    "steps": [],
                },
                {
                    "title": "Go with somebody to a check-in",
                    "text": RichText(""),
                    "effort": "high",
                    "takes": "A day a month",
                    "steps": [
                        {"title": "Take part in the training", "text": RichText("")},
                        {"title": "Agree on what you will not do", "text": RichText("")},
                    ],
                },
            ],
        }


RISKS = [("low", _("Low risk")), ("some", _("Some risk")), ("high", _("High risk"))]


class TacticBlock(blocks.StructBlock):
    title = line(label=_("Tactic"), max_length=255)
    text = prose(label=_("Text"), required=False)
    risk = ChoiceBlock(label=_("Risk"), choices=RISKS, default="low")
    care = line(
        label=_("What to think of before"),
        required=False,
        max_length=400,
        help_text=_("Who could be put at risk, and how to prepare."),
    )

    class Meta:
        icon = "order-up"
        label = _("Tactic")


class TacticsValue(blocks.StructValue):
    @property
    def by_risk(self) -> list[tuple[str, Any, list[Any]]]:
        """Risk, its name, and its tactics in the editor's order: the softer first. Risks without any are left out."""
        tactics = list(self.get("tactics") or [])
        graded = [(risk, label, [one for one in tactics if one.get("risk") == risk]) for risk, label in RISKS]
        return [each for each in graded if each[2]]


class TacticsBlock(blocks.StructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    intro = prose(label=_("Introduction"), required=False)
    tactics = blocks.ListBlock(TacticBlock(), label=_("Tactics"), min_num=1)
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "order-up"
        label = _("Tactics by risk")
        group = WORKING
        template = "toolkit_pages/blocks/tactics.html"
        description = _("Things a group can do, sorted by risk, the softest first.")
        value_class = TacticsValue
        preview_value = {
            "title": "Ways to be heard",
            "intro": RichText(""),
            "tactics": [
                {"title": "Write to the board", "text": RichText(""), "risk": "low", "care": ""},
                {
                    "title": "A vigil at the jail",
                    "text": RichText(""),
                    "risk": "some",
                    "care": "Ask for a permit.",
                },
                {
                    "title": "Sit in at an office",
                    "text": RichText("<p>Only with training and a lawyer on call.</p>"),
                    "risk": "high",
                    "care": "An arrest can end a person's case. Nobody without papers takes part.",
                },
            ],
            "source": "",
        }


PLANNING_BLOCKS = [
    StreamBlockType("meeting_plan", MeetingPlanBlock, order=71),
    StreamBlockType("commitment_ladder", CommitmentLadderBlock, order=75),
    StreamBlockType("tactics", TacticsBlock, order=76),
]
