"""Tags of the library for the bodies of pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ..day_words import day_words

register = template.Library()

#: What a fragment says where it has something to copy.
COPIES = "data-copy="


class ExplainedNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        glossary = context.get("glossary")
        if glossary is not None:
            html = glossary.explain(html, context.get("glossary_address", ""))
        return mark_safe(html + copy_script(html))


@register.tag
def explained(parser: Parser, token: Token) -> ExplainedNode:
    """``{% explained %}…{% endexplained %}``: words of the context's ``glossary`` explained at their first use within it.

    Adds the script for copying, once, where there is something to copy.
    """
    nodelist = parser.parse(("endexplained",))
    parser.delete_first_token()
    return ExplainedNode(nodelist)


def copy_script(html: str) -> SafeString:
    if COPIES not in html:
        return mark_safe("")
    return format_html('<script src="{}" defer></script>', static("campaign_library/copy.js"))


@register.simple_tag
def copying_script() -> SafeString:
    """The script for the copy buttons, for pages that have them outside a body."""
    return copy_script(COPIES)


@register.simple_tag(takes_context=True)
def ways(context: template.Context, action: Any) -> Any:
    """How to do what a call to action asks, with the site's own words in its numbers (``campaign_library.ways``)."""
    from ..ways import ways_of

    return ways_of(action, context.get("words") or {})


@register.filter
def day_in_words(text: str) -> str:
    """A stored day as the reader's language writes it, in a ``time`` element; what is no day stands as it is."""
    words = day_words(text)
    return format_html('<time datetime="{}">{}</time>', text, words) if words else text or ""
