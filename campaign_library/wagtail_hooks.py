from wagtail.snippets.models import register_snippet

from .viewsets import CampaignLibraryGroup

register_snippet(CampaignLibraryGroup)
