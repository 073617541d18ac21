from .bill import Bill, StatePolicy
from .call_to_action import CallToAction
from .demands import DecisionMakerType, DemandList
from .glossary import GlossaryTerm
from .ordinance import ModelOrdinance
from .organisation import Organisation
from .provision import Provision
from .resource import Resource
from .text import TextTemplate
from .topics import Topic, TopicOfSnippet
from .withdrawn import WithdrawnSnippet

__all__ = [
    "Bill",
    "CallToAction",
    "DecisionMakerType",
    "DemandList",
    "GlossaryTerm",
    "ModelOrdinance",
    "Organisation",
    "Provision",
    "Resource",
    "StatePolicy",
    "TextTemplate",
    "Topic",
    "TopicOfSnippet",
    "WithdrawnSnippet",
]
