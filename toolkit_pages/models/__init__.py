from ..importing.models import ImportedPage, ImportedTerm, ToolkitImport, ToolkitUpload
from .campaign import CampaignMixin, CampaignPage
from .case_studies import CaseStudiesMixin, CaseStudiesPage
from .case_study import CaseStudyMixin, CaseStudyPage
from .chapter import ChapterMixin, ChapterPage
from .facts import FactsMixin
from .folder import FolderPage
from .home import HomeMixin, HomePage
from .toolkit import ToolkitMixin, ToolkitPage, ToolkitPageTag

__all__ = [
    "CampaignMixin",
    "CampaignPage",
    "CaseStudiesMixin",
    "CaseStudiesPage",
    "CaseStudyMixin",
    "CaseStudyPage",
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
