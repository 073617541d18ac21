"""The blocks of a chapter's body: each module ends with those it offers, and the hook hands on all of them."""

from .base import RICH_TEXT_FEATURES, DayBlock, ProseBlock, line, prose
from .library import LIBRARY_BLOCKS, CallToActionBlock, GlossaryTermBlock
from .records import RECORD_BLOCKS
from .showing import SHOWING_BLOCKS, FigureBlock, TableBlock
from .working import WORKING_BLOCKS, QuestionsBlock, StepsBlock, TalkingPointsBlock
from .writing import WRITING_BLOCKS, CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock

CHAPTER_BLOCKS = [*WRITING_BLOCKS, *WORKING_BLOCKS, *SHOWING_BLOCKS, *LIBRARY_BLOCKS, *RECORD_BLOCKS]

__all__ = [
    "CHAPTER_BLOCKS",
    "RICH_TEXT_FEATURES",
    "CallToActionBlock",
    "CalloutBlock",
    "DayBlock",
    "FigureBlock",
    "GlossaryTermBlock",
    "HeadingBlock",
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
