from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .blocks import DOCUMENT_BLOCKS
from .viewsets import CampaignLibraryGroup

register_snippet(CampaignLibraryGroup)


@hooks.register("register_stream_blocks")
def document_blocks():
    return DOCUMENT_BLOCKS
