"""The rows of a campaign page: points for and against, examples, what to read, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaign_library.blocks.days import WhenBlock
from campaign_library.snippet_block import LibrarySnippetBlock
from editions.blocks import StreamBlockType

from .base import LANGUAGES, SHARED, SHOWING, WORKING, ChoiceBlock, line, prose
from .library import CallToActionBlock


class CampaignPointBlock(blocks.StructBlock):
    point = line(label=_("Point"), max_length=400)
    evidence = prose(label=_("Evidence"), required=False)
    as_of = WhenBlock(label=_("As of"))
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "comment"
        label = _("Point")
        group = WORKING
        description = _("One point, with its evidence, day and source.")


class ExampleBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock("toolkit_pages.CaseStudyPage", label=_("Case study"))
    note = line(
        label=_("Note"),
        required=False,
        max_length=255,
        help_text=_("Why it is an example. Else its summary."),
    )

    class Meta:
        icon = "site"
        label = _("Case study")
        group = SHOWING
        description = _("A place where it was done.")


class RecordBlock(blocks.StructBlock):
    """A record of the library with a note; subclasses say which."""

    class Meta:
        group = SHARED


class ResourceRecordBlock(RecordBlock):
    record = LibrarySnippetBlock("campaign_library.Resource", label=_("Resource"))
    note = line(label=_("Note"), required=False, max_length=255)

    class Meta:
        icon = "doc-full"
        label = _("Resource")
        description = _("Something to read, kept in the library.")


class BillRecordBlock(RecordBlock):
    record = LibrarySnippetBlock("campaign_library.Bill", label=_("Bill"))
    note = line(label=_("Note"), required=False, max_length=255)

    class Meta:
        icon = "list-ol"
        label = _("Bill")
        description = _("A bill with its stage, kept in the library.")


class OrdinanceRecordBlock(RecordBlock):
    record = LibrarySnippetBlock("campaign_library.ModelOrdinance", label=_("Model ordinance"))
    note = line(label=_("Note"), required=False, max_length=255)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Model ordinance")
        description = _("A model text of the library.")


class LinkBlock(blocks.StructBlock):
    title = line(label=_("Title"), max_length=255)
    url = blocks.URLBlock(label=_("Web address"), default="")
    publisher = line(label=_("Publisher"), required=False, max_length=160)
    language = ChoiceBlock(
        label=_("Language"),
        required=False,
        default="",
        choices=LANGUAGES,
        help_text=_("Only if it differs from the page's."),
    )
    as_of = WhenBlock(label=_("Published"))
    note = line(label=_("Note"), required=False, max_length=255)

    class Meta:
        icon = "link"
        label = _("Web page")
        group = SHOWING
        description = _("Something to read on another site.")


class NextStepBlock(blocks.StructBlock):
    title = line(label=_("Step"), max_length=255)
    text = prose(label=_("Text"), required=False)
    page = blocks.PageChooserBlock(label=_("Page that helps"), required=False)

    class Meta:
        icon = "arrow-right"
        label = _("Step")
        group = WORKING
        description = _("One thing to do next, with the page that helps.")


CAMPAIGN_BLOCKS = [
    StreamBlockType("point", CampaignPointBlock, registry="campaign_points", order=10),
    StreamBlockType("case_study", ExampleBlock, registry="campaign_examples", order=10),
    StreamBlockType("resource", ResourceRecordBlock, registry="campaign_resources", order=10),
    StreamBlockType("bill", BillRecordBlock, registry="campaign_resources", order=20),
    StreamBlockType("ordinance", OrdinanceRecordBlock, registry="campaign_resources", order=30),
    StreamBlockType("link", LinkBlock, registry="campaign_resources", order=40),
    StreamBlockType("call_to_action", CallToActionBlock, registry="campaign_next_steps", order=10),
    StreamBlockType("step", NextStepBlock, registry="campaign_next_steps", order=20),
]
