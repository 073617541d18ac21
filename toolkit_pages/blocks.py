"""The blocks of a chapter's body. Their stored shapes are binding: import, demo and merge rely on them.

The list at the end is what ``wagtail_hooks.py`` offers to the registry "chapter".
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText
from wagtail.snippets.blocks import SnippetChooserBlock

from editions.blocks import StreamBlockType
from editions.forms import is_empty

from .tables import TranslatableTableBlock

RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]

WRITING = _("Writing")
WORKING = _("Working together")
SHOWING = _("Showing")
SHARED = _("From the library")


def line(**kwargs):
    """A line of text; never null in the data, so that every text can be translated and merged."""
    return blocks.CharBlock(default="", **kwargs)


class ProseBlock(blocks.RichTextBlock):
    """Formatted text with the toolkits' few features. Nothing is stored as nothing, not as an empty paragraph."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    def value_from_form(self, value):
        return RichText("" if is_empty(value) else value)

    def deconstruct(self):
        return "toolkit_pages.blocks.ProseBlock", [], dict(self._constructor_args[1])


def prose(**kwargs):
    return ProseBlock(**kwargs)


class DayBlock(blocks.DateBlock):
    """A day whose stored form is always text: the merge compares JSON, which has no dates."""

    def get_prep_value(self, value):
        return value.isoformat() if hasattr(value, "isoformat") else value


class ParagraphBlock(ProseBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = WRITING
        template = "toolkit_pages/blocks/paragraph.html"
        description = _("Running text with links and lists.")
        preview_value = RichText(
            "<p>A small team with <b>one clear request</b> gets further than a full room without a plan.</p>"
        )


class HeadingBlock(blocks.StructBlock):
    text = line(label=_("Heading"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("Section")), ("3", _("Part of a section"))],
        default="2",
        help_text=_("Chapters start with their title; sections come beneath it."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        group = WRITING
        template = "toolkit_pages/blocks/heading.html"
        description = _("Opens a section or a part of one. Never type its number.")
        preview_value = {"text": "Who to bring", "level": "2"}


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
        preview_value = {
            "title": "Before you choose a demand",
            "questions": [
                {"question": "Who can decide it?", "hint": RichText("<p>A body, an office, one person.</p>")},
                {"question": "What do they care about?", "hint": RichText("")},
            ],
        }


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("note", _("Note")), ("warning", _("Warning")), ("tip", _("Tip"))],
        default="note",
    )
    title = line(label=_("Title"), required=False, max_length=255)
    text = prose(label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Call-out")
        group = WRITING
        template = "toolkit_pages/blocks/callout.html"
        description = _("A note, a warning or a tip set off from the text.")
        preview_value = {
            "kind": "warning",
            "title": "Ask before you film",
            "text": RichText("<p>Some people in the room may be at risk.</p>"),
        }


class QuoteBlock(blocks.StructBlock):
    text = prose(label=_("Quotation"))
    speaker = line(label=_("Speaker"), required=False, max_length=160)
    role = line(
        label=_("Role"), required=False, max_length=255, help_text=_("Who they were when they said it.")
    )
    source = line(label=_("Source"), required=False, max_length=255)
    source_url = blocks.URLBlock(label=_("Web address of the source"), required=False, default="")
    language = blocks.ChoiceBlock(
        label=_("Language of the original"),
        required=False,
        default="",
        choices=[
            ("en", "English"),
            ("es", "Español"),
            ("fr", "Français"),
            ("ht", "Kreyòl ayisyen"),
            ("ar", "العربية"),
            ("zh", "中文"),
            ("vi", "Tiếng Việt"),
        ],
        help_text=_("Only if it differs from the page's."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        group = WRITING
        template = "toolkit_pages/blocks/quote.html"
        description = _("What somebody said, with who, when and where.")
        preview_value = {
            "text": RichText("<p>A request is not an order.</p>"),
            "speaker": "A county supervisor",
            "role": "at a public hearing",
            "source": "Minutes of the board",
            "source_url": "",
            "language": "",
        }


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"), required=False)
    caption = line(label=_("Caption"), required=False, max_length=400)
    long_description = prose(
        label=_("Long description"),
        required=False,
        help_text=_("Everything the picture says, for those who do not see it. Needed for diagrams."),
    )
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Figure")
        group = SHOWING
        template = "toolkit_pages/blocks/figure.html"
        description = _("A picture or diagram with caption, source and a description in words.")
        preview_value = {
            "image": None,
            "caption": "The way of a case through the county jail",
            "long_description": RichText("<p>Arrest, booking, first hearing, release.</p>"),
            "source": "Drawn for this toolkit",
        }


class TableBlock(blocks.StructBlock):
    caption = line(label=_("Caption"), required=False, max_length=255)
    table = TranslatableTableBlock(
        [
            ("text", line(label=_("Text"), required=False)),
            ("rich_text", prose(label=_("Formatted text"), required=False)),
        ],
        label=_("Table"),
    )
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "table"
        label = _("Table")
        group = SHOWING
        template = "toolkit_pages/blocks/table.html"
        description = _("Rows and columns. On a phone it scrolls by itself.")

    def get_preview_value(self):
        return self.normalize(
            {
                "caption": "Who decides what",
                "table": self.child_blocks["table"].to_python(
                    {
                        "columns": [
                            {"type": "text", "heading": "Office"},
                            {"type": "text", "heading": "Decides"},
                        ],
                        "rows": [
                            {"values": ["Sheriff", "Who is held in the jail"]},
                            {"values": ["Board", "The budget and county policy"]},
                        ],
                        "caption": "",
                    }
                ),
                "source": "",
            }
        )


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


class CallToActionBlock(SnippetChooserBlock):
    def __init__(self, **kwargs):
        super().__init__("campaign_library.CallToAction", **kwargs)

    class Meta:
        icon = "pick"
        label = pgettext_lazy("block", "Call to action")
        group = SHARED
        template = "toolkit_pages/blocks/call_to_action.html"
        description = _("One thing to do now, kept in the library.")

    def deconstruct(self):
        return "toolkit_pages.blocks.CallToActionBlock", [], dict(self._constructor_args[1])

    def get_preview_value(self):
        return self.target_model(
            title=_("Ask for a meeting this week"),
            kind="write",
            text=_("<p>A letter, a call script and one page to leave behind.</p>"),
            button=_("Prepare my meeting"),
            url="https://example.org/",
        )


class GlossaryTermBlock(SnippetChooserBlock):
    def __init__(self, **kwargs):
        super().__init__("campaign_library.GlossaryTerm", **kwargs)

    class Meta:
        icon = "info-circle"
        label = pgettext_lazy("block", "Glossary term")
        group = SHARED
        template = "toolkit_pages/blocks/glossary_term.html"
        description = _("A word explained beside the text, kept in the library.")

    def deconstruct(self):
        return "toolkit_pages.blocks.GlossaryTermBlock", [], dict(self._constructor_args[1])

    def get_preview_value(self):
        return self.target_model(
            term=_("Detainer"),
            plain=_("A request that a jail hold somebody up to two days longer."),
        )


CHAPTER_BLOCKS = [
    StreamBlockType("paragraph", ParagraphBlock, order=10),
    StreamBlockType("heading", HeadingBlock, order=20),
    StreamBlockType("callout", CalloutBlock, order=30),
    StreamBlockType("quote", QuoteBlock, order=40),
    StreamBlockType("steps", StepsBlock, order=50),
    StreamBlockType("questions", QuestionsBlock, order=60),
    StreamBlockType("talking_points", TalkingPointsBlock, order=70),
    StreamBlockType("figure", FigureBlock, order=80),
    StreamBlockType("table", TableBlock, order=90),
    StreamBlockType("call_to_action", CallToActionBlock, order=100),
    StreamBlockType("glossary_term", GlossaryTermBlock, order=110),
]
