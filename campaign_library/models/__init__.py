from .bill import Bill, StatePolicy
from .call_to_action import CallToAction
from .glossary import GlossaryTerm
from .organisation import Organisation
from .resource import Resource
from .topics import Topic, TopicOfSnippet

__all__ = [
    "Bill",
    "CallToAction",
    "GlossaryTerm",
    "Organisation",
    "Resource",
    "StatePolicy",
    "Topic",
    "TopicOfSnippet",
]
