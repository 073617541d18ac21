"""The blocks of a chapter's body: each module ends with those it offers, and the hook hands on all of them."""

from .base import RICH_TEXT_FEATURES, DayBlock, ProseBlock, line, prose
from .campaigns import CAMPAIGN_BLOCKS
from .cases import CASE_STUDY_BLOCKS
from .library import LIBRARY_BLOCKS, CallToActionBlock, GlossaryTermBlock
from .places import PLACES_BLOCKS, CaseStudiesBlock, ComparisonBlock
from .showing import SHOWING_BLOCKS, FigureBlock, TableBlock
from .working import WORKING_BLOCKS, QuestionsBlock, StepsBlock, TalkingPointsBlock
from .writing import WRITING_BLOCKS, CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock

CHAPTER_BLOCKS = [*WRITING_BLOCKS, *WORKING_BLOCKS, *SHOWING_BLOCKS, *LIBRARY_BLOCKS, *PLACES_BLOCKS]

__all__ = [
    "CAMPAIGN_BLOCKS",
    "CASE_STUDY_BLOCKS",
    "CHAPTER_BLOCKS",
    "RICH_TEXT_FEATURES",
    "CallToActionBlock",
    "CalloutBlock",
    "CaseStudiesBlock",
    "ComparisonBlock",
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
