"""Puts the demo network into a database.

Every step looks first whether its result is there, and writes in one transaction: the command may be killed
at any moment and run again, and what people have since changed by hand is left alone.
"""

from .network import DEMO_PASSWORD, DemoNetwork, NotEmpty

__all__ = ["DEMO_PASSWORD", "DemoNetwork", "NotEmpty"]
