"""From the Markdown of the demo files to the rich text that the page editor itself would store."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

_SPACE_BETWEEN_TAGS = re.compile(r"(</?(?:p|ul|ol|li)>)\s+")


class _EditorMarkup(RendererHTML):
    """Writes the tags that Draftail writes: ``<b>``, ``<i>`` and page links by reference."""

    def strong_open(self, *args: object) -> str:
        return "<b>"

    def strong_close(self, *args: object) -> str:
        return "</b>"

    def em_open(self, *args: object) -> str:
        return "<i>"

    def em_close(self, *args: object) -> str:
        return "</i>"

    def softbreak(self, *args: object) -> str:
        return " "

    def link_open(self, tokens: Sequence[Token], index: int, *args: object) -> str:
        target = str(tokens[index].attrs["href"])
        if target.startswith("chapter:"):
            return f'<a linktype="page" id="{target}">'
        return f'<a href="{target}">'


_markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_EditorMarkup)


def rich(text: str) -> str:
    """Rich text for a piece of Markdown: paragraphs, lists, bold, italics, links.

    A link to ``chapter:KEY`` becomes a page link whose id is still ``chapter:KEY``; ``blocks.resolve``
    puts the page's number there.
    """
    html = _markdown.render(text.strip())
    return _SPACE_BETWEEN_TAGS.sub(r"\1", html).strip()
