"""The blocks of the library's documents: each module ends with those it offers, and the hook hands on all of them."""

from .asks import ASK_BLOCKS
from .base import RICH_TEXT_FEATURES, ChoiceBlock, DayBlock, NameBlock, ProseBlock, line, prose
from .blanks import BLANK_BLOCKS
from .demands import DEMAND_BLOCKS
from .ordinance import ORDINANCE_BLOCKS, ProvisionChooserBlock
from .texts import TEXT_BLOCKS

DOCUMENT_BLOCKS = [*BLANK_BLOCKS, *ORDINANCE_BLOCKS, *DEMAND_BLOCKS, *ASK_BLOCKS, *TEXT_BLOCKS]

__all__ = [
    "DOCUMENT_BLOCKS",
    "RICH_TEXT_FEATURES",
    "ChoiceBlock",
    "DayBlock",
    "NameBlock",
    "ProseBlock",
    "ProvisionChooserBlock",
    "line",
    "prose",
]
