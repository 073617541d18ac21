"""A whole toolkit on one page: cover, contents, chapters in order, each with how old it is. For paper first of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from wagtail.blocks import StreamValue
from wagtail.models import Locale

from campaign_library.together import meet
from editions.rendering import EditionResponse
from editions.withdrawn import leave_out, with_withdrawn

from ..blocks.events import happenings_in
from .body import Body, load_versions, local_block_ids, prepare
from .cases import cases_in
from .contents import Contents, Entry, contents_of
from .routing import place_of

if TYPE_CHECKING:
    from ..models import ChapterPage, ToolkitPage


@dataclass
class WholeChapter:
    """One chapter or part: its place in the contents, its page, and its body prepared for the template."""

    entry: Entry
    page: ChapterPage
    body: Body


def whole_toolkit(page: ToolkitPage, request: HttpRequest) -> EditionResponse:
    """The number of statements does not grow with the chapters: their blocks are loaded together."""
    place = getattr(request, "_place", None) or place_of(request, page)
    if place is None:
        raise Http404("No site answers to this host.")
    contents = contents_of(page, place.root, is_national=place.is_national)
    found = pages_of(contents) if contents else []
    everything = Everything.of([page, *(each for _entry, each in found)])
    context: dict[str, Any] = {
        # What the blocks of all chapters show of other pages; the cover alone knows only its own.
        "cases": cases_in(place, everything),
        "happenings": happenings_in(place, everything),
        "chapters": chapters_of(found),
        "toolkit_url": place.root.site.root_url + contents.address if contents else "",
    }
    return page.answer(
        request,
        "toolkit_pages/toolkit_whole.html",
        context=context,
        beneath=dict.fromkeys(place.homes, "print/"),
    )


@dataclass
class Everything:
    """The bodies of several pages as that of one."""

    body: StreamValue
    locale: Locale

    @classmethod
    def of(cls, pages: list[Any]) -> Everything:
        raw = [each for page in pages for each in page.body.raw_data]
        return cls(StreamValue(pages[0].body.stream_block, raw, is_lazy=True), pages[0].locale)


def pages_of(contents: Contents) -> list[tuple[Entry, ChapterPage]]:
    from ..models import ChapterPage

    pages = with_withdrawn(ChapterPage.objects).in_bulk([entry.pk for entry in contents.flat])
    leave_out(*pages.values())
    return [(entry, pages[entry.pk]) for entry in contents.flat if entry.pk in pages]


def chapters_of(found: list[tuple[Entry, ChapterPage]]) -> list[WholeChapter]:
    load_versions([page.base_version for _entry, page in found if page.base_version is not None])
    streams = [page.body for _entry, page in found]
    meet(streams)
    together = _loaded_together(streams)
    return [
        WholeChapter(entry, page, prepare(stream, local_block_ids(page)))
        for (entry, page), stream in zip(found, together, strict=True)
    ]


def _loaded_together(streams: list[StreamValue]) -> list[StreamValue]:
    """The same streams, with what their choosers point to loaded in one query for each type of block in all of them."""
    if not streams:
        return []
    block = streams[0].stream_block
    everything = StreamValue(block, [raw for stream in streams for raw in stream.raw_data], is_lazy=True)
    children = list(everything)
    found, done = [], 0
    for stream in streams:
        # What the stream does not know (a block that is switched off) stands in neither list.
        size = len(stream)
        mine = children[done : done + size]
        done += size
        found.append(StreamValue(block, [(child.block_type, child.value, child.id) for child in mine]))
    return found
