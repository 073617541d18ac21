from ..importing.models import ImportedPage, ImportedTerm, ToolkitImport, ToolkitUpload
from .chapter import ChapterMixin, ChapterPage
from .facts import FactsMixin
from .folder import FolderPage
from .home import HomeMixin, HomePage
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
    "ToolkitImport",
    "ToolkitMixin",
    "ToolkitPage",
    "ToolkitPageTag",
    "ToolkitUpload",
]
