from ..importing.models import ImportedPage, ImportedTerm, ToolkitImport
from .chapter import ChapterMixin, ChapterPage
from .facts import FactsMixin
from .folder import FolderPage
from .home import HomeMixin, HomePage
from .library import LibraryMixin, LibraryPage
from .toolkit import ToolkitMixin, ToolkitPage, ToolkitPageTag

__all__ = [
    "ChapterMixin",
    "ChapterPage",
    "FactsMixin",
    "FolderPage",
    "HomeMixin",
    "HomePage",
    "ImportedPage",
    "ImportedTerm",
    "LibraryMixin",
    "LibraryPage",
    "ToolkitImport",
    "ToolkitMixin",
    "ToolkitPage",
    "ToolkitPageTag",
]
