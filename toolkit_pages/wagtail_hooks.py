from wagtail import hooks

from .blocks import CAMPAIGN_BLOCKS, CASE_STUDY_BLOCKS, CHAPTER_BLOCKS


@hooks.register("register_stream_blocks")
def chapter_blocks():
    return [*CHAPTER_BLOCKS, *CASE_STUDY_BLOCKS, *CAMPAIGN_BLOCKS]
