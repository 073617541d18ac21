from ..importing.models import ImportedPage, ImportedTerm, ToolkitImport
from .campaign import CampaignMixin, CampaignPage
from .case_studies import CaseStudiesMixin, CaseStudiesPage
from .case_study import CaseStudyMixin, CaseStudyPage
from .chapter import ChapterMixin, ChapterPage
from .facts import FactsMixin
from .folder import FolderPage
from .home import HomeMixin, HomePage
from .library import LibraryMixin, LibraryPage
from .listings import ActionsPage, DirectoryPage, GlossaryPage, ListingMixin, ResourcesPage, TrackerPage
from .toolkit import ToolkitMixin, ToolkitPage, ToolkitPageTag

__all__ = [
    "ActionsPage",
    "CampaignMixin",
    "CampaignPage",
    "CaseStudiesMixin",
    "CaseStudiesPage",
    "CaseStudyMixin",
    "CaseStudyPage",
    "ChapterMixin",
    "ChapterPage",
    "DirectoryPage",
    "FactsMixin",
    "FolderPage",
    "GlossaryPage",
    "HomeMixin",
    "HomePage",
    "ImportedPage",
    "ImportedTerm",
    "LibraryMixin",
    "LibraryPage",
    "ListingMixin",
    "ResourcesPage",
    "ToolkitImport",
    "ToolkitMixin",
    "ToolkitPage",
    "ToolkitPageTag",
    "TrackerPage",
]
