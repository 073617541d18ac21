from ..importing.models import ImportedPage, ImportedTerm, ToolkitImport
from .chapter import ChapterMixin, ChapterPage
from .event import EventMixin, EventPage
from .events import EventsMixin, EventsPage
from .facts import FactsMixin
from .folder import FolderPage
from .home import HomeMixin, HomePage
from .submission import EventSubmission
from .toolkit import ToolkitMixin, ToolkitPage, ToolkitPageTag

__all__ = [
    "ChapterMixin",
    "ChapterPage",
    "EventMixin",
    "EventPage",
    "EventSubmission",
    "EventsMixin",
    "EventsPage",
    "FactsMixin",
    "FolderPage",
    "HomeMixin",
    "HomePage",
    "ImportedPage",
    "ImportedTerm",
    "ToolkitImport",
    "ToolkitMixin",
    "ToolkitPage",
    "ToolkitPageTag",
]
