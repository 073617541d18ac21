from ..importing.models import ImportedPage, ImportedTerm, ToolkitImport, ToolkitUpload
from .campaign import CampaignMixin, CampaignPage
from .case_studies import CaseStudiesMixin, CaseStudiesPage
from .case_study import CaseStudyMixin, CaseStudyPage
from .chapter import ChapterMixin, ChapterPage
from .event import EventMixin, EventPage
from .events import EventsMixin, EventsPage
from .facts import FactsMixin
from .folder import FolderPage
from .home import HomeMixin, HomePage
from .library import LibraryMixin, LibraryPage
from .listings import ActionsPage, DirectoryPage, GlossaryPage, ListingMixin, ResourcesPage, TrackerPage
from .submission import EventSubmission
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
    "EventMixin",
    "EventPage",
    "EventSubmission",
    "EventsMixin",
    "EventsPage",
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
    "ToolkitUpload",
    "TrackerPage",
]
