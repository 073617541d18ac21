from wagtail import hooks

from .blocks import CHAPTER_BLOCKS


@hooks.register("register_stream_blocks")
def chapter_blocks():
    return CHAPTER_BLOCKS
