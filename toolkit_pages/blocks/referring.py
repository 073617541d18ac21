"""What leads on: notes to the text, papers elsewhere, the toolkit at a glance, a story with its request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from editions.blocks import StreamBlockType

from ..footnotes import KEY
from .base import (
    LANGUAGES,
    SHOWING,
    WRITING,
    ChoiceBlock,
    DayBlock,
    NameBlock,
    PairedFieldsMixin,
    line,
    prose,
)


class FootnoteBlock(blocks.StructBlock):
    key = NameBlock(
        rf"^{KEY}\Z",
        _("Use small letters, digits, - and _ only, such as census-2015."),
        label=_("Key"),
        max_length=40,
        help_text=_("A short word of your own. Write [^word] in the text where the note belongs."),
    )
    text = prose(label=_("Note"))

    class Meta:
        icon = "superscript"
        label = _("Note")


class FootnotesBlock(blocks.StructBlock):
    notes = blocks.ListBlock(FootnoteBlock(), label=_("Notes"), min_num=1)

    class Meta:
        icon = "superscript"
        label = _("Footnotes")
        group = WRITING
        template = "toolkit_pages/blocks/footnotes.html"
        description = _(
            "Notes to [^marks] in the text. They are numbered by themselves and stand at the page's end."
        )
        preview_value = {
            "notes": [
                {"key": "census", "text": RichText("<p>Census Bureau, county tables, 2015.</p>")},
                {"key": "minutes", "text": RichText("<p>Minutes of the board, 18 October 2011.</p>")},
            ]
        }


KINDS = [
    ("fact_sheet", _("Fact sheet")),
    ("guide", _("Guide")),
    ("report", _("Report")),
    ("law", _("Law or policy")),
    ("article", _("Article")),
    ("film", _("Film")),
    ("audio", _("Audio")),
    ("transcript", _("Transcript")),
    ("map", _("Map")),
    ("data", _("Data")),
    ("site", _("Web site")),
]
"""What a paper elsewhere is."""


class ResourceLinkBlock(blocks.StructBlock):
    title = line(label=_("Title"), max_length=255)
    url = blocks.URLBlock(label=_("Web address"), default="")
    kind = ChoiceBlock(label=_("Kind"), choices=KINDS, default="report")
    publisher = line(label=_("Publisher"), required=False, max_length=160)
    language = ChoiceBlock(
        label=_("Language"),
        choices=LANGUAGES,
        required=False,
        default="",
        help_text=_("Only if it differs from the page's."),
    )
    published = line(
        label=_("Published"), required=False, max_length=80, help_text=_("A year or a day, as printed.")
    )
    format = line(label=_("Format"), required=False, max_length=80, help_text=_("Such as: PDF, 7 pages."))
    note = line(label=_("What it is good for"), required=False, max_length=400)

    class Meta:
        icon = "link"
        label = _("Resource")


@dataclass(frozen=True)
class Entry:
    """A resource with its kind and language in words."""

    value: Any
    kind: Any
    language: str


class ResourceLinksValue(blocks.StructValue):
    @property
    def entries(self) -> list[Entry]:
        return [
            Entry(each, dict(KINDS).get(each.get("kind"), ""), dict(LANGUAGES).get(each.get("language"), ""))
            for each in self.get("links") or []
        ]


class ResourceLinksBlock(blocks.StructBlock):
    title = line(label=_("Title"), required=False, max_length=255)
    links = blocks.ListBlock(ResourceLinkBlock(), label=_("Resources"), min_num=1)

    class Meta:
        icon = "link"
        label = _("Resource links")
        group = SHOWING
        template = "toolkit_pages/blocks/resource_links.html"
        description = _("Papers and films elsewhere, each with kind, language and date.")
        value_class = ResourceLinksValue
        preview_value = {
            "title": "To read on",
            "links": [
                {
                    "title": "What detainers cost a county",
                    "url": "https://example.org/costs.pdf",
                    "kind": "report",
                    "publisher": "A research group",
                    "language": "",
                    "published": "2012",
                    "format": "PDF, 7 pages",
                    "note": "Has a table that can be filled with your own numbers.",
                },
                {
                    "title": "Sus derechos en la puerta",
                    "url": "https://example.org/puerta",
                    "kind": "film",
                    "publisher": "",
                    "language": "es",
                    "published": "2014",
                    "format": "",
                    "note": "",
                },
            ],
        }


class OverviewBlock(blocks.StructBlock):
    title = line(label=_("Title"), max_length=255)
    intro = prose(label=_("Introduction"), required=False)

    class Meta:
        icon = "tasks"
        label = _("Toolkit overview")
        group = SHOWING
        template = "toolkit_pages/blocks/overview.html"
        description = _("A tick list on one page, made of what each chapter says “in short”.")
        stays_on_device = True
        preview_value = {"title": "The toolkit on one page", "intro": RichText("")}

    def get_preview_context(self, value, parent_context=None):
        context = super().get_preview_context(value, parent_context)
        chapters = [
            {
                "pk": 1,
                "number": "1",
                "title": "Build a small team",
                "summary": "Five people, one request.",
                "address": "#1",
            },
            {
                "pk": 2,
                "number": "2",
                "title": "Who decides",
                "summary": "Find the office that can say yes.",
                "address": "#2",
            },
        ]
        return {**context, "contents": {"chapters": chapters}}


class StoryValue(blocks.StructValue):
    @property
    def is_over(self) -> bool:
        """Whether the consent of the person has run out."""
        return bool(self.get("consent_until")) and timezone.localdate() > self["consent_until"]


class StoryBlock(PairedFieldsMixin, blocks.StructBlock):
    together = (("button", "url", _("A button needs its words and the address that it leads to.")),)

    title = line(label=_("Title"), required=False, max_length=255)
    text = prose(label=_("Story"))
    name = line(
        label=_("Who tells it"), required=False, max_length=160, help_text=_("A first name or a made-up one.")
    )
    about = line(
        label=_("About the person"), required=False, max_length=255, help_text=_("Nothing that finds them.")
    )
    consent = blocks.BooleanBlock(
        label=_("The person has agreed that this story stands here"),
        required=True,
        help_text=_("Without it a story cannot be saved."),
    )
    consent_until = DayBlock(
        label=_("Agreed until"), required=False, help_text=_("Afterwards the story is no longer shown.")
    )
    ask = line(
        label=_("What the reader is asked to do"),
        max_length=255,
        help_text=_("A story ends with one thing to do."),
    )
    button = line(label=_("Button"), required=False, max_length=60, help_text=_("What the button says."))
    url = blocks.URLBlock(label=_("Web address"), required=False, default="")

    class Meta:
        icon = "user"
        label = _("Story")
        group = WRITING
        template = "toolkit_pages/blocks/story.html"
        description = _("A person's story, told with consent, and what the reader is asked to do.")
        value_class = StoryValue
        preview_value = {
            "title": "The night of the phone call",
            "text": RichText(
                "<p>My brother called from the jail. His fine was paid; they kept him two more days.</p>"
            ),
            "name": "Ana",
            "about": "a shopkeeper",
            "consent": True,
            "consent_until": None,
            "ask": "Tell your supervisor what two more days mean.",
            "button": "",
            "url": "",
        }


REFERRING_BLOCKS = [
    StreamBlockType("story", StoryBlock, order=45),
    StreamBlockType("footnotes", FootnotesBlock, order=46),
    StreamBlockType("resource_links", ResourceLinksBlock, order=93),
    StreamBlockType("overview", OverviewBlock, order=91),
]
