"""Case studies within a text: some side by side, or as cards. The page loads them for all its blocks at once."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from campaign_library.standing_in import is_shown_to_readers
from editions.blocks import StreamBlockType

from ..policies import Policy
from .base import SHOWING, ChoiceBlock, line
from .cases import CheckedStructBlock


class CaseStudyBlock(blocks.PageChooserBlock):
    """What stands for the page on a site is looked up for all blocks at once (``public.cases``): readers need the id alone."""

    def bulk_to_python(self, values):
        if not is_shown_to_readers():
            return super().bulk_to_python(values)
        return [None if pk is None else self.target_model(pk=pk) for pk in values]


def case_study():
    return CaseStudyBlock("toolkit_pages.CaseStudyPage", label=_("Case study"))


def ids_of(places) -> list[int]:
    """The ids in a list of choosers' values, however they were made."""
    return [place.pk for place in places if place is not None]


class ComparisonBlock(CheckedStructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    places = blocks.ListBlock(
        case_study(), label=_("Places"), min_num=2, max_num=4, help_text=_("Two to four.")
    )
    show = ChoiceBlock(
        label=_("Show"),
        choices=[("all", _("All")), ("facts", _("Only the facts")), ("provisions", _("Only the provisions"))],
        default="all",
    )

    class Meta:
        icon = "table"
        label = pgettext_lazy("block", "Comparison")
        group = SHOWING
        template = "toolkit_pages/blocks/comparison.html"
        description = _("Two to four case studies side by side, line by line.")
        preview_value = {"title": "Three answers to detainers", "places": [], "show": "all"}

    def troubles(self, value):
        ids = ids_of(value["places"])
        if len(set(ids)) < len(ids):
            return {"places": ValidationError(_("One place stands here twice."))}
        return {}

    def get_context(self, value, parent_context=None):
        from ..public.comparing import FEWEST, MOST, table_of

        context = super().get_context(value, parent_context=parent_context)
        cases = context.get("cases")
        studies = cases.chosen(ids_of(value["places"]))[:MOST] if cases else samples()
        context["table"] = table_of(studies) if len(studies) >= FEWEST else None
        return context


class CaseStudiesBlock(CheckedStructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    pick = ChoiceBlock(
        label=_("Which"),
        choices=[("chosen", _("The ones chosen here")), ("newest", _("This site's newest"))],
        default="chosen",
    )
    places = blocks.ListBlock(case_study(), label=_("Case studies"), default=[])
    count = blocks.IntegerBlock(label=_("How many of the newest"), min_value=1, max_value=12, default=3)
    policy = ChoiceBlock(
        label=_("Of the newest, only those about"), required=False, default="", choices=Policy.choices
    )

    class Meta:
        icon = "site"
        label = pgettext_lazy("block", "Case studies")
        group = SHOWING
        template = "toolkit_pages/blocks/case_studies.html"
        description = _("Cards of chosen case studies, or of the newest of the site.")
        preview_value = {
            "title": "Where it was done",
            "pick": "newest",
            "places": [],
            "count": 3,
            "policy": "",
        }

    def troubles(self, value):
        if value["pick"] == "chosen" and not ids_of(value["places"]):
            return {"places": ValidationError(_("Choose one, or show the newest."))}
        return {}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        cases = context.get("cases")
        if cases is None:
            studies = samples()
        elif value["pick"] == "newest":
            wanted = [s for s in cases.newest if value["policy"] in ("", s.page.policy)]
            studies = wanted[: value["count"]]
        else:
            studies = cases.chosen(ids_of(value["places"]))
        context["studies"] = studies
        # Beneath the block's own title, or beneath what stands above the block.
        context["card_level"] = (context.get("level") or 3) + bool(value["title"])
        return context


def samples():
    """Two invented places, for the previews in the block picker, which have no page around them."""
    from campaign_library.models import Provision

    from ..models import CaseStudyPage
    from ..public.cases import Reply, Study

    rule = Provision(code="sample", label=_("No one is held on a request alone"), category="detainers")
    county = CaseStudyPage(
        title=_("A county"),
        place=_("A county"),
        summary=_("Holds nobody on a request alone."),
        status="adopted",
    )
    city = CaseStudyPage(title=_("A city"), place=_("A city"), jurisdiction="city", status="introduced")
    return [
        Study(county, "#", replies=[Reply(rule, "yes", "", "")]),
        Study(city, "#", replies=[]),
    ]


PLACES_BLOCKS = [
    StreamBlockType("comparison", ComparisonBlock, order=120),
    StreamBlockType("case_studies", CaseStudiesBlock, order=130),
]
