"""Networks of any size, the same each time, to try the project's limits on."""

from .network import GeneratedNetwork, NotEmpty

__all__ = ["GeneratedNetwork", "NotEmpty"]
