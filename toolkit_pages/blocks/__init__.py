"""The blocks of a chapter's body: each module ends with those it offers, and the hook hands on all of them."""

from .base import RICH_TEXT_FEATURES, DayBlock, ProseBlock, line, prose
from .documents import (
    DOCUMENT_BLOCKS,
    AskSheetBlock,
    DemandListBlock,
    OrdinanceBlock,
    TextTemplateBlock,
)
from .library import LIBRARY_BLOCKS, CallToActionBlock, GlossaryTermBlock
from .showing import SHOWING_BLOCKS, FigureBlock, TableBlock
from .working import WORKING_BLOCKS, QuestionsBlock, StepsBlock, TalkingPointsBlock
from .writing import WRITING_BLOCKS, CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock

CHAPTER_BLOCKS = [*WRITING_BLOCKS, *WORKING_BLOCKS, *SHOWING_BLOCKS, *LIBRARY_BLOCKS, *DOCUMENT_BLOCKS]

__all__ = [
    "CHAPTER_BLOCKS",
    "RICH_TEXT_FEATURES",
    "AskSheetBlock",
    "CallToActionBlock",
    "CalloutBlock",
    "DayBlock",
    "DemandListBlock",
    "FigureBlock",
    "GlossaryTermBlock",
    "HeadingBlock",
    "OrdinanceBlock",
    "ParagraphBlock",
    "ProseBlock",
    "QuestionsBlock",
    "QuoteBlock",
    "StepsBlock",
    "TableBlock",
    "TalkingPointsBlock",
    "TextTemplateBlock",
    "line",
    "prose",
]
