from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .blocks import RECORD_BLOCKS
from .viewsets import CampaignLibraryGroup

register_snippet(CampaignLibraryGroup)


@hooks.register("register_stream_blocks")
def record_blocks():
    return RECORD_BLOCKS
