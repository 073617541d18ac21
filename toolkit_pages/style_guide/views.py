"""The style guide's two views: the page, and the site's stylesheets with a theme chosen for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.generic import TemplateView
from wagtail.blocks import Block

from editions.blocks import stream_block_types

from .states import State, states_of

THEMES = ("light", "dark")
DIRECTIONS = ("ltr", "rtl")
SHEETS = ("site", "blocks")
DARK = "(prefers-color-scheme: dark)"


@dataclass(frozen=True)
class Shown:
    """A state of a block, and the block in it as readers get it."""

    state: State
    html: str


@dataclass(frozen=True)
class Entry:
    name: str
    block: Block
    shown: list[Shown]


class StyleGuideView(TemplateView):
    """Every block of the registry ``chapter`` in every state. ``?theme=dark`` and ``?direction=rtl`` choose the look;
    without a theme it is that of the device. ``?block=steps`` shows one block alone."""

    template_name = "toolkit_pages/style_guide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        entries = entries_of("chapter", only=asked.get("block"))
        if not entries:
            raise Http404("There is no such block.")
        return super().get_context_data(
            **kwargs,
            entries=entries,
            sheets=SHEETS,
            theme=asked.get("theme") if asked.get("theme") in THEMES else "",
            direction=asked.get("direction") if asked.get("direction") in DIRECTIONS else "ltr",
        )


def entries_of(registry: str, only: str | None = None) -> list[Entry]:
    entries = []
    for kind in stream_block_types(registry):
        if only and kind.name != only:
            continue
        block = kind.factory()
        block.set_name(kind.name)
        entries.append(
            Entry(kind.name, block, [shown(kind.name, block, state) for state in states_of(block)])
        )
    return entries


def shown(name: str, block: Block, state: State) -> Shown:
    anchor = f"{name}-{state.name}"
    context = block.get_preview_context(state.value, {"anchor": anchor, "sheet": anchor, "level": 4})
    return Shown(state, block.render(state.value, context))


def stylesheet(request: HttpRequest, sheet: str, theme: str) -> HttpResponse:
    """One of the site's stylesheets as a device with this theme would read it: readers' browsers choose by themselves."""
    found = finders.find(f"toolkit_pages/{sheet}.css") if sheet in SHEETS and theme in THEMES else None
    if not found:
        raise Http404("There is no such stylesheet.")
    # A condition that always or never holds, wherever in a media query it stands.
    condition = "(min-width: 0)" if theme == "dark" else "(max-width: 0)"
    text = Path(found).read_text("utf-8").replace(DARK, condition)
    return HttpResponse(
        f"{text}\n:root {{ color-scheme: {theme} }}\n", content_type="text/css; charset=utf-8"
    )


urls = [
    path("style-guide/", StyleGuideView.as_view(), name="toolkit_style_guide"),
    path("style-guide/<slug:theme>/<slug:sheet>.css", stylesheet, name="toolkit_style_guide_css"),
]
