from .call_to_action import CallToAction
from .demands import DecisionMakerType, DemandList
from .glossary import GlossaryTerm
from .ordinance import ModelOrdinance
from .provision import Provision
from .text import TextTemplate

__all__ = [
    "CallToAction",
    "DecisionMakerType",
    "DemandList",
    "GlossaryTerm",
    "ModelOrdinance",
    "Provision",
    "TextTemplate",
]
