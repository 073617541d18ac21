"""All that a network consists of in one file, and back: the database and what people have uploaded."""

from .archive import BadBackup
from .databases import DatabaseProblem
from .taking import Taken, restore, take

__all__ = ["BadBackup", "DatabaseProblem", "Taken", "restore", "take"]
