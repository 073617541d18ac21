from .call_to_action import CallToAction
from .glossary import GlossaryTerm
from .provision import Provision

__all__ = ["CallToAction", "GlossaryTerm", "Provision"]
