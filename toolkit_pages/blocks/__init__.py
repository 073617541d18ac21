"""The blocks of a chapter's body: each module ends with those it offers, and the hook hands on all of them."""

from .base import RICH_TEXT_FEATURES, DayBlock, ProseBlock, line, prose
from .campaigns import CAMPAIGN_BLOCKS
from .cases import CASE_STUDY_BLOCKS
from .documents import (
    DOCUMENT_BLOCKS,
    AskSheetBlock,
    DemandListBlock,
    OrdinanceBlock,
    TextTemplateBlock,
)
from .events import EVENT_BLOCKS, EventBlock, NextEventsBlock
from .explaining import EXPLAINING_BLOCKS
from .library import LIBRARY_BLOCKS, CallToActionBlock, GlossaryTermBlock
from .places import PLACES_BLOCKS, CaseStudiesBlock, ComparisonBlock
from .planning import PLANNING_BLOCKS
from .records import RECORD_BLOCKS
from .referring import REFERRING_BLOCKS
from .rights import RIGHTS_BLOCKS
from .showing import SHOWING_BLOCKS, FigureBlock, TableBlock
from .strategy import STRATEGY_BLOCKS
from .working import WORKING_BLOCKS, QuestionsBlock, StepsBlock, TalkingPointsBlock
from .worksheets import WORKSHEET_BLOCKS
from .writing import WRITING_BLOCKS, CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock

CHAPTER_BLOCKS = [
    *WRITING_BLOCKS,
    *EXPLAINING_BLOCKS,
    *WORKING_BLOCKS,
    *PLANNING_BLOCKS,
    *STRATEGY_BLOCKS,
    *WORKSHEET_BLOCKS,
    *SHOWING_BLOCKS,
    *REFERRING_BLOCKS,
    *RIGHTS_BLOCKS,
    *LIBRARY_BLOCKS,
    *PLACES_BLOCKS,
    *RECORD_BLOCKS,
    *DOCUMENT_BLOCKS,
    *EVENT_BLOCKS,
]

__all__ = [
    "CAMPAIGN_BLOCKS",
    "CASE_STUDY_BLOCKS",
    "CHAPTER_BLOCKS",
    "RICH_TEXT_FEATURES",
    "AskSheetBlock",
    "CallToActionBlock",
    "CalloutBlock",
    "CaseStudiesBlock",
    "ComparisonBlock",
    "DayBlock",
    "DemandListBlock",
    "EventBlock",
    "FigureBlock",
    "GlossaryTermBlock",
    "HeadingBlock",
    "NextEventsBlock",
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
