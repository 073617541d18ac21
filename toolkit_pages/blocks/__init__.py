"""The blocks of a chapter's body: each module ends with those it offers, and the hook hands on all of them."""

from .base import RICH_TEXT_FEATURES, DayBlock, ProseBlock, line, prose
from .events import EVENT_BLOCKS, EventBlock, NextEventsBlock
from .library import LIBRARY_BLOCKS, CallToActionBlock, GlossaryTermBlock
from .showing import SHOWING_BLOCKS, FigureBlock, TableBlock
from .working import WORKING_BLOCKS, QuestionsBlock, StepsBlock, TalkingPointsBlock
from .writing import WRITING_BLOCKS, CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock

CHAPTER_BLOCKS = [*WRITING_BLOCKS, *WORKING_BLOCKS, *SHOWING_BLOCKS, *LIBRARY_BLOCKS, *EVENT_BLOCKS]

__all__ = [
    "CHAPTER_BLOCKS",
    "RICH_TEXT_FEATURES",
    "CallToActionBlock",
    "CalloutBlock",
    "DayBlock",
    "EventBlock",
    "FigureBlock",
    "GlossaryTermBlock",
    "HeadingBlock",
    "NextEventsBlock",
    "ParagraphBlock",
    "ProseBlock",
    "QuestionsBlock",
    "QuoteBlock",
    "StepsBlock",
    "TableBlock",
    "TalkingPointsBlock",
    "line",
    "prose",
]
