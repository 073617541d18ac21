from .call_to_action import CallToAction
from .glossary import GlossaryTerm

__all__ = ["CallToAction", "GlossaryTerm"]
