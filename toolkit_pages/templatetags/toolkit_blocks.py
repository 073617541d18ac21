"""What the templates of blocks need: fields that stay on the device, footnotes, telephone links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from editions.registry import known_variables
from editions.variables import substitute

from ..footnotes import number_marks
from ..public.serving import telephone

register = template.Library()


@register.inclusion_tag("toolkit_pages/sheets/field.html")
def field(
    *,
    id: str,
    key: str,
    kind: str,
    label: str = "",
    hint: str = "",
    labelled_by: str = "",
    placeholder: str = "",
) -> dict[str, Any]:
    """One field that a reader fills in on the device. It has a ``label``, or is ``labelled_by`` the element with that id.

    ``id`` is that of the control, ``key`` what its answer is kept under: it must stay the same when others move.
    """
    return {
        "id": id,
        "key": key,
        "kind": kind,
        "label": label,
        "hint": hint,
        "labelled_by": labelled_by,
        "placeholder": placeholder,
    }


@register.inclusion_tag("toolkit_pages/sheets/bar.html")
def sheet_bar() -> dict[str, Any]:
    """What can be done with a sheet: keep it on the device, print it, wipe it. Shown only where scripts run."""
    return {}


@register.simple_tag(takes_context=True)
def telephone_link(context: template.Context, number: str) -> str:
    """The ``tel:`` address of a number, which may be a variable, or nothing where there is no number in it."""
    words: Mapping[str, str] = context.get("words") or {}
    defaults = {name: str(each.default) for name, each in known_variables().items()}
    return telephone(substitute(number or "", words, defaults))


class FootnotedNode(template.Node):
    def __init__(self, nodelist: NodeList, notes: Any) -> None:
        self.nodelist = nodelist
        self.notes = notes

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        notes = self.notes.resolve(context) or {}
        if not notes and "[^" not in html:
            return html
        prefix = f"{context['notes_of']}-" if context.get("notes_of") else ""
        numbered, cited = number_marks(html, frozenset(notes), _("Note"), prefix)
        listed = [{"note": notes[each.key], "cited": each} for each in cited]
        keys = {each.key for each in cited}
        listed += [{"note": note, "cited": None} for key, note in notes.items() if key not in keys]
        end = (
            render_to_string("toolkit_pages/notes.html", {"notes": listed, "prefix": prefix})
            if listed
            else ""
        )
        return mark_safe(numbered + end)


@register.tag
def footnoted(parser: Parser, token: Token) -> FootnotedNode:
    """``{% footnoted body.notes %}…{% endfootnoted %}``: numbers the marks of what is inside and lists the notes after it.

    Where several bodies stand on one page, ``notes_of`` in the context is the id of what each belongs to.
    """
    _name, notes = token.split_contents()
    nodelist = parser.parse(("endfootnoted",))
    parser.delete_first_token()
    return FootnotedNode(nodelist, parser.compile_filter(notes))
